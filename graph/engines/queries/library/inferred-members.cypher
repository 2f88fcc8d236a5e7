// title: Models that Llama is inferred for
// topic: lineage
// about: Models that belong to Llama's families by inferred paths alone, a row each, the surest first: what a person may want to look at.
// param strengths = ["inferred"]: which strengths of membership are shown
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
// param limit = 100: how many models at most
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official
      AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources AND NOT EXISTS {
  MATCH (m)-[j:IN_FAMILY]->(g:Family) WHERE g.llama AND NOT j.strength IN $strengths
}
WITH m, f, i ORDER BY f.id
WITH m, collect(f.id) AS families, max(i.confidence) AS confidence
RETURN m.id AS id, families, confidence, m.downloads AS downloads, m.licence AS licence
ORDER BY confidence DESC, coalesce(downloads, 0) DESC, id
LIMIT $limit
