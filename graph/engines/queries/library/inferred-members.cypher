// title: Models that Llama is inferred for
// topic: lineage
// about: Models that belong to a Llama family by an inferred path alone, the surest first: what a person may want to look at.
// param strengths = ["inferred"]: which strengths of membership are shown
// param limit = 100: how many models at most
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND NOT EXISTS {
  MATCH (m)-[j:IN_FAMILY]->(g:Family) WHERE g.llama AND NOT j.strength IN $strengths
}
RETURN m.id AS id, f.id AS family, i.confidence AS confidence, m.downloads AS downloads, m.licence AS licence
ORDER BY confidence DESC, coalesce(downloads, 0) DESC, id, family
LIMIT $limit
