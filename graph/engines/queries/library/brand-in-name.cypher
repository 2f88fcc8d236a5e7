// title: Who carries the name Llama
// topic: brand
// about: Descendants of Llama by whether their name begins with Llama, contains it further on, or has dropped it; whatever the case. The organisation's name does not count.
// footprint: 40 brand
// chart: bars label=name head="Llama in the name" value=models share=share
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH DISTINCT m
WITH CASE WHEN toLower(m.name) STARTS WITH 'llama' THEN 'begins with it'
          WHEN toLower(m.name) CONTAINS 'llama' THEN 'contains it'
          ELSE 'dropped it' END AS name,
     count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
WITH collect({name: name, models: models, downloads: downloads}) AS groups, sum(models) AS descendants
UNWIND groups AS g
RETURN g.name AS name, g.models AS models,
       round(toFloat(g.models) / descendants, 4) AS share, g.downloads AS downloads
ORDER BY name
