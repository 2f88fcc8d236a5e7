// title: Whose models others build on
// topic: makers
// about: Makers by the number of models read that name one of theirs as direct parent, leaving out what they make of their own; their share of all models that name a parent. Only models that are kept count: the census tells no parents.
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param limit = 25: how many makers at most
MATCH (c:Model)-[d:DERIVED_FROM]->(:Model)
WHERE c.crawled AND d.strength IN $strengths
WITH count(DISTINCT c) AS children_of_all
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)-[:PUBLISHED_BY]->(a:Author)
WHERE c.crawled AND d.strength IN $strengths AND coalesce(c.author, '') <> a.id
WITH DISTINCT children_of_all, a, c
WITH children_of_all, a.id AS maker, count(c) AS children, sum(coalesce(c.downloads, 0)) AS downloads
RETURN maker, children, round(toFloat(children) / children_of_all, 4) AS share, downloads
ORDER BY children DESC, maker
LIMIT $limit
