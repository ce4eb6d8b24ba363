"""Boards where something odd happens: Redis emptied amid a rebuild, news that never end, pages cut small, groups that
are not there, a client that does not decode. What is shown is what the graph says, or it is said that it cannot be."""

from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.errors import BoardUnavailable, InvalidInput
from graph.trending import BoardOptions, Boards, follow, projector, trending
from graph.trending import shadow as shadows
from graph.trending.names import BOARDS, Group, groups
from graph.trending.rebuild import rebuild
from tests.board_world import NOW, Mention, World, assert_boards, some_news


@pytest.fixture
def world(graph: Database, boards: Boards) -> World:
    follow(graph, boards, NOW)
    made = World(graph)
    for batch in some_news(made, made.entities(6), seed=5, events=20, now=NOW):
        made.commit(*batch)
    return made


def test_a_rebuild_begins_again_when_redis_was_emptied_amid_it(world: World, boards: Boards, redis_client: Any) -> None:
    emptied: list[int] = []

    def once(_: int) -> None:
        if not emptied:
            redis_client.flushall()
            emptied.append(1)

    rebuild(world.graph, boards, NOW, progress=once)
    assert emptied
    assert_boards(world, boards, NOW)


def test_a_rebuild_that_loses_its_work_each_time_says_so_and_leaves_nothing(
    world: World, boards: Boards, redis_client: Any
) -> None:
    with pytest.raises(BoardUnavailable, match="the boards could not be rebuilt: Redis was emptied"):
        rebuild(world.graph, boards, NOW, progress=lambda _: redis_client.flushall())
    assert list(redis_client.scan_iter("*shadow*")) == []
    assert follow(world.graph, boards, NOW).rebuilt == tuple(group.name for group in groups())
    assert_boards(world, boards, NOW)


def test_a_rebuild_ends_however_much_is_told_meanwhile(
    world: World, boards: Boards, redis_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few that no round brings it near enough: after some rounds the rest is read while writers wait.
    monkeypatch.setitem(rebuild.__globals__, "_FEW", -1)
    redis_client.flushall()
    rebuild(world.graph, boards, NOW)
    assert_boards(world, boards, NOW)


def test_records_are_applied_once_and_in_order_however_few_go_together(
    world: World, boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "_WEIGHT", 1)
    assert not follow(world.graph, boards, NOW).rebuilt
    assert_boards(world, boards, NOW)


def test_a_note_of_rebuilding_that_is_anothers_by_now_is_left_to_them(
    world: World, boards: Boards, redis_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_client.flushall()
    real = projector.rebuild

    def overtaken(*given: Any, **_: Any) -> object:
        """So slow that the note ran out and another took it."""
        redis_client.set("pentad:rebuilding", "somebody", px=60_000)
        return real(*given)

    monkeypatch.setattr(projector, "rebuild", overtaken)
    assert follow(world.graph, boards, NOW).rebuilt
    assert redis_client.get("pentad:rebuilding") == "somebody"


def test_what_was_swapped_stays_and_what_was_not_is_dropped(world: World, boards: Boards, redis_client: Any) -> None:
    day, week = Group("mentions", "1d"), Group("mentions", "7d")
    shadow = shadows.Shadow(boards, [day, week], NOW)
    shadow.put([])
    assert list(redis_client.scan_iter("*shadow*"))
    shadow.swap(day, 1)
    shadow.swap(day, 2)
    assert shadow.swapped == {day: 1}
    shadow.drop()
    assert list(redis_client.scan_iter("*shadow*")) == []
    state = boards.state("1d")
    assert state is not None and state.change == 1


def test_a_group_that_is_not_there_holds_nothing(world: World, boards: Boards, redis_client: Any) -> None:
    redis_client.flushall()
    assert boards.held({"x": "person"}, "7d", NOW) == {"x": (0.0, 0.0)}
    assert list(boards.members("7d", "person")) == []
    assert boards.sizes("7d") == dict.fromkeys(BOARDS, 0)
    assert boards.purge("7d", NOW) == 0
    with pytest.raises(InvalidInput, match="no boards of half-life '2d'"):
        boards.line.group("2d")


@pytest.fixture
def undecoded(servers: Servers) -> Iterator[Redis]:
    client = Redis.from_url(servers.redis_url)
    yield client
    client.close()


def test_a_client_that_does_not_decode_shows_the_same(world: World, boards: Boards, undecoded: Redis) -> None:
    follow(world.graph, boards, NOW)
    raw = Boards(undecoded, BoardOptions(rest=0))
    assert trending(world.graph, raw, NOW) == trending(world.graph, boards, NOW)
    flat = [sorted(key for part in one.members("7d", "all") for key in part) for one in (raw, boards)]
    assert flat[0] == flat[1] != []


def test_a_long_board_is_read_in_several_parts(world: World, boards: Boards) -> None:
    keys = world.entities(1_500, ("person",))
    world.commit(*(Mention("all", key, NOW, 1.0) for key in keys))
    follow(world.graph, boards, NOW)
    parts = list(boards.members("7d", "person"))
    assert len(parts) > 1
    assert set(keys) <= {key for part in parts for key in part}
