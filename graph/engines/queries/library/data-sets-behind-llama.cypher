// title: Data sets behind descendants of Llama
// topic: data
// about: Data sets by the number of Llama descendants that name them as training data; the downloads are of these models.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 50: how many data sets at most
MATCH (m:Model)-[t:TRAINED_ON]->(d:Dataset)
WHERE m.crawled AND NOT m.official AND t.strength IN $strengths AND coalesce(t.source, 'register') IN $sources
      AND EXISTS { MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources }
WITH DISTINCT d, m
RETURN d.id AS id, d.crawled AS crawled, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
ORDER BY models DESC, downloads DESC, id
LIMIT $limit
