// title: Models of several families
// topic: lineage
// about: Models whose lineage leads to more than one family: merges across generations or makers, on which several licences arrive. Only of models that are kept: the census tells no names.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE m.crawled AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH m, f ORDER BY f.id
WITH m, collect(f.id) AS families, sum(CASE WHEN f.llama THEN 1 ELSE 0 END) AS llama
WHERE size(families) > 1
RETURN m.id AS id, families, llama AS llama_families, m.downloads AS downloads, m.licence AS licence
ORDER BY size(families) DESC, coalesce(downloads, 0) DESC, id
