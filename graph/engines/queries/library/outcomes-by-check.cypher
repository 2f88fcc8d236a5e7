// title: What each check found
// topic: compliance
// about: Artifacts by the worst outcome of each kind of duty, whatever the licences that impose it on them. A finding is a reading of public facts, no legal advice.
// footprint: 60 outcomes
// chart: stack label=check parts=failed,review,unknown,info,passed link=/findings?check={check}&strength={strength} each=/findings?check={check}&outcome={part}&strength={strength}
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
