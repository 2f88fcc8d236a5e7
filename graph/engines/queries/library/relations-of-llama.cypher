// title: How descendants of Llama are made
// topic: lineage
// about: Descendants of Llama by the relation to their direct parents within Llama and its strength; a model with parents by several relations counts in each.
// footprint: 90 relations
// chart: bars label=relation value=models more=strength
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[d:DERIVED_FROM]->(p:Model)
WHERE m.crawled AND NOT m.official AND d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources
      AND EXISTS { MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources }
      AND EXISTS { MATCH (p)-[j:IN_FAMILY]->(g:Family) WHERE g.llama AND j.strength IN $strengths AND coalesce(j.source, 'register') IN $sources }
WITH DISTINCT d.relation AS relation, d.strength AS strength, m
RETURN relation, strength, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
ORDER BY models DESC, relation, strength
