"""What models cost: tokens by day, for all processes together, and a budget that is never passed.

Before a question goes out, what it may cost at most is held; when it was answered, what it did cost takes the place.
A question whose answer never came counts as asked: it may have been paid for. Kept in Redis (docs/decisions/0024), a
hash a day, `pentad:llm:2026-11-30`, for 40 days; while Redis is away nothing is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import structlog

from graph.errors import BoardUnavailable, BudgetExceeded
from graph.trending.client import plain_errors

if TYPE_CHECKING:
    from redis import Redis

_log = structlog.get_logger(__name__)
_KEPT = timedelta(days=40)
_COUNTS = ("calls", "failed", "refused", "tokens_in", "tokens_out", "held")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a day came to. `calls` were answered, `failed` were not, `refused` did not go out for want of budget;
    tokens of questions that failed are in `tokens_in`. `held` tokens are of questions that are out now, or were when
    their process was killed; `cost` in the currency of the prices."""

    day: str
    calls: int = 0
    failed: int = 0
    refused: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    held: int = 0
    budget: int = 0
    cost: float = 0.0

    @property
    def left(self) -> int:
        """Tokens that may still be spent today."""
        return max(0, self.budget - self.tokens_in - self.tokens_out - self.held)


@dataclass(frozen=True, slots=True)
class Held:
    """Tokens set aside on a day: those of the question, and of the longest answer."""

    key: str
    prompt: int
    output: int


class Meter:
    """Counts, and says no. `budget` in tokens a day (UTC), prices a million tokens. Thread-safe."""

    def __init__(
        self,
        redis: "Redis",
        clock: Callable[[], datetime],
        *,
        budget: int,
        price_in: float = 0.0,
        price_out: float = 0.0,
    ) -> None:
        self._redis = redis
        self._clock = clock
        self._budget = budget
        self._prices = (price_in, price_out)

    def hold(self, prompt: int, output: int) -> Held:
        """Sets tokens aside. Raises BudgetExceeded where they are more than is left, BoardUnavailable."""
        day = self._day()
        held = Held(_key(day), prompt, output)
        with plain_errors():
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", prompt + output)
                pipe.expire(held.key, _KEPT)
                pipe.hmget(held.key, ["tokens_in", "tokens_out", "held"])
                told = pipe.execute()
            spent = sum(int(one or 0) for one in told[2])
            if spent <= self._budget:
                return held
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", -(prompt + output))
                pipe.hincrby(held.key, "refused", 1)
                pipe.execute()
        left = max(0, self._budget - (spent - prompt - output))
        raise BudgetExceeded(
            f"the budget of {self._budget:,} tokens a day: {left:,} are left, this may take {prompt + output:,}"
        )

    def answered(self, held: Held, tokens_in: int, tokens_out: int) -> None:
        """What was held becomes what was used."""
        self._settle(held, {"calls": 1, "tokens_in": tokens_in, "tokens_out": tokens_out})

    def failed(self, held: Held, *, sent: bool = True) -> None:
        """No answer came; a question that was sent counts."""
        self._settle(held, {"failed": 1, "tokens_in": held.prompt if sent else 0})

    def today(self) -> Usage:
        """What today came to. Raises BoardUnavailable."""
        day = self._day()
        with plain_errors():
            told = cast(list[Any], self._redis.hmget(_key(day), list(_COUNTS)))
        counts = dict(zip(_COUNTS, (int(one or 0) for one in told), strict=True))
        cost = (counts["tokens_in"] * self._prices[0] + counts["tokens_out"] * self._prices[1]) / 1_000_000
        return Usage(day, **counts, budget=self._budget, cost=round(cost, 6))

    def _settle(self, held: Held, counts: dict[str, int]) -> None:
        try:
            with plain_errors(), self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", -(held.prompt + held.output))
                for name, count in counts.items():
                    pipe.hincrby(held.key, name, count)
                pipe.execute()
        except BoardUnavailable as error:
            # What was held stays so: the day's budget is rather spent too early than passed.
            _log.warning("tokens could not be counted", cause=str(error), **counts)

    def _day(self) -> str:
        return self._clock().date().isoformat()


def _key(day: str) -> str:
    return f"pentad:llm:{day}"
