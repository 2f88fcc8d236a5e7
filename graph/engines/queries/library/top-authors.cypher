// title: Who makes the most descendants of Llama
// topic: makers
// about: Organisations and users by the Llama descendants they publish, with the downloads of these and how many have a failed finding.
// footprint: 80 authors
// chart: bars label=author value=models more=failed link=/models?author={author}
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param limit = 25: how many authors at most
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH DISTINCT m
MATCH (m)-[:PUBLISHED_BY]->(a:Author)
RETURN a.id AS author, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads,
       sum(CASE WHEN m.outcome = 'failed' THEN 1 ELSE 0 END) AS failed
ORDER BY models DESC, downloads DESC, author
LIMIT $limit
