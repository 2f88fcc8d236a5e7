// title: Llama's share of the models created in each month
// topic: growth
// about: Of the models read, by month of creation, how many descend from Llama. A model of several Llama families counts once. The Hub gives all that is older than 2 March 2022 that day; such models stand as "before 2022-03". Where only what descends from Llama is kept, the others count as the census has them.
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
CALL () {
  OPTIONAL MATCH (m:Model)
  WHERE m.crawled AND m.created IS NOT NULL
  WITH m, CASE WHEN m.created <= '2022-03-02T23:29:09Z' THEN 'before 2022-03'
               ELSE substring(m.created, 0, 7) END AS month, NOT m.official AND EXISTS {
    MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  } AS llama
  RETURN month, count(m) AS models, sum(CASE WHEN llama THEN 1 ELSE 0 END) AS descendants
  UNION ALL
  OPTIONAL MATCH (c:Census {kind: 'model'})
  WHERE c.month IS NOT NULL
  RETURN c.month AS month, sum(coalesce(c.count, 0)) AS models, 0 AS descendants
}
WITH month, sum(models) AS models, sum(descendants) AS descendants
WHERE models > 0
RETURN month, models, descendants, round(toFloat(descendants) / models, 4) AS share
ORDER BY month
