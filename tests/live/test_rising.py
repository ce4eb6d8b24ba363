"""Who rises, boards of one place, formulas of news sites, and why with whom."""

import math

import pytest
from redis import Redis

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.moment import epoch_ms, parse_instant
from graph.queries import Statement
from graph.trending import rank, rising, trending_as_story, trending_within
from tests.factory import NOW, Json, World, named, person, told

NOW_MS = epoch_ms(NOW)
_KEY = Statement("test/key", "MATCH (x:Entity {name: $name}) RETURN x.key AS key")


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


def on(day: int, name: str, *, month: int = 1, hour: int = 6, **more: Json | list[Json] | str) -> Json:
    return told(
        f"{name}-{month}-{day}-{hour}", f"2026-{month:02}-{day:02}T{hour:02}:00:00Z", who=[person(name)], **more
    )


def test_who_is_named_more_than_usual_rises_and_a_steady_one_does_not(world: World) -> None:
    steady = [
        told(f"s{day}-{n}", f"2025-{11 + day // 30}-{day % 30 + 1:02}T06:00:00Z", who=[person("Stella Steady")])
        for day in range(60)
        for n in range(8)
    ]
    steady += [on(day, "Stella Steady", hour=hour) for day in range(1, 16) for hour in range(4, 12)]
    burst = [on(15, "Boris Burst", hour=hour) for hour in range(12)]
    world.take(*steady, *burst, on(15, "Once Only"))
    world.projections.catch_up()
    found = rising(world.graph, world.boards, NOW_MS)
    assert [row.name for row in found.rows] == ["Boris Burst"]
    best = found.rows[0]
    assert best.z > 2 and best.p < 0.03 and best.lift > 5 and best.mentions == 12
    assert best.z == pytest.approx(
        (best.short - best.long / 30) / math.sqrt(sum(2 ** (-2 * (12 - hour) / 24) for hour in range(12)))
    )
    assert found.source == "board" and found.looked_at == 3
    # The graph alone says the same.
    alone = rising(world.graph, None, NOW_MS)
    assert alone.source == "graph"
    assert [(row.entity_id, round(row.z, 6)) for row in alone.rows] == [(best.entity_id, round(best.z, 6))]
    assert {row.name for row in rising(world.graph, world.boards, NOW_MS, least=0.5).rows} >= {"Once Only"}


def test_a_place_holds_what_lies_in_it_by_path_country_and_relationship(world: World) -> None:
    world.take(
        on(1, "In Oslo", where=[named("Oslo", "city", path=["Europe", "Norway", "Oslo"])]),
        on(2, "In Norway", where=[named("Norway", "country")]),
        on(
            3,
            "In Bergen",
            where=[named("Bergen", "city")],
            relationships=[{"subject": "Bergen", "predicate": "located_in", "object": "Norway"}],
        ),
        on(4, "In Peru", where=[named("Peru", "country")]),
        told("n", "2026-01-02", where=[named("Norway", "country")]),
    )
    norway = world.graph.read(_KEY, {"name": "Norway"})[0]["key"]
    found = trending_within(world.graph, norway, NOW_MS)
    assert {row.name for row in found.rows} >= {"In Oslo", "In Norway", "Oslo"}
    assert not {"In Peru", "Peru", "Norway"} & {row.name for row in found.rows}
    assert found.within_name == "Norway" and found.source == "graph" and not found.degraded
    assert "In Bergen" in {row.name for row in found.rows}
    people = trending_within(world.graph, norway, NOW_MS, kind="person", limit=1)
    assert people.total == 3 and people.next_offset == 1
    assert people.rows[0].trending_score == pytest.approx(2 ** -((NOW_MS - _ms("2026-01-03T06:00:00Z")) / 604_800_000))
    with pytest.raises(NotFound):
        trending_within(world.graph, "0" * 64, NOW_MS)


def test_formulas_of_news_sites_are_theirs(world: World) -> None:
    world.take(*(on(day, "Old Story") for day in range(1, 11)), on(14, "New Story"), on(15, "New Story"))
    hot = trending_as_story(world.graph, "reddit_hot", NOW_MS)
    scores = {row.name: row.trending_score for row in hot.rows}
    submitted = _ms("2026-01-14T06:00:00Z") / 1000
    assert scores["New Story"] == pytest.approx(math.log10(2) + (submitted - 1134028003) / 45000)
    assert [row.name for row in hot.rows] == ["New Story", "Old Story"]
    news = {row.name: row.trending_score for row in trending_as_story(world.graph, "hacker_news", NOW_MS).rows}
    assert news["New Story"] == pytest.approx(1 / (30 + 2) ** 1.8)
    assert news["Old Story"] == pytest.approx(9**0.8 / (14 * 24 + 6 + 2) ** 1.8)
    with pytest.raises(InvalidInput):
        trending_as_story(world.graph, "digg", NOW_MS)


def test_why_tells_documents_publishers_and_who_moves_along(world: World) -> None:
    copies = [{"name": "Post", "url": "https://post.example/1"}, {"name": "Post", "url": "https://post.example/2"}]
    world.take(
        on(14, "Ada Ames", sources=[*copies, {"name": "Herald", "url": "https://herald.example/1"}]),
        told("both", "2026-01-15", who=[person("Ada Ames"), person("Ben Boyd")]),
    )
    world.projections.catch_up()
    key = world.graph.read(_KEY, {"name": "Ada Ames"})[0]["key"]
    why = rank(world.graph, world.boards, key, NOW_MS, why=True).why
    assert why is not None
    assert [(event.event, event.documents, event.sources) for event in why.events] == [
        ("both", 0, 0),
        ("Ada Ames-1-14-6", 3, 2),
    ]
    assert [(other.name, other.events) for other in why.co_movers] == [("Ben Boyd", 1)]
    assert why.co_movers[0].share == pytest.approx(why.events[0].share)


def _ms(text: str) -> int:
    return epoch_ms(parse_instant(text).at)
