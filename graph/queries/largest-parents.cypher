// title: The parents with the most children
// topic: lineage
// about: Models by the number of their direct children, whatever the family, with what these are to them.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param limit = 50: how many parents at most
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)
WHERE d.strength IN $strengths
WITH p, c, collect(d.relation) AS relations
RETURN p.id AS id, p.crawled AS crawled, count(c) AS children,
       sum(CASE WHEN 'finetune' IN relations THEN 1 ELSE 0 END) AS finetunes,
       sum(CASE WHEN 'adapter' IN relations THEN 1 ELSE 0 END) AS adapters,
       sum(CASE WHEN 'merge' IN relations THEN 1 ELSE 0 END) AS merges,
       sum(CASE WHEN 'quantized' IN relations THEN 1 ELSE 0 END) AS quantized
ORDER BY children DESC, id
LIMIT $limit
