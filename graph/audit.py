"""The audit log: who changed what, written in the very transaction that changed it, each record chained to the last.

A record holds the SHA-256 of itself and of the one before, so that an edit, a gap or a change of order shows. Who can
write to Neo4j could make the whole chain anew: against that, and against a cut end, the head is kept elsewhere
(`pentad audit head`, and daily in the worker's log) and given to `verify`.
"""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from neo4j import SummaryCounters

from graph.queries import statement

if TYPE_CHECKING:
    from graph.database import Database, Row, Transaction

NO_HASH = "0" * 64
"""What stands for the record before the first."""
FIELDS = ("n", "at", "who", "scope", "via", "what", "target", "request_id", "change", "effects", "prev_hash")
"""What a hash covers, in this order."""
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to do: a request or a command. `target` are the parts of its path, by name."""

    who: str
    scope: str
    via: str
    what: str
    target: Mapping[str, str] = field(default_factory=dict[str, str])
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The last record: its number and hash. `n` 0 and no time where there is none."""

    n: int
    hash: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the log is whole: how many records were read, and the first thing that is wrong, if any."""

    records: int
    head: Head
    broken_at: int | None = None
    reason: str = ""


class Effects(Counter[str]):
    """What statements did, by the counters of Neo4j: `nodes_created` and so on."""

    def add(self, counters: SummaryCounters) -> None:
        """Adds those of one statement."""
        for name, value in vars(counters).items():
            if isinstance(value, int) and not isinstance(value, bool) and value:
                self[name] += value


_acting: ContextVar[Act | None] = ContextVar("pentad_act", default=None)


@contextmanager
def acting(act: Act | None) -> Generator[None]:
    """What is written while the context is open is told as done by this act; None tells nothing."""
    token = _acting.set(act)
    try:
        yield
    finally:
        _acting.reset(token)


def current() -> Act | None:
    """The act that is under way here."""
    return _acting.get()


def record(tx: "Transaction", act: Act, effects: Mapping[str, int]) -> None:
    """Writes the record of a transaction at its end; the gate is held, so that no other comes between."""
    last = tx.rows(statement("read/audit_head"))[0]
    made: dict[str, Any] = {
        "n": (last["n"] or 0) + 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": act.who,
        "scope": act.scope,
        "via": act.via,
        "what": act.what,
        "target": _json(act.target),
        "request_id": act.request_id,
        "change": last["change"],
        "effects": _json(effects),
        "prev_hash": last["hash"] or NO_HASH,
    }
    tx.rows(statement("write/audit"), {"record": {**made, "hash": digest(made)}})


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 of a record's fields as a JSON list: 64 hex digits."""
    return hashlib.sha256(orjson.dumps([row.get(name) for name in FIELDS])).hexdigest()


def head(database: "Database") -> Head:
    """The last record as it stands."""
    rows = database.read(statement("read/audit_head"))
    if not rows or rows[0]["n"] is None:
        return Head(0, NO_HASH)
    return Head(rows[0]["n"], rows[0]["hash"], rows[0]["at"])


def records(database: "Database") -> Iterator["Row"]:
    """All records in order, page by page."""
    after = 0
    while page := database.read(statement("read/audit_after"), {"after": after, "limit": PAGE}):
        for row in page:
            yield row["record"]
        after = page[-1]["record"]["n"]


def recent(database: "Database", limit: int, before: int | None = None) -> list["Row"]:
    """The last records, the newest first, of those before a number."""
    asked = {"before": 2**53 - 1 if before is None else before, "limit": limit}
    return [row["record"] for row in database.read(statement("read/audit_before"), asked)]


def verify(rows: Iterable[Mapping[str, Any]], kept: Iterable[Head] = ()) -> Verdict:
    """Reads a log from its first record; `kept` are heads that were exported before."""
    known = {one.n: one.hash for one in kept if one.n}
    last, count = Head(0, NO_HASH), 0
    for row in rows:
        reason = _wrong(row, last, known)
        if reason:
            return Verdict(count, last, last.n + 1, reason)
        last, count = Head(row["n"], row["hash"], row["at"]), count + 1
    beyond = [n for n in known if n > last.n]
    if beyond:
        reason = f"the log ends before it, though the head of record {max(beyond)} was exported"
        return Verdict(count, last, last.n + 1, reason)
    return Verdict(count, last)


def _wrong(row: Mapping[str, Any], last: Head, known: Mapping[int, str]) -> str:
    if row.get("n") != last.n + 1:
        return f"record {row.get('n')} stands where {last.n + 1} should: one is missing or out of order"
    if row.get("prev_hash") != last.hash:
        return "it does not follow from the record before"
    if row.get("hash") != digest(row):
        return "it is not as it was written"
    if known.get(last.n + 1, row["hash"]) != row["hash"]:
        return "it is not the one whose hash was exported"
    return ""


def _json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(value), option=orjson.OPT_SORT_KEYS).decode()
