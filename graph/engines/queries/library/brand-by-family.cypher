// title: The name Llama, family by family
// topic: brand
// about: For each Llama family, how many descendants begin their name with Llama, contain it, or have dropped it. A model of several families counts in each.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH f, toLower(m.name) AS name
RETURN f.id AS family, count(*) AS models,
       sum(CASE WHEN name STARTS WITH 'llama' THEN 1 ELSE 0 END) AS begins_with_it,
       sum(CASE WHEN name CONTAINS 'llama' AND NOT name STARTS WITH 'llama' THEN 1 ELSE 0 END) AS contains_it,
       sum(CASE WHEN name CONTAINS 'llama' THEN 0 ELSE 1 END) AS dropped_it
ORDER BY family
