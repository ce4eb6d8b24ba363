"""What event forming asks of the graph: pages of a stretch of time with their claims, events near them, judgements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row
from graph.event_judgement import EventJudgement
from graph.judgement import Author, Verdict
from graph.queries import statement
from graph.reading.instants import of_graph

_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Whom a claim is about: name as written, W, part (subject | object | place), entity key and kind."""

    surface: str
    w: str
    role: str
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a page as event forming reads it; `ts` is epoch milliseconds, `events` are those it supports."""

    id: str
    ts: int
    sentence: str
    subject: str
    deed: str
    place: str
    reason: str
    confidence: float
    precision: str
    about: tuple[Mentioned, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTold:
    """A page with its live claims. `claim_count` and `entity_count` are those of its reading."""

    id: str
    title: str
    url: str | None
    language: str
    published_at: datetime | None
    event_ts: int
    claim_count: int
    entity_count: int
    source: str | None
    reliability: float | None
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Formed:
    """An event as event forming left it; `formed` where it was formed of pages, those in `reports`. `formed_hash` is of
    what stands beside its record; None where that is not written yet."""

    id: str
    title: str
    version: int
    given_version: int | None
    content_hash: str
    formed: bool
    formed_hash: str | None
    reports: tuple[str, ...]
    ts: int
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A judgement on two documents, with their titles."""

    id: str
    a: str
    b: str
    a_title: str | None
    b_title: str | None
    verdict: str
    by: str
    author: str
    reason: str
    score: float
    decision: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Near:
    """An event that others told, near the time of a page, with the entities that it names."""

    id: str
    title: str
    text: str
    ts: int
    confidence: float | None
    entities: frozenset[str]
    places: frozenset[str]


def pages_told(database: Database, since: int, until: int, near: int, limit: int) -> list[PageTold]:
    """Pages that tell of that time (epoch milliseconds), `limit` at most, those nearest to `near`."""
    params = {"since": since, "until": until, "near": near, "limit": limit}
    return [_page(row) for row in database.read(statement("read/forming_window"), params, timeout=_TIMEOUT)]


def times_touched(database: Database, since: datetime) -> list[int]:
    """Times (epoch milliseconds) that pages read since then tell of, in order."""
    rows = database.read(statement("read/forming_touched"), {"since": since}, timeout=_TIMEOUT)
    return [row["ts"] for row in rows]


def told_of(database: Database, document: str) -> Row | None:
    """When what a document tells happened, how many claims and entities it came to; None for no document."""
    return database.one(statement("read/forming_document"), {"id": document})


def judgements_on(database: Database, documents: Collection[str]) -> list[EventJudgement]:
    """Live judgements on any of these documents."""
    rows = database.read(statement("read/forming_judgements"), {"ids": sorted(documents)}, timeout=_TIMEOUT)
    return [judgement_of(row["j"]) for row in rows]


def judgement_of(j: Row) -> EventJudgement:
    """The noun from a node's properties."""
    return EventJudgement(
        a=j["a"],
        b=j["b"],
        verdict=Verdict(j["verdict"]),
        by=Author(j["by"]),
        score=j["score"],
        reason=j.get("reason", ""),
        author=j.get("author", ""),
        decision=j.get("decision", ""),
        at=of_graph(j.get("at")),
        revoked_at=of_graph(j.get("revoked_at")),
        revoked_by=j.get("revoked_by", ""),
    )


def event_judgements(database: Database, verdict: str | None, limit: int) -> list[Listed]:
    """Live judgements, what waits for a person first, the likest pairs before."""
    rows = database.read(statement("read/event_judgements"), {"verdict": verdict, "limit": limit})
    found = [(judgement_of(row["j"]), row) for row in rows]
    return [
        Listed(
            id=one.id,
            a=one.a,
            b=one.b,
            a_title=row["a_title"],
            b_title=row["b_title"],
            verdict=one.verdict.value,
            by=one.by.value,
            author=one.author,
            reason=one.reason,
            score=one.score,
            decision=one.decision,
            at=one.at,
        )
        for one, row in found
    ]


def events_named(database: Database, ids: Collection[str]) -> dict[str, Formed]:
    """Those of the events that are there."""
    rows = database.read(statement("read/forming_events"), {"ids": sorted(ids)})
    return {
        row["id"]: Formed(
            row["id"],
            row["title"] or "",
            row["version"],
            row["given_version"],
            row["content_hash"],
            row["formed"],
            row["formed_hash"],
            tuple(row["reports"]),
            row["ts"],
            row["confidence"] or 0.0,
        )
        for row in rows
    }


def events_supported(database: Database, documents: Collection[str]) -> list[tuple[str, bool, list[str]]]:
    """Events that claims of these documents support: id, whether it was formed of pages, which of the documents."""
    rows = database.read(statement("read/forming_formed_of"), {"ids": sorted(documents)}, timeout=_TIMEOUT)
    return [(row["event"], row["formed"], row["documents"]) for row in rows]


def events_near(database: Database, keys: Sequence[str], since: int, until: int, limit: int = 20) -> list[Near]:
    """Events of others in that time that share at least two of the entities, most shared first."""
    params = {"keys": list(keys), "since": since, "until": until, "limit": limit}
    return [
        Near(
            row["id"],
            row["title"] or "",
            row["text"] or "",
            row["ts"],
            row["confidence"],
            frozenset(row["entities"]),
            frozenset(row["places"]),
        )
        for row in database.read(statement("read/forming_matches"), params, timeout=_TIMEOUT)
    ]


def _page(row: Row) -> PageTold:
    document: Row = row["document"]
    return PageTold(
        id=document["id"],
        title=document["title"] or "",
        url=document["url"],
        language=document["language"],
        published_at=of_graph(document["published_at"]),
        event_ts=document["event_ts"],
        claim_count=document["claim_count"] or 0,
        entity_count=document["entity_count"] or 0,
        source=document["source"],
        reliability=document["reliability"],
        claims=tuple(_told(one) for one in row["claims"]),
    )


def _told(one: Row) -> Told:
    return Told(
        id=one["id"],
        ts=one["ts"],
        sentence=one["sentence"],
        subject=one.get("subject") or "",
        deed=one.get("deed") or "",
        place=one.get("place") or "",
        reason=one.get("reason") or "",
        confidence=one["confidence"],
        precision=one.get("precision") or "day",
        about=tuple(Mentioned(**mentioned) for mentioned in one["about"]),
        events=tuple(one["events"]),
    )
