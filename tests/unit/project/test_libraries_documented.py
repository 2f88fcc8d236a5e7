"""Every dependency has its line with a reason, and no other package has one."""

from __future__ import annotations

import re
import tomllib

from tests.places import ROOT

PAGE = (ROOT / "docs" / "decisions" / "0002-libraries.md").read_text(encoding="utf-8")


def test_each_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in project["dependency-groups"].values():
        wanted += group
    names = [re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in wanted]
    assert sorted(re.findall(r"^- `([\w.-]+)`", PAGE, re.MULTILINE)) == sorted(names)
