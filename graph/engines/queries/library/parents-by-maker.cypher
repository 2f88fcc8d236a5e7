// title: Whose models others build on
// topic: makers
// about: Makers by the number of models read that have one of theirs as direct parent, leaving out what they make of their own; their share of all models read that have a parent. A model with parents of several makers counts for each. Only models that are kept count: the census tells no parents.
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 25: how many makers at most
MATCH (c:Model)-[d:DERIVED_FROM]->(:Model)
WHERE c.crawled AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources
WITH count(DISTINCT c) AS children_of_all
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)-[:PUBLISHED_BY]->(a:Author)
WHERE c.crawled AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources AND coalesce(c.author, '') <> a.id
WITH DISTINCT children_of_all, a, c
WITH children_of_all, a.id AS maker, count(c) AS children, sum(coalesce(c.downloads, 0)) AS downloads
RETURN maker, children, round(toFloat(children) / children_of_all, 4) AS share, downloads
ORDER BY children DESC, maker
LIMIT $limit
