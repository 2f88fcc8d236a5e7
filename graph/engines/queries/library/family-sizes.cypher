// title: Models and data sets of each family
// topic: footprint
// about: How many models each family has, those only named as a parent included, and how many data sets that hold weights; how many of both were read from the Hub, and their downloads of the last 30 days. The chart shows the models of Llama's families, oldest first; a model of several families counts in each. Where only what descends from Llama is kept, the others count as the census has them.
// footprint: 30 families
// chart: bars label=family value=models more=data_sets hue=family only=llama link=/models?family={family}&strength={strength}&source={source}
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
CALL () {
  OPTIONAL MATCH (a)-[i:IN_FAMILY]->(f:Family)
  WHERE i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  RETURN f.id AS family, sum(CASE WHEN a:Model THEN 1 ELSE 0 END) AS models,
         sum(CASE WHEN a:Dataset THEN 1 ELSE 0 END) AS data_sets,
         sum(CASE WHEN a.crawled THEN 1 ELSE 0 END) AS crawled, sum(coalesce(a.downloads, 0)) AS downloads
  UNION ALL
  OPTIONAL MATCH (c:Census)
  WHERE c.strength IN $strengths AND coalesce(c.source, 'register') IN $sources
  RETURN c.line AS family, sum(CASE WHEN c.kind = 'model' THEN c.count ELSE 0 END) AS models,
         sum(CASE WHEN c.kind = 'dataset' THEN c.count ELSE 0 END) AS data_sets,
         sum(coalesce(c.count, 0)) AS crawled, sum(coalesce(c.downloads, 0)) AS downloads
}
WITH family, sum(models) AS models, sum(data_sets) AS data_sets, sum(crawled) AS crawled,
     sum(downloads) AS downloads
WHERE models + data_sets > 0
MATCH (f:Family {id: family})
RETURN family, f.title AS title, f.maker AS maker, f.llama AS llama, models, data_sets, crawled, downloads
ORDER BY models DESC, family
