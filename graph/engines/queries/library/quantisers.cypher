// title: Who quantises Llama
// topic: makers
// about: Authors by the number of quantised models they publish of a model of a Llama family, with their downloads.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 25: how many authors at most
MATCH (m:Model)-[d:DERIVED_FROM {relation: 'quantized'}]->(p:Model)
WHERE m.crawled AND NOT m.official AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources
      AND EXISTS { MATCH (p)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources }
WITH DISTINCT m
MATCH (m)-[:PUBLISHED_BY]->(a:Author)
RETURN a.id AS author, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
ORDER BY models DESC, downloads DESC, author
LIMIT $limit
