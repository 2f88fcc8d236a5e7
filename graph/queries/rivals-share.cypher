// title: Llama beside its rivals
// topic: footprint
// about: Of the models read from the Hub, how many belong to Llama, to each rival family of the rosters, and to none of them. Official repositories are members too. A model of several Llama families counts once for Llama; one of Llama and a rival counts for both.
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)
WHERE m.crawled
WITH count(m) AS models
MATCH (m:Model)
WHERE m.crawled
OPTIONAL MATCH (m)-[i:IN_FAMILY]->(f:Family)
WHERE i.strength IN $strengths
WITH DISTINCT models, m, CASE WHEN f.llama THEN 'llama' ELSE coalesce(f.id, 'none') END AS line
WITH models, line, count(m) AS members, sum(coalesce(m.downloads, 0)) AS downloads
RETURN line, members, round(toFloat(members) / models, 4) AS share, downloads
ORDER BY members DESC, line
