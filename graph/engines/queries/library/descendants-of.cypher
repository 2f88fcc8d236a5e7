// title: What comes from an artifact
// topic: lineage
// about: Every descendant of a model or data set within thirty steps, by any relation: weights, training data and outputs.
// param id = "meta-llama/Llama-3.2-1B": the artifact, a data set's with datasets/ before it
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH path = (a:Model|Dataset {id: $id})<-[:DERIVED_FROM|TRAINED_ON|GENERATED_BY*1..30]-(c)
WHERE all(d IN relationships(path) WHERE d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources)
RETURN DISTINCT c.id AS id, c.crawled AS crawled, c.downloads AS downloads, c.licence AS licence
ORDER BY id
