// title: How firmly Llama's lineage is told
// topic: lineage
// about: Descendants of Llama by the strength of their best path to a Llama family: declared in metadata, stated in prose, or inferred.
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH m, max(CASE i.strength WHEN 'declared' THEN 3 WHEN 'stated' THEN 2 ELSE 1 END) AS rank
WITH rank, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
WITH collect({rank: rank, models: models, downloads: downloads}) AS groups, sum(models) AS descendants
UNWIND groups AS g
RETURN CASE g.rank WHEN 3 THEN 'declared' WHEN 2 THEN 'stated' ELSE 'inferred' END AS strength,
       g.models AS models, round(toFloat(g.models) / descendants, 4) AS share, g.downloads AS downloads
ORDER BY g.rank DESC
