// title: Who carries the name Llama
// topic: brand
// about: Descendants of Llama by whether their name begins with Llama, contains it further on, or has dropped it; whatever the case. The organisation's name does not count.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH DISTINCT m
WITH m, CASE WHEN toLower(m.name) STARTS WITH 'llama' THEN 'begins with it'
             WHEN toLower(m.name) CONTAINS 'llama' THEN 'contains it'
             ELSE 'dropped it' END AS name
WITH collect({name: name, downloads: coalesce(m.downloads, 0)}) AS all
UNWIND all AS one
WITH size(all) AS descendants, one.name AS name, count(*) AS models, sum(one.downloads) AS downloads
RETURN name, models, round(toFloat(models) / descendants, 4) AS share, downloads
ORDER BY name
