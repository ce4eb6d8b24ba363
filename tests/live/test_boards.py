"""Boards on real servers: exactly once, whatever happens on the way; and the same as the graph says."""

import random
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.database import Database
from graph.errors import BoardUnavailable, InvalidInput, NotFound
from graph.queries import Statement, statement
from graph.trending import (
    BoardOptions,
    Boards,
    Order,
    apply_record,
    check_boards,
    check_drift,
    connect_redis,
    decay,
    entities_by_score,
    follow,
    rank,
    rank_as_of,
    rebuild,
    sweep,
    sync_trending,
    tend,
    top_as_of,
    trending,
)
from graph.trending import record as records
from graph.trending import shadow as shadows
from graph.trending.names import METRICS, Group, groups
from tests.board_world import DAY, HALF_LIVES, NOW, Mention, World, assert_boards, close, shown, some_news

ALL_GROUPS = tuple(group.name for group in groups())


@pytest.fixture
def world(graph: Database, boards: Boards) -> World:
    follow(graph, boards, NOW)
    return World(graph)


def told(world: World, change: int) -> records.Record:
    return records.record(change, world.payloads[change])


def test_an_empty_graph_has_an_empty_board(world: World, boards: Boards) -> None:
    page = trending(world.graph, boards, NOW)
    assert (page.source, page.change, page.total, page.rows) == ("board", 0, 0, ())
    assert page.landmark == decay.landmark_for(NOW, decay.HALF_LIVES["7d"])


def test_each_commit_is_on_every_board_at_once(world: World, boards: Boards) -> None:
    for batch in some_news(world, world.entities(6), seed=1, events=20, now=NOW):
        change = world.commit(*batch)
        assert apply_record(world.graph, boards, change, world.payloads[change], NOW).change == change
    assert_boards(world, boards, NOW)
    assert_boards(world, boards, NOW + 3 * DAY)
    assert check_boards(world.graph, boards, NOW) == []


def test_a_record_told_twice_counts_once(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    change = world.commit(Mention("e", key, NOW, 1.0))
    for _ in range(3):
        apply_record(world.graph, boards, change, world.payloads[change], NOW)
    assert boards.apply([told(world, change)], "7d", NOW).outcome == "known"
    assert shown(boards, "7d", NOW) == {key: 1.0}


def test_records_out_of_order_wait_for_those_before(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    first, second = (world.commit(Mention(f"e{n}", key, NOW, 1.0)) for n in (1, 2))
    assert boards.apply([told(world, second)], "7d", NOW).outcome == "gap"
    done = apply_record(world.graph, boards, second, world.payloads[second], NOW)
    assert (done.change, done.applied, done.rebuilt) == (second, 2, ())
    assert boards.apply([told(world, first), told(world, second)], "7d", NOW).outcome == "known"
    third = world.commit(Mention("e3", key, NOW, 1.0))
    assert boards.apply([told(world, second), told(world, third)], "7d", NOW).outcome == "partial"
    assert_boards_after_follow(world, boards)


def assert_boards_after_follow(world: World, boards: Boards, now: int = NOW) -> None:
    follow(world.graph, boards, now)
    assert_boards(world, boards, now)


def test_many_appliers_at_once_apply_each_record_once(world: World, boards: Boards, redis_client: Any) -> None:
    changes = [world.commit(*batch) for batch in some_news(world, world.entities(5), seed=2, events=60, now=NOW)]

    def work(seed: int) -> None:
        own, mine = Boards(redis_client, BoardOptions(rest=0)), list(changes)
        random.Random(seed).shuffle(mine)
        for change in mine:
            apply_record(world.graph, own, change, world.payloads[change], NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert_boards(world, boards, NOW)


def test_an_applier_that_died_between_half_lives_is_made_good(world: World, boards: Boards) -> None:
    keys = world.entities(3)
    change = world.commit(Mention("e", keys[0], NOW, 1.0), Mention("e", keys[1], NOW, 1.0))
    boards.apply([told(world, change)], "1d", NOW)
    world.commit(Mention("f", keys[2], NOW - DAY, 0.5))
    assert_boards_after_follow(world, boards)


def test_many_small_records_go_in_together_and_in_order(world: World, boards: Boards) -> None:
    keys = world.entities(4)
    for n in range(50):
        world.commit(Mention(f"e{n}", keys[n % 4], NOW - n * DAY, 1.0))
        if n == 30:
            world.retract("e2", NOW)
    done = follow(world.graph, boards, NOW)
    assert (done.applied, done.rebuilt) == (51, ())
    assert_boards(world, boards, NOW)


def test_a_retraction_sets_the_value_counted_anew(world: World, boards: Boards) -> None:
    keys = world.entities(2)
    world.commit(Mention("e", keys[0], NOW, 1.0), Mention("e", keys[1], NOW, 1.0))
    world.commit(Mention("f", keys[0], NOW - 3 * DAY, 0.3))
    follow(world.graph, boards, NOW)
    world.retract("e", NOW)
    assert_boards_after_follow(world, boards)
    assert shown(boards, "7d", NOW).keys() == {keys[0]}


def test_a_merge_moves_the_score_and_the_row_follows_its_alias(world: World, boards: Boards) -> None:
    loser, winner = world.entities(2, kinds=("person",))
    world.commit(Mention("e", loser, NOW, 1.0))
    world.commit(Mention("f", winner, NOW, 1.0))
    follow(world.graph, boards, NOW)
    world.merge(loser, winner, NOW)
    # The board has not followed yet: the loser's key is on it, and the page shows its holder once.
    page = trending(world.graph, boards, NOW)
    assert [row.entity_id for row in page.rows] == [winner]
    assert_boards_after_follow(world, boards)
    place = rank(world.graph, boards, loser, NOW)
    assert (place.entity_id, place.rank, place.trending_score) == (winner, 1, 2.0)


def test_a_changed_kind_leaves_its_old_board(world: World, boards: Boards) -> None:
    (key,) = world.entities(1, kinds=("person",))
    change = world.commit(Mention("e", key, NOW, 1.0))
    follow(world.graph, boards, NOW)
    value = records.Recomputed("city", NOW, dict.fromkeys(HALF_LIVES, 1.0))
    part = records.Part(sets={key: value})
    boards.apply([records.Record(change + 1, {"mentions": part}, frozenset())], "7d", NOW)
    assert [boards.size(kind, "7d", NOW) for kind in ("person", "city", "all")] == [0, 1, 1]


def test_an_emptied_redis_is_rebuilt_equal(world: World, boards: Boards, redis_client: Any) -> None:
    for batch in some_news(world, world.entities(8), seed=3, events=40, now=NOW):
        world.commit(*batch)
    follow(world.graph, boards, NOW)
    before = {name: shown(boards, name, NOW) for name in HALF_LIVES}
    redis_client.flushall()
    assert trending(world.graph, boards, NOW).source == "graph"
    assert follow(world.graph, boards, NOW).rebuilt == ALL_GROUPS
    assert all(close(shown(boards, name, NOW), before[name]) for name in HALF_LIVES)
    assert_boards(world, boards, NOW)
    assert not list(redis_client.scan_iter("*shadow*"))


@pytest.mark.parametrize("part", ["landmark", "*:seq"])
def test_a_lost_key_is_a_lost_group(world: World, boards: Boards, redis_client: Any, part: str) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0))
    follow(world.graph, boards, NOW)
    (name,) = redis_client.scan_iter(f"pentad:{{mentions:7d}}:{part}")
    redis_client.delete(name)
    change = world.commit(Mention("f", key, NOW, 1.0))
    assert apply_record(world.graph, boards, change, world.payloads[change], NOW).rebuilt == ("mentions:7d",)
    assert_boards(world, boards, NOW)


def test_records_no_longer_kept_mean_a_rebuild(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    for n in range(3):
        change = world.commit(Mention(f"e{n}", key, NOW, 1.0))
    purge = Statement("test/purge", "MATCH (o:Outbox) WHERE o.change < 3 DELETE o")
    world.graph.write(lambda tx, _: tx.rows(purge))
    done = apply_record(world.graph, boards, change, world.payloads[change], NOW)
    assert done.rebuilt == ALL_GROUPS
    assert_boards(world, boards, NOW)


def test_boards_of_another_graph_are_rebuilt(world: World, boards: Boards, redis_client: Any) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0))
    follow(world.graph, boards, NOW)
    for name in redis_client.scan_iter("pentad:*:seq"):
        redis_client.set(name, 99)
    assert follow(world.graph, boards, NOW).rebuilt == ALL_GROUPS
    assert_boards(world, boards, NOW)


def test_only_one_process_rebuilds(world: World, boards: Boards, redis_client: Any) -> None:
    redis_client.flushall()
    redis_client.set("pentad:rebuilding", "somebody", px=60_000)
    done = follow(world.graph, boards, NOW)
    assert (done.waiting, done.change) == (True, -1)
    redis_client.delete("pentad:rebuilding")
    assert not follow(world.graph, boards, NOW).waiting


def test_a_roll_while_others_ingest_loses_nothing(graph: Database, boards: Boards, redis_client: Any) -> None:
    # A landmark holds for 250 half-lives: these two moments lie on either side of a new one.
    border = decay.landmark_for(NOW, decay.HALF_LIVES["1d"]) * 1000
    before, after = border - DAY // 24, border + DAY // 24
    world = World(graph)
    follow(graph, boards, before)
    batches = some_news(world, world.entities(12), seed=4, events=160, now=before)
    old = boards.line.landmark("1d")

    def ingest() -> None:
        own = Boards(redis_client, BoardOptions(rest=0))
        for batch in batches:
            change = world.commit(*batch)
            apply_record(graph, own, change, world.payloads[change], before)

    rolls = 0
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(ingest)
        while not writing.done():
            rebuild(graph, boards, (before, after)[rolls % 2], [Group("mentions", "1d"), Group("risk", "1d")])
            rolls += 1
        writing.result()
    assert rolls >= 2
    rebuild(graph, boards, after)
    assert boards.line.landmark("1d") == border // 1000 != old
    assert not list(redis_client.scan_iter(f"pentad:{{mentions:1d}}:{old}:*"))
    assert_boards(world, boards, after)
    assert check_boards(graph, boards, after) == []


def test_a_board_due_for_a_new_landmark_is_rolled_when_it_follows(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW, 1.0))
    follow(world.graph, boards, NOW)
    later = NOW + 500 * DAY
    change = world.commit(Mention("f", key, later, 1.0))
    assert apply_record(world.graph, boards, change, world.payloads[change], later).rebuilt == (
        "mentions:1d",
        "risk:1d",
        "sanctions:1d",
    )
    assert close(shown(boards, "7d", later), world.scores("7d", later))
    assert close(shown(boards, "1d", later), {key: 1.0})


def test_a_shadow_whose_server_was_emptied_is_never_swapped_in(world: World, boards: Boards, redis_client: Any) -> None:
    shadow = shadows.Shadow(boards, [Group("mentions", "7d")], NOW)
    shadow.put([])
    redis_client.flushall()
    with pytest.raises(shadows.ShadowLost):
        shadow.swap(Group("mentions", "7d"), 1)
    assert boards.state("7d") is None


def test_future_events_wait_for_the_sweeper(world: World, boards: Boards) -> None:
    keys = world.entities(2)
    soon = NOW + DAY
    world.commit(*(Mention(f"e{n}", keys[n % 2], soon, 1.0, boarded=False) for n in range(5)))
    assert tend(world.graph, boards, NOW).swept == 0
    assert shown(boards, "7d", NOW) == {}
    assert sweep(world.graph, soon, batch=2) == 5
    assert sweep(world.graph, soon) == 0
    world.swept(soon)
    assert follow(world.graph, boards, soon).applied == 3
    assert_boards(world, boards, soon)
    assert close(shown(boards, "7d", soon), {keys[0]: 3.0, keys[1]: 2.0})


def test_members_under_the_floor_are_purged(world: World, boards: Boards) -> None:
    old, fresh = world.entities(2)
    world.commit(Mention("e", old, NOW, 1.0), Mention("f", fresh, NOW + 40 * DAY, 1.0))
    follow(world.graph, boards, NOW)
    later = NOW + 51 * DAY
    assert [key for key, _, _ in boards.top("all", "1d", later).rows] == [fresh]  # type: ignore[union-attr]
    assert boards.rank(old, "1d", later).rank is None  # type: ignore[union-attr]
    assert boards.sizes("1d")["all"] == 2
    assert tend(world.graph, boards, later).purged == 2
    assert boards.sizes("1d")["all"] == 1
    assert check_boards(world.graph, boards, later) == []


@pytest.mark.parametrize("metric", METRICS)
def test_a_board_of_the_past_is_the_board_replayed_until_then(world: World, metric: str) -> None:
    news = some_news(world, world.entities(10), seed=5, events=60, now=NOW)
    for batch in news:
        world.commit(*batch)
    for at in (NOW - 45 * DAY, NOW - 20 * DAY, NOW):
        for half_life in HALF_LIVES:
            for kind in ("all", "person"):
                kinds = None if kind == "all" else [kind]
                page = top_as_of(world.graph, at, half_life, kinds, limit=100, metric=metric)
                wanted = world.scores(half_life, at, kind, past=True, metric=metric)
                assert close({key: score for key, score, _ in page.rows}, wanted)
                assert page.total == len(page.rows) == len(wanted)
                for key, score, place in page.rows[:3]:
                    found = rank_as_of(world.graph, key, at, half_life, kinds, metric=metric)
                    assert (found.rank, found.total) == (place, page.total)
                    assert found.score == pytest.approx(score, rel=1e-9)


def test_exponential_168h_is_served_from_the_graph(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW - 10 * DAY, 1.0))
    page = trending(world.graph, boards, NOW, half_life="exponential_168h")
    assert (page.source, page.degraded) == ("graph", False)
    assert page.rows[0].trending_score == pytest.approx(decay.exponential_168h(240), rel=1e-9)


def test_rows_carry_what_the_contract_says(world: World, boards: Boards) -> None:
    keys = world.entities(3)
    world.commit(*(Mention(f"e{n}", keys[0], NOW - n * DAY, 1.0) for n in range(3)))
    world.commit(Mention("x", keys[1], NOW, 1.0, "WHERE"), Mention("x", keys[2], NOW, 1.0, "WHAT"))
    follow(world.graph, boards, NOW)
    page = trending(world.graph, boards, NOW, limit=1)
    (row,) = page.rows
    assert (row.rank, row.entity_id, row.type, row.mention_count) == (1, keys[0], "person", 3)
    assert (row.name, row.roles) == (f"name of {keys[0][:6]}", ("actor",))
    assert (page.total, page.next_offset, page.change, page.source) == (2, 1, 2, "board")
    (second,) = trending(world.graph, boards, NOW, limit=1, offset=1).rows
    assert (second.rank, second.entity_id) == (2, keys[1])
    (past,) = trending(world.graph, boards, NOW, as_of=NOW - DAY).rows
    assert (past.rank, past.mention_count) == (1, 2)
    assert past.last_seen is not None
    assert past.last_seen.timestamp() * 1000 == NOW - DAY


def test_what_cannot_be_asked_is_refused(world: World, boards: Boards) -> None:
    wrong_boards: tuple[dict[str, Any], ...] = (
        {"metric": "fame"},
        {"order": Order.AVERAGE},
        {"metric": "risk", "order": Order.MENTIONS},
    )
    for wrong in ({"kind": "planet"}, {"half_life": "2d"}, {"limit": 0}, {"limit": 201}, {"offset": -1}, *wrong_boards):
        with pytest.raises(InvalidInput):
            trending(world.graph, boards, NOW, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        rank(world.graph, boards, "f" * 64, NOW)


def test_an_entity_that_nothing_mentions_has_no_rank(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    for as_of in (None, NOW):
        found = rank(world.graph, boards, key, NOW, as_of=as_of)
        assert (found.rank, found.trending_score, found.total) == (None, 0.0, 0)


def test_risk_is_the_decayed_sum_of_risks_or_their_plain_average(world: World, boards: Boards) -> None:
    often, once, never = world.entities(3, kinds=("person",))
    world.commit(*(Mention(f"e{n}", often, NOW - n * DAY, 1.0, risk=(0.2, 0.6, 0.0)[n]) for n in range(3)))
    world.commit(Mention("f", once, NOW - DAY, 1.0, risk=0.5), Mention("g", never, NOW, 1.0, risk=0.0))
    world.commit(Mention("h", once, NOW, 1.0), Mention("later", once, NOW + DAY, 1.0, risk=1.0, boarded=False))
    follow(world.graph, boards, NOW)
    scores = world.scores("7d", NOW, metric="risk")
    by_sum = trending(world.graph, boards, NOW, metric="risk", kind="person")
    assert [(row.entity_id, row.trending_score) for row in by_sum.rows] == [
        (often, pytest.approx(scores[often])),
        (once, pytest.approx(scores[once])),
    ]
    assert never not in scores
    for as_of in (None, NOW):
        page = trending(world.graph, boards, NOW, metric="risk", order=Order.AVERAGE, as_of=as_of)
        assert [(row.rank, row.entity_id, row.average) for row in page.rows] == [
            (1, once, 0.5),
            (2, often, pytest.approx(0.8 / 3)),
        ]
    (second,) = trending(world.graph, boards, NOW, metric="risk", order=Order.AVERAGE, limit=1, offset=1).rows
    assert (second.rank, second.entity_id) == (2, often)


def test_sanctions_hold_those_with_matches_by_score_or_by_all_mentions(world: World, boards: Boards) -> None:
    sure, often, clean = world.entities(3, kinds=("person",))
    world.commit(Mention("a", sure, NOW, 1.0, sanctioned=0.9), Mention("b", often, NOW, 1.0, sanctioned=0.6))
    world.commit(*(Mention(f"c{n}", key, NOW - DAY, 1.0) for n, key in enumerate((often, often, clean))))
    follow(world.graph, boards, NOW)
    by_score = trending(world.graph, boards, NOW, metric="sanctions")
    assert [(row.entity_id, row.trending_score) for row in by_score.rows] == [
        (sure, pytest.approx(0.9)),
        (often, pytest.approx(0.6)),
    ]
    for as_of in (None, NOW):
        page = trending(world.graph, boards, NOW, metric="sanctions", order=Order.MENTIONS, as_of=as_of)
        assert [(row.rank, row.entity_id, row.mention_count) for row in page.rows] == [(1, often, 3), (2, sure, 1)]
    place = rank(world.graph, boards, often, NOW, metric="sanctions", why=True)
    assert place.why is not None
    assert (place.rank, place.why.weighed, [event.event for event in place.why.events]) == (2, 1, ["b"])


def test_a_merge_carries_risk_and_sanctions(world: World, boards: Boards) -> None:
    loser, winner = world.entities(2, kinds=("person",))
    world.commit(Mention("e", loser, NOW, 1.0, risk=0.5, sanctioned=0.7))
    follow(world.graph, boards, NOW)
    world.merge(loser, winner, NOW)
    assert_boards_after_follow(world, boards)
    assert shown(boards.of("sanctions"), "7d", NOW) == {winner: 0.7}


def test_why_names_the_events_that_contribute_most(world: World, boards: Boards) -> None:
    (key,) = world.entities(1)
    world.commit(*(Mention(f"e{n:02}", key, NOW - n * 7 * DAY, 1.0) for n in range(12)))
    world.commit(Mention("e00b", key, NOW - 7 * DAY, 1.0, "WHERE"))
    follow(world.graph, boards, NOW)
    place = rank(world.graph, boards, key, NOW, why=True)
    reasons = place.why
    assert reasons is not None
    assert [event.event for event in reasons.events[:4]] == ["e00", "e00b", "e01", "e02"]
    assert (len(reasons.events), reasons.weighed) == (10, 13)
    assert reasons.events[0].share == pytest.approx(1.0 / place.trending_score)
    assert sum(event.share for event in reasons.events) < 1


def test_why_reads_no_more_for_a_hub(world: World) -> None:
    few, many = world.entities(2)
    world.commit(*(Mention(f"a{n}", few, NOW - n, 1.0) for n in range(100)))
    world.commit(*(Mention(f"b{n}", many, NOW - n, 1.0) for n in range(2000)))
    asked = {"metric": "mentions", "at": NOW, "from": 0, "half_life": 7.0 * DAY, "window": 100, "limit": 10}
    one, other = (world.graph.profile(statement("read/board_why"), {**asked, "key": key}) for key in (few, many))
    assert other <= one * 1.2


def test_the_sweeper_reads_only_events_that_wait(world: World) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("later", key, NOW + DAY, 1.0, boarded=False))
    few = world.graph.profile(statement("read/board_due"), {"now": NOW})
    world.commit(*(Mention(f"e{n}", key, NOW - n, 1.0) for n in range(500)))
    assert world.graph.profile(statement("read/board_due"), {"now": NOW}) <= few * 1.2


def test_the_browser_recipe_shows_the_board_of_a_moment(world: World) -> None:
    keys = world.entities(3)
    world.commit(*(Mention(f"e{n}", keys[0], NOW - n * DAY, 1.0) for n in range(3)))
    world.commit(Mention("x", keys[1], NOW - DAY, 1.0, "WHERE"), Mention("later", keys[2], NOW + DAY, 1.0))
    asked = {"at": datetime.fromtimestamp(NOW / 1000, UTC).isoformat(), "limit": 10}
    rows = world.graph.read(statement("explore/trending"), asked)
    assert [(row["rank"], row["name"], row["mentions"], row["latest"]) for row in rows] == [
        (1, f"name of {keys[0][:6]}", 3, "e0"),
        (2, f"name of {keys[1][:6]}", 1, "x"),
    ]
    assert rows[0]["score"] == round(world.scores("7d", NOW, past=True)[keys[0]], 3)


@pytest.mark.parametrize("metric", METRICS)
def test_drift_is_found_told_and_mended(world: World, boards: Boards, redis_client: Any, metric: str) -> None:
    keys = world.entities(4, kinds=("person",))
    world.commit(*(Mention(f"e{n}", key, NOW, 1.0, risk=0.5, sanctioned=0.8) for n, key in enumerate(keys)))
    follow(world.graph, boards, NOW)
    assert sync_trending(world.graph, boards, NOW, days=30).total == 0
    board = next(redis_client.scan_iter(f"pentad:{{{metric}:7d}}:*:person"))
    redis_client.zrem(board, keys[0])
    redis_client.zincrby(board, float(redis_client.zscore(board, keys[1])), keys[1])
    redis_client.zadd(board, {"e" * 64: float(redis_client.zscore(board, keys[1]))})
    told = check_drift(world.graph, boards, NOW, days=30)
    assert (told.total, told.rebuilt) == (3, False)
    assert {(one.metric, one.half_life, one.board) for one in told.differences} == {(metric, "7d", "person")}
    drift = sync_trending(world.graph, boards, NOW, days=30)
    assert (drift.missing, drift.differing, drift.extra, drift.rebuilt) == (1, 1, 1, True)
    assert drift.largest == 1.0
    assert check_boards(world.graph, boards, NOW) == []
    assert_boards(world, boards, NOW)


def test_a_check_while_others_write_tells_no_difference(world: World, boards: Boards, redis_client: Any) -> None:
    batches = some_news(world, world.entities(6), seed=6, events=80, now=NOW)

    def ingest() -> None:
        own = Boards(redis_client, BoardOptions(rest=0))
        for batch in batches:
            change = world.commit(*batch)
            apply_record(world.graph, own, change, world.payloads[change], NOW)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(ingest)
        while not writing.done():
            assert check_boards(world.graph, boards, NOW) == []
        writing.result()


@contextmanager
def black_hole() -> Iterator[str]:
    """A server that accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}"


def refused() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"redis://127.0.0.1:{server.getsockname()[1]}"


def test_a_silent_redis_is_given_up_within_a_second(world: World) -> None:
    (key,) = world.entities(1)
    change = world.commit(Mention("e", key, NOW, 1.0, risk=0.5, sanctioned=0.8))
    with black_hole() as url:
        boards = Boards(connect_redis(url))
        begun = time.monotonic()
        with pytest.raises(BoardUnavailable):
            boards.top("all", "7d", NOW)
        assert time.monotonic() - begun < 1
        begun = time.monotonic()
        for _ in range(20):
            with pytest.raises(BoardUnavailable):
                apply_record(world.graph, boards, change, world.payloads[change], NOW)
        assert time.monotonic() - begun < 1
        for metric in METRICS:
            page = trending(world.graph, boards, NOW, metric=metric)
            assert (page.source, page.degraded, page.change, page.landmark) == ("graph", True, change, None)
            assert [row.entity_id for row in page.rows] == [key]
            place = rank(world.graph, boards, key, NOW, metric=metric)
            assert (place.source, place.degraded, place.rank) == ("graph", True, 1)
        listed = entities_by_score(world.graph, boards, NOW)
        assert (listed.degraded, [row.key for row in listed.rows]) == (True, [key])
        past = trending(world.graph, boards, NOW, as_of=NOW)
        assert (past.source, past.degraded) == ("graph", False)


def test_a_refused_redis_is_told_at_once(world: World) -> None:
    boards = Boards(connect_redis(refused()), BoardOptions(rest=0))
    begun = time.monotonic()
    for call in (lambda: boards.state("7d"), lambda: follow(world.graph, boards, NOW)):
        with pytest.raises(BoardUnavailable):
            call()
    assert time.monotonic() - begun < 1


def test_a_full_redis_takes_nothing_or_all(world: World, boards: Boards, redis_client: Any) -> None:
    (key,) = world.entities(1)
    change = world.commit(Mention("e", key, NOW, 1.0))
    redis_client.config_set("maxmemory", "1mb")
    try:
        with pytest.raises(BoardUnavailable):
            for _ in range(3):
                apply_record(world.graph, boards, change, world.payloads[change], NOW)
                raise AssertionError("a full server took a record")
        assert boards.state("7d").change == 0  # type: ignore[union-attr]
    finally:
        redis_client.config_set("maxmemory", "0")
    assert_boards_after_follow(world, boards)


def test_a_board_reads_as_documented(world: World, boards: Boards, redis_client: Any) -> None:
    (key,) = world.entities(1)
    world.commit(Mention("e", key, NOW - 7 * DAY, 1.0))
    follow(world.graph, boards, NOW)
    landmark = int(redis_client.get("pentad:{mentions:7d}:landmark"))
    assert boards.address() == (f"pentad:{{mentions:7d}}:{landmark}:all", landmark)
    ((member, value),) = redis_client.zrevrange(f"pentad:{{mentions:7d}}:{landmark}:all", 0, 9, withscores=True)
    member = member.decode() if isinstance(member, bytes) else member
    assert member == key
    assert value * 2 ** (-(NOW / 1000 - landmark) / (7 * 86_400)) == pytest.approx(0.5, rel=1e-9)
