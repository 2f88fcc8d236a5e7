"""Questions whose answer is a drawing. They are no part of the library, whose rows are figures."""

from __future__ import annotations

from graph.engines.queries.query import Parameter, Question

_STRENGTHS = Parameter(
    "strengths", ["declared", "stated", "inferred"], "which strengths of lineage count"
)
_LIMIT = Parameter("limit", 100, "how many rows at most")
_ID = "the artifact, a data set's with datasets/ before it"


def _question(name: str, title: str, about: str, cypher: str, *own: Parameter) -> Question:
    return Question(name, title, "drawn", about, cypher, (*own, _STRENGTHS, _LIMIT))


DRAWN = {
    question.name: question
    for question in (
        _question(
            "ancestors-drawn",
            "What an artifact comes from, drawn",
            "Its ancestors within ten steps, weights, training data and outputs, with their "
            "families.",
            """MATCH path =
  (a:Model|Dataset {id: $id})-[:DERIVED_FROM|TRAINED_ON|GENERATED_BY*1..10]->(p)
WHERE all(d IN relationships(path) WHERE d.strength IN $strengths)
OPTIONAL MATCH (p)-[i:IN_FAMILY]->(f:Family)
RETURN path, i, f
LIMIT $limit""",
            Parameter("id", "unsloth/Llama-3.2-1B-bnb-4bit", _ID),
        ),
        _question(
            "descendants-drawn",
            "What comes from an artifact, drawn",
            "Its descendants within ten steps, the nearest first.",
            """MATCH path =
  (a:Model|Dataset {id: $id})<-[:DERIVED_FROM|TRAINED_ON|GENERATED_BY*1..10]-(c)
WHERE all(d IN relationships(path) WHERE d.strength IN $strengths)
RETURN path
ORDER BY length(path)
LIMIT $limit""",
            Parameter("id", "meta-llama/Llama-3.2-1B", _ID),
        ),
        _question(
            "maker-drawn",
            "A maker's models and their families, drawn",
            "The models that an author publishes, and the families that they belong to.",
            """MATCH (m:Model {author: $author})-[i:IN_FAMILY]->(f:Family)
WHERE m.crawled AND i.strength IN $strengths
RETURN m, i, f
ORDER BY m.downloads DESC, m.id
LIMIT $limit""",
            Parameter("author", "meta-llama", "the organisation or user, as on the Hub"),
        ),
    )
}
