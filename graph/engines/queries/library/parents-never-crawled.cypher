// title: Parents that were never read
// topic: lineage
// about: Repositories that are named as a parent and were not read: private, deleted, paths of a training machine, or outside the crawl; by the number of direct children.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param limit = 50: how many parents at most
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)
WHERE NOT p.crawled AND d.strength IN $strengths
WITH p, c, d.relation AS relation ORDER BY relation
RETURN p.id AS id, p.official AS official, count(DISTINCT c) AS children,
       collect(DISTINCT relation) AS relations
ORDER BY children DESC, id
LIMIT $limit
