"""Laws 1, 4, 5 and 6 for risk and sanctions through the real way in: ingest, versions, namesakes, an emptied Redis."""

import random

from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.moment import epoch_ms
from graph.trending.names import METRICS
from tests.board_world import apart, shown
from tests.factory import Json, World, assert_counts, person, some_news, told, value

LISTED = [{"list": "EU", "id": "1", "score": 0.4}, {"list": "UN", "id": "2", "score": 0.8}]


def rated(record: Json, chance: random.Random) -> Json:
    """The record with a risk and sanctions on some of its names."""
    who: list[Json] = []
    for one in record["who"]:
        risk = {"risk_score": chance.choice((0.0, 0.3, 0.9))} if chance.random() < 0.6 else {}
        who.append({**one, **risk, **({"sanctions": LISTED} if chance.random() < 0.1 else {})})
    return {**record, "who": who}


def test_boards_of_all_metrics_are_as_defined_whatever_comes(graph: Database, redis_client: Redis) -> None:
    world, chance = World(graph, redis_client), random.Random(7)
    # A version of an event comes with risks of its own.
    news = [rated(record, chance) for record in some_news(11, 40)]
    for begin in range(0, len(news), 9):
        world.take(*news[begin : begin + 9])
    assert world.faults() == []
    assert world.boards is not None
    now = epoch_ms(world.now)
    before = {metric: shown(world.boards.of(metric), "30d", now) for metric in METRICS}
    assert all(before.values())
    world.take(*news[:20])
    redis_client.flushall()
    assert world.faults() == []
    assert not any(apart(shown(world.boards.of(metric), "30d", now), before[metric]) for metric in METRICS)


def test_a_version_that_takes_the_risk_back_takes_it_off_the_boards(
    graph: Database, redis_client: Redis, driver: Driver
) -> None:
    world = World(graph, redis_client)
    world.take(told("a", who=[person("Amina Abernathy", risk_score=0.5, sanctions=LISTED)]))
    assert value(driver, "MATCH ()-[m:WHO]->() RETURN m.sanctioned") == 0.8
    now = epoch_ms(world.now)
    assert world.boards is not None
    held = [len(shown(world.boards.of(metric), "7d", now)) for metric in METRICS]
    world.take(told("a", who=[person("Amina Abernathy")], title="corrected"))
    after = [len(shown(world.boards.of(metric), "7d", now)) for metric in METRICS]
    assert (held, after) == ([1, 1, 1], [1, 0, 0])
    assert world.faults() == []
    assert_counts(driver)


def test_risk_of_a_future_event_counts_from_its_time_on(graph: Database, redis_client: Redis) -> None:
    world = World(graph, redis_client)
    world.take(told("later", "2026-01-16T12:00:00Z", who=[person("Amina Abernathy", risk_score=0.5)]))
    assert world.boards is not None
    assert world.faults() == []
    assert shown(world.boards.of("risk"), "7d", epoch_ms(world.now)) == {}
    world.now = world.now.replace(day=17)
    assert world.faults() == []
    assert len(shown(world.boards.of("risk"), "7d", epoch_ms(world.now))) == 1
