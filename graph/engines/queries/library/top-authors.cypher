// title: Who makes the most descendants of Llama
// topic: makers
// about: Organisations and users by the Llama descendants they publish, with the downloads of these and how many of them have a failed check.
// footprint: 80 authors
// chart: bars label=author value=models more=failed_models link=/models?author={author}
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 25: how many authors at most
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH DISTINCT m
MATCH (m)-[:PUBLISHED_BY]->(a:Author)
RETURN a.id AS author, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads,
       sum(CASE WHEN m.outcome = 'failed' THEN 1 ELSE 0 END) AS failed_models
ORDER BY models DESC, downloads DESC, author
LIMIT $limit
