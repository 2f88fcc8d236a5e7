"""Write docs/checks and docs/licences, a page each, and docs/filters.md, from code and data.

Run: .venv/bin/python -m tests.tools.write_docs
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from graph.catalogue.licences import Licence, Obligation, load
from graph.compliance.check import Check
from graph.compliance.checks import CHECKS
from graph.compliance.difference import neighbours
from graph.compliance.policies import PROFILES, Policy
from tests.places import ROOT
from tests.tools import filter_pages
from tests.tools.licence_changes import changes
from tests.tools.reading_checks import Said, module_of, policies_of, said

DOCS = ROOT / "docs"
POLICIES = DOCS / "policies.md"
POLICIES_BEGIN = "<!-- Written by `make docs` from the checks; a test compares. -->"
POLICIES_END = "<!-- The end of what is written. -->"
MADE = "<!-- Written by `make docs` from the code and the licence data; a test compares. -->"
NO_ADVICE = "A finding is a reading of public metadata, not legal advice."
ABOVE = (
    "Above these stand the [rules for all checks](../policies.md): a finding on a lineage that is "
    "only inferred is never `failed`, and a fact that was not fetched gives `unknown`."
)


def pages() -> dict[Path, str]:
    """Return every page by its place under docs."""
    found = {Path("checks", f"{one.id}.md"): check_page(one) for one in CHECKS.values()}
    found[Path("filters.md")] = filter_pages.page()
    known = load().licences.values()
    return found | {Path("licences", f"{one.id}.md"): licence_page(one) for one in known}


def check_page(check: Check) -> str:
    """Return a check's page: what it looks at, who asks for it, what it says, what is open."""
    module = module_of(check)
    about = (module.__doc__ or "").strip().replace("``", "`")
    imposed = _grouped(check.id)
    parts = [f"# {check.id}", MADE, *(" ".join(p.split()) for p in about.split("\n\n"))]
    parts += [f"In `{module.__name__.replace('.', '/')}.py`. {NO_ADVICE}"]
    parts += ["## Who asks for it", *(_imposed(duty, some) for duty, some in imposed)]
    if not imposed:
        parts.append("No licence that is judged.")
    parts += ["## What it says", _outcomes(said(check)), ABOVE]
    return _page([*parts, "## Where the text is open", _policies(policies_of(check))])


def licence_page(one: Licence) -> str:
    """Return a licence's page: what it is, its grant, each duty, and what changed."""
    parts = [f"# {one.title}", MADE, _facts(one)]
    parts += [one.notes] if one.notes else []
    parts += ["## The grant", f"Section {one.grant.section}:", _quote(one.grant.quote), "## Duties"]
    for duty in one.obligations.values():
        parts += [f"### {duty.check}", _duty(duty, f"[The check](../checks/{duty.check}.md). ")]
    before, _ = neighbours(one, load().licences.values())
    return _page(parts + (changes(before, one) if before else []))


def main(folder: Path = DOCS) -> None:
    """Write every page, and remove those of what is no more."""
    told = pages()
    for path in (*folder.glob("checks/*.md"), *folder.glob("licences/*.md")):
        if path.relative_to(folder) not in told:
            path.unlink()
    for place, text in told.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")


def _grouped(check: str) -> list[tuple[Obligation, list[Licence]]]:
    """Return the duties that a check looks at, each with the licences that have its very words."""
    found: list[tuple[Obligation, list[Licence]]] = []
    for one in load().licences.values():
        if check in one.obligations:
            duty = one.obligations[check]
            some = next((some for known, some in found if known == duty), None)
            if some is None:
                found.append((duty, some := []))
            some.append(one)
    return found


def _imposed(duty: Obligation, licences: list[Licence]) -> str:
    names = ", ".join(f"[{one.title}](../licences/{one.id}.md)" for one in licences)
    return f"### {names}\n\n{_duty(duty, '')}"


def _duty(duty: Obligation, lead: str) -> str:
    reached = " and ".join(sorted((t.value for t in duty.triggers), reverse=True))
    asked = f" Asked for: `{duty.required}`." if duty.required else ""
    head = f"{lead}Section {duty.section}; reached by {reached}.{asked}"
    return "\n\n".join([head, _quote(duty.quote), *([duty.note] if duty.note else [])])


def _outcomes(told: list[Said]) -> str:
    rows = ["| Outcome | In the words of the finding |", "| --- | --- |"]
    for one in told:
        policy = one.by if isinstance(one.by, Policy) else None
        by = f"{policy.default}, by the policy `{policy.name}`" if policy else one.by
        rows.append(f"| {by} | {_cell(one.words) or 'put together from what was found'} |")
    return "\n".join(rows)


def _policies(policies: list[Policy]) -> str:
    if not policies:
        return "No policy bears on it. More: [policies](../policies.md)."
    return f"{policy_table(policies)}\n\nMore: [policies](../policies.md)."


def policy_table(policies: Iterable[Policy]) -> str:
    """Return what is open, why so, and what each profile says of it."""
    rows = [f"| Policy | What is open, and why so | {' | '.join(PROFILES)} |", "| --- " * 5 + "|"]
    for one in policies:
        chosen = " | ".join(profile.of(one) for profile in PROFILES.values())
        rows.append(f"| `{one.name}` | {_cell(one.about)} | {chosen} |")
    return "\n".join(rows)


def all_policies() -> list[Policy]:
    """Return every policy once, in the order of the checks that ask it."""
    asked = (policy for check in CHECKS.values() for policy in policies_of(check))
    return list(dict.fromkeys(asked))


def policies_page(text: str) -> str:
    """Return docs/policies.md with its table as the checks have it now."""
    table = f"{POLICIES_BEGIN}\n{policy_table(all_policies())}\n{POLICIES_END}"
    found = re.escape(POLICIES_BEGIN) + ".*?" + re.escape(POLICIES_END)
    return re.sub(found, lambda _: table, text, flags=re.DOTALL)


def _facts(one: Licence) -> str:
    hub = ", ".join(f"`{i}`" for i in one.hub_ids) or "none"
    rows = {
        "Id here": f"`{one.id}`",
        "On the Hub": f"{hub}, since {one.hub_listed}" if one.hub_listed else hub,
        "SPDX": f"`LicenseRef-scancode-{one.scancode}`" if one.scancode else "none",
        "Kind": one.kind,
        "Family": f"`{one.family}`",
        "Released": str(one.released or "not known"),
        "Text": f"<{one.url}>",
    }
    return "\n".join(["| | |", "| --- | --- |", *(f"| {k} | {v} |" for k, v in rows.items())])


def _quote(text: str) -> str:
    return f"> {' '.join(text.split())}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
    POLICIES.write_text(policies_page(POLICIES.read_text("utf-8")), encoding="utf-8")
