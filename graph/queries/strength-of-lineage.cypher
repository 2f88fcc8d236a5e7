// title: How firmly Llama's lineage is told
// topic: lineage
// about: Descendants of Llama by the strength of their best path to a Llama family: declared in metadata, stated in prose, or inferred.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths
WITH m, max(CASE i.strength WHEN 'declared' THEN 3 WHEN 'stated' THEN 2 ELSE 1 END) AS rank
WITH collect({rank: rank, downloads: coalesce(m.downloads, 0)}) AS all
UNWIND all AS one
WITH size(all) AS descendants, one.rank AS rank, count(*) AS models, sum(one.downloads) AS downloads
RETURN CASE rank WHEN 3 THEN 'declared' WHEN 2 THEN 'stated' ELSE 'inferred' END AS strength,
       models, round(toFloat(models) / descendants, 4) AS share, downloads
ORDER BY strength
