"""Writing of pages: asked for, begun, settled. Each is one gated transaction; what changed a page is told in the
outbox, so that the change feed and a backup hear of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from graph.artifact import ArtifactState, GateDecision
from graph.database import Database, Row, Transaction
from graph.job import Asked, Job
from graph.jobs import ask_in
from graph.outbox import tell_pages
from graph.queries import statement
from graph.source import Source

_OPEN = ["stub", "extracting", "failed"]
AT_ONCE = 100
"""Pages in one transaction: a second of others' waiting at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page to be read. `ids` are those by which the graph may know it already, the first is the one that a new
    document gets; `raw` is what was given instead of an address, packed."""

    ids: tuple[str, ...]
    given: str
    canonical: str | None = None
    url: str | None = None
    content_hash: str | None = None
    raw: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Requested:
    """What became of a wish: the id of its artifact, its state, and the job, where one was asked for."""

    id: str
    state: ArtifactState
    job: Job | None = None
    created: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A page that is to be read now."""

    id: str
    given: str
    url: str | None
    canonical: str | None
    raw: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt at a page of a host, to be remembered: which means, what came of it, in how long; whether it was the
    last one."""

    host: str
    rung: str
    outcome: str
    at: float
    ms: int
    words: int = 0
    last: bool = True

    def line(self) -> str:
        """As the graph keeps it."""
        told = {"rung": self.rung, "outcome": self.outcome, "at": round(self.at), "ms": self.ms, "words": self.words}
        return orjson.dumps({**told, "last": self.last}).decode()


@dataclass(slots=True)
class Settled:
    """How reading ended. `props` go onto the document; `decisions` are those of the gates; `then` is the next job."""

    state: ArtifactState
    props: Row = field(default_factory=dict[str, object])
    passages: Sequence[str] = ()
    title: str | None = None
    source: Source | None = None
    decisions: Sequence[GateDecision] = ()
    attempt: Attempted | None = None
    then: Asked | None = None


def request(
    database: Database, wanted: Sequence[Wanted], kind: str, now: datetime, *, again: bool = False
) -> list[Requested]:
    """A stub and a job for each page that is not there yet, in the order of the wishes; twice the same is one.

    With `again` also for those that failed or were thin. Raises DatabaseUnavailable.
    """
    found: list[Requested] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found += database.write(lambda tx, change, part=part: _request(tx, change, part, kind, now, again))
    return found


def begin(database: Database, key: str) -> Begun | None:
    """The page to read; None when it was read already, or is not there."""
    rows = database.write(lambda tx, _: tx.rows(statement("write/artifact_begin"), {"id": key, "states": _OPEN}))
    if not rows:
        return None
    row = rows[0]["document"]
    names = ("url", "canonical", "raw", "title")
    return Begun(row["id"], row.get("given") or "url", **{name: row.get(name) for name in names})


def attempted(database: Database, attempt: Attempted) -> None:
    """Remembers an attempt after which there will be another one."""
    database.write(lambda tx, _: _attempted(tx, attempt))


def settle(database: Database, key: str, settled: Settled, now: datetime) -> Job | None:
    """Writes the end of reading; the next job, where there is one. A text that another page has leads there.

    Done twice, the second changes nothing.
    """

    def work(tx: Transaction, change: int) -> Job | None:
        rows = tx.rows(statement("write/artifact_begin"), {"id": key, "states": ["extracting"]})
        if settled.attempt is not None:
            _attempted(tx, settled.attempt)
        if not rows:
            return None
        sha = settled.props.get("content_hash")
        same = _same(tx, key, sha) if isinstance(sha, str) else None
        if same is not None:
            tx.rows(statement("write/artifact_same"), {"id": key, "same": same, "at": now, "change": change + 1})
            tell_pages(tx, change, now, {"same": [key]})
            return None
        return _settle(tx, change, key, settled, now)

    return database.write(work)


def decided(tx: Transaction, key: str, decision: GateDecision) -> None:
    """Records what a gate said of a document, in the caller's gated transaction."""
    text = orjson.dumps(decision.model_dump(mode="json", exclude_none=True)).decode()
    tx.rows(statement("write/artifact_decided"), {"id": key, "gate": decision.gate, "decision": text})


def forgotten(database: Database, limit: int = AT_ONCE) -> list[tuple[str, Row | None]]:
    """Ids of pages that wait although their job is over or never was, with that job's state and cause."""
    rows = database.read(statement("read/artifacts_forgotten"), {"limit": limit})
    return [(row["id"], row["job"]) for row in rows]


def ask_anew(database: Database, key: str, asked: Asked) -> Job:
    """A job for a page that has none."""

    def work(tx: Transaction, _: int) -> Job:
        job, _new = ask_in(tx, asked, rest=0)
        tx.rows(statement("write/artifact_asked"), {"id": key, "job": job.id})
        return job

    return database.write(work)


def site_attempts(database: Database, host: str) -> list[Row]:
    """What attempts at pages of this host came to, oldest first."""
    row = database.one(statement("read/site"), {"host": host})
    return [orjson.loads(one) for one in row["attempts"]] if row else []


def _request(
    tx: Transaction, change: int, wanted: Sequence[Wanted], kind: str, now: datetime, again: bool
) -> list[Requested]:
    asked = {
        "canonicals": [one.canonical for one in wanted if one.canonical],
        "hashes": [one.content_hash for one in wanted if one.content_hash],
        "ids": [key for one in wanted for key in one.ids],
    }
    known = {row["id"]: row for row in tx.rows(statement("read/artifacts_known"), asked)}
    by = {row[name]: row for row in known.values() for name in ("canonical", "content_hash") if row[name]}
    found: list[Requested] = []
    stubs: list[Row] = []
    created: list[str] = []
    for one in wanted:
        row = by.get(one.canonical or "") or by.get(one.content_hash or "")
        row = row or next((known[key] for key in one.ids if key in known), None)
        state = ArtifactState(row["state"]) if row and row["state"] else None
        if row is not None and state is not None and not (again and _unread(state)):
            found.append(Requested(row["same_as"] or row["id"], state))
            continue
        key = row["id"] if row else one.ids[0]
        job, _ = ask_in(tx, Asked(kind, f"{kind}:{key}", {"id": key}))
        stubs.append(_stub(one, key, job.id))
        created += [key] if state is None else []
        mine = {"id": key, "state": "stub", "same_as": None, "canonical": one.canonical, "content_hash": None}
        known[key] = mine
        by |= {name: mine for name in (one.canonical, one.content_hash) if name}
        found.append(Requested(key, ArtifactState.STUB, job, state is None))
    if stubs:
        tx.rows(statement("write/artifacts_stub"), {"rows": stubs, "at": now, "change": change + 1})
        tell_pages(tx, change, now, {"created": created})
    return found


def _unread(state: ArtifactState) -> bool:
    return state in (ArtifactState.FAILED, ArtifactState.LOW_QUALITY)


def _stub(one: Wanted, key: str, job: str) -> Row:
    names = ("canonical", "url", "given", "raw", "title", "published_at")
    return {"id": key, "job": job, "source": _source(one.source), **{name: getattr(one, name) for name in names}}


def _same(tx: Transaction, key: str, sha: str) -> str | None:
    rows = tx.rows(statement("read/artifacts_known"), {"canonicals": [], "hashes": [sha], "ids": []})
    return next((row["id"] for row in rows if row["id"] != key), None)


def _settle(tx: Transaction, change: int, key: str, settled: Settled, now: datetime) -> Job | None:
    props = {**settled.props, "state": str(settled.state), "extracted_at": now}
    params = {
        "id": key,
        "props": props,
        "title": settled.title,
        "source": _source(settled.source),
        "change": change + 1,
    }
    tx.rows(statement("write/artifact_settle"), params)
    told: dict[str, list[str]] = {str(settled.state): [key]}
    rows = [{"id": f"{key}-{n}", "n": n, "text": text} for n, text in enumerate(settled.passages)]
    gone = tx.rows(statement("write/artifact_passages"), {"id": key, "rows": rows})
    if gone and gone[0]["gone"]:
        told["passages"] = gone[0]["gone"]
    for decision in settled.decisions:
        decided(tx, key, decision)
    tell_pages(tx, change, now, told)
    return ask_in(tx, settled.then)[0] if settled.then is not None else None


def _source(source: Source | None) -> Row | None:
    return {"id": source.id, "name": source.name} if source else None


def _attempted(tx: Transaction, attempt: Attempted) -> None:
    tx.rows(statement("write/site_attempt"), {"host": attempt.host, "attempt": attempt.line()})
