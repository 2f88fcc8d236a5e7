"""What the licence tag says beside the licences that arrive, branch by branch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.inherited_licences import artifact, found, inherited, outcome

CHECK = "licence-tag"


def of(licence: str, *tags: str, created: str | None = "2025-06-01", rivals: bool = False) -> str:
    one = artifact(licences=tags, created=created)
    return outcome(CHECK, one, inherited(licence, "finetune"), rivals=rivals)


@pytest.mark.parametrize(
    ("licence", "tag"),
    [
        ("llama2", "llama2"), ("codellama", "llama2"), ("codellama", "codellama"),
        ("llama3", "llama3"),
               ("llama3.1", "llama3.1"), ("llama3.2", "llama3.2"), ("llama3.3", "llama3.3"),
        ("llama4", "llama4"), ("llama1", "llama1"),
    ],
)  # fmt: skip
def test_a_tag_that_names_the_arriving_licence_passes(licence: str, tag: str) -> None:
    assert of(licence, tag) == "passed"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ((), "review"),
        (("other",), "review"),
        (("unknown",), "review"),
        (("other", "unknown"), "review"),
        (("apache-2.0",), "failed"),
        (("mit",), "failed"),
        (("cc-by-4.0",), "failed"),
        (("openrail",), "failed"),
        (("cc-by-nc-4.0",), "review"),
        (("cc-by-nc-nd-4.0",), "review"),
        (("my own terms",), "review"),
        (("gemma",), "failed"),
        (("llama3", "apache-2.0"), "failed"),
        (("cc-by-nc-4.0", "apache-2.0"), "failed"),
        (("other", "mit"), "failed"),
        (("other", "cc-by-nc-4.0"), "review"),
        (("llama3.1", "apache-2.0"), "passed"),
        (("mit", "llama3.1"), "passed"),
    ],
    ids=lambda value: "+".join(value) or "none" if isinstance(value, tuple) else None,
)
def test_a_tag_of_other_terms_is_judged_by_what_they_are(
    tags: tuple[str, ...], expected: str
) -> None:
    assert of("llama3.1", *tags) == expected


def test_a_tag_that_was_not_fetched_is_unknown() -> None:
    one = artifact(licences=None)
    (finding,) = found(CHECK, one, inherited("llama3.1", "finetune"))
    assert finding.outcome == "unknown"
    assert finding.evidence[0].value == "not fetched"


@pytest.mark.parametrize(("rivals", "expected"), [(False, "failed"), (True, "review")])
def test_another_makers_terms_may_arrive_with_its_weights(rivals: bool, expected: str) -> None:
    assert of("llama3.1", "gemma", rivals=rivals) == expected
    assert of("llama3.1", "apache-2.0", rivals=rivals) == "failed"


@pytest.mark.parametrize(
    ("licence", "tag", "created", "expected"),
    [
        ("llama3.1", "llama3", "2024-08-15", "review"),
        ("llama3.1", "llama3", "2024-09-09", "review"),
        ("llama3.1", "llama3", "2024-09-10", "failed"),
        ("llama3.1", "llama3", "2024-10-01", "failed"),
        ("llama3.1", "llama2", "2024-08-15", "review"),
        ("llama3.1", "llama3.2", "2024-08-15", "failed"),
        ("llama3.3", "llama3.1", "2025-02-27", "review"),
        ("llama3.3", "llama3.1", "2025-02-28", "failed"),
        ("llama3.3", "llama3", "2025-01-01", "review"),
        ("llama4", "llama3.3", "2025-04-06", "review"),
        ("llama4", "llama3.3", "2025-04-11", "failed"),
        ("llama3", "llama2", "2024-04-19", "review"),
        ("llama3", "llama2", "2024-04-23", "failed"),
        ("llama2", "llama3", "2023-07-18", "failed"),
        ("llama3.2", "llama3.1", "2024-09-26", "failed"),
        ("llama1", "llama2", "2023-08-01", "failed"),
    ],
)
def test_an_older_tag_is_for_review_until_the_right_one_was_listed(
    licence: str, tag: str, created: str, expected: str
) -> None:
    assert of(licence, tag, created=created) == expected


def test_without_a_date_of_creation_an_older_tag_is_for_review() -> None:
    assert of("llama3.1", "llama3", created=None) == "review"
    assert of("llama3.1", "llama3.2", created=None) == "failed"


@pytest.mark.parametrize(
    ("name", "link", "says"),
    [
        (None, None, 'The tag says "other" without a name.'),
        (None, "LICENSE", 'The tag says "other" without a name, with the link LICENSE.'),
        (
            "my-own",
            None,
            'The tag says "other" and names "my-own", terms that Herdbook does not know.',
        ),
    ],
)
def test_other_says_what_is_beside_it(name: str | None, link: str | None, says: str) -> None:
    one = artifact(licences=("other",), licence_name=name, licence_link=link)
    (finding,) = found(CHECK, one, inherited("llama4", "finetune"))
    assert (finding.outcome, finding.message) == ("review", says)
    assert [e.field for e in finding.evidence] == ["license", *(["license_name"] if name else [])]


def test_several_licences_arrive_one_finding_each_and_naming_one_passes_both() -> None:
    both = (inherited("llama3", "merge"), inherited("llama3.1", "merge"))
    findings = found(CHECK, artifact(licences=("llama3.1",)), *both)
    assert [(f.licence, f.outcome.value) for f in findings] == [
        ("llama3", "passed"), ("llama3.1", "passed"),
    ]  # fmt: skip
    assert "arrives as well and is not named" in findings[0].message


def test_what_arrives_by_outputs_alone_needs_no_tag() -> None:
    assert outcome(CHECK, artifact(), inherited("llama3.1", outputs=True)) == "not-applicable"


def test_a_data_set_needs_no_tag() -> None:
    one = artifact("datasets/acme/Data", ("mit",))
    assert outcome(CHECK, one, inherited("llama3.1", "finetune")) == "not-applicable"


@pytest.mark.parametrize("tags", [(), ("other",), ("apache-2.0",), None])
def test_the_licensor_is_passed_or_not_judged(tags: tuple[str, ...] | None) -> None:
    one = artifact("meta-llama/Llama-3.1-8B", tags)
    assert outcome(CHECK, one, inherited("llama3.1"), licensor=True) == "not-applicable"
    right = artifact("meta-llama/Llama-3.1-8B", ("llama3.1",))
    assert outcome(CHECK, right, inherited("llama3.1"), licensor=True) == "passed"


@pytest.mark.parametrize("relation", ["mirror", "quantized", "adapter", "merge", "finetune"])
def test_copies_and_adapters_are_judged_as_fine_tunes_are(relation: str) -> None:
    one = artifact(licences=("apache-2.0",))
    assert outcome(CHECK, one, inherited("llama3.1", relation)) == "failed"


@pytest.mark.parametrize(
    ("licence", "remedy"),
    [
        ("llama3.1", "Write `license: llama3.1` in the card's front matter."),
        ("codellama", "Write `license: llama2` in the card's front matter."),
        (
            "llama1",
            "Write `license: other` with `license_name: llama1` in the card's front matter.",
        ),
    ],
)
def test_the_remedy_is_the_line_to_write(licence: str, remedy: str) -> None:
    (finding,) = found(CHECK, artifact(licences=("mit",)), inherited(licence, "finetune"))
    assert finding.remedy == remedy


def test_no_finding_says_breach() -> None:
    for tags in ((), ("other",), ("mit",), ("gemma",), ("llama3",), ("cc-by-nc-4.0",), ("x",)):
        (finding,) = found(CHECK, artifact(licences=tags), inherited("llama3.1", "finetune"))
        assert "breach" not in (finding.message + finding.remedy).lower()
        assert finding.section
        assert finding.quote


def test_a_card_that_cannot_be_read_leaves_the_tag_unknown() -> None:
    closed = (("README.md", "the front matter is not YAML: a tab (line 3)"),)
    for tags, expected in ((None, "unknown"), ((), "unknown"), (("mit",), "failed")):
        one = replace(artifact(licences=tags), unread=closed)
        (finding,) = found(CHECK, one, inherited("llama3.1", "finetune"))
        assert finding.outcome == expected
        assert ("a tab (line 3)" in finding.message) is (expected == "unknown")


def test_a_page_that_stood_for_several_versions_fails_nobody() -> None:
    for link, expected in (
        ("https://ai.meta.com/llama/license/", "review"),
        ("https://github.com/facebookresearch/llama/blob/main/LICENSE", "failed"),
    ):
        one = artifact(licences=("llama2",), created="2025-06-01", licence_link=link)
        assert outcome(CHECK, one, inherited("llama3.1", "finetune")) == expected
        assert outcome(CHECK, one, inherited("llama2", "finetune")) == "passed"
