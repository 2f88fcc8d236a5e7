// title: What an artifact comes from
// topic: lineage
// about: Every ancestor of a model or data set within thirty steps, by any relation: weights, training data and outputs.
// param id = "unsloth/Llama-3.2-1B-bnb-4bit": the artifact, a data set's with datasets/ before it
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH path = (a:Model|Dataset {id: $id})-[:DERIVED_FROM|TRAINED_ON|GENERATED_BY*1..30]->(p)
WHERE all(d IN relationships(path) WHERE d.strength IN $strengths AND coalesce(d.source, 'register') IN $sources)
RETURN DISTINCT p.id AS id, p.crawled AS crawled, p.downloads AS downloads, p.licence AS licence
ORDER BY id
