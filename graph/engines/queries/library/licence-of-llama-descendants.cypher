// title: What descendants of Llama declare as their licence
// topic: compliance
// about: Descendants of Llama by the licence they declare, as it reads, or that none was read. Several licences declared by one model stand together.
// footprint: 50 licences
// chart: bars label=licence value=models share=share
// word null: none read
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH DISTINCT m
WITH m.licence AS licence, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
WITH collect({licence: licence, models: models, downloads: downloads}) AS groups, sum(models) AS descendants
UNWIND groups AS g
RETURN g.licence AS licence, g.models AS models,
       round(toFloat(g.models) / descendants, 4) AS share, g.downloads AS downloads
ORDER BY models DESC, coalesce(licence, '')
