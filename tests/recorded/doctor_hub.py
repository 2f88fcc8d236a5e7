"""A Hub that answers all that the doctor asks, as it is believed to."""

from __future__ import annotations

from typing import Any

from crawler.doctor.probes import BASE, FORMER, GATED, LICENCE, OPEN
from crawler.hub import Hub, Patience
from tests.hub_replica import Faults, Replica, Rules

COUNT = 2500  # three pages
RENAMES = {FORMER: OPEN}
SHA = "a" * 40


def record(repo: str, n: int, *tags: str, **more: Any) -> dict[str, Any]:
    """Return a repository with all that a list may be asked for; a higher ``n`` is older."""
    return {
        "id": repo,
        "_id": f"{n:024x}",
        "author": repo.partition("/")[0],
        "cardData": {"license": "mit"},
        "createdAt": f"2025-{12 - n // 400:02}-{28 - n % 400 // 20:02}T{23 - n % 20:02}:00:00.000Z",
        "disabled": False,
        "downloads": n,
        "downloadsAllTime": n,
        "gated": False,
        "lastModified": "2026-01-01T00:00:00.000Z",
        "likes": 0,
        "private": False,
        "sha": SHA,
        "siblings": [{"rfilename": "README.md"}],
        "tags": list(tags),
    } | more


def model(repo: str, n: int, *tags: str, **more: Any) -> dict[str, Any]:
    facts = {"library_name": "peft", "pipeline_tag": "text-generation", "safetensors": {"total": 1}}
    peft = {"base_model_name_or_path": GATED, "task_type": "CAUSAL_LM"}
    return record(repo, n, *tags, **facts, config={"peft": peft}, **more)


def records() -> list[dict[str, Any]]:
    """Return the Hub's repositories: many models, those that the doctor asks for, data sets."""
    lineage = (LICENCE, BASE, f"base_model:adapter:{GATED}")
    texts = {"files": {"README.md": "# GPT-2\n"}}
    old = {"createdAt": "2019-02-14T00:00:00.000Z"}
    return [
        *(model(f"o/{n * 7919 % COUNT:05}", n) for n in range(COUNT)),
        *(model(f"tuner/{n}", n, *lineage) for n in range(3)),
        model(OPEN, COUNT, **texts, **old),
        model(GATED, COUNT + 1, LICENCE, gated="manual", files={"README.md": "# Llama\n"}),
        *(record(f"o/d{n}", n, kind="dataset", description="Data.") for n in range(3)),
    ]


RECORDS = records()


def replica(faults: Faults | None = None, **rules: Any) -> Replica:
    """Return the Hub with some beliefs switched."""
    return Replica(RECORDS, faults, renames=RENAMES, rules=Rules.of(rules))


def hub(url: str, token: str | None = None) -> Hub:
    """Return a client that does not wait."""
    patience = Patience(tries=2, first=0.0, most=0.0)
    return Hub(url, token, patience=patience, sleep=lambda _seconds: None)
