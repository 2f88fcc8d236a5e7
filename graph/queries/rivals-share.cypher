// title: Llama beside its rivals
// topic: footprint
// about: Of the models read from the Hub, how many belong to Llama, to each rival family of the rosters, and to none of them. A model of several Llama families counts once for Llama; one of Llama and a rival counts for both.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (m:Model)
WHERE m.crawled
OPTIONAL MATCH (m)-[i:IN_FAMILY]->(f:Family)
WHERE i.strength IN $strengths
WITH m, collect(DISTINCT CASE WHEN f.llama THEN 'llama' ELSE f.id END) AS lines
WITH collect({lines: CASE WHEN size(lines) = 0 THEN ['none'] ELSE lines END, downloads: coalesce(m.downloads, 0)}) AS all
UNWIND all AS one
UNWIND one.lines AS line
WITH size(all) AS models, line, count(*) AS members, sum(one.downloads) AS downloads
RETURN line, members, round(toFloat(members) / models, 4) AS share, downloads
ORDER BY members DESC, line
