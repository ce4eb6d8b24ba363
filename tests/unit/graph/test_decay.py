"""The algebra of forward decay: what makes a board that nobody ages exact at every time."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput
from graph.trending import decay

NOW = 1_763_730_000_000
H = decay.HALF_LIVES["7d"]
times = st.integers(NOW - 400 * 86_400_000, NOW)
weights = st.floats(0.01, 10.0)
mentions = st.lists(st.tuples(times, weights), min_size=1, max_size=40)
half_lives = st.sampled_from(sorted(decay.HALF_LIVES))


def raw(told: list[tuple[int, float]], landmark: int, half_life: float) -> float:
    return math.fsum(decay.raised(weight, at, landmark, half_life) for at, weight in told)


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def test_a_mention_halves_in_one_half_life() -> None:
    landmark = decay.landmark_for(NOW, H)
    held = decay.raised(1.0, NOW, landmark, H)
    assert close(decay.shown(held, NOW, landmark, H), 1.0)
    assert close(decay.shown(held, NOW + round(H * 1000), landmark, H), 0.5)


@given(mentions, half_lives, st.integers(0, 300))
def test_a_board_value_shows_its_definition_at_any_later_time(
    told: list[tuple[int, float]], name: str, days: int
) -> None:
    seconds, at = decay.HALF_LIVES[name], NOW + days * 86_400_000
    landmark = decay.landmark_for(NOW, seconds)
    wanted = math.fsum(weight * 2.0 ** (-(at - time) / 1000 / seconds) for time, weight in told)
    assert close(decay.shown(raw(told, landmark, seconds), at, landmark, seconds), wanted)


@given(mentions, mentions, st.integers(0, 2000))
def test_order_is_the_same_at_every_time(
    one: list[tuple[int, float]], other: list[tuple[int, float]], days: int
) -> None:
    landmark = decay.landmark_for(NOW, H)
    a, b = raw(one, landmark, H), raw(other, landmark, H)
    for at in (NOW, NOW + days * 86_400_000):
        shown_a, shown_b = decay.shown(a, at, landmark, H), decay.shown(b, at, landmark, H)
        assert (a < b) == (shown_a < shown_b) or close(shown_a, shown_b)


@given(mentions, st.randoms(use_true_random=False))
def test_sums_commute_so_late_mentions_land_exactly(told: list[tuple[int, float]], chance: random.Random) -> None:
    landmark = decay.landmark_for(NOW, H)
    total, shuffled = 0.0, sorted(told, key=lambda _: chance.random())
    for at, weight in shuffled:
        total += decay.raised(weight, at, landmark, H)
    assert close(total, raw(told, landmark, H))


@given(mentions, half_lives, st.integers(0, 3))
def test_a_roll_changes_no_score(told: list[tuple[int, float]], name: str, grids: int) -> None:
    seconds = decay.HALF_LIVES[name]
    old = decay.landmark_for(NOW, seconds) - grids * 250 * int(seconds)
    new = decay.landmark_for(NOW, seconds)
    before = decay.shown(raw(told, old, seconds), NOW, old, seconds)
    assert close(decay.shown(decay.raised(before, NOW, new, seconds), NOW, new, seconds), before)


@given(st.integers(0, 253_402_300_799_000), half_lives)
def test_a_fresh_landmark_needs_no_roll_and_all_processes_choose_the_same(now: int, name: str) -> None:
    seconds = decay.HALF_LIVES[name]
    landmark = decay.landmark_for(now, seconds)
    assert 0 <= decay.exponent(now, landmark, seconds) <= 250
    assert not decay.must_roll(landmark, now, seconds)
    assert decay.usable(landmark, now, seconds)
    later = now + 60_000
    assert decay.landmark_for(later, seconds) in (landmark, landmark + 250 * int(seconds))


def test_a_board_is_rolled_long_before_a_float_ends() -> None:
    landmark = decay.landmark_for(NOW, H)
    at = (landmark + int(451 * H)) * 1000
    assert decay.must_roll(landmark, at, H)
    assert decay.usable(landmark, at, H)
    assert math.isfinite(decay.raised(1e9, at + round(decay.FURTHEST * H * 1000), landmark, H))
    assert not decay.usable(landmark, (landmark + int(601 * H)) * 1000, H)


def test_contributions_older_than_a_hundred_half_lives_do_not_count() -> None:
    oldest = decay.oldest(NOW, H)
    assert decay.counts(oldest, NOW, H)
    assert not decay.counts(oldest - 1000, NOW, H)
    assert not decay.counts(NOW + round(401 * H * 1000), NOW, H)
    assert decay.recomputed([NOW, oldest - 1000], [1.0, 5.0], NOW, H) == 1.0


def test_recomputed_is_correctly_rounded() -> None:
    assert decay.recomputed([NOW] * 10, [0.1] * 10, NOW, H) == 1.0


@given(st.floats(0, 5000))
def test_exponential_168h_is_a_half_life_of_its_own(age_hours: float) -> None:
    seconds = decay.half_life_seconds(decay.EXPONENTIAL_168H)
    assert close(seconds / 3600, 168 * math.log(2))
    assert close(decay.exponential_168h(age_hours), 2.0 ** (-age_hours * 3600 / seconds))


def test_an_unknown_half_life_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="no such half-life"):
        decay.half_life_seconds("2d")


def test_two_shown_values_agree_within_a_billionth_and_the_dust_of_purges() -> None:
    assert decay.same(1.0, 1.0 + 9e-10)
    assert not decay.same(1.0, 1.0 + 3e-9)
    assert not decay.same(1.0 + 3e-9, 1.0)
    assert decay.same(1e6, 1e6 + 9e-4)
    assert decay.same(0.0, 1_000 * decay.FLOOR)
    assert not decay.same(0.0, 1_100 * decay.FLOOR)
    assert not decay.same(-1.0, 1.0)
