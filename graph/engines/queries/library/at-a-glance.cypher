// title: Llama's footprint at a glance
// topic: footprint
// about: One row. Of models: known, and read from the Hub; descendants of Llama with their shares; how many of these descend by declared lineage, how many of them by what authors alone declare, and how many by way of renames and re-uploads that the Hub or the register knows; their authors; how many have a failed check or one to review. Of findings: how many these are, for a model may have several. Of data sets: those that descendants name as training data. A model of several Llama families counts once. Where only what descends from Llama is kept, the others count as the census has them.
// footprint: 10 at-a-glance
// chart: headline Of {models} models read from the Hub, {descendants} descend from Llama| ({share})|, by {authors} authors|. The lineage of {declared} models is declared| ({declared_share})|: that of {declared_by_authors} by the authors alone, that of {declared_with_others} by way of renames and re-uploads that the Hub or the register knows|. [{failed_models}](/models?outcome=failed&strength={strength}&source={source}) models have a failed check| ({failed_findings} findings)|, [{review_models}](/models?outcome=review&strength={strength}&source={source}) one to review| ({review_findings} findings)|.
// shares: share, download_share, declared_share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
CALL () {
  OPTIONAL MATCH (a:Model)
  RETURN count(a) AS named, sum(CASE WHEN a.crawled THEN 1 ELSE 0 END) AS kept,
         sum(a.downloads) AS theirs
}
CALL () {
  OPTIONAL MATCH (c:Census {kind: 'model'})
  RETURN sum(c.count) AS counted, sum(c.downloads) AS counted_downloads
}
CALL () {
  OPTIONAL MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
  WHERE f.llama AND m.crawled AND NOT m.official
        AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
  WITH m, max(CASE WHEN i.strength <> 'declared' THEN 0 WHEN i.source = 'author' THEN 2 ELSE 1 END) AS firm
  RETURN count(m) AS descendants, sum(m.downloads) AS llama_downloads, count(DISTINCT m.author) AS authors,
         sum(CASE WHEN firm > 0 THEN 1 ELSE 0 END) AS declared,
         sum(CASE WHEN firm = 2 THEN 1 ELSE 0 END) AS declared_by_authors
}
CALL () {
  OPTIONAL MATCH (m:Model)-[t:TRAINED_ON]->(d:Dataset)
  WHERE NOT m.official AND t.strength IN $strengths AND coalesce(t.source, 'register') IN $sources
        AND EXISTS { MATCH (m)-[i:IN_FAMILY]->(f:Family)
                     WHERE f.llama AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources }
  RETURN count(DISTINCT d) AS data_sets
}
CALL () {
  OPTIONAL MATCH (m:Model)-[:HAS_FINDING]->(n:Finding)
  WHERE n.outcome IN ['failed', 'review'] AND n.strength IN $strengths
        AND coalesce(n.source, 'register') IN $sources
  WITH m, sum(CASE WHEN n.outcome = 'failed' THEN 1 ELSE 0 END) AS failed, count(n) AS found
  RETURN sum(CASE WHEN failed > 0 THEN 1 ELSE 0 END) AS failed_models, sum(failed) AS failed_findings,
         sum(CASE WHEN found > failed THEN 1 ELSE 0 END) AS review_models, sum(found - failed) AS review_findings
}
WITH *, kept + counted AS models, theirs + counted_downloads AS downloads
RETURN named + counted AS known, models, descendants,
       CASE models WHEN 0 THEN 0.0 ELSE round(1.0 * descendants / models, 4) END AS share,
       llama_downloads,
       CASE downloads WHEN 0 THEN 0.0 ELSE round(1.0 * llama_downloads / downloads, 4) END AS download_share,
       declared, declared_by_authors, declared - declared_by_authors AS declared_with_others,
       CASE descendants WHEN 0 THEN 0.0 ELSE round(1.0 * declared / descendants, 4) END AS declared_share,
       authors, data_sets, failed_models, failed_findings, review_models, review_findings
ORDER BY known
