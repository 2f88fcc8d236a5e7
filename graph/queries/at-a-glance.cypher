// title: Llama's footprint at a glance
// topic: footprint
// about: One row: models known and read, descendants of Llama with their shares, authors and data sets, how much of the lineage is declared, and what was found in them. Authors, data sets and findings are those of the descendants.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)
WITH m, coalesce(m.downloads, 0) AS downloads, m.crawled AND NOT m.official AND EXISTS {
  MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths
} AS llama
WITH count(m) AS known, sum(CASE WHEN m.crawled THEN 1 ELSE 0 END) AS models,
     sum(CASE WHEN m.crawled THEN downloads ELSE 0 END) AS downloads,
     collect(CASE WHEN llama THEN m END) AS herd
WITH known, models, downloads, herd, size(herd) AS descendants
OPTIONAL MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE m IN herd AND f.llama AND i.strength = 'declared'
WITH known, models, downloads, herd, descendants, count(DISTINCT m) AS declared
RETURN known, models, downloads, descendants, declared
ORDER BY known
