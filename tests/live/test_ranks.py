"""Ranks beside the boards: mirrored on nodes, kept by day, and what is purged of the rest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import Driver

from graph.database import Database
from graph.errors import BoardUnavailable, InvalidInput
from graph.moment import epoch_ms
from graph.queries import Statement
from graph.reading.entities import entity_detail
from graph.reading.hubs import follow as follow_hubs
from graph.trending import (
    Boards,
    connect_redis,
    follow,
    mirror_ranks,
    purge,
    rank,
    snapshot_ranks,
)
from graph.trending.snapshot import rank_history
from tests.board_world import DAY, NOW, Mention, World

HOUR = DAY // 24
_AGE = Statement("test/age", "MATCH (o:Outbox) SET o.at = datetime({epochMillis: $at + o.change})")


@pytest.fixture
def world(graph: Database, boards: Boards) -> World:
    follow(graph, boards, NOW)
    return World(graph)


def mirrored(driver: Driver) -> dict[str, tuple[int, float, int]]:
    with driver.session() as session:
        rows = session.run(
            "MATCH (x:Entity) WHERE x.trend_rank IS NOT NULL"
            " RETURN x.key AS key, x.trend_rank AS rank, x.trend_score AS score, x.last_synced_at.epochMillis AS at"
        ).data()
    return {row["key"]: (row["rank"], row["score"], row["at"]) for row in rows}


def state(driver: Driver) -> list[Any]:
    """What a mirror must leave as it is."""
    with driver.session() as session:
        return session.run(
            "MATCH (g:Gate) OPTIONAL MATCH (x:Entity) WITH g, x ORDER BY x.key"
            " RETURN g.change, collect([x.version, x.updated_at]), COUNT { (:Outbox) }"
        ).values()


def test_the_mirror_shows_the_board_and_clears_who_fell_out(world: World, boards: Boards, driver: Driver) -> None:
    first, second, third = world.entities(3)
    world.commit(*(Mention(f"e{n}", key, NOW - n * DAY, 1.0) for n, key in enumerate((first, second, third))))
    follow(world.graph, boards, NOW)
    before = state(driver)
    assert mirror_ranks(world.graph, boards, NOW, top=2) == 2
    scores = world.scores("7d", NOW)
    assert mirrored(driver) == {
        first: (1, pytest.approx(scores[first]), NOW),
        second: (2, pytest.approx(scores[second]), NOW),
    }
    assert state(driver) == before
    world.commit(*(Mention(f"f{n}", third, NOW, 1.0) for n in range(3)))
    follow(world.graph, boards, NOW)
    assert mirror_ranks(world.graph, boards, NOW + HOUR, top=2) == 2
    assert {key: place for key, (place, _, _) in mirrored(driver).items()} == {third: 1, first: 2}
    gone = entity_detail(world.graph, second)
    assert (gone.trend_rank, gone.trend_score) == (None, None)
    assert gone.last_synced_at == datetime.fromtimestamp((NOW + HOUR) / 1000, UTC)


def test_the_mirror_comes_from_the_graph_while_redis_is_away(world: World, driver: Driver) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0))
    away = Boards(connect_redis("redis://127.0.0.1:1/0"))
    assert mirror_ranks(world.graph, away, NOW) == 1
    assert mirrored(driver)[key][:2] == (1, 1.0)


def test_one_snapshot_a_day_feeds_the_history_of_ranks(world: World, boards: Boards) -> None:
    one, other = world.entities(2)
    world.commit(Mention("e", one, NOW, 1.0), Mention("f", other, NOW - DAY, 1.0))
    follow(world.graph, boards, NOW)
    assert [snapshot_ranks(world.graph, boards, NOW + n * HOUR) for n in (0, 1)] == [2, 0]
    world.commit(*(Mention(f"g{n}", other, NOW, 1.0) for n in range(3)))
    follow(world.graph, boards, NOW)
    # The 21st of November, and eleven days later, in the next month.
    assert snapshot_ranks(world.graph, boards, NOW + 11 * DAY) == 2
    later = NOW + 11 * DAY
    found = rank(world.graph, boards, one, later, history=30).history
    assert found is not None
    assert [(str(past.day), past.rank) for past in found] == [("2025-11-21", 1), ("2025-12-02", 2)]
    assert found[0].trending_score == pytest.approx(1.0)
    assert [past.rank for past in rank_history(world.graph, other, later, 30)] == [2, 1]
    assert [past.rank for past in rank_history(world.graph, other, later, 5)] == [1]
    assert rank(world.graph, boards, one, later).history is None
    for wrong in ({"history": 0}, {"history": 401}, {"history": 9, "metric": "risk"}, {"history": 9, "kind": "person"}):
        with pytest.raises(InvalidInput):
            rank(world.graph, boards, one, later, **wrong)  # type: ignore[arg-type]


def test_purge_drops_what_everybody_followed_and_nothing_newer(world: World, boards: Boards, driver: Driver) -> None:
    (key,) = world.entities(1)
    for n in range(6):
        world.commit(Mention(f"e{n}", key, NOW, 1.0))

    def left() -> list[int]:
        with driver.session() as session:
            return session.run("MATCH (o:Outbox) RETURN o.change ORDER BY o.change").value()

    world.graph.write(lambda tx, _: tx.rows(_AGE, {"at": NOW}))
    later = NOW + DAY + 1
    follow(world.graph, boards, later)
    assert purge(world.graph, boards, later).outbox == 0, "the co-mentions have not followed"
    follow_hubs(world.graph)
    assert purge(world.graph, boards, later).outbox == 0, "the first is a day old, not older"
    assert (purge(world.graph, boards, later + 2).outbox, left()) == (2, [3, 4, 5, 6])
    assert (purge(world.graph, boards, NOW + 2 * DAY).outbox, left()) == (3, [6])
    change = world.commit(Mention("f", key, NOW, 1.0))
    assert follow(world.graph, boards, NOW).rebuilt == ()
    assert boards.state("7d").change == change  # type: ignore[union-attr]


def test_purge_waits_for_boards_that_are_behind_or_away(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0))
    world.commit(Mention("f", key, NOW, 1.0))
    follow_hubs(world.graph)
    world.graph.write(lambda tx, _: tx.rows(_AGE, {"at": NOW}))
    assert purge(world.graph, boards, NOW + 2 * DAY).outbox == 0
    with pytest.raises(BoardUnavailable):
        purge(world.graph, Boards(connect_redis("redis://127.0.0.1:1/0")), NOW + 2 * DAY)


def test_old_ranks_and_forgotten_members_are_purged(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0, risk=1.0))
    follow(world.graph, boards, NOW)
    snapshot_ranks(world.graph, boards, NOW)
    done = purge(world.graph, boards, NOW + 400 * DAY)
    # On `all` and on its kind, for the half-lives of 1 and of 7 days, of mentions and of risk.
    assert (done.snapshots, done.members) == (0, 8)
    later = datetime.fromtimestamp(NOW / 1000, UTC) + timedelta(days=432)
    assert purge(world.graph, boards, epoch_ms(later)).snapshots == 1
    assert rank_history(world.graph, key, epoch_ms(later), 400) == ()
