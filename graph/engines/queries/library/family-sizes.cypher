// title: Models and data sets of each family
// topic: footprint
// about: How many artifacts each family has, those only named as a parent included, how many were read from the Hub, and their downloads of the last 30 days; the chart shows Llama's families, oldest first. Where only what descends from Llama is kept, the others count as the census has them.
// footprint: 30 families
// chart: bars label=family value=artifacts hue=family only=llama link=/models?family={family}&strength={strength}
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
CALL () {
  OPTIONAL MATCH (a)-[i:IN_FAMILY]->(f:Family)
  WHERE i.strength IN $strengths
  RETURN f.id AS family, count(a) AS artifacts, sum(CASE WHEN a.crawled THEN 1 ELSE 0 END) AS crawled,
         sum(coalesce(a.downloads, 0)) AS downloads
  UNION ALL
  OPTIONAL MATCH (c:Census)
  WHERE c.strength IN $strengths
  RETURN c.line AS family, sum(coalesce(c.count, 0)) AS artifacts, sum(coalesce(c.count, 0)) AS crawled,
         sum(coalesce(c.downloads, 0)) AS downloads
}
WITH family, sum(artifacts) AS artifacts, sum(crawled) AS crawled, sum(downloads) AS downloads
WHERE artifacts > 0
MATCH (f:Family {id: family})
RETURN family, f.title AS title, f.llama AS llama, artifacts, crawled, downloads
ORDER BY artifacts DESC, family
