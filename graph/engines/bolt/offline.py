"""A whole build as files for `neo4j-admin database import`: the way in for a first load.

The graph that comes out is the one that `graph.engines.bolt.store` would have written, but for
keys and indexes: the Community edition's import makes none, so the next `herdbook build`
declares them.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from graph.catalogue.model import Strength
from graph.engines.bolt.writing import FORM
from graph.engines.port.ports import Batch, Direction, EdgeRows, GraphState, Row, StoreError
from graph.engines.port.schema import ARTIFACTS, EDGES, NODES, TYPES

SCRIPT = "import.sh"
_OURS = (".csv", ".sh")
_WORDS: dict[Any, str | None] = {
    True: "true",
    False: "false",
    None: None,
}  # "True" would be read as false
_NOT_READ = "files for neo4j-admin are written only: ask the server that they are imported into"
_HEAD = """#!/bin/sh
# Makes the database anew from the files beside this script. The server must be stopped.
# NEO4J_ADMIN names the command where it is not on PATH, DATABASE another database than neo4j.
set -eu
cd "$(dirname "$0")"
"""


@dataclass(slots=True)
class _File:
    """One table: what it holds in neo4j-admin's words, and where its rows go."""

    name: str
    option: str
    names: tuple[str, ...]
    rows: Any  # csv's writer has no public type
    lines: int = 1  # the head

    def put(self, rows: Collection[Iterable[Any]]) -> None:
        self.rows.writerows(rows)
        self.lines += len(rows)

    def has_line_breaks(self, folder: Path) -> bool:
        """Tell whether a value goes over several lines."""
        with (folder / self.name).open("rb") as stream:
            parts = iter(lambda: stream.read(1 << 20), b"")
            return sum(part.count(b"\n") + part.count(b"\r") for part in parts) > self.lines


class OfflineFiles:
    """A folder of files, written once. It answers no question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.then = (
            f"now stop the server, run {folder / SCRIPT}, start it again, and run `herdbook "
            "build`, which declares the keys"
        )

    def state(self) -> GraphState:
        """Nothing can be read from it."""
        return GraphState()

    def prepare(self) -> None:
        """Make the folder. Raises StoreError for one that holds anything else."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            others = [p.name for p in self._folder.iterdir() if p.suffix not in _OURS]
        except OSError as error:
            raise StoreError(f"{self._folder} cannot be written to: {error.strerror}") from None
        if others:
            raise StoreError(f"{self._folder} holds other files: name an empty folder")

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        """Write all files, and the script that imports them last."""
        if not fresh:
            raise StoreError("files for neo4j-admin hold a whole build: build with --fresh")
        self.prepare()
        for old in (*self._folder.glob("*.csv"), self._folder / SCRIPT):
            old.unlink(missing_ok=True)
        with ExitStack() as stack:
            tables = _Tables(self._folder, build, stack)
            for batch in batches:
                tables.put(batch)
            tables.put(Batch(nodes={"Build": [{"id": build, "form": FORM}]}))
        script = self._folder / SCRIPT
        script.write_text(_HEAD + tables.command(), encoding="utf-8")
        script.chmod(0o755)

    def lineage(
        self, artifact_id: str, direction: Direction, depth: int, at_least: Strength, limit: int
    ) -> nx.MultiDiGraph[str]:
        """Refuse: StoreError."""
        raise StoreError(_NOT_READ)

    def close(self) -> None:
        """Nothing is open between writes."""


class _Tables:
    """The open files of one write."""

    def __init__(self, folder: Path, build: str, stack: ExitStack) -> None:
        self._folder, self._build, self._stack = folder, build, stack
        self._files: dict[tuple[str, ...], _File] = {}
        self._bare: dict[str, set[str]] = {label: set() for label in NODES}

    def put(self, batch: Batch) -> None:
        for label, rows in batch.nodes.items():
            if label not in ARTIFACTS:
                self._bare[label].update(row["id"] for row in rows)
            self._nodes(label, rows)
        for edges in batch.edges:
            self._ends(edges.target, {row["to"] for row in edges.rows})
            self._edges(edges)

    def command(self) -> str:
        """Return the import's command line, file by file."""
        files = sorted(self._files.values(), key=lambda file: file.option)
        lines = ['exec "${NEO4J_ADMIN:-neo4j-admin}" database import full']
        lines += [file.option for file in files]
        if long := [file.name for file in files if file.has_line_breaks(self._folder)]:
            # Only where there are some: they are read much slower.
            lines += ["--multiline-fields-format=v2", f"--multiline-fields={','.join(long)}"]
        # A name after --relationships would be read as one more file.
        lines += ["--overwrite-destination", '"${DATABASE:-neo4j}"']
        return " \\\n  ".join(lines) + "\n"

    def _ends(self, label: str, ids: set[str]) -> None:
        """Write authors and licences that are only named, once each."""
        if label in ARTIFACTS:  # a whole build has a row for each
            return
        new = ids - self._bare[label]
        self._bare[label] |= new
        self._nodes(label, [{"id": i} for i in sorted(new)])

    def _nodes(self, label: str, rows: list[Row]) -> None:
        stamp = "" if label == "Build" else self._build
        names = tuple(NODES[label].properties)
        file = self._files.get((label,)) or self._open(
            (label,), "nodes", [_typed(name, label) for name in names] + ["build"], names
        )
        told = [[*map(row.get, names), stamp] for row in rows]
        for place in (n for n, name in enumerate(names) if TYPES.get(name) == "boolean"):
            for values in told:
                values[place] = _WORDS[values[place]]
        file.put(told)

    def _edges(self, edges: EdgeRows) -> None:
        key = (edges.type, edges.source, edges.target)
        names = tuple(EDGES[edges.type].properties)
        head = [f":START_ID({edges.source})", f":END_ID({edges.target})"]
        file = self._files.get(key) or self._open(
            key, "relationships", head + [_typed(name) for name in names], names
        )
        file.put([[row["from"], row["to"], *map(row.get, names)] for row in edges.rows])

    def _open(
        self, key: tuple[str, ...], kind: str, head: list[str], names: tuple[str, ...]
    ) -> _File:
        name = f"{'.'.join(key)}.csv"
        stream = (self._folder / name).open("w", encoding="utf-8", newline="")
        self._stack.enter_context(stream)
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(head)
        file = _File(name, f"--{kind}={key[0]}={name}", names, rows)
        self._files[key] = file
        return file


def _typed(name: str, label: str = "") -> str:
    if name == "id":
        return f"id:ID({label})"
    return f"{name}:{TYPES[name]}" if name in TYPES else name
