"""Events as they were told at a past time: one of them, and the list by whom they mention and when they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.events import DocumentRow, EventDetail, EventPage, MentionRow, event_of, relation_of
from graph.reading.instants import from_time
from graph.reading.past import Told
from resolution.past.identity import Identity
from resolution.past.mentions import WS, mentions_of, weigh, window_of
from resolution.past.reads import SECONDS, stood_on
from resolution.past.wording import holding

LOOKED_AT = 5_000
"""Mentions of the first name asked for that a list goes through."""
Page = tuple[int, str]
"""(ts, id) of the last row of the page before."""


def event_then(database: Database, event_id: str, clocks: Clocks) -> EventDetail:
    """The event in the version of then, with the entities of then. Raises NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> EventDetail:
        head = past.heads(tx, [event_id], clocks).get(event_id)
        if head is None or head["ts"] > clocks.until:
            raise NotFound("event", event_id)
        beside = tx.rows(statement("read/past_around"), {"id": event_id, "known": clocks.known})[0]
        return EventDetail(
            row=event_of(head),
            mentions=_mentions(tx, event_id, clocks),
            documents=[DocumentRow(**row) for row in beside["documents"]],
            versions=[event_of({**row, "id": event_id}) for row in beside["versions"]],
            relations=[relation_of(row) for row in beside["relations"]],
        )

    return database.reading(work, timeout=SECONDS)


def event_list_then(
    database: Database,
    clocks: Clocks,
    *,
    mentions: Sequence[tuple[W, str]] = (),
    text: str | None = None,
    category: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: Page | None = None,
    limit: int = 50,
) -> EventPage:
    """Events that met all that is asked, newest first, ties by id, falling. With `mentions`, the newest 5,000 of the
    first name are looked at and the page says `cut` where that was not enough; with `text`, those that held its words
    as `resolution.past.wording` finds them. Raises BudgetExceeded, InvalidInput for a text without words."""

    def work(tx: Transaction) -> EventPage:
        last = min(clocks.until, epoch_ms(until)) if until else clocks.until
        window: dict[str, Any] = {
            "since": from_time(since),
            "until": last if after is None else min(last, after[0]),
            "after": None if after is None else after[1],
            "known": clocks.known,
            "category": category,
            "limit": limit + 1,
        }
        if text is not None:
            told, cut = holding(tx, text, window)
            identity = Identity(tx, clocks.identity_at)
            times = _naming(tx, mentions, {event: ts for ts, event in told}, identity, clocks)
            found = [one for one in told if one[1] in times][: limit + 1]
        elif mentions:
            found, cut = _mentioning(tx, mentions, clocks, window)
        else:
            found, cut = past.events(tx, window), False
        heads = past.heads(tx, [event for _, event in found], clocks)
        rows = [event_of(heads[event]) for _, event in found if event in heads]
        return EventPage(rows[:limit], len(rows) > limit, cut)

    return database.reading(work, timeout=SECONDS)


def _mentioning(
    tx: Transaction, asked: Sequence[tuple[W, str]], clocks: Clocks, window: Row
) -> tuple[list[Page], bool]:
    """Events in which each of these names was told in its W."""
    identity = Identity(tx, clocks.identity_at)
    (first, key), others = asked[0], asked[1:]
    _, told = mentions_of(tx, key, clocks, identity)
    found = told.page(window_of(clocks, [str(first)], window["since"], window["until"]), LOOKED_AT)
    times = _naming(tx, others, {one.event: one.ts for one in found}, identity, clocks)
    if window["category"] is not None:
        heads = past.heads(tx, times, clocks)
        times = {event: ts for event, ts in times.items() if heads.get(event, {}).get("category") == window["category"]}
    rows = sorted(((ts, event) for event, ts in times.items()), reverse=True)
    if window["after"] is not None:
        rows = [row for row in rows if row < (window["until"], window["after"])]
    return rows[: window["limit"]], len(found) == LOOKED_AT


def _naming(
    tx: Transaction, asked: Sequence[tuple[W, str]], times: dict[str, int], identity: Identity, clocks: Clocks
) -> dict[str, int]:
    """Of events with their times those that told each of these names in its W."""
    for w, key in asked:
        names = {one.key for one in identity.names_of(key)}
        beside = past.companions(tx, times, [str(w)], clocks)
        stood = stood_on(tx, beside, clocks)
        meeting = {one.event for one in beside if stood[one.address] in names}
        times = {event: ts for event, ts in times.items() if event in meeting}
    return times


def _mentions(tx: Transaction, event_id: str, clocks: Clocks) -> list[MentionRow]:
    rows = tx.rows(statement("read/past_told"), {"id": event_id, "known": clocks.known})
    told = [Told(event_id, row["id"], row["ts"], row["w"], row["alias"], row["alias0"], row["surface"]) for row in rows]
    stood = stood_on(tx, told, clocks)
    identity = Identity(tx, clocks.identity_at)
    identity.learn(stood.values())
    weigh(tx, identity, (identity.entity_of(alias) for alias in stood.values()), clocks)
    found: list[MentionRow] = []
    for row, one in zip(rows, told, strict=True):
        alias = stood[one.address]
        entity = identity.entity_of(alias)
        name, kind = identity.shown(entity)
        sanctions: list[dict[str, Any]] = orjson.loads(row["sanctions"]) if row["sanctions"] else []
        kept = {name: row[name] for name in ("id", "w", "surface", "role", "relevance", "score", "weight", "risk")}
        found.append(MentionRow(**kept, alias=alias, entity=entity, name=name, kind=kind, sanctions=sanctions))
    return sorted(found, key=lambda one: (WS.index(one.w), one.role or "", one.surface, one.id))
