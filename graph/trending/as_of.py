"""Boards of a past time, computed from the graph; they serve the present too while Redis is away.

Entities are taken as they are held together now; mentions count by the time of their event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.database import Database
from graph.entity import BOARD_KINDS, UNSPECIFIED
from graph.queries import statement
from graph.trending import decay
from graph.trending.names import MENTIONS

TIMEOUT = 30.0
"""Seconds that one board may take; a scan of a million mentions is meant to stay within 5."""


@dataclass(frozen=True, slots=True)
class PastPage:
    """Rows (key, score, rank from 1), best first; ties in descending order of key, as on the boards."""

    total: int
    rows: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class PastStanding:
    """Place of one entity, from 1; None when nothing of it counted at that time."""

    total: int
    rank: int | None
    score: float


def top_as_of(
    database: Database,
    at: int,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    kinds: Sequence[str] | None = None,
    limit: int = 50,
    offset: int = 0,
    *,
    metric: str = MENTIONS,
) -> PastPage:
    """The board of a metric at `at` (epoch ms), for a half-life or EXPONENTIAL_168H; `kinds` None for all.

    Reads every WHO and WHERE mention that counts. Raises BudgetExceeded, DatabaseUnavailable, InvalidInput.
    """
    page = {**_asked(metric, at, half_life, kinds), "limit": limit, "offset": offset}
    row = database.one(statement("read/board_as_of"), page, timeout=TIMEOUT)
    if row is None:
        return PastPage(0, ())
    ranks = range(offset + 1, offset + 1 + len(row["keys"]))
    return PastPage(int(row["total"]), tuple(zip(row["keys"], row["scores"], ranks, strict=True)))


def rank_as_of(
    database: Database,
    key: str,
    at: int,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    kinds: Sequence[str] | None = None,
    *,
    metric: str = MENTIONS,
) -> PastStanding:
    """Place and score of one entity key at `at` (epoch ms); the same cost and errors as `top_as_of`."""
    asked = {**_asked(metric, at, half_life, kinds), "key": key}
    row = database.one(statement("read/board_rank_as_of"), asked, timeout=TIMEOUT)
    if row is None or not row["score"]:
        return PastStanding(int(row["total"]) if row else 0, None, 0.0)
    return PastStanding(int(row["total"]), int(row["above"]) + 1, float(row["score"]))


def boards_between(
    database: Database,
    before: int,
    after: int,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    kinds: Sequence[str] | None = None,
    *,
    metric: str = MENTIONS,
) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """The whole boards at two times (epoch ms), each (key, score), best first, ties in descending order of key; in one
    scan. The same errors as `top_as_of`."""
    asked = dict(_asked(metric, after, half_life, kinds))
    asked |= {"old": asked.pop("from"), "oldest": _asked(metric, before, half_life, kinds)["from"]}
    asked |= {"before": before, "after": asked.pop("at")}
    row = database.one(statement("read/board_between"), asked, timeout=TIMEOUT)
    if row is None:
        return [], []
    first, last = (
        sorted(((score, key) for key, score in zip(row["keys"], row[side], strict=True) if score), reverse=True)
        for side in ("before", "after")
    )
    return [(key, score) for score, key in first], [(key, score) for score, key in last]


def averages_as_of(
    database: Database, keys: Sequence[str], at: int, half_life: str = decay.DEFAULT_HALF_LIFE
) -> dict[str, float]:
    """Plain average risk by key, over the mentions that tell one and count at `at` (epoch ms); the same errors."""
    asked = {"keys": list(keys), "at": at, "from": decay.oldest(at, decay.half_life_seconds(half_life))}
    row = database.one(statement("read/board_averages"), asked, timeout=TIMEOUT)
    return dict(zip(row["keys"], row["averages"], strict=True)) if row else {}


def _asked(metric: str, at: int, half_life: str, kinds: Sequence[str] | None) -> Mapping[str, Any]:
    seconds = decay.half_life_seconds(half_life)
    return {
        "metric": metric,
        "at": at,
        "from": decay.oldest(at, seconds),
        "half_life": seconds * 1000,
        "floor": decay.FLOOR,
        "kinds": None if kinds is None else list(kinds),
        # What is WHAT, WHEN or WHY by nature but acts in a WHO or WHERE edge stands on the board 'unspecified'.
        "rest": kinds is not None and UNSPECIFIED in kinds,
        "known": list(BOARD_KINDS),
    }
