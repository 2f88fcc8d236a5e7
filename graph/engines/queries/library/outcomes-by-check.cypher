// title: What each check found
// topic: compliance
// about: Artifacts, models and data sets, by the worst outcome of each kind of duty, whatever the licences that impose it on them; the list behind a number holds findings, of which an artifact has one for each licence. A finding is a reading of public facts, no legal advice.
// footprint: 60 outcomes
// chart: stack label=check parts=failed,review,unknown,info,passed head=Check link=/findings?check={check}&strength={strength}&source={source} each=/findings?check={check}&outcome={part}&strength={strength}&source={source}
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (a)-[:HAS_FINDING]->(n:Finding)
WHERE coalesce(n.strength, 'declared') IN $strengths AND coalesce(n.source, 'register') IN $sources
WITH a, n.check AS check, count(n) AS found, min(CASE n.outcome
  WHEN 'failed' THEN 0 WHEN 'review' THEN 1 WHEN 'unknown' THEN 2 WHEN 'info' THEN 3 ELSE 4 END) AS worst
RETURN check, count(a) AS artifacts, sum(found) AS findings,
       sum(CASE WHEN worst = 0 THEN 1 ELSE 0 END) AS failed,
       sum(CASE WHEN worst = 1 THEN 1 ELSE 0 END) AS review,
       sum(CASE WHEN worst = 2 THEN 1 ELSE 0 END) AS unknown,
       sum(CASE WHEN worst = 3 THEN 1 ELSE 0 END) AS info,
       sum(CASE WHEN worst = 4 THEN 1 ELSE 0 END) AS passed
ORDER BY check
