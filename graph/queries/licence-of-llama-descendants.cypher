// title: What descendants of Llama declare as their licence
// topic: compliance
// about: Descendants of Llama by the licence they declare, as it reads; null where none was read. Several declared licences stand together, so that each model counts once.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH DISTINCT m
WITH collect({licence: m.licence, downloads: coalesce(m.downloads, 0)}) AS all
UNWIND all AS one
WITH size(all) AS descendants, one.licence AS licence, count(*) AS models, sum(one.downloads) AS downloads
RETURN licence, models, round(toFloat(models) / descendants, 4) AS share, downloads
ORDER BY models DESC, coalesce(licence, '')
