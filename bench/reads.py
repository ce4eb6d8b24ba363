"""Reads beside a bare point lookup, at degree 10, 499, 1,000 and the hub: milliseconds, and db hits by PROFILE, which
do not know the machine's load."""

from collections.abc import Callable
from typing import Any

from api.wiring import Clients
from bench.figures import Figure, paired
from bench.statements import raw
from graph.moment import epoch_ms
from graph.queries import Statement, statement
from graph.reading.co_mentions import co_mentions
from graph.reading.entities import ALIASES_SHOWN, entity_detail
from graph.reading.instants import BEGINNING, END
from graph.reading.timeline import entity_timeline
from graph.trending import rank, trending

DEGREES = (10, 499, 1_000)
TIMES = 60
_LIMIT = 100


def measure(clients: Clients) -> list[Figure]:
    """Rows of the table."""
    graph, now = clients.database, epoch_ms(clients.clock())
    chosen = _chosen(clients)
    lookup = raw("point_lookup")
    figures: list[Figure] = []
    for label, row in chosen.items():
        key: str = row["key"]
        asked: dict[str, Callable[[], object]] = {
            "entity": lambda key=key: entity_detail(graph, key),
            "timeline 100": lambda key=key: entity_timeline(graph, key),
            "co-mentions 10": lambda key=key: co_mentions(graph, key),
            "rank": lambda key=key: rank(graph, clients.boards, key, now),
        }
        for name, ask in asked.items():
            ours, least = paired(ask, lambda key=key: graph.read(lookup, {"key": key}), TIMES)
            figures.append(Figure(f"{name}, {label} / point lookup", ours, least, "ms p50"))
    hub: str = chosen["hub"]["key"]
    ours, least = paired(lambda: trending(graph, clients.boards, now), lambda: graph.read(lookup, {"key": hub}), TIMES)
    figures.append(Figure("trending 50 / point lookup", ours, least, "ms p50"))
    return [*figures, *_hits(clients, chosen)]


def _chosen(clients: Clients) -> dict[str, dict[str, Any]]:
    """The largest entity, and those nearest to each degree among those that occur in the same W's."""
    entities = clients.database.read(
        statement("read/entity_list_mentions"),
        {"kind": None, "after": None, "mentions": None, "key": None, "limit": 20_000},
    )[0]["rows"]
    hub = entities[0]
    alike = [row for row in entities if row["ws"] == hub["ws"]]
    found = {
        f"degree {near['mentions']:,}": near
        for degree in DEGREES
        for near in [min(alike, key=lambda row: abs(row["mentions"] - degree))]
    }
    return {**found, "hub": hub}


def _hits(clients: Clients, chosen: dict[str, dict[str, Any]]) -> list[Figure]:
    hub = chosen["hub"]
    label, middle = [(label, row) for label, row in chosen.items() if label != "hub"][-1]
    of_hub, of_middle = profiled(clients, hub), profiled(clients, middle)
    return [
        Figure(f"{name} db hits, hub of {hub['mentions']:,} / {label}", hits, of_middle[name], "db hits", "<= 1.2")
        for name, hits in of_hub.items()
    ]


def profiled(clients: Clients, row: dict[str, Any]) -> dict[str, int]:
    """Db hits of each read about an entity that is a hub, by PROFILE: they do not know how busy the machine is."""
    counted: dict[str, tuple[Statement, dict[str, Any]]] = {
        "entity": (statement("read/entity_detail"), {"key": row["key"], "aliases": ALIASES_SHOWN}),
        "timeline 100": (statement("read/entity_timeline"), _timeline(row)),
        "co-mentions 10": (statement("read/co_mentions_kept"), {"keys": [row["key"]], "limit": 10}),
    }
    return {name: clients.database.profile(*asked) for name, asked in counted.items()}


def _timeline(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "ws": list(row["ws"]),
        "since": BEGINNING,
        "until": END,
        "mention": None,
        "limit": _LIMIT,
    }
