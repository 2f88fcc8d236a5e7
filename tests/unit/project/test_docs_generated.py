"""docs/checks and docs/licences hold what the generator writes, a page each, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.catalogue.licences import load
from graph.compliance.checks import CHECKS
from tests.tools.write_docs import DOCS, POLICIES, all_policies, main, pages, policies_page

PAGES = pages()
STALE = "is not what the code and data say; run `make docs`"


def test_every_check_and_every_licence_has_its_page() -> None:
    assert {p.stem for p in PAGES if p.parts[0] == "checks"} == set(CHECKS)
    assert {p.stem for p in PAGES if p.parts[0] == "licences"} == set(load().licences)
    written = [*DOCS.glob("checks/*"), *DOCS.glob("licences/*"), DOCS / "filters.md"]
    assert {path.relative_to(DOCS) for path in written} == set(PAGES), STALE


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_a_page_is_what_the_generator_writes(place: Path) -> None:
    assert (DOCS / place).is_file(), f"docs/{place} is missing; run `make docs`"
    assert (DOCS / place).read_text("utf-8") == PAGES[place], f"docs/{place} {STALE}"


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_links_between_pages_lead_somewhere(place: Path) -> None:
    for link in re.findall(r"\]\(([^)]+\.md)\)", PAGES[place]):
        target = (DOCS / place).parent / link
        assert target.is_file(), link


def test_every_duty_stands_on_both_pages_with_section_and_quote() -> None:
    for one in load().licences.values():
        for check, duty in one.obligations.items():
            for page in (
                PAGES[Path("licences", f"{one.id}.md")],
                PAGES[Path(f"checks/{check}.md")],
            ):
                assert f"Section {duty.section};" in page
                assert " ".join(duty.quote.split()) in page
                assert one.title in page


def test_the_policies_stand_on_their_page_as_the_checks_have_them() -> None:
    text = POLICIES.read_text("utf-8")
    assert text == policies_page(text), f"docs/policies.md {STALE}"
    for policy in all_policies():
        row = f"| {policy.default} | {policy.strict} | {policy.lenient} |"
        assert any(f"| `{policy.name}` | " in line and row in line for line in text.splitlines())


def test_writing_removes_the_page_of_what_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "gone.md").write_text("old", "utf-8")
    main(tmp_path)
    written = {p.relative_to(tmp_path): p.read_text("utf-8") for p in tmp_path.glob("**/*.md")}
    assert written == PAGES
