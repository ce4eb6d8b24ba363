"""Brings a graph to the schema of this version: numbered steps of `cypher/schema/`, each recorded once it has held.

Steps are idempotent, so a step that was applied but not yet recorded when the process died is simply run again, and
two processes may apply them at once: the first step makes the records themselves unique.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from neo4j.exceptions import Neo4jError

from graph.database import Database, Transaction
from graph.errors import Conflict, SchemaConflict
from graph.queries import Statement, names, statement

_CONSTRAINT = re.compile(r"FOR \(n:(?P<label>\w+)\) REQUIRE n\.(?P<property>\w+) IS UNIQUE")


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered file of `cypher/schema/`."""

    number: int
    name: str
    query: Statement

    @property
    def checksum(self) -> str:
        """sha256 of the text, so that a changed step is noticed instead of silently skipped."""
        return hashlib.sha256(self.query.text.encode()).hexdigest()


def steps() -> list[Step]:
    """All steps of this version in order; their numbers run 1, 2, 3 … without gaps."""
    found: list[Step] = []
    for path in names("schema"):
        name = path.rsplit("/", 1)[-1]
        found.append(Step(int(name[:4]), name, statement(path)))
    return found


def pending(database: Database) -> list[Step]:
    """The steps that the graph has not had. Raises Conflict when it was written by a newer Pentad."""
    done = {int(row["number"]): row for row in database.read(statement("read/schema_steps"), timeout=60)}
    known = {step.number: step for step in steps()}
    newer = sorted(set(done) - set(known))
    if newer:
        raise Conflict(f"the graph has schema step {newer[-1]}, this version knows {max(known)}: use a newer Pentad")
    for number, row in done.items():
        if row["checksum"] != known[number].checksum:
            raise Conflict(f"schema step {known[number].name} is not what this graph was given; steps are never edited")
    return [step for step in known.values() if step.number not in done]


def apply(database: Database, now: datetime, tell: Callable[[str], None] = lambda _: None) -> int:
    """Applies what is pending and answers how many steps that was; `tell` hears each step's name.

    Raises SchemaConflict, listing the values in the way, where existing data breaks a constraint: nothing after that
    step is applied, and a call after mending goes on from there.
    """
    todo = pending(database)
    for step in todo:
        tell(step.name)
        _run(database, step)
        record = {"number": step.number, "name": step.name, "checksum": step.checksum, "at": now}
        database.setup(lambda tx, record=record: _record(tx, record))
    if todo:
        database.setup(lambda tx: tx.rows(statement("write/schema_await")))
    return len(todo)


def _run(database: Database, step: Step) -> None:
    try:
        database.schema(step.query.text)
    except Neo4jError as error:
        if "AlreadyExists" in (error.code or ""):
            return
        wanted = _CONSTRAINT.search(step.query.text)
        if wanted is None:
            raise
        rows = database.read(statement("read/schema_duplicates"), wanted.groupdict(), timeout=60)
        if not rows:
            raise
        raise SchemaConflict(
            step.name, [f"{wanted['label']}.{wanted['property']} = {row['value']!r}" for row in rows]
        ) from error


def _record(tx: Transaction, record: Mapping[str, object]) -> None:
    tx.rows(statement("write/schema_step"), record)
