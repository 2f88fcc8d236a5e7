// title: The parents with the most children
// topic: lineage
// about: Models by the number of models read that are their direct children, whatever the family, with what these are to them: one that is a child by several relations counts in each. Only models that are kept count: the census tells no parents.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 50: how many parents at most
MATCH (c:Model)-[d:DERIVED_FROM]->(p:Model)
WHERE c.crawled AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources
RETURN p.id AS id, p.crawled AS crawled, count(DISTINCT c) AS children,
       count(DISTINCT CASE WHEN d.relation = 'finetune' THEN c END) AS finetunes,
       count(DISTINCT CASE WHEN d.relation = 'adapter' THEN c END) AS adapters,
       count(DISTINCT CASE WHEN d.relation = 'merge' THEN c END) AS merges,
       count(DISTINCT CASE WHEN d.relation = 'quantized' THEN c END) AS quantized,
       count(DISTINCT CASE WHEN d.relation IN ['mirror', 'renamed', 'distilled'] THEN c END) AS others
ORDER BY children DESC, id
LIMIT $limit
