"""Laws 1, 5 and 6 under seeded lives: several writers, repeats, versions, future events, lost boards, moving clock."""

import random
from datetime import timedelta

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from tests.factory import World, assert_counts, graph_lines, some_news


def live(graph: Database, driver: Driver, redis_client: Redis, seed: int, events: int) -> None:
    chance = random.Random(seed)
    world = World(graph, redis_client)
    writers = [world.another() for _ in range(3)]
    news = some_news(seed, events)
    for one in news:
        if chance.random() < 0.1:
            one["occurred_at"] = (world.now + timedelta(hours=chance.randint(-90, 400))).isoformat()
    for start in range(0, len(news), 20):
        batch = news[start : start + 20]
        world.take(*batch, *chance.sample(batch, min(5, len(batch))), by=chance.choice(writers))
        if chance.random() < 0.2:
            world.now += timedelta(hours=chance.randint(1, 60))
        if chance.random() < 0.05:
            redis_client.flushall()
        if chance.random() < 0.1:
            writers[chance.randrange(3)] = world.another()
    assert world.faults() == []
    assert_counts(driver)
    before = graph_lines(driver)
    report = world.take(*news[:: chance.choice((1, 2))], by=world.another())
    assert (report.events_new, report.events_changed, report.change) == (0, 0, 0)
    assert graph_lines(driver) == before


def test_counts_and_boards_are_exact_after_a_life(graph: Database, driver: Driver, redis_client: Redis) -> None:
    live(graph, driver, redis_client, 1, 100)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(100, 400))
def test_counts_and_boards_are_exact_after_many_lives(
    graph: Database, driver: Driver, redis_client: Redis, seed: int
) -> None:
    live(graph, driver, redis_client, seed, 400 if seed < 130 else 80)
