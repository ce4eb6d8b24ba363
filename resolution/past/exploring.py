"""Connections as they would have been answered at a past time."""

from collections.abc import Mapping

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import PLAYERS
from graph.reading.instants import of_graph
from graph.reading.via import EVIDENCE_SHOWN, Connection, Connections, Evidence
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import weigh
from resolution.past.reads import budget_of, change_of, most_shared, shared_with, shown_as


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
        shared, _ = shared_with(tx, middle, identity, clocks, budget_of(clocks), PLAYERS)
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


def _newest(events: Mapping[str, int]) -> list[str]:
    """The newest few of events with their times."""
    return sorted(events, key=lambda event: (events[event], event), reverse=True)[:EVIDENCE_SHOWN]


def _evidence(event: str, head: Row) -> Evidence:
    return Evidence(event, head.get("title"), of_graph(head.get("occurred_at")))
