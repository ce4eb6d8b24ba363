"""Forward decay: a sum over mentions that keeps its order for ever, so that no board is ever swept to age it.

Promised is S(e,T) = Σ w_i · 2^(-(T - t_i)/H), H a true half-life. Kept is R(e) = Σ w_i · 2^((t_i - L)/H) with a
landmark L; S(e,T) = R(e) · 2^(-(T - L)/H). The factor is one for all members of a board, so the order of R is the
order of S at every T, and sums commute: a late mention lands exactly.
Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward decay: a practical time decay model for streaming systems",
ICDE 2009 (exponential decay is the one form that is forward and backward at once).

Times are epoch milliseconds, landmarks epoch seconds, half-lives seconds.
"""

import math
from collections.abc import Iterable
from types import MappingProxyType

from graph.errors import InvalidInput

DAY = 86_400.0
HALF_LIVES = MappingProxyType({"1d": DAY, "7d": 7 * DAY, "30d": 30 * DAY})
DEFAULT_HALF_LIFE = "7d"
EXPONENTIAL_168H = "exponential_168h"
_FORMULAS = MappingProxyType({**HALF_LIVES, EXPONENTIAL_168H: 168 * 3600 * math.log(2)})

OLDEST = 100.0
"""A contribution older than this many half-lives when it is applied is not applied (it weighs < 2^-100)."""
FURTHEST = 400.0
"""Nor is one this many half-lives ahead: only a broken clock brings it, and it could not be represented."""
FLOOR = 2.0**-50
"""Members that show less than this part of one fresh mention are purged."""

# A float reaches 2^1023. A landmark lies on a grid of 250 half-lives, so every process picks the same one without
# asking. The present stands at an exponent of 0 to 250 after a roll, and the board is rolled at 450, which leaves
# room for what lies FURTHEST ahead. Below -50 only a clock that jumped back can come. Written on is a board up to 600.
_GRID = 250.0
_HIGHEST = 450.0
_USABLE = 600.0

_DUST = 1024 * FLOOR
_LOWEST = -50.0


def half_life_seconds(name: str) -> float:
    """Seconds of a half-life by name: one of HALF_LIVES, or the named formula EXPONENTIAL_168H (graph only).

    exp(-age_h/168) is 2^(-age/H) with H = 168 h · ln 2 = 116.4 h, so one formula serves both.
    Raises InvalidInput for another name.
    """
    try:
        return _FORMULAS[name]
    except KeyError:
        raise InvalidInput(f"no such half-life: {name!r}; choose one of {', '.join(_FORMULAS)}", "half_life") from None


def exponential_168h(age_hours: float) -> float:
    """Weight of a mention by age, as the earlier system had it: exp(-age/168); its half-life is 116.4 h."""
    return math.exp(-age_hours / 168)


def exponent(at: int, landmark: int, half_life: float) -> float:
    """Half-lives from the landmark to `at`; negative before it."""
    return (at / 1000 - landmark) / half_life


def raised(shown_value: float, at: int, landmark: int, half_life: float) -> float:
    """What a board holds for a value that shows as `shown_value` at `at`; one mention of weight w at t is (w, t)."""
    return shown_value * math.exp2(exponent(at, landmark, half_life))


def shown(raw: float, at: int, landmark: int, half_life: float) -> float:
    """The score at `at` of a member whose board value is `raw`."""
    return raw * math.exp2(-exponent(at, landmark, half_life))


def counts(at: int, now: int, half_life: float) -> bool:
    """Whether a contribution dated `at` is applied at `now`. Rebuild and apply share this cut."""
    return -FURTHEST <= (now - at) / 1000 / half_life <= OLDEST


def oldest(now: int, half_life: float) -> int:
    """Epoch milliseconds before which no contribution counts at `now`; never before year 1 (-62135596800000)."""
    return max(-62_135_596_800_000, math.ceil(now - OLDEST * half_life * 1000))


def recomputed(times: Iterable[int], weights: Iterable[float], at: int, half_life: float) -> float:
    """S(e, at) from the mentions themselves, correctly rounded (`math.fsum`); mentions beyond the cuts left out."""
    return math.fsum(
        weight * math.exp2((time - at) / 1000 / half_life)
        for time, weight in zip(times, weights, strict=True)
        if counts(time, at, half_life)
    )


def landmark_for(now: int, half_life: float) -> int:
    """The landmark of a board built at `now`, epoch seconds: the last point of the grid."""
    step = int(_GRID * half_life)
    return now // 1000 // step * step


def must_roll(landmark: int, now: int, half_life: float) -> bool:
    """Whether the board must move to a new landmark before anything more is applied."""
    return not _LOWEST <= exponent(now, landmark, half_life) <= _HIGHEST


def usable(landmark: int, now: int, half_life: float) -> bool:
    """Whether values can still be written on this landmark, so that a board follows while its roll is under way."""
    return abs(exponent(now, landmark, half_life)) <= _USABLE


def same(one: float, other: float) -> bool:
    """Whether two shown values agree: 1e-9 relative, beyond what a thousand purges on either side may have dropped."""
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other)) + _DUST
