"""Asks each question once before anybody does: a fresh Neo4j takes seconds to plan what it then answers at once."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from api.ask.asking import ask
from api.wiring import Clients
from graph.errors import PentadError
from graph.keys import W
from graph.moment import epoch_ms
from graph.reading.co_mentions import co_mentions
from graph.reading.entities import Order, entity_detail, entity_list
from graph.reading.events import event_detail, event_list
from graph.reading.history import entity_history
from graph.reading.paths import plan
from graph.reading.search import search
from graph.reading.timeline import entity_timeline
from graph.trending import rank, trending
from resolution.past.at import plan as plan_past

NOBODY = "0" * 64
ASKED = (
    "What did Nobody Nowhere do in 1066?",
    "Who connects Nobody Nowhere and Nowhere Nobody?",
    "Why did somebody resign?",
    "What came of the fire?",
)
"""Questions that plan what answers ask."""


def warm(clients: Clients, stopped: Callable[[], bool] = lambda: False) -> None:
    """Has Neo4j plan the reads that users wait for; asks about nobody, so it finds nothing. Never fails."""
    graph = clients.database
    now = epoch_ms(clients.clock())
    questions: list[Callable[[], object]] = [
        lambda: entity_list(graph),
        lambda: entity_list(graph, kind="person", limit=1),
        lambda: entity_list(graph, Order.LAST_SEEN, limit=1),
        lambda: search(graph, "nobody", "nobody"),
        lambda: entity_detail(graph, NOBODY),
        lambda: entity_timeline(graph, NOBODY),
        lambda: entity_history(graph, NOBODY),
        lambda: co_mentions(graph, NOBODY),
        lambda: trending(graph, clients.boards, now, limit=1),
        lambda: rank(graph, clients.boards, NOBODY, now),
        lambda: event_detail(graph, NOBODY),
        lambda: event_list(graph, limit=1),
        lambda: event_list(graph, mentions=[(W.WHO, NOBODY)], limit=1),
        lambda: event_list(graph, text="nobody", limit=1),
        lambda: plan(graph),
        lambda: plan_past(graph),
        *(partial(ask, graph, clients.boards, clients.clock(), question) for question in ASKED),
    ]
    for question in questions:
        if stopped():
            return
        with suppress(PentadError):
            question()
