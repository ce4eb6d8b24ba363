"""Brings a backup into empty stores, in small transactions behind a shut gate.

The gate's node bears the name `restoring` until all is there: nobody else can write, services say what is going on,
and a restore that was killed leaves exactly that behind. Begun again, it clears away what it had made and starts over.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graph import schema
from graph.backup.file import Json, Progress, Summary, inspect, records, unheard
from graph.backup.kinds import APART, Edge, edge_of, label_of
from graph.backup.values import unpack
from graph.database import Database, Row, Transaction
from graph.errors import Conflict, InvalidInput, Unavailable
from graph.queries import Statement, statement

BATCH = 5_000
"""Nodes or edges in one transaction."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. `again`: what a restore that was cut short had left was cleared away first."""

    summary: Summary
    again: bool


def refuse_unfinished(database: Database) -> None:
    """Raises Unavailable while a restore is under way, or after one that was cut short."""
    row = database.one(statement("read/restore_state"))
    if row is not None and row["gate"] == "restoring":
        raise Unavailable(
            f"restore unfinished: {row['file']} was being restored since {row['started_at'].to_native():%Y-%m-%d %H:%M}"
            " UTC. Wait for it, or, if it was cut short, run the same `pentad restore` again.",
            retry_after=60,
        )


def restore(database: Database, path: Path, now: datetime, progress: Progress = unheard) -> Restored:
    """Restores the file into a graph that has the schema and nothing else.

    The whole file is checked before anything is written. Raises InvalidInput for a file that is cut, edited, or of a
    newer Pentad, Conflict for a graph that is not empty, Unavailable when another restore took over.
    """
    summary = inspect(path, progress)
    _refuse_newer(summary, path)
    _refuse_filled(database)
    work = _Restore(database, secrets.token_hex(8))
    again = work.begin(path, now, progress)
    for done, record in enumerate(records(path), 1):
        work.take(record)
        if done % BATCH == 0:
            progress("restore", done, summary.total)
    work.flush()
    # Steps that the backed up graph never had, over its data; where they make an index it is there already.
    for step in schema.steps():
        if step.number > summary.schema_step:
            database.schema(step.query.text)
    work.finish(summary.change)
    return Restored(summary, again)


def _refuse_newer(summary: Summary, path: Path) -> None:
    known = schema.steps()[-1].number
    if summary.schema_step > known:
        reason = f"has schema step {summary.schema_step}, this version knows {known}: use Pentad {summary.pentad}"
        raise InvalidInput(reason, str(path))


def _refuse_filled(database: Database) -> None:
    found = database.one(statement("read/restore_state"), timeout=60)
    if found is None:
        raise Conflict("the graph has no schema yet: `pentad up` makes it")
    if found["gate"] == "gate" and found["filled"]:
        raise Conflict(
            "the graph is not empty, and a restore never overwrites: start with an empty data folder"
            " (`pentad down`, then `pentad up --data-dir NEW` and `pentad restore … --data-dir NEW`)"
        )


class _Restore:
    """One restore under way; every transaction looks whether the gate is still shut by it."""

    def __init__(self, database: Database, token: str) -> None:
        self._database = database
        self._token = token
        self._nodes: list[Row] = []
        self._edges: defaultdict[Edge, list[Row]] = defaultdict(list)

    def begin(self, path: Path, now: datetime, progress: Progress) -> bool:
        """Shuts the gate and clears the graph; answers whether a former restore had shut it. Raises Conflict."""
        before = self._database.one(statement("read/restore_state"))
        given = {"by": self._token, "file": path.name, "at": now}
        if not self._database.setup(lambda tx: tx.rows(statement("write/restore_begin"), given)):
            raise Conflict("somebody wrote to the graph in this very moment: it is not empty any more")
        for part in ("edges", "nodes"):
            clear, gone = statement(f"write/restore_clear_{part}"), 0
            while many := self._held(clear, {"limit": BATCH})[0]["gone"]:
                gone += many
                progress("clear away", gone, 0)
        return before is not None and before["gate"] == "restoring"

    def take(self, record: Json) -> None:
        """One line of the file."""
        props = {name: unpack(value) for name, value in record["props"].items()}
        if "edge" not in record:
            if label_of(record["labels"]) in APART:
                raise Conflict("the backup holds a gate or schema of its own")
            self._nodes.append({"labels": record["labels"], "props": props})
            if len(self._nodes) == BATCH:
                self._make_nodes()
            return
        self._make_nodes()
        start, key = record["from"]
        edge = edge_of(start, record["edge"])
        self._edges[edge].append({"from": key, "to": record["to"], "props": props})
        if len(self._edges[edge]) == BATCH:
            self._make_edges(edge)

    def flush(self) -> None:
        """Writes what is left."""
        self._make_nodes()
        for edge in self._edges:
            self._make_edges(edge)

    def finish(self, change: int) -> None:
        """Opens the gate at the change number of the backup."""
        self._held(statement("write/restore_finish"), {"change": change})

    def _make_nodes(self) -> None:
        if self._nodes:
            self._held(statement("write/restore_nodes"), {"rows": self._nodes})
            self._nodes = []

    def _make_edges(self, edge: Edge) -> None:
        rows, self._edges[edge] = self._edges[edge], []
        if rows:
            made = self._held(statement(edge.statement), {"type": edge.type, "rows": rows})[0]["made"]
            if made != len(rows):
                raise Conflict(
                    f"{len(rows) - made} edges {edge.type} of the backup lead to nodes that it does not hold"
                )

    def _held(self, query: Statement, params: dict[str, Any]) -> list[Row]:
        def work(tx: Transaction) -> list[Row]:
            if not tx.rows(statement("write/restore_hold"), {"by": self._token}):
                raise Unavailable("another restore took over")
            return tx.rows(query, params)

        return self._database.setup(work)
