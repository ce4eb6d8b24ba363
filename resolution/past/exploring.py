"""Connections, and the graph that a person puts together, as they would have been answered at a past time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.moment import from_epoch_ms
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import PLAYERS
from graph.reading.instants import from_time, of_graph, to_time
from graph.reading.past import Counted
from graph.reading.via import EVIDENCE_SHOWN, Connection, Connections, Evidence
from graph.reading.view import View, ViewNode, budget_of, check, edges_of
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import WS, Mentions, weigh, window_of
from resolution.past.reads import budget_of as shared_budget
from resolution.past.reads import change_of, most_shared, shared_with, shown_as, stood_on


def connections_then(
    database: Database, key: str, via: str, clocks: Clocks, *, limit: int = 10, kind: str | None = None
) -> Connections:
    """Who was connected through another, as `graph.reading.via` tells it; over the newest mentions of the one in the
    middle that co-mentions are counted over. Raises NotFound, InvalidInput, BudgetExceeded."""

    def work(tx: Transaction) -> Connections:
        identity = Identity(tx, clocks.identity_at)
        start, middle = identity.names_of(key)[0].key, identity.names_of(via)[0].key
        if start == middle:
            raise InvalidInput("both keys lead to the same entity", "via")
        shared, _ = shared_with(tx, middle, identity, clocks, shared_budget(clocks), PLAYERS)
        link = shared.get(start, {})
        ranked = [row for row in most_shared(shared) if row.key != start and kind in (None, identity.kind_of(row.key))]
        rows = ranked[:limit] if link else []
        weigh(tx, identity, [start, middle, *(row.key for row in rows)], clocks)
        told = {one: _newest(shared.get(one, {})) for one in (start, *(row.key for row in rows))}
        heads = past.heads(tx, {event for events in told.values() for event in events}, clocks)
        evidence = {one: [_evidence(event, heads.get(event, {})) for event in events] for one, events in told.items()}
        return Connections(
            key=start,
            name=identity.shown(start)[0],
            via=middle,
            via_name=identity.shown(middle)[0],
            change=change_of(tx),
            link=len(link),
            link_evidence=evidence[start],
            rows=[Connection(shown_as(identity, row), evidence[row.key]) for row in rows],
        )

    return database.reading(work, timeout=SECONDS)


def view_then(
    database: Database,
    keys: Sequence[str],
    clocks: Clocks,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> View:
    """The graph of the entities that held these keys, as `graph.reading.view` tells it. Raises InvalidInput,
    BudgetExceeded."""
    check(keys)

    def work(tx: Transaction) -> View:
        identity = Identity(tx, clocks.identity_at)
        identity.learn(keys)
        nodes = dict.fromkeys(identity.entity_of(key) for key in keys if identity.alias(key))
        held = {one.key: key for key in nodes for one in identity.names_of(key)}
        counts: dict[str, list[Counted]] = {key: [] for key in nodes}
        for one in Mentions(tx, held, clocks).counts(window_of(clocks)):
            counts[held[one.key]].append(one)
        weigh(tx, identity, nodes, clocks)
        shown = [_node(identity, key, told) for key, told in counts.items()]
        if len(nodes) < 2:
            return View(shown, [])
        times: dict[str, int] = {}
        whole: set[str] = set()
        for key, told in counts.items():
            mentions = Mentions(tx, [one.key for one in identity.names_of(key)], clocks)
            most, looked = budget_of(len(nodes)), True
            for w in WS:
                if any(one.w == w for one in told):
                    window = window_of(clocks, [w], from_time(since), to_time(until))
                    rows = mentions.page(window, most)
                    times |= {one.event: one.ts for one in rows}
                    looked = looked and len(rows) < most
            if looked:
                whole.add(key)
        named: dict[str, set[str]] = {}
        beside = past.companions(tx, times, WS, clocks)
        for (event, _), alias in stood_on(tx, beside, clocks).items():
            if alias in held:
                named.setdefault(event, set()).add(held[alias])
        return View(shown, edges_of(((times[event], ends) for event, ends in named.items()), whole))

    return database.reading(work, timeout=SECONDS)


def _node(identity: Identity, key: str, counts: Sequence[Counted]) -> ViewNode:
    name, kind = identity.shown(key)
    first = min((one.first for one in counts), default=None)
    last = max((one.last for one in counts), default=None)
    return ViewNode(
        key=key,
        name=name,
        kind=kind,
        mentions=sum(one.mentions for one in counts),
        first_seen=None if first is None else from_epoch_ms(first),
        last_seen=None if last is None else from_epoch_ms(last),
    )


def _newest(events: Mapping[str, int]) -> list[str]:
    """The newest few of events with their times."""
    return sorted(events, key=lambda event: (events[event], event), reverse=True)[:EVIDENCE_SHOWN]


def _evidence(event: str, head: Row) -> Evidence:
    return Evidence(event, head.get("title"), of_graph(head.get("occurred_at")))
