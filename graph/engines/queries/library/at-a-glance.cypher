// title: Llama's footprint at a glance
// topic: footprint
// about: One row: models known and read, descendants of Llama with their shares, how many of them are declared, their authors and data sets, and their failed findings and those to review. A model of several Llama families counts once. Where only what descends from Llama is kept, the others count as the census has them.
// footprint: 10 at-a-glance
// chart: headline Of {models} models read from the Hub, {descendants} descend from Llama| ({share})|, by {authors} authors|; {declared_share} of this lineage is declared by the authors themselves|. On them [{failed}](/findings?outcome=failed&strength={strength}) findings are failed and [{review}](/findings?outcome=review&strength={strength}) are to review.
// shares: share, download_share, declared_share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
OPTIONAL MATCH (a:Model)
WITH count(a) AS named, sum(CASE WHEN a.crawled THEN 1 ELSE 0 END) AS kept,
     sum(CASE WHEN a.crawled THEN coalesce(a.downloads, 0) ELSE 0 END) AS theirs
OPTIONAL MATCH (c:Census {kind: 'model'})
WITH named, kept, theirs,
     sum(coalesce(c.count, 0)) AS counted, sum(coalesce(c.downloads, 0)) AS counted_downloads
WITH named + counted AS known, kept + counted AS models, theirs + counted_downloads AS downloads
OPTIONAL MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH known, models, downloads, m, max(CASE WHEN i.strength = 'declared' THEN 1 ELSE 0 END) AS firm
WITH known, models, downloads, count(m) AS descendants, sum(coalesce(m.downloads, 0)) AS llama_downloads,
     count(DISTINCT m.author) AS authors, sum(firm) AS declared
OPTIONAL MATCH (m:Model)-[t:TRAINED_ON]->(d:Dataset)
WHERE m.crawled AND NOT m.official AND t.strength IN $strengths
      AND EXISTS { MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths }
WITH known, models, downloads, descendants, llama_downloads, authors, declared, count(DISTINCT d) AS data_sets
OPTIONAL MATCH (m:Model)-[:HAS_FINDING]->(n:Finding)
WHERE m.crawled AND NOT m.official AND n.outcome IN ['failed', 'review']
      AND coalesce(n.strength, 'declared') IN $strengths
      AND EXISTS { MATCH (m)-[i:IN_FAMILY]->(f:Family) WHERE f.llama AND i.strength IN $strengths }
WITH known, models, downloads, descendants, llama_downloads, authors, declared, data_sets,
     sum(CASE WHEN n.outcome = 'failed' THEN 1 ELSE 0 END) AS failed,
     sum(CASE WHEN n.outcome = 'review' THEN 1 ELSE 0 END) AS review
RETURN known, models, descendants,
       CASE WHEN models = 0 THEN 0.0 ELSE round(toFloat(descendants) / models, 4) END AS share,
       llama_downloads,
       CASE WHEN downloads = 0 THEN 0.0 ELSE round(toFloat(llama_downloads) / downloads, 4) END AS download_share,
       CASE WHEN descendants = 0 THEN 0.0 ELSE round(toFloat(declared) / descendants, 4) END AS declared_share,
       authors, data_sets, failed, review
ORDER BY known
