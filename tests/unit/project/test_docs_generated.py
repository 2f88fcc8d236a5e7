"""docs/checks and docs/licences hold what the generator writes, a page each, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.catalogue.licences import load
from graph.compliance.checks import CHECKS
from graph.compliance.policies import PROFILES, Policies
from tests.tools.reading_checks import explained, module_of, policies_of
from tests.tools.write_docs import DOCS, main, pages

PAGES = pages()
STALE = "is not what the code and data say; run `make docs`"


def test_every_check_and_every_licence_has_its_page() -> None:
    assert {p.stem for p in PAGES if p.parts[0] == "checks"} == set(CHECKS)
    assert {p.stem for p in PAGES if p.parts[0] == "licences"} == set(load().licences)
    written = [*DOCS.glob("checks/*"), *DOCS.glob("licences/*")]
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


def test_every_policy_bears_on_a_check_and_is_explained() -> None:
    fields = set(Policies.__dataclass_fields__)
    assert set(explained()) == fields
    told = {name for check in CHECKS.values() for name in policies_of(module_of(check))}
    assert told == fields
    row = f"| {PROFILES['default'].outputs_name} | {PROFILES['strict'].outputs_name} |"
    assert row in PAGES[Path("checks/name-prefix.md")]


def test_writing_removes_the_page_of_what_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "gone.md").write_text("old", "utf-8")
    main(tmp_path)
    written = {p.relative_to(tmp_path): p.read_text("utf-8") for p in tmp_path.glob("*/*")}
    assert written == PAGES
