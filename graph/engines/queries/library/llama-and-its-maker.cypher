// title: Llama alone, and Meta altogether
// topic: footprint
// about: Models read from the Hub that belong to Llama, to each other line of the same maker, and to any of them: Meta's are the families whose maker the rosters give as Meta, Llama and Muse beside its research lines, such as OPT, BART, NLLB or SAM. None but Llama's stands under a Llama licence. Official repositories are among them. In the sum a model of several lines counts once. Where only what descends from Llama is kept, the others count as the census has them, and there one of several lines counts in each.
// footprint: 15 maker
// chart: bars label=line head=Line value=members unit=models share=share hue=family link=/models?family={line}&strength={strength}&source={source}
// word altogether: Meta altogether
// word llama: Llama alone
// shares: share
// param maker = "Meta": whose families, as the rosters name their maker
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
OPTIONAL MATCH (m:Model)
WHERE m.crawled
WITH count(m) AS kept
OPTIONAL MATCH (c:Census {kind: 'model'})
WITH kept, sum(coalesce(c.count, 0)) AS counted
WITH kept + counted AS models
CALL () {
  MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
  WHERE m.crawled AND f.maker = $maker
        AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  WITH DISTINCT m, CASE WHEN f.llama THEN 'llama' ELSE f.id END AS line
  RETURN line, count(m) AS members, sum(coalesce(m.downloads, 0)) AS downloads
  UNION ALL
  MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
  WHERE m.crawled AND f.maker = $maker
        AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  WITH DISTINCT m
  RETURN 'altogether' AS line, count(m) AS members, sum(coalesce(m.downloads, 0)) AS downloads
  UNION ALL
  MATCH (c:Census {kind: 'model'}), (f:Family {id: c.line})
  WHERE f.maker = $maker AND c.strength IN $strengths AND coalesce(c.source, 'register') IN $sources
  UNWIND [f.id, 'altogether'] AS line
  RETURN line, sum(c.count) AS members, sum(c.downloads) AS downloads
}
WITH models, line, sum(members) AS members, sum(downloads) AS downloads
WHERE members > 0
RETURN line, members, round(toFloat(members) / models, 4) AS share, downloads
ORDER BY CASE line WHEN 'altogether' THEN 0 WHEN 'llama' THEN 1 ELSE 2 END, members DESC, line
