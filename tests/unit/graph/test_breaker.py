"""While the server is known to be away, nobody waits for it but one."""

import pytest

from graph.breaker import Breaker
from graph.errors import DatabaseUnavailable


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def breaker(hand: Hand) -> Breaker:
    return Breaker(rest=1.0, patience=5.0, clock=hand)


def passes(breaker: Breaker) -> bool:
    try:
        with breaker.calling(2.0):
            return True
    except DatabaseUnavailable:
        return False


def test_passes_while_nothing_failed(breaker: Breaker) -> None:
    assert passes(breaker) and passes(breaker)


def test_fails_at_once_after_a_failure_and_says_what_failed(breaker: Breaker) -> None:
    breaker.failed("connection refused")
    with pytest.raises(DatabaseUnavailable, match="connection refused"), breaker.calling(2.0):
        pass


def test_one_call_tries_after_the_rest_and_the_others_do_not_wait_for_it(breaker: Breaker, hand: Hand) -> None:
    breaker.failed("connection refused")
    hand.now += 1.1
    assert [passes(breaker) for _ in range(3)] == [True, False, False]
    hand.now += 5.1
    assert [passes(breaker) for _ in range(2)] == [True, False]


def test_a_call_that_gets_through_closes_it(breaker: Breaker, hand: Hand) -> None:
    breaker.failed("connection refused")
    hand.now += 1.1
    with breaker.calling(2.0):
        breaker.reached()
    assert passes(breaker) and passes(breaker)


def test_an_answer_long_overdue_opens_it(breaker: Breaker, hand: Hand) -> None:
    with breaker.calling(2.0):
        hand.now += 6.9
        assert passes(breaker)
        hand.now += 0.2
        assert [passes(breaker) for _ in range(2)] == [True, False]
