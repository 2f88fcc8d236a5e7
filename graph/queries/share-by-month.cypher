// title: Llama's share of the models created in each month
// topic: growth
// about: Of the models read, by month of creation, how many descend from Llama. A model of several Llama families counts once.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)
WHERE m.crawled AND m.created IS NOT NULL
WITH substring(m.created, 0, 7) AS month, NOT m.official AND EXISTS {
  MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths
} AS llama
WITH month, count(*) AS models, sum(CASE WHEN llama THEN 1 ELSE 0 END) AS descendants
RETURN month, models, descendants, round(toFloat(descendants) / models, 4) AS share
ORDER BY month
