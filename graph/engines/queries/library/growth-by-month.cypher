// title: Descendants of Llama by month of creation
// topic: growth
// about: Descendants of Llama that are still there, by the month they were created, family by family; a model of several families counts in each, and so several times in the sums. The Hub gives all that is older than 2 March 2022 that day; such models stand as "before 2022-03".
// footprint: 70 growth
// chart: columns x=month series=family value=models hue=family
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official AND m.created IS NOT NULL AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH m, f, CASE WHEN m.created <= '2022-03-02T23:29:09Z' THEN 'before 2022-03'
                ELSE substring(m.created, 0, 7) END AS month
RETURN month, f.id AS family, count(m) AS models, sum(coalesce(m.downloads, 0)) AS downloads
ORDER BY month, family
