// title: Models and data sets of each family
// topic: footprint
// about: How many artifacts each family has, how many of them were read from the Hub, and their downloads of the last 30 days.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
MATCH (a)-[i:IN_FAMILY]->(f:Family)
WHERE i.strength IN $strengths
RETURN f.id AS family, f.title AS title, f.llama AS llama, count(a) AS artifacts,
       sum(CASE WHEN a.crawled THEN 1 ELSE 0 END) AS crawled, sum(coalesce(a.downloads, 0)) AS downloads
ORDER BY artifacts DESC, family
