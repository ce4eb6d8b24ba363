"""What was read in a page, brought to the graph: its names resolved outside the gate, everything written inside it.

One page is one batch. The plan that was made outside stands while nobody else has committed meanwhile; else the names
are resolved anew under the gate. Names go through the resolver and the ledger that events' mentions go through; where
a short name stands for a longer one of the same page, the edge keeps both its own alias and where it was placed.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Protocol, TypeVar

import orjson

from graph import claims, store
from graph.artifact import GateDecision
from graph.batch import Batch, IdentityWrite, Written
from graph.claim import About
from graph.claim import Claim as ClaimNoun
from graph.claims import NamedIn, Reading
from graph.database import Database, Row, Transaction
from graph.draft import draft
from graph.event import Event, Named
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from ingest.committer import identity_of
from ingest.prepare import mentions
from ingest.semantics.options import SemanticOptions
from ingest.semantics.page import Page
from ingest.semantics.reading import Claim, Semantics
from resolution.context_reading import GraphContext
from resolution.index import AliasIndex
from resolution.names.normalise import normalise
from resolution.resolver import BatchResolver

VERSION = 1
"""Raised where pages would be read otherwise than before: they are written anew then."""

T = TypeVar("T")


class Index(Protocol):
    """Who holds the index of names: the pipeline."""

    def ask(self, question: Callable[[BatchResolver], T]) -> T: ...
    def peek(self, question: Callable[[AliasIndex], T]) -> T: ...
    def decide(self, work: Callable[[Transaction, AliasIndex, int], T]) -> T: ...


class Follower(Protocol):
    """What follows the graph."""

    def committed(self, written: Written) -> None: ...
    def finished(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name went: its alias and entity (keys), and how sure that is."""

    alias: str
    entity: str
    score: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written of a page; `places` by name as written."""

    change: int
    claims: int
    entities: int
    closed: int = 0
    places: Mapping[str, Place] = field(default_factory=dict[str, Place])


@dataclass(slots=True)
class _Plan:
    base: int = -1
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    identity: IdentityWrite = field(default_factory=IdentityWrite)


def lookup(index: Index) -> Callable[[Collection[str]], Mapping[str, str]]:
    """Kinds of the names that the graph knows, asked of all names of a page at once."""

    def known(names: Collection[str]) -> Mapping[str, str]:
        def question(resolver: BatchResolver) -> dict[str, str]:
            found = {name: _kind(resolver, name) for name in names}
            return {name: kind for name, kind in found.items() if kind}

        return index.ask(question) if names else {}

    return known


def _kind(resolver: BatchResolver, name: str) -> str:
    entries = resolver.index.named(normalise(name, "unspecified").normalised)
    if not entries:
        return ""
    return resolver.kind_of(min(entries, key=lambda entry: entry.alias.born).entity)[0]


class Writer:
    """Writes what was read. Thread-safe."""

    def __init__(
        self, index: Index, database: Database, clock: Callable[[], datetime], follower: Follower | None = None
    ) -> None:
        self._index = index
        self._database = database
        self._clock = clock
        self._follower = follower

    def write(
        self,
        done: Semantics,
        options: SemanticOptions,
        decisions: Sequence[GateDecision] = (),
        within: Callable[[Transaction], object] = lambda _: None,
    ) -> Kept:
        """Writes it all in one transaction; `within` is called in it first. The document must be there.

        Raises DatabaseUnavailable, BudgetExceeded, and what `within` raises.
        """
        told = _told(done)
        plan = self._plan(told)
        fingerprint = fingerprint_of(done.page, options, done.model)

        def work(tx: Transaction, index: AliasIndex, change: int) -> tuple[Kept, str]:
            within(tx)
            made = plan if change == plan.base else _resolved(index, change, told, GraphContext(tx))
            now = self._clock()
            more = {"pages": {"semantic_done": [done.page.id]}, "claims": [one.id for one in done.claims]}
            keys = sorted({place.entity for place in made.places.values()})
            more["confidence"] = tx.rows(statement("read/named_before"), {"keys": keys})[0]["keys"]
            written = store.write(tx, draft(Batch([], made.identity), change + 1), now, more)
            reading = _reading(done, made.places, fingerprint, decisions)
            closed = claims.write(tx, reading, change + 1, now)
            kept = Kept(change + 1, len(reading.claims), len(reading.names), closed, made.places)
            return kept, written.payload

        kept, payload = self._index.decide(work)
        if self._follower is not None:
            self._follower.committed(Written(kept.change, payload, [], [], 0, 0))
            self._follower.finished()
        return kept

    def _plan(self, told: Event) -> _Plan:
        """Resolved as the graph stands now, without holding the gate."""

        def outside(tx: Transaction) -> _Plan:
            return self._index.ask(
                lambda resolver: _resolved(resolver.index, resolver.index.change, told, GraphContext(tx))
            )

        return self._database.reading(outside, timeout=60)


def _told(done: Semantics) -> Event:
    """The page as an event would tell its names: longer names first, as document memory needs them."""
    ordered = sorted(done.entities, key=lambda one: (-len(one.surface), one.surface))
    return Event(
        id=done.page.id,
        title=done.page.title,
        occurred_at=_at(done) or datetime(1970, 1, 1, tzinfo=UTC),
        who=tuple(Named(name=one.surface) for one in ordered if one.w is W.WHO),
        where=tuple(Named(name=one.surface) for one in ordered if one.w is W.WHERE),
    )


def _at(done: Semantics) -> datetime | None:
    if done.at is not None:
        return done.at.at
    return datetime.combine(done.page.published, time(), UTC) if done.page.published else None


def _resolved(index: AliasIndex, change: int, told: Event, context: GraphContext) -> _Plan:
    resolver = BatchResolver(index, change + 1, context)
    places = {
        one.mention.surface: Place(one.entry.alias.key, "", one.score)
        for one in resolver.event(told.id, mentions(told), epoch_ms(told.occurred_at))
    }
    # Only now: a later name of the page may have moved an earlier one to another entity.
    placed = {name: Place(place.alias, index.by_key[place.alias].entity, place.score) for name, place in places.items()}
    identity = identity_of(resolver, index, {place.entity for place in placed.values()})
    # Placements are of mentions in events; here the edge itself keeps where a name was placed.
    identity.judgements = [judgement for judgement in identity.judgements if not judgement.is_placement]
    return _Plan(change, placed, identity)


def _reading(
    done: Semantics, places: Mapping[str, Place], fingerprint: str, decisions: Sequence[GateDecision]
) -> Reading:
    found = [_claim(done, one, n, places) for n, one in enumerate(done.claims)]
    names = [
        NamedIn(
            one.surface,
            places[one.surface].alias,
            one.w,
            one.n,
            one.role,
            one.confidence,
            dict(one.factors),
            places[one.surface].score,
        )
        for one in done.entities
    ]
    props: Row = {
        "semantic_hash": fingerprint,
        "claim_count": len(found),
        "entity_count": len({place.entity for place in places.values()}),
        "unfounded": done.unfounded,
        "unsure_claims": done.unsure["claims"],
        "unsure_entities": done.unsure["entities"],
        "semantic_told": orjson.dumps(
            {w: [one.row() for one in answers[:1]] for w, answers in done.told.items() if answers}
        ).decode(),
        "event_precision": done.at.precision if done.at else None,
        "read_language": done.page.language or None,
        "read_model": done.model or None,
        "read_failure": done.failure or None,
    }
    return Reading(done.page.id, found, names, _at(done), props, decisions)


def _claim(done: Semantics, one: Claim, n: int, places: Mapping[str, Place]) -> ClaimNoun:
    read = one.read
    return ClaimNoun(
        id=one.id,
        document=done.page.id,
        text=read.span.text,
        sentence=read.sentence.text,
        part=read.sentence.part,
        start=read.span.start,
        end=read.span.end,
        n=n,
        subject=read.subject.text,
        deed=read.deed.text,
        place=read.where,
        reason=read.why.text if read.why else "",
        event_time=read.at.at if read.at else None,
        precision=read.at.precision if read.at else "day",
        told=read.told,
        confidence=one.confidence,
        factors=dict(one.factors),
        about=tuple(
            About(
                surface=name,
                alias=places[name].alias,
                entity=places[name].entity,
                w=w.value,
                role=role,
                score=places[name].score,
            )
            for name, w, role in one.about
        ),
    )


def fingerprint_of(page: Page, options: SemanticOptions, model: str = "") -> str:
    """Of the page, how it is read, and the language model that reads it, too: what the graph knows of its names by now
    is no reason to read it again."""
    parts = [VERSION, page.title, page.description, page.text, str(page.published), page.language, page.reliability]
    parts += [repr(options), *([model] if model else [])]
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]
