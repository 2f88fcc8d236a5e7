"""Write graph/compliance/texts.toml: fingerprints of the licence texts, for they stay outside.

Run: .venv/bin/python -m tests.tools.fingerprint_licences [FOLDER WITH clauses.json AND texts/]
"""

from __future__ import annotations

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

from graph.compliance.normalise import SHORT, is_heading, mark, sentences, units, words
from tests.places import ROOT

TARGET = ROOT / "graph" / "compliance" / "texts.toml"
POLICY = re.compile(r"^[^\n]*Acceptable Use Policy[ \t]*$", re.MULTILINE)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def agreement(text: str) -> str:
    """Cut off a use policy that the file appends."""
    found = POLICY.search(text)
    return text[: found.start()] if found else text


def sections(text: str) -> list[tuple[str, list[str]]]:
    """Return the fingerprints of an agreement's sentences by the section they stand in."""
    found: dict[str, list[str]] = {}
    label = ["preamble"]
    for unit in units(text):
        if len(unit) == 1 and len(unit[0]) <= 4:
            label = numbered(label, unit[0])
        elif len(unit) >= SHORT and not is_heading(" ".join(unit)):
            found.setdefault(".".join(label), []).append(mark(" ".join(unit)))
    return list(found.items())


def numbered(label: list[str], sign: str) -> list[str]:
    """Return the section that a list's mark begins: 1, then a, then i."""
    if sign.isdigit():
        return [sign]
    if len(label) > 1 and re.fullmatch("[ivx]+", sign):
        return [*label[:2], sign]
    return [label[0], sign] if re.fullmatch("[a-h]", sign) else label


def entry(one: dict[str, str], folder: Path) -> list[str]:
    """Return the lines of one licence."""
    text = FRONT.sub("", (folder / one["text"]).read_text("utf-8"))
    alone = agreement(text)
    policy = (folder / one["aup"]).read_text("utf-8") if one.get("aup") else ""
    rows = sections(alone)
    inside = {m for _, marks in rows for m in marks}
    lines = [
        f'["{one["id"]}"]',
        f'whole = "{sha256(words(text).encode()).hexdigest()}"',
        f'agreement = "{sha256(words(alone).encode()).hexdigest()}"',
        f"appends_policy = {str(alone != text).lower()}",
        "sections = [",
    ]
    lines += [f'  ["{name}", "{" ".join(marks)}"],' for name, marks in rows]
    own = dict.fromkeys(map(mark, sentences(policy + "\n\n" + text[len(alone) :])))
    return [*lines, "]", f'policy = "{" ".join(m for m in own if m not in inside)}"', ""]


def main(folder: Path, target: Path = TARGET) -> None:
    """Write the file."""
    told = json.loads((folder / "clauses.json").read_text("utf-8"))["licences"]
    lines = [
        "# Fingerprints of licence texts, made by tests/tools/fingerprint_licences.py; no text.",
        "# whole, agreement: sha256 of the folded words; sections: each sentence in order, by the",
        "# section it stands in; policy: the sentences of the use policy. See normalise.py.",
        "",
    ]
    for one in told:
        if not one["id"].startswith(("llama", "codellama")):
            continue
        if "same_terms_as" in one:
            lines += [f'["{one["id"]}"]', f'same_terms_as = "{one["same_terms_as"]}"', ""]
        else:
            lines += entry(one, folder)
    target.write_text("\n".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "licences")
