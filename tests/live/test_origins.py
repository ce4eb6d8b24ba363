"""Independent origins through the real graph: of events, timeline rows, reasons, board rows, and a board weighed so."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.keys import canonical_key
from graph.moment import epoch_ms
from graph.reading.events import event_detail
from graph.reading.timeline import entity_timeline
from graph.trending import rank, top_as_of, trending, trending_by_origins, with_origins
from tests.factory import NOW, World, person, told

ANNA, ZOFIA = (canonical_key("person", name) for name in ("anna kowalska", "zofia nowak"))
CRANE = "Crane falls on grain ship in Varna"


def report(paper: str, n: int, title: str | None = None) -> dict[str, Any]:
    return {"name": paper, "url": f"https://{paper.casefold().replace(' ', '')}.example/{n}", "title": title}


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


def event(key: str, *reports: dict[str, Any], who: str = "Anna Kowalska") -> dict[str, Any]:
    return told(key, who=person(who), sources=list(reports))


FIVE = (
    report("Daily Tide", 1, CRANE),
    report("Evening Echo", 2, f"{CRANE}, port is closed"),
    report("Morning Mail", 3, "Dockers had warned of rusty cables"),
    report("Morning Mail", 4, "What the closed port costs"),
    report("Market Wire", 5, "Wheat goes up by two per cent"),
)


def test_each_read_tells_origins_beside_sources(world: World) -> None:
    world.take(event("a", *FIVE), event("b", report("Daily Tide", 6, "A quiet day")), event("c"))
    found = event_detail(world.graph, "a").origins
    assert (found.documents, found.sources, found.independent_origins) == (5, 4, 3)
    assert event_detail(world.graph, "c").origins.independent_origins == 0
    rows = {row.event: row for row in entity_timeline(world.graph, ANNA).rows}
    assert [(rows[key].sources, rows[key].independent_origins) for key in "abc"] == [(4, 3), (1, 1), (0, 0)]
    why = rank(world.graph, world.boards, ANNA, epoch_ms(NOW), why=True).why
    assert why is not None
    told_of = {one.event: (one.documents, one.sources, one.independent_origins) for one in why.events}
    assert told_of == {"a": (5, 4, 3), "b": (1, 1, 1), "c": (0, 0, 0)}
    board = with_origins(world.graph, trending(world.graph, world.boards, epoch_ms(NOW)))
    assert [(row.sources, row.independent_origins, row.at_least) for row in board.rows] == [(4, 3, False)]


def test_a_text_that_arrives_later_and_a_retraction_count_from_the_next_read_on(world: World, driver: Driver) -> None:
    words = [f"word{n}" for n in range(60)]
    world.take(event("a", report("Daily Tide", 1, CRANE), report("Evening Echo", 2, CRANE)))
    assert event_detail(world.graph, "a").origins.independent_origins == 1
    with driver.session() as session:
        for seed, url in enumerate(("https://dailytide.example/1", "https://eveningecho.example/2")):
            text = " ".join(random.Random(seed).sample(words, 50))
            session.run(
                "MATCH (d:Document {url: $url}) CREATE (d)-[:HAS_PASSAGE]->(:Passage {id: $url, n: 0, text: $text})",
                url=url,
                text=text,
            ).consume()
    assert event_detail(world.graph, "a").origins.independent_origins == 2
    world.take(event("a", report("Daily Tide", 1, CRANE)))
    assert event_detail(world.graph, "a").origins.sources == 1


@pytest.mark.parametrize("seed", range(3))
def test_order_of_arrival_does_not_matter(world: World, seed: int) -> None:
    reports = list(FIVE)
    random.Random(seed).shuffle(reports)
    for n in range(1, 6):
        world.take(event("a", *reports[:n]))
    found = event_detail(world.graph, "a").origins
    assert (found.sources, found.independent_origins) == (4, 3)


def test_a_board_weighs_each_event_by_its_origins(world: World) -> None:
    world.take(event("a", *FIVE), event("b", who="Zofia Nowak"), event("c", who="Zofia Nowak"))
    now = epoch_ms(datetime(2026, 1, 15, 12, tzinfo=UTC))
    plain = {key: score for key, score, _ in top_as_of(world.graph, now).rows}
    board = trending_by_origins(world.graph, now)
    assert (board.weigh, board.total) == ("origins", 2)
    assert [row.entity_id for row in board.rows] == [ANNA, ZOFIA]
    assert [row.trending_score for row in board.rows] == pytest.approx([3 * plain[ANNA], plain[ZOFIA]])
    assert [row.entity_id for row in trending_by_origins(world.graph, now, limit=1, offset=1).rows] == [ZOFIA]
