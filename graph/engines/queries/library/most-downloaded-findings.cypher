// title: The most downloaded artifacts with a finding
// topic: compliance
// about: Artifacts with a finding of one outcome, most downloaded first, with the clause and the remedy; of one check, or of all.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param outcome = "failed": failed, review, unknown, info or passed
// param check = null: the kind of duty, such as "licence-tag"; null for all
// param limit = 50: how many findings at most
MATCH (a)-[:HAS_FINDING]->(n:Finding)
WHERE n.outcome = $outcome AND ($check IS NULL OR n.check = $check)
      AND coalesce(n.strength, 'declared') IN $strengths
RETURN a.id AS id, a.downloads AS downloads, n.check AS check, n.licence AS licence,
       n.section AS section, n.strength AS strength, n.message AS message, n.remedy AS remedy
ORDER BY coalesce(downloads, 0) DESC, id, check, licence
LIMIT $limit
