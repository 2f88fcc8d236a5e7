"""The pages as they come, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.dashboard.page import links
from api.dashboard.views.drawn import DRAWN
from graph.engines.queries.query import library
from tests import pages

QUERY = "/console?q=" + quote("MATCH (m:Model) RETURN m.id AS id, m.licence AS licence ORDER BY id")
GRAPH = "/console?q=" + quote("MATCH (m)-[d:DERIVED_FROM|DECLARES]->(p) RETURN m, d, p")
PAGES = {
    "/": ("descend from Llama", "Who carries the name", "Ask this in the console", "<svg"),
    "/?strength=declared": ("descend from Llama",),
    "/models": (pages.GOOD, "Next page"),
    "/models?family=llama-3.1&relation=finetune&licence=mit": ("herd/calf-00",),
    "/models?author=acme&strength=stated": (pages.BAD,),
    "/datasets": ("datasets/acme/talk",),
    "/search": ("Type the id",),
    "/search?q=calf": ("herd/calf-00", "The first 50", "All models"),
    "/search?q=acme/Llama-3.1-Goood": ("Did you mean", pages.GOOD),
    f"/models/{pages.GOOD}": ("<blockquote>", "passed", "and 36 more children", "GraphML"),
    f"/models/{pages.BAD}": ("Failed", "1.b.i", "no legal advice", "finetune of", "apache-2.0"),
    f"/models/{pages.GONE}": ("went from the Hub",),
    "/models/_/ownerless": ("ownerless",),
    f"/artifact?id={quote(pages.CACHE)}": ("only named as a parent",),
    "/datasets/acme/talk": ("Data set",),
    "/findings": (pages.BAD, "licence-tag"),
    "/findings?outcome=failed&check=name-prefix&min_downloads=1&family=llama-3.1": (pages.BAD,),
    "/check": ("Before a release", "from scratch"),
    f"/check?name=x&base={pages.ROOT}": ("name-prefix", "On the command line"),
    f"/check?name=x&base={quote(pages.SCRIPT)}": ("no id on the Hub",),
    "/licences": ("Llama 3.1", "name-prefix"),
    "/licences/llama3.1": ("<blockquote>", "1.b.i"),
    "/families": ("Llama 3.1", "Meta"),
    "/console": ("<textarea", "Library"),
    QUERY: (pages.GOOD, "CSV"),
    GRAPH: ("data-canvas", "finetune", 'class="answer"', "(:Model {id: ", "from build"),
    "/console?q=MATCH": ('role="alert"',),
    "/console?q=RETURN%0A nope nope": ('data-line="2" data-column="7"', "\n      ^</pre>"),
    "/console?q=CREATE (n)": ('role="alert"', "only reads"),
    "/runs": ("second.jsonl", "done"),
    "/docs": ("/v1/models",),
}


class Reader(HTMLParser):
    """Reads what a browser would take from a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.faults: list[str] = []
        self.block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [v for k, v in attrs if k in ("href", "src", "action") and v]
        self.faults += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.block = given.get("type") == "application/json"
            self.faults += [] if self.block else [tag]
        if tag in ("img", "iframe", "object"):
            self.faults.append(tag)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = pages.application(tmp_path_factory.mktemp("pages"))
    return TestClient(app, raise_server_exceptions=True)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_its_essentials(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert [words for words in PAGES[address] if words not in answer.text] == []
    assert answer.headers["content-type"].startswith("text/html")
    assert "The graph was built" in answer.text


@pytest.mark.parametrize("address", [*PAGES, f"/models/{pages.HOSTILE}", "/models/acme/named"])
def test_a_page_holds_nothing_that_runs_or_comes_from_outside(
    client: TestClient, address: str
) -> None:
    answer = client.get(address)
    assert read(answer.text).faults == []
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "address",
    [
        f"/models/{pages.HOSTILE}",
        "/models?author=" + quote(pages.ATTRIBUTE),
        "/models?search=" + quote(pages.SCRIPT),
        "/search?q=" + quote(pages.CLOSING + "x"),
        "/models/x/" + quote(pages.CLOSING, safe=""),
        "/findings?author=" + quote(pages.ATTRIBUTE) + "&check=" + quote(pages.SCRIPT),
        "/console?q=" + quote(f"RETURN '{pages.CLOSING}' AS `{pages.SCRIPT}`"),
        "/console?q=" + quote("RETURN $x AS x") + "&p.x=" + quote(pages.ATTRIBUTE),
        GRAPH,
        "/console?q=" + quote(f"RETURN '{pages.CLOSING}' {pages.SCRIPT}"),
        *(links.artifact(parent) for parent in pages.PARENTS),
    ],
)
def test_hostile_words_stay_words(client: TestClient, address: str) -> None:
    answer = client.get(address)
    reader = read(answer.text)
    assert reader.faults == []
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "\u202e" not in answer.text
    assert not [one for one in reader.links if one.startswith("javascript:")]


def test_a_hostile_parent_is_drawn_and_listed(client: TestClient) -> None:
    text = client.get(f"/models/{pages.HOSTILE}").text
    drawing = text[text.index('<svg class="drawing"') :]
    assert "alert(1)&lt;/" in drawing or "&lt;script&gt;alert(1)" in drawing
    assert "[U+202E]" in drawing
    assert "very-long-name" in text


def test_hostile_nodes_are_drawn_and_listed_in_an_answer(client: TestClient) -> None:
    text = client.get(GRAPH).text
    drawing = text[text.index('<svg class="drawing"') : text.index("</svg>\n<pre")]
    for part in (drawing, text[text.index("<tbody>") :]):
        assert "&lt;script&gt;alert(1)" in part
        assert "[U+202E]" in part
        assert "&#34; onmouseover=" in part


def test_a_query_opens_in_neo4j_browser_where_there_is_one(tmp_path: Path) -> None:
    made = replace(pages.services(tmp_path), neo4j_browser="http://neo:7474/browser/")
    question = library()["ancestors-of"]
    given = {"q": question.cypher, "p.id": f'"{pages.SCRIPT}"'}
    with TestClient(create_app(made)) as client:
        reader = read(client.get("/console", params=given).text)
    there = [
        one for one in reader.links if one.startswith("http://neo:7474/browser/?cmd=edit&arg=")
    ]
    assert len(there) == len(library()) + len(DRAWN) + 1
    texts = [parse_qs(urlsplit(one).query)["arg"][0] for one in there]
    assert texts[-1].startswith(f"// {question.title}\nMATCH path = (a:Model|Dataset {{id: ")
    assert f'"{pages.SCRIPT}"' in texts[-1]
    assert not any("$" in text for text in texts)


def test_every_link_of_this_site_answers(client: TestClient) -> None:
    seen: dict[str, str] = {}
    todo = ["/", f"/models/{pages.HOSTILE}", f"/models/{pages.BAD}", "/console", "/findings"]
    while todo and len(seen) < 400:
        address = todo.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = f"{answer.status_code}"
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            todo += [one for link in read(answer.text).links if (one := _own(address, link))]
    assert len(seen) > 100


def _own(page: str, link: str) -> str | None:
    """Return a link of this site without its fragment."""
    whole = urlsplit(urljoin("http://testserver" + page, link))
    if whole.netloc != "testserver":
        return None
    return whole._replace(scheme="", netloc="", fragment="").geturl() or "/"


def test_a_full_id_leads_straight_to_its_page(client: TestClient) -> None:
    for asked in (pages.GOOD, links.HUB + pages.GOOD):
        answer = client.get("/search", params={"q": asked}, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/models/{pages.GOOD}"


def test_an_unknown_id_is_a_404_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/models/acme/Llama-3.1-Goodd")
    assert answer.status_code == 404
    assert pages.GOOD in answer.text


@pytest.mark.parametrize(
    "address",
    ["/models?relation=cousin", "/findings?outcome=bad", "/findings?min_downloads=-1",
     "/findings?check=x", "/models?family=x", "/models?author=%00", "/models?search=" + "x" * 257,
     "/?strength=x", "/findings?after=1", "/artifact", "/artifact?id="],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_in_a_page(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert "<h1>Wrong parameter</h1>" in answer.text
    name = address.partition("?")[2].partition("=")[0] or "id"
    assert f"<p>query.{name}: " in answer.text


@pytest.mark.parametrize("address", [*PAGES, "/console/answer.csv", "/licences/llama3/diff/llama4"])
def test_an_unknown_parameter_is_refused_in_a_page(client: TestClient, address: str) -> None:
    answer = client.get(address + ("&" if "?" in address else "?") + "as_of=2025-01-01")
    assert answer.status_code == 422
    assert "<p>query.as_of: not known here; known: " in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    for name in re.findall(r"[?&](\w+)=", address):
        assert re.search(rf"known: .*\b{name}\b.*\.</p>", answer.text), name


def test_a_form_keeps_what_was_asked_and_offers_what_is_known(client: TestClient) -> None:
    asked = "check=notice-file&family=llama-2&author=acme&min_downloads=3&strength=stated"
    text = client.get(f"/findings?{asked}").text
    for chosen in ("notice-file", "llama-2", "stated"):
        assert f'<option value="{chosen}" selected>' in text
    assert text.count(" selected>") == 3
    assert 'name="author" value="acme" placeholder="unsloth" maxlength="256"' in text
    assert 'type="number" name="min_downloads" value="3" placeholder="1000" min="0"' in text
    assert '<option value="">inferred and up</option>' in client.get("/findings").text


def test_a_query_that_cannot_be_answered_is_no_file(client: TestClient) -> None:
    answer = client.get("/console/answer.csv?q=MATCH")
    assert answer.status_code == 400
    assert "<h1>Not answered</h1>" in answer.text


@pytest.mark.parametrize("address", ["/licences/none", "/runs/none"])
def test_what_is_not_there_is_a_404(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", ["%00", "a%00b", "%FF", "9" * 30, "-1,99999999999999999999", "%"])
def test_strange_parameters_break_nothing(client: TestClient, value: str) -> None:
    for address in ("/models?search=", "/models?after=", "/search?q=", "/findings?author=",
                    "/findings?after=", "/findings?min_downloads=", "/artifact?id=", "/models/a/",
                    "/console?q="):  # fmt: skip
        assert client.get(address + value).status_code in (200, 400, 404, 422)


def test_lists_go_on_to_their_end(client: TestClient) -> None:
    found, address = set[str](), "/models"
    while address:
        text = client.get(address).text
        found |= set(re.findall(r"herd/calf-\d\d", text))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(found) == 60


def test_answers_can_be_had_as_files(client: TestClient) -> None:
    query = "MATCH (m:Model {id: $id}) RETURN m.id AS id, m.downloads AS downloads"
    given = {"q": query, "p.id": f'"{pages.GOOD}"'}
    table = client.get("/console/answer.csv", params=given)
    assert table.text.splitlines() == ["id,downloads", f"{pages.GOOD},10"]
    assert "attachment" in table.headers["content-disposition"]
    objects = client.get("/console/answer.json", params=given).json()
    assert objects == [{"id": pages.GOOD, "downloads": 10}]
