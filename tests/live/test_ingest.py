"""Events into the real graph: once is once, whoever writes and however often, and one bad record spoils no other."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.moment import epoch_ms
from graph.trending import trending as top
from ingest.pipeline import Listener
from ingest.report import Reject, Report
from tests.factory import (
    NOW,
    World,
    assert_counts,
    country,
    graph_lines,
    holder,
    named,
    organization,
    person,
    some_news,
    told,
    value,
)


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


def numbers(report: Report) -> tuple[int, int, int, int]:
    return report.events_new, report.events_changed, report.events_unchanged, report.rejected


def test_an_event_is_there_with_all_it_told(world: World, driver: Driver) -> None:
    report = world.take(
        told(
            "e1",
            "2015-09-01T10:00:00+02:00",
            title="Talks",
            who=[person("Ban Ki-moon", role="source"), organization("Harbour Board")],
            where=country("Chile", coordinates=[-33.4, -70.6]),
            what={"text": "Consult", "code": "040", "kind": "diplomatic"},
            when="2015-09-01",
            why="to end the strike",
            impact="low",
            confidence=0.5,
            source={"name": "The Post", "url": "https://post.example/1"},
        )
    )
    assert numbers(report) == (1, 0, 0, 0)
    assert (report.mentions, report.entities_new, report.change, report.ids) == (6, 6, 1, ["e1"])
    event = value(driver, "MATCH (e:Event {id: 'e1'}) RETURN properties(e)")
    assert {**event, "hashes": None, "content_hash": None, "recorded_at": None, "occurred_at": None} == {
        "id": "e1",
        "version": 1,
        "title": "Talks",
        "text": "Consult",
        "precision": "second",
        "ts": 1_441_094_400_000,
        "code": "040",
        "impact": "low",
        "confidence": 0.5,
        "count": 1,
        "change": 1,
        "hashes": None,
        "content_hash": None,
        "recorded_at": None,
        "occurred_at": None,
    }
    ends = value(
        driver,
        "MATCH (:Event)-[m]->(x:Entity) WITH m, x ORDER BY type(m), m.surface"
        " RETURN collect([type(m), m.surface, x.kind, m.weight])",
    )
    assert ends == [
        ["WHAT", "Consult", "diplomatic", 1.0],
        ["WHEN", "2015-09-01", "date", 1.0],
        ["WHERE", "Chile", "country", 1.0],
        ["WHO", "Ban Ki-moon", "person", 1.0],
        ["WHO", "Harbour Board", "organization", 1.0],
        ["WHY", "to end the strike", "unspecified", 1.0],
    ]
    labels = value(driver, "MATCH (x:Entity) RETURN collect(DISTINCT [l IN labels(x) WHERE l <> 'Entity'][0])")
    assert sorted(labels) == ["What", "When", "Where", "Who", "Why"]
    path = "MATCH (:Event)-[:REPORTED_IN]->(d)-[:PUBLISHED_BY]->(s) RETURN [d.url, s.name]"
    assert value(driver, path) == ["https://post.example/1", "The Post"]
    assert value(driver, "MATCH (x:Where) RETURN x.location.latitude") == -33.4
    assert world.faults() == []


def test_the_same_events_again_change_nothing_at_all(world: World, driver: Driver) -> None:
    news = some_news(1, 80, versions=False)
    assert numbers(world.take(*news)) == (80, 0, 0, 0)
    before, change = graph_lines(driver), value(driver, "MATCH (g:Gate) RETURN g.change")
    for seed in range(3):
        shuffled = random.Random(seed).sample(news, len(news))
        report = world.take(*shuffled, by=world.another())
        assert numbers(report) == (0, 0, 80, 0)
        assert (report.mentions, report.entities_new, report.change) == (0, 0, 0)
    assert graph_lines(driver) == before
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == change
    assert world.faults() == []


def test_events_of_shuffled_batches_are_each_there_once(world: World, driver: Driver) -> None:
    news = some_news(2, 60, versions=False)
    for seed in range(3):
        shuffled = random.Random(seed).sample(news * 2, len(news) * 2)
        for start in range(0, len(shuffled), 37):
            world.take(*shuffled[start : start + 37])
    assert value(driver, "MATCH (e:Event) RETURN count(e)") == 60
    assert value(driver, "MATCH (e:Event) RETURN max(e.version)") == 1
    assert_counts(driver)
    assert world.faults() == []


def test_one_event_from_32_threads_is_one_event(world: World, driver: Driver) -> None:
    event = told("same", who=[person("Ban Ki-moon"), person("Ki-moon")], where="Chile", what="Consult")
    several = [world.another() for _ in range(4)]
    with ThreadPoolExecutor(32) as pool:
        reports = list(pool.map(lambda n: world.take(event, by=several[n % 4]), range(32)))
    assert sorted(map(numbers, reports)) == [(0, 0, 1, 0)] * 31 + [(1, 0, 0, 0)]
    assert value(driver, "MATCH (e:Event) RETURN count(e)") == 1
    assert value(driver, "MATCH ()-[m:WHO|WHERE|WHAT]->() RETURN count(m)") == 4
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == 1
    assert world.faults() == []


def test_racing_writers_of_different_events_lose_nothing(world: World, driver: Driver) -> None:
    news = some_news(3, 80, versions=False)
    several = [world.another() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda n: world.take(*news[n::4], *news[:10], by=several[n]), range(4)))
    assert sum(report.events_new for report in reports) == 80
    assert_counts(driver)
    assert world.faults() == []


def test_a_bad_record_is_set_aside_with_position_and_reason_and_the_others_land(world: World, driver: Driver) -> None:
    heard: list[Reject] = []
    records: list[Any] = [
        told("a"),
        told("b", title="x\x00"),
        b"{nonsense",
        told("d", who={"name": "A", "kind": "robot"}),
        told("e", at="9999-12-31T23:59:59-12:00"),
        told("f"),
    ]
    report = world.pipeline.ingest(enumerate(records, 1), Listener(heard.append))
    assert report.ids == ["a", "f"]
    assert numbers(report) == (2, 0, 0, 4)
    assert heard == report.rejects
    assert [(one.position, one.id, one.field) for one in heard] == [
        (2, "b", "title"),
        (3, None, ""),
        (4, "d", "who.kind"),
        (5, "e", "occurred_at"),
    ]
    assert value(driver, "MATCH (e:Event) RETURN count(e)") == 2


def test_an_id_that_comes_twice_in_one_batch_is_two_versions_in_order(world: World, driver: Driver) -> None:
    report = world.take(told("a", title="one"), told("b"), told("a", title="two"), told("a", title="two"))
    assert numbers(report) == (2, 1, 1, 0)
    assert value(driver, "MATCH (e:Event {id: 'a'}) RETURN [e.version, e.title]") == [2, "two"]
    assert world.faults() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "t" * 10_000, "text": "t" * 10_000},
        {"why": "w" * 10_000},
        {"what": {"text": "d" * 10_000, "code": "c" * 10_000}},
        {"who": "\ufdfa" * 1_000},
        {"who": "習" * 1_000, "where": "é" * 1_000},
        {"when": {"text": "t" * 10_000}},
        {"category": "習" * 500, "story": "習" * 500},
        {"id": "習" * 512},
        {"source": {"name": "n" * 10_000, "url": "https://a.example/" + "x" * 9_000, "title": "t" * 10_000}},
        {"who": [{"name": "A", "identifiers": {"s": "\U0001f98a" * 200}, "attributes": {"of": "o" * 1_000}}]},
        {"who": {"name": "A", "url": "https://en.wikipedia.org/wiki/" + "x" * 9_000}},
        {"who": [f"Member {n}" for n in range(500)]},
        {"version": 2**53 - 1, "count": 2**53 - 1},
        {"at": "0001-01-01T00:00:00Z"},
        {"at": "9999-12-31T23:59:59.999999Z"},
        {"who": "\u200d", "where": "...", "title": "👩\u200d👩\u200d👧 \u202eevil\u202c שלום"},
        {"who": ["(", ")", "()", "😀", "\u0301"]},
        {"why": {"event": "習" * 512}},
    ],
    ids=lambda fields: ",".join(fields),
)
def test_the_largest_and_oddest_that_is_taken_is_also_stored(world: World, fields: dict[str, Any]) -> None:
    report = world.take(told("plain"), told(**{"event_id": "odd", **fields} if "id" not in fields else fields))
    assert numbers(report) == (2, 0, 0, 0)
    assert world.faults() == []
    assert numbers(world.take(told(**{"event_id": "odd", **fields} if "id" not in fields else fields))) == (0, 0, 1, 0)


@pytest.mark.parametrize("cause_first", [True, False, None])
def test_causes_are_linked_whichever_came_first(world: World, driver: Driver, cause_first: bool | None) -> None:
    strike = told("strike", what="Strike")
    talks = told("talks", why=[{"event": "strike", "text": "the strike"}, {"event": "strike", "text": "and again"}])
    if cause_first is None:
        world.take(talks, strike)
    else:
        world.take(strike if cause_first else talks)
        world.take(talks if cause_first else strike)
    links = "MATCH (a:Event)-[c:CAUSED_BY]->(b:Event) RETURN collect([a.id, b.id, c.closed_at IS NULL])"
    assert value(driver, links) == [["talks", "strike", True]]
    world.take(told("strike", what="Strike", title="corrected"))
    assert value(driver, links) == [["talks", "strike", True]]
    world.take(told("talks", title="without a cause"))
    assert value(driver, links) == [["talks", "strike", False]]
    assert world.faults() == []


def test_an_event_is_not_its_own_cause(world: World, driver: Driver) -> None:
    world.take(told("e", why={"event": "e"}))
    assert value(driver, "MATCH (:Event)-[c:CAUSED_BY]->() RETURN count(c)") == 0


def test_a_future_event_trends_only_when_its_time_comes(world: World, driver: Driver) -> None:
    day = timedelta(days=1)
    world.take(told("now", who=person("Ban Ki-moon")))
    world.take(told("soon", (NOW + day).isoformat(), who=[person("Ban Ki-moon"), person("Greta Later")]))
    assert value(driver, "MATCH (e:Event {id: 'soon'}) RETURN e.boarded") is False
    assert holder(driver, "soon", "Greta Later")["mentions"] == 1
    assert world.faults() == []
    assert "Greta Later" not in trending(world)
    world.now = NOW + day - timedelta(seconds=1)
    assert world.faults() == []
    assert "Greta Later" not in trending(world)
    world.now = NOW + day
    assert world.faults() == []
    assert "Greta Later" in trending(world)
    assert value(driver, "MATCH (e:Event {id: 'soon'}) RETURN e.boarded") is True


def trending(world: World) -> list[str]:
    assert world.boards is not None
    return [row.name for row in top(world.graph, world.boards, epoch_ms(world.now)).rows]


def test_boards_and_counts_are_exact_after_a_mixed_history(world: World, driver: Driver) -> None:
    news = some_news(4, 150)
    chance = random.Random(4)
    while news:
        batch, news = news[: (size := chance.randint(1, 60))], news[size:]
        world.take(*batch, *chance.sample(batch, min(3, len(batch))))
        world.now += timedelta(hours=chance.randint(0, 30))
    assert world.faults() == []
    assert_counts(driver)


def test_redis_lost_midway_costs_nothing_but_a_rebuild(world: World, redis_client: Redis) -> None:
    news = some_news(5, 60)
    world.take(*news[:30])
    redis_client.flushall()
    world.take(*news[30:])
    assert world.faults() == []


def test_the_same_stream_in_other_batches_tells_the_same_graph(
    world: World, driver: Driver, clean_again: Callable[[], None]
) -> None:
    news = some_news(6, 80)
    world.take(*news)
    whole = what_stands(driver)
    clean_again()
    other = World(world.graph)
    for start in range(0, len(news), 17):
        other.take(*news[start : start + 17], by=other.another())
    assert what_stands(driver) == whole


def what_stands(driver: Driver) -> list[str]:
    """All but revoked judgements: a decision made and taken back within one batch was never written."""
    return [line for line in graph_lines(driver) if '"revoked_at": true' not in line and " -OF-> " not in line]


@pytest.fixture
def clean_again(driver: Driver, redis_client: Redis) -> Callable[[], None]:
    def empty() -> None:
        with driver.session() as session:
            session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
            session.run("MATCH (g:Gate) SET g.change = 0").consume()
        redis_client.flushall()

    return empty


def test_an_event_that_states_nothing_but_a_title_has_no_mention(world: World, driver: Driver) -> None:
    world.take(told("bare"))
    assert value(driver, "MATCH (:Event {id: 'bare'}) RETURN count { (:Event)-->() }") == 0


def test_attributes_and_point_of_the_founding_mention_are_kept(world: World, driver: Driver) -> None:
    world.take(told("e", who=named("Police (Nepal)", "group", sector="Police", affiliations=["A", "B"])))
    found = value(driver, "MATCH (x:Who) RETURN [x.sector, x.affiliations, x.name]")
    assert found == ["Police", ["A", "B"], "Police (Nepal)"]
