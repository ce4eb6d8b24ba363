"""Reads the names of stored events anew, by the normaliser and the heuristics of today.

Of each stored event the WHO and WHERE are told again from its live mentions and prepared as a new event's would be. An
event of which a name would get another alias, another W or another guessed kind is written anew in one transaction:
the same version, its old mentions closed. All others are left alone, so a second run changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
import structlog

from graph.database import Database, Row
from graph.document import Document
from graph.entity import UNSPECIFIED
from graph.errors import PentadError, Unavailable
from graph.event import Event, Named
from graph.keys import W
from graph.mention import Mention
from graph.moment import epoch_ms, from_epoch_ms
from graph.queries import statement
from graph.reading.instants import of_graph
from graph.relation import Relationship
from graph.source import Source
from ingest.committer import Prepared
from ingest.pipeline import Pipeline
from ingest.prepare import mentions, settle
from resolution.features.vetoes import scheme
from resolution.names.normalise import normalise
from resolution.resolver import BatchResolver

PAGE = 200
"""Events that are looked at together."""
_ALL = -(2**62)
_TIMEOUT = 120.0
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reread:
    """What a run did: events looked at, events written anew and mentions of those, events that failed."""

    events_read: int = 0
    events_changed: int = 0
    mentions_reread: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class _Stored:
    """An event as the graph holds it: what would be prepared today, and what stands there by mention id: alias key,
    entity key, and that entity's kind with its source."""

    prepared: Prepared
    version: int
    held: dict[str, tuple[str, str, str, str]]


class Backfill:
    """Reads stored events anew through a pipeline, whose boards follow."""

    def __init__(self, database: Database, pipeline: Pipeline) -> None:
        self._database = database
        self._pipeline = pipeline

    def count(self, since: datetime | None) -> int:
        """Events that a run would look at: those that occurred since then, or all."""
        return int(
            self._database.read(statement("read/backfill_count"), {"since": _since(since)}, timeout=_TIMEOUT)[0]["n"]
        )

    def run(self, since: datetime | None, progressed: Callable[[Reread], None] = lambda _: None) -> Reread:
        """Looks at all events since then, oldest first. An event that fails is logged and counted, the others go on.

        Raises DatabaseUnavailable when the graph fails; run again, it goes through what is left unchanged quickly.
        """
        done = Reread()
        for rows in self._pages(since):
            todo = self._differing([_stored(row) for row in rows])
            self._write(todo, done)
            done.events_read += len(rows)
            progressed(done)
        return done

    def _pages(self, since: datetime | None) -> Iterator[list[Row]]:
        params: dict[str, Any] = {"ts": _since(since), "after": "", "limit": PAGE}
        while rows := self._database.read(statement("read/backfill_events"), params, timeout=_TIMEOUT):
            yield rows
            params |= {"ts": rows[-1]["event"]["ts"], "after": rows[-1]["event"]["id"]}

    def _differing(self, stored: Sequence[_Stored]) -> list[_Stored]:
        return self._pipeline.ask(lambda resolver: [one for one in stored if _differs(one, resolver)])

    def _write(self, todo: Sequence[_Stored], done: Reread) -> None:
        if not todo:
            return
        try:
            self._commit(todo, done)
        except Unavailable:
            raise
        except PentadError as error:
            if len(todo) == 1:
                done.errors += 1
                _log.error("event was not read anew", event=todo[0].prepared.event.id, cause=str(error))
                return
            for one in todo:
                self._write([one], done)

    def _commit(self, todo: Sequence[_Stored], done: Reread) -> None:
        versions = {one.prepared.event.id: one.version for one in todo}
        outcome = self._pipeline.reread([one.prepared for one in todo], versions)
        if outcome.written is not None:
            done.events_changed += len(outcome.written.changed)
            done.mentions_reread += outcome.written.mentions


def _since(since: datetime | None) -> int:
    return _ALL if since is None else epoch_ms(since)


def _differs(one: _Stored, resolver: BatchResolver) -> bool:
    found = settle(one.prepared.mentions, resolver.known_kind, resolver.is_person_word)
    ids = {mention.id(one.prepared.event.id): mention.alias0 for mention in found}
    if ids != {key: alias for key, (alias, *_) in one.held.items()}:
        return True
    guessed = {entity: kind for _, entity, kind, source in one.held.values() if source == "guessed"}
    return any(resolver.kind_of(entity)[0] != kind for entity, kind in guessed.items())


def _stored(row: Row) -> _Stored:
    event, edges = row["event"], row["mentions"]
    names = [edge for edge in edges if edge["w"] in (W.WHO, W.WHERE)]
    # Longer names first: a shorter form of a name follows it, in whichever order they were told once.
    names.sort(key=lambda edge: (-len(edge["surface"]), edge["surface"], edge["id"]))
    surfaces = {edge["id"]: edge["surface"] for edge in names}
    told = Event(
        id=event["id"],
        title=event.get("title") or "",
        occurred_at=from_epoch_ms(event["ts"]),
        who=tuple(_named(edge, event) for edge in names if edge["w"] == W.WHO or edge["untyped"]),
        where=tuple(_named(edge, event) for edge in names if edge["w"] == W.WHERE and not edge["untyped"]),
        documents=tuple(_document(document) for document in row["documents"]),
        relationships=tuple(
            Relationship(
                subject=surfaces[one["subject"]],
                predicate=one["predicate"],
                object=surfaces[one["object"]],
                confidence=one["confidence"],
                since=of_graph(one["since"]),
                until=of_graph(one["until"]),
            )
            for one in row["relationships"]
            if one["subject"] in surfaces and one["object"] in surfaces
        ),
    )
    others = [_other(edge) for edge in edges if edge["w"] not in (W.WHO, W.WHERE)]
    held = {edge["id"]: (edge["alias0"], edge["entity"], edge["kind"], edge["kind_source"]) for edge in edges}
    prepared = Prepared(0, told, event["content_hash"], [*mentions(told), *_numbered(others)])
    return _Stored(prepared, event["version"], held)


def _named(edge: Row, event: Row) -> Named:
    discriminator = edge["discriminator"] or ""
    name = scheme(discriminator)
    attributes = _attributes(edge["attributes"], event["id"])
    point = attributes.pop("location", None)
    return Named(
        name=edge["surface"],
        kind=None if edge["stated"] == UNSPECIFIED else edge["stated"],
        role=edge["role"] or "",
        relevance=1.0 if edge["relevance"] is None else edge["relevance"],
        identifiers={name: discriminator.removeprefix(f"{name}:")} if name else {},
        attributes=attributes,
        risk_score=edge["risk"],
        sanctions=tuple(orjson.loads(edge["sanctions"])) if edge["sanctions"] else (),
        point=(point[0], point[1]) if point else None,
        untyped=bool(edge["untyped"]),
    )


def _attributes(text: str | None, event: str) -> dict[str, Any]:
    """What this event is the one to state of the alias."""
    held: dict[str, tuple[Any, int, str]] = orjson.loads(text) if text else {}
    return {name: value for name, (value, _, teller) in held.items() if teller == event}


def _other(edge: Row) -> Mention:
    """A WHAT, WHEN or WHY, which go by their exact text: told again as it stands."""
    family, name = edge["family"], edge["normalised"]
    return Mention(
        w=W(edge["w"]),
        surface=edge["surface"],
        role=edge["role"] or "",
        nth=0,
        family=family,
        normalised=normalise(name, family).normalised,
        discriminator=edge["discriminator"] or "",
        kind=edge["stated"],
        display=edge["alias_name"],
        relevance=1.0 if edge["relevance"] is None else edge["relevance"],
        event=name.removeprefix("event:") if edge["w"] == W.WHY and name.startswith("event:") else None,
    )


def _numbered(found: Sequence[Mention]) -> Iterator[Mention]:
    """Equal ones counted from 0, as they were when they were first told."""
    seen: dict[tuple[W, str, str], int] = {}
    for mention in found:
        equal = (mention.w, mention.surface, mention.role)
        yield replace(mention, nth=seen.get(equal, 0))
        seen[equal] = seen.get(equal, 0) + 1


def _document(row: Row) -> Document:
    source = Source(name=row["source"], reliability=row["reliability"]) if row["source"] else None
    return Document(url=row["url"], title=row["title"], source=source)
