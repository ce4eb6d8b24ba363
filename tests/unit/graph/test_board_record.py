"""What outbox records come to on a board group, and how its keys are called."""

import json
import math

from hypothesis import given
from hypothesis import strategies as st
from redis.cluster import key_slot

from graph.trending import decay
from graph.trending.names import BOARDS, Group, board_kind
from graph.trending.record import Record, fold, record

NOW = 1_763_730_000_000
H = decay.HALF_LIVES["7d"]
L = decay.landmark_for(NOW, H)
contribution = st.tuples(st.integers(NOW - 86_400_000 * 90, NOW), st.floats(0.1, 2.0))
added = st.dictionaries(st.sampled_from("abc"), st.lists(contribution, min_size=1, max_size=3), max_size=3)
put = st.dictionaries(st.sampled_from("abc"), st.floats(0, 20.0), max_size=2)


def told(change: int, add: dict[str, list[tuple[int, float]]], sets: dict[str, float]) -> Record:
    values = {key: {"kind": "person", "at": NOW, "values": {"7d": value}} for key, value in sets.items()}
    return record(change, json.dumps({"add": {"person": add} if add else {}, "set": values}))


def played(records: list[Record], start: dict[str, float]) -> dict[str, float]:
    """The board of persons after the records, one by one."""
    board = dict(start)
    for one in records:
        delta = fold([one.of("mentions")], "7d", L, NOW)
        for key, (_, value) in delta.sets.items():
            board[key] = value
        for key, increment in delta.adds.get("person", {}).items():
            board[key] = board.get(key, 0.0) + increment
    return {key: value for key, value in board.items() if value}


@given(st.lists(st.tuples(added, put), min_size=1, max_size=6))
def test_records_folded_together_come_to_the_same_as_one_by_one(
    batches: list[tuple[dict[str, list[tuple[int, float]]], dict[str, float]]],
) -> None:
    records = [told(n, add, sets) for n, (add, sets) in enumerate(batches, start=1)]
    start = {"a": decay.raised(3.0, NOW, L, H)}
    delta = fold([one.of("mentions") for one in records], "7d", L, NOW)
    board = {**start, **{key: value for key, (_, value) in delta.sets.items()}}
    for key, increment in delta.adds.get("person", {}).items():
        board[key] = board.get(key, 0.0) + increment
    board = {key: value for key, value in board.items() if value}
    wanted = played(records, start)
    assert board.keys() == wanted.keys()
    assert all(math.isclose(board[key], wanted[key], rel_tol=1e-12) for key in wanted)


def test_an_empty_record_moves_nothing() -> None:
    empty = record(4, "{}")
    assert empty.named == set()
    assert len(fold([empty.of("mentions")], "7d", L, NOW)) == 0


def test_a_record_names_all_it_may_have_changed() -> None:
    payload = {"add": {"person": {"a": [[NOW, 1.0]]}}, "set": {"b": {"kind": "city", "at": NOW, "values": {}}}}
    assert record(1, json.dumps({**payload, "moved": ["c"]})).named == {"a", "b", "c"}


def test_what_is_too_old_when_applied_is_left_out() -> None:
    old = decay.oldest(NOW, H) - 1000
    assert len(fold([told(1, {"a": [(old, 1.0)]}, {}).of("mentions")], "7d", L, NOW)) == 0


def test_a_kind_without_a_board_goes_to_unspecified() -> None:
    assert board_kind("political") == board_kind(None) == "unspecified"
    told_of = record(1, json.dumps({"add": {"political": {"a": [[NOW, 1.0]]}}})).of("mentions")
    delta = fold([told_of], "7d", L, NOW)
    assert list(delta.adds) == ["unspecified"]


def test_one_script_touches_one_slot_of_a_cluster() -> None:
    for half_life in decay.HALF_LIVES:
        group = Group("mentions", half_life)
        keys = [group.landmark, group.sequence(L), *group.boards(L), group.shadow("t", "puts")]
        assert len({key_slot(key.encode()) for key in keys}) == 1


def test_the_documented_key_is_the_key() -> None:
    assert Group("mentions", "7d").board(1_700_000_000, "all") == "pentad:{mentions:7d}:1700000000:all"
    assert BOARDS[0] == "all"
