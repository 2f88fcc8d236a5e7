// title: The name without the lineage
// topic: brand
// about: Models that bear Llama in their name and lead to no Llama family by any path that counts: lineage not told, software such as llama.cpp, or another use of the word. Only of models that are kept: the census tells no names.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 50: how many models at most
MATCH (m:Model)
WHERE m.crawled AND NOT m.official AND toLower(m.name) CONTAINS 'llama' AND NOT EXISTS {
  MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
}
RETURN m.id AS id, m.downloads AS downloads, m.licence AS licence
ORDER BY coalesce(downloads, 0) DESC, id
LIMIT $limit
