// title: What each check found
// topic: compliance
// about: For each kind of duty, how many artifacts passed, failed, need a review, or could not be judged. An artifact with several licences counts once a check, with the worst outcome.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (a)-[:HAS_FINDING]->(n:Finding)
WHERE coalesce(n.strength, 'declared') IN $strengths
WITH a, n.check AS check, min(CASE n.outcome
  WHEN 'failed' THEN 0 WHEN 'review' THEN 1 WHEN 'unknown' THEN 2 WHEN 'info' THEN 3 ELSE 4 END) AS worst
RETURN check, count(a) AS artifacts,
       sum(CASE WHEN worst = 0 THEN 1 ELSE 0 END) AS failed,
       sum(CASE WHEN worst = 1 THEN 1 ELSE 0 END) AS review,
       sum(CASE WHEN worst = 2 THEN 1 ELSE 0 END) AS unknown,
       sum(CASE WHEN worst = 3 THEN 1 ELSE 0 END) AS info,
       sum(CASE WHEN worst = 4 THEN 1 ELSE 0 END) AS passed
ORDER BY check
