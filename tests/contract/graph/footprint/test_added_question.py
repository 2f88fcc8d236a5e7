"""One file in the library is a question on the page, in REST, on the command line, in the console.

The copy of the product gets a file and nothing else, and answers from a graph of its own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.grafted import Grafted

LIBRARY = "graph/engines/queries/library"
LIKED = """// title: Who is <b>liked</b>
// topic: makers
// about: Likes by author & month.
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// footprint: 75 liked
// chart: bars label=author head="Liked author" value=likes link=/models?author={author}
// word acme: Acme & <i>sons</i>
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND i.strength IN $strengths
RETURN m.author AS author, sum(m.likes) AS likes
ORDER BY likes DESC, author
"""
LISTED = LIKED.replace("75 liked", "85 listed").replace("Who is", "List of")
LISTED = re.sub("// (chart|word).*\n", "", LISTED)
CODE = """
import json, os, sys
from pathlib import Path
from typer.testing import CliRunner
from fastapi.testclient import TestClient
from api.app import create_app
from api.http.services import Services
from graph.engines import open_graph
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.triage import Triage
from herdbook.cli import app
from tests import pages
folder = sys.argv[1]
os.environ["HERDBOOK_GRAPH_URL"] = graph = f"kglite:///{folder}/graph.kgl"
os.environ["HERDBOOK_DATABASE_URL"] = database = f"sqlite:///{folder}/herdbook.db"
def said(*words):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout
lines = Path(folder, "hub.jsonl")
lines.write_text("\\n".join(map(json.dumps, pages.LINES)))
said("import", str(lines))
engine, store = open_database(database), open_graph(graph)
with TestClient(create_app(Services(ReadModel(engine), store, store, Triage(engine)))) as client:
    page = client.get("/").text
    console = client.get("/console").text
    rest = client.get("/v1/footprint").json()["items"]
    one = client.get("/v1/footprint/liked").json()
    queries = client.get("/v1/queries").json()["items"]
print(json.dumps({"page": page, "console": console, "rest": rest, "one": one, "queries": queries,
    "cli": json.loads(said("footprint", "--json")), "table": said("footprint", "liked"),
    "library": json.loads(said("queries", "--json"))}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("grafted")
    product = Grafted(folder)
    product.add(f"{LIBRARY}/liked-authors.cypher", LIKED)
    product.add(f"{LIBRARY}/listed-authors.cypher", LISTED)
    found: dict[str, Any] = json.loads(product.run(CODE, str(folder)))
    return found


def test_it_is_charted_on_the_page_with_strangers_words_as_words(told: dict[str, Any]) -> None:
    card = _card(told["page"], "liked")
    assert "Who is &lt;b&gt;liked&lt;/b&gt;" in card
    assert "Likes by author &amp; month." in card
    assert "<th>Liked author</th>" in card
    assert '<rect width="100.0%"' in card
    assert "Acme &amp; &lt;i&gt;sons&lt;/i&gt;" in card
    assert '<a href="/models?author=herd"><bdi>herd</bdi></a>' in card
    assert "Ask this in the console" in card
    assert "<b>" not in told["page"]


def test_without_a_chart_it_is_a_table_on_the_page(told: dict[str, Any]) -> None:
    card = _card(told["page"], "listed")
    assert "<th>Author</th>" in card
    assert "<td><bdi>herd</bdi></td>" in card


def test_rest_and_the_command_line_answer_it_alike(told: dict[str, Any]) -> None:
    assert told["cli"] == told["rest"]
    assert told["one"] in told["rest"]
    assert {"author": "herd", "likes": 60} in told["one"]["rows"]
    assert "Who is <b>liked</b>" in told["table"]
    assert "herdbook cypher --run liked-authors" in told["table"]


def test_page_rest_command_line_and_library_list_the_same_in_the_same_order(
    told: dict[str, Any],
) -> None:
    names = [one["name"] for one in told["rest"]]
    assert names[0] == "at-a-glance"
    assert names[-5:] == ["liked", "authors", "listed", "relations", "strength"]
    assert re.findall(r'<section class="card[^>]* id="([\w-]+)"', told["page"]) == names[1:]
    asked = [one["query"] for one in told["rest"]]
    for library in (told["library"], told["queries"]):
        assert [one["name"] for one in library if one["name"] in asked] == asked
    titles = [one["title"] for one in told["queries"] if one["name"] in asked]
    shelf = [t.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
             for t in re.findall(r"<li><a [^>]*>(.+?)</a>", told["console"])]  # fmt: skip
    assert [title for title in shelf if title in titles] == titles


def _card(page: str, name: str) -> str:
    found = re.search(rf'<section class="card[^>]* id="{name}".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_wrong_head_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    product = Grafted(tmp_path)
    product.add(f"{LIBRARY}/liked-authors.cypher", LIKED.replace("value=likes", "vlaue=likes"))
    with pytest.raises(AssertionError, match=r"liked-authors.cypher, line 6: bars has no vlaue"):
        product.herdbook("queries")
