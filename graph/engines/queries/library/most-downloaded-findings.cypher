// title: Findings on the most downloaded artifacts
// topic: compliance
// about: Findings of one outcome, a row each, on the most downloaded artifacts first, with the clause and the remedy; of one check, or of all. An artifact may have several.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param outcome = "failed": failed, review, unknown, info or passed
// param check = null: the kind of duty, such as "licence-tag"; null for all
// param limit = 50: how many findings at most
MATCH (a)-[:HAS_FINDING]->(n:Finding)
WHERE n.outcome = $outcome AND ($check IS NULL OR n.check = $check)
      AND coalesce(n.strength, 'declared') IN $strengths AND coalesce(n.source, 'register') IN $sources
RETURN a.id AS id, a.downloads AS downloads, n.check AS check, n.licence AS licence,
       n.section AS section, n.strength AS strength, n.message AS message, n.remedy AS remedy
ORDER BY coalesce(downloads, 0) DESC, id, check, licence
LIMIT $limit
