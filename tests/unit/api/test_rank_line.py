"""Ranks by day as a line."""

from datetime import date

from api.explorer.sparkline import HEIGHT, WIDTH, sparkline


def test_the_best_rank_stands_highest_and_days_at_their_distance() -> None:
    line = sparkline([(date(2025, 1, 1), 9), (date(2025, 1, 2), 1), (date(2025, 1, 5), 5)])
    assert line is not None
    (x0, y0), (x1, y1), (x2, y2) = line.points
    assert y1 < y2 < y0
    assert round((x2 - x1) / (x1 - x0)) == 3
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line.points)
    assert (line.best, line.worst) == (1, 9)
    assert line.path.count(",") == 3


def test_ranks_that_do_not_move_are_level_and_one_day_is_no_line() -> None:
    line = sparkline([(date(2025, 1, 1), 4), (date(2025, 1, 2), 4)])
    assert line is not None and line.points[0][1] == line.points[1][1]
    assert sparkline([(date(2025, 1, 1), 4)]) is None
    assert sparkline([]) is None
