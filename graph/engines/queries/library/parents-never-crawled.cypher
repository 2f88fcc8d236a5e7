// title: Parents that were never read
// topic: lineage
// about: Repositories that are named as a parent and were not read: private, deleted, paths of a training machine, or outside the crawl; by the number of models read that are their direct children.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 50: how many parents at most
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)
WHERE c.crawled AND NOT p.crawled AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources
WITH p, c, d.relation AS relation ORDER BY relation
RETURN p.id AS id, p.official AS official, count(DISTINCT c) AS children,
       collect(DISTINCT relation) AS relations
ORDER BY children DESC, id
LIMIT $limit
