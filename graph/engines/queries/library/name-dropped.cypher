// title: Descendants that dropped the name
// topic: brand
// about: The most downloaded descendants of Llama without Llama in their name, with what the name check says of them.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 50: how many models at most
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
      AND NOT toLower(m.name) CONTAINS 'llama'
WITH m, f ORDER BY f.id
WITH m, collect(f.id) AS families
OPTIONAL MATCH (m)-[:HAS_FINDING]->(n:Finding {check: 'name-prefix'})
WITH m, families, n ORDER BY n.outcome
RETURN m.id AS id, families, m.downloads AS downloads, collect(DISTINCT n.outcome) AS name_check
ORDER BY coalesce(downloads, 0) DESC, id
LIMIT $limit
