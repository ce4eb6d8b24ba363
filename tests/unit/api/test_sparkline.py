"""Ranks as bars."""

from api.commands.boards import sparkline


def test_the_best_rank_stands_highest_and_the_worst_lowest() -> None:
    assert sparkline([1, 8, 4]) == "█▁▅"


def test_ranks_that_do_not_move_are_level_and_none_are_nothing() -> None:
    assert sparkline([3, 3, 3]) == "███"
    assert sparkline([]) == ""
