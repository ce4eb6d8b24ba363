"""What cannot be asked of the past is refused before anything is read."""

from datetime import timedelta
from typing import Any

import pytest

from graph.errors import InvalidInput
from resolution.past.differing import Between, Clock
from resolution.past.weighing import How
from tests.factory import NOW


@pytest.mark.parametrize(
    "asked",
    [
        {"formula": "fame"},
        {"within": "norway", "weigh": "origins"},
        {"within": "norway", "formula": "reddit_hot"},
        {"weigh": "origins", "formula": "reddit_hot"},
    ],
)
def test_a_board_is_weighed_in_one_way(asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        How(**asked)


@pytest.mark.parametrize("asked", [{}, {"within": "norway"}, {"weigh": "origins"}, {"formula": "reddit_hot"}])
def test_each_way_by_itself_can_be_asked(asked: dict[str, Any]) -> None:
    assert How(**asked) == How(**asked)


def test_two_times_are_compared_in_order_and_by_one_clock_at_least() -> None:
    later = NOW + timedelta(days=1)
    for before, after in ((later, NOW), (NOW, NOW)):
        with pytest.raises(InvalidInput, match="later than the first"):
            Between(before, after)
    with pytest.raises(InvalidInput, match="one clock at least"):
        Between(NOW, later, ())
    known = Between(NOW, later, (Clock.KNOWN_AT,)).at(NOW)
    assert (known.known_at, known.as_of) == (NOW, None)
