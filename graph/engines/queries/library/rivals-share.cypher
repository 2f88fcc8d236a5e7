// title: Llama beside its rivals
// topic: footprint
// about: Models read from the Hub, by the line they belong to: Llama, each rival family of the rosters, or none of them. Official repositories are among them. A model of several Llama families counts once for Llama; one of Llama and a rival counts for both. Where only what descends from Llama is kept, the others count as the census has them.
// footprint: 20 rivals
// chart: bars label=line head=Line value=members unit=models share=share hue=family rest=none link=/models?family={line}&strength={strength}&source={source}
// word llama: Llama
// word none: none of these
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
OPTIONAL MATCH (m:Model)
WHERE m.crawled
WITH count(m) AS kept
OPTIONAL MATCH (c:Census {kind: 'model'})
WITH kept, sum(coalesce(c.count, 0)) AS counted
WITH kept + counted AS models
CALL () {
  OPTIONAL MATCH (m:Model)
  WHERE m.crawled
  OPTIONAL MATCH (m)-[i:IN_FAMILY]->(f:Family)
  WHERE i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  WITH DISTINCT m, CASE WHEN f.llama THEN 'llama' ELSE coalesce(f.id, 'none') END AS line
  RETURN line, count(m) AS members, sum(coalesce(m.downloads, 0)) AS downloads
  UNION ALL
  OPTIONAL MATCH (c:Census {kind: 'model'})
  RETURN CASE WHEN c.strength IN $strengths AND coalesce(c.source, 'register') IN $sources THEN c.line ELSE 'none' END AS line,
         sum(coalesce(c.count, 0)) AS members, sum(coalesce(c.downloads, 0)) AS downloads
}
WITH models, line, sum(members) AS members, sum(downloads) AS downloads
WHERE members > 0 AND line <> 'several'
RETURN line, members, round(toFloat(members) / models, 4) AS share, downloads
ORDER BY members DESC, line
