// title: Llama's share of the models read
// topic: footprint
// about: Of the models read from the Hub, how many descend from Llama, and their share of all downloads. A model of several Llama families counts once; the official repositories are the ancestors and no descendants. Where only what descends from Llama is kept, the others count as the census has them.
// shares: share, download_share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)
WHERE m.crawled
WITH m, coalesce(m.downloads, 0) AS downloads, NOT m.official AND EXISTS {
  MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
} AS llama
WITH count(m) AS kept, sum(CASE WHEN llama THEN 1 ELSE 0 END) AS descendants,
     sum(downloads) AS theirs, sum(CASE WHEN llama THEN downloads ELSE 0 END) AS llama_downloads
OPTIONAL MATCH (c:Census {kind: 'model'})
WITH kept, descendants, theirs, llama_downloads,
     sum(coalesce(c.count, 0)) AS counted, sum(coalesce(c.downloads, 0)) AS counted_downloads
WITH kept + counted AS models, descendants, theirs + counted_downloads AS downloads, llama_downloads
RETURN models, descendants,
       CASE WHEN models = 0 THEN 0.0 ELSE round(toFloat(descendants) / models, 4) END AS share,
       downloads, llama_downloads,
       CASE WHEN downloads = 0 THEN 0.0 ELSE round(toFloat(llama_downloads) / downloads, 4) END AS download_share
ORDER BY models
