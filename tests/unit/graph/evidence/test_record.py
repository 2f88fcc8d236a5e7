"""What is taken of a record, what is refused, and what is dropped, each with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Kind
from graph.evidence.record import MAX_TAGS, HubRecord, Refused, read, valid_id

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
FIELDS = [
    "id",
    "modelId",
    "kind",
    "tags",
    "cardData",
    "files",
    "siblings",
    "author",
    "createdAt",
    "lastModified",
    "downloads",
    "likes",
    "sha",
    "childrenModelCount",
    "removed",
]


def taken(**fields: Any) -> tuple[HubRecord, list[str]]:
    notes: list[str] = []
    return read({"id": "acme/Model", **fields}, notes.append), notes


def refusal(obj: object) -> str:
    with pytest.raises(Refused) as refused:
        read(obj, lambda line: None)
    return str(refused.value)


def test_a_whole_record_is_taken_without_a_word() -> None:
    record, notes = taken(
        author="acme",
        tags=["license:mit", "base_model:a/b"],
        cardData={"license": "mit"},
        siblings=[{"rfilename": "config.json"}, "README.md"],
        createdAt="2024-05-01T10:00:00.000Z",
        downloads=3,
        likes=0,
        sha="abc",
        downloadsAllTime=9,
        _id="0123456789abcdef01234567",
        files={"README.md": "text"},
    )
    assert notes == []
    assert (record.id, record.kind, record.name, record.author) == (
        "acme/Model", Kind.MODEL, "Model", "acme",
    )  # fmt: skip
    assert record.created == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert (record.downloads, record.likes, record.downloads_all) == (3, 0, 9)
    assert record.file_names() == {"config.json", "README.md"}
    assert record.raw.keys().isdisjoint({"files", "removed", "cardData", "downloads", "_id"})
    assert record.hub_id == "0123456789abcdef01234567"


def test_what_is_absent_was_not_fetched() -> None:
    record, notes = taken()
    assert notes == []
    assert {record.tags, record.card, record.siblings, record.downloads, record.created} == {None}
    assert record.author == "acme"
    assert not record.removed


def test_a_data_set_has_its_prefix_once_however_it_is_written() -> None:
    for written in ("acme/Data", "datasets/acme/Data"):
        record, _ = taken(id=written, kind="dataset")
        assert (record.id, record.kind) == ("datasets/acme/Data", Kind.DATASET)


@pytest.mark.parametrize("told", ["gpt2", "a/b", "0x-1/x.y_z", "_a/-b", "a/" + "n" * 96])
def test_an_id_of_the_hubs_form_is_accepted(told: str) -> None:
    assert taken(id=told)[0].id == told


@pytest.mark.parametrize(
    "told",
    [
        "a/../b", "..", "a..b/c", "a/b/c", "/a/b", "a/", "a/b\n", "a/b\x00", "a\x1b/b", "ä/b",
        "C:\\models\\x", "a/" + "n" * 97, "o" * 200 + "/" + "n" * 90, "datasets/acme", "a/b?x=1",
    ],
)  # fmt: skip
def test_an_id_of_another_form_refuses_the_record_and_names_it(told: str) -> None:
    assert refusal({"id": told}) == f"{told[:80]!r} is not an id that the Hub accepts"


@pytest.mark.parametrize("told", [{}, {"id": None}, {"id": ""}, {"id": 7}, {"id": ["a/b"]}])
def test_a_record_without_id_is_refused(told: dict[str, Any]) -> None:
    assert refusal(told) == "the record has no id"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ([], "a list"),
        ("a/b", "a text"),
        (3, "a number"),
        (None, "nothing"),
        (True, "a truth value"),
    ],
)
def test_what_is_no_object_is_refused_with_what_it_is(told: object, what: str) -> None:
    assert refusal(told) == f"a record is an object, not {what}"


@pytest.mark.parametrize(
    ("kind", "shown"), [("space", "'space'"), (1, "1"), (["model"], "a list"), ({}, "a mapping")]
)
def test_another_kind_is_refused(kind: object, shown: str) -> None:
    assert refusal({"id": "a/b", "kind": kind}) == f"kind {shown} is neither model nor dataset"


def test_a_record_too_deep_to_be_written_again_is_refused() -> None:
    for field in ("cardData", "config", "downloads"):
        deep = orjson.loads(b'{"x":' + b"[" * 1000 + b"]" * 1000 + b"}")
        assert refusal({"id": "a/b", field: deep}) == "the record is nested too deeply"


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("tags", "llama", "tags dropped: a list is expected, not a text"),
        ("cardData", "mit", "cardData dropped: a mapping is expected, not a text"),
        ("cardData", ["mit"], "cardData dropped: a mapping is expected, not a list"),
        ("files", [], "files dropped: a mapping is expected, not a list"),
        ("siblings", 3, "siblings dropped: a list is expected, not a number"),
        ("createdAt", "yesterday", "createdAt dropped: 'yesterday' is not a time"),
        ("createdAt", 17, "createdAt dropped: 17 is not a time"),
        ("lastModified", "2024-13-01", "lastModified dropped: '2024-13-01' is not a time"),
        ("createdAt", "0001-01-01T00:00:00+09:00",
         "createdAt dropped: '0001-01-01T00:00:00+09:00' is not a time"),
        ("downloads", -1, "downloads dropped: a count is expected, not -1"),
        ("downloads", 1.5, "downloads dropped: a count is expected, not 1.5"),
        ("likes", True, "likes dropped: a count is expected, not True"),
        ("likes", "many", "likes dropped: a count is expected, not 'many'"),
        ("likes", list(range(1000)), "likes dropped: a count is expected, not a list"),
        ("author", 5, "author dropped: a short plain text is expected"),
        ("sha", "a\nb", "sha dropped: a short plain text is expected"),
        ("sha", "a" * 300, "sha dropped: a short plain text is expected"),
    ],
)  # fmt: skip
def test_a_field_that_is_not_what_it_should_be_is_dropped_with_its_line(
    field: str, value: object, line: str
) -> None:
    record, notes = taken(**{field: value})
    assert notes == [line]
    assert record.id == "acme/Model"


@pytest.mark.parametrize(
    ("licence", "what"), [(3, "a number"), ({"a": 1}, "a mapping"), ([1], "a list of others")]
)
def test_a_licence_that_is_no_text_is_dropped_and_the_card_stays(
    licence: object, what: str
) -> None:
    record, notes = taken(cardData={"license": licence, "base_model": "a/b"})
    assert record.card == {"base_model": "a/b"}
    assert notes == [f"cardData.license dropped: a text or a list of texts is expected, not {what}"]


def test_tags_that_are_no_plain_text_or_too_many_are_dropped_and_counted() -> None:
    record, notes = taken(tags=["good", 3, None, "line\nbreak", *["more"] * MAX_TAGS])
    assert record.tags is not None
    assert len(record.tags) == MAX_TAGS - 3
    assert notes == ["7 tags dropped: not plain text, or too many"]


def test_a_card_and_a_file_of_20_mb_are_dropped_and_the_rest_is_kept() -> None:
    huge = "x" * 20_000_000
    record, notes = taken(files={"README.md": huge, "LICENSE": huge, "a.txt": "a"}, likes=1)
    assert record.files == {"a.txt": "a"}
    assert record.card is None
    assert record.likes == 1
    assert notes == [
        "file 'README.md' dropped: 20,000,000 characters, the limit is 1,048,576",
        "file 'LICENSE' dropped: 20,000,000 characters, the limit is 4,194,304",
    ]
    assert taken(cardData={"text": huge})[1] == ["cardData dropped: larger than 1 MiB"]


def test_a_file_that_is_no_text_is_dropped() -> None:
    record, notes = taken(files={"a": 1, "b\x00": "text", "c": "kept"})
    assert record.files == {"c": "kept"}
    assert notes == ["file 'a' dropped: not a text", "file 'b\\x00' dropped: not a text"]


def test_the_card_is_read_from_the_readme_where_the_hub_gave_none() -> None:
    readme = "---\nlicense: llama3\n---\nText"
    assert taken(files={"README.md": readme})[0].card == {"license": "llama3"}
    assert taken(files={"README.md": readme}, cardData={"license": "mit"})[0].card == {
        "license": "mit"
    }


def test_a_readme_that_cannot_be_read_costs_the_card_alone() -> None:
    record, notes = taken(files={"README.md": "---\n- a\n- b\n---\nText"}, likes=2)
    assert (record.card, record.likes) == (None, 2)
    assert notes == ["README.md: the front matter is no mapping"]


@given(JSON)
def test_any_json_value_is_read_or_refused(obj: object) -> None:
    _read_or_refused(obj)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from(["a/b", "gpt2"]))
def test_any_value_in_any_known_field_is_read_or_refused(obj: dict[str, Any], repo: str) -> None:
    _read_or_refused(obj)
    _read_or_refused(obj | {"id": repo, "kind": None})


def _read_or_refused(obj: object) -> None:
    notes: list[str] = []
    try:
        record = read(obj, notes.append)
    except Refused as reason:
        notes.append(str(reason))
    else:
        assert valid_id(record.id.removeprefix("datasets/"))
    assert all(note and "\n" not in note and len(note) < 200 for note in notes)
