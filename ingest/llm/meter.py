"""What models cost: tokens by day, for all processes together, and a budget that is never passed.

Before a question goes out, what it may cost at most is held; when it was answered, what it did cost takes the place.
A question whose answer never came counts as asked: it may have been paid for. Kept in Redis (docs/decisions/0024), a
hash a day, `pentad:llm:2026-11-30`, for 40 days; while Redis is away nothing is asked. A meter `of` one
spender, such as an API key, keeps a hash of its own beside that of all.
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
_COUNTS = ("calls", "failed", "refused", "tokens_in", "tokens_out", "held", "held_out")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a day came to. `calls` were answered, `failed` were not, `refused` did not go out for want of budget;
    tokens of questions that failed are in `tokens_in`. `held` tokens are of questions that are out now, or were when
    their process was killed, `held_out` those of them for answers; `cost` in the currency of the prices."""

    day: str
    calls: int = 0
    failed: int = 0
    refused: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    held: int = 0
    held_out: int = 0
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
    """Counts, and says no. `budget` in tokens a day (UTC), prices a million tokens, `cost` in their currency a day at
    most where it is set; `of` tells whose day it is, if not that of all. Thread-safe."""

    def __init__(
        self,
        redis: "Redis",
        clock: Callable[[], datetime],
        *,
        budget: int,
        price_in: float = 0.0,
        price_out: float = 0.0,
        cost: float = 0.0,
        of: str = "",
    ) -> None:
        self._redis = redis
        self._clock = clock
        self._budget = budget
        self._prices = (price_in, price_out)
        self._most = cost
        self._of = of

    def hold(self, prompt: int, output: int) -> Held:
        """Sets tokens aside. Raises BudgetExceeded where they are more, or may cost more, than is left,
        BoardUnavailable."""
        held = Held(self._key(self._day()), prompt, output)
        with plain_errors():
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", prompt + output)
                pipe.hincrby(held.key, "held_out", output)
                pipe.expire(held.key, _KEPT)
                pipe.hmget(held.key, list(_COUNTS))
                told = _counted(pipe.execute()[3])
            spent = told["tokens_in"] + told["tokens_out"] + told["held"]
            cost = self._cost(
                told["tokens_in"] + told["held"] - told["held_out"], told["tokens_out"] + told["held_out"]
            )
            if spent <= self._budget and (not self._most or cost <= self._most):
                return held
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", -(prompt + output))
                pipe.hincrby(held.key, "held_out", -output)
                pipe.hincrby(held.key, "refused", 1)
                pipe.execute()
        raise BudgetExceeded(self._refusal(spent, cost, prompt, output))

    def _refusal(self, spent: int, cost: float, prompt: int, output: int) -> str:
        whose = "this key's budget" if self._of else "the budget"
        if spent > self._budget:
            left = max(0, self._budget - (spent - prompt - output))
            return f"{whose} of {self._budget:,} tokens a day: {left:,} are left, this may take {prompt + output:,}"
        this = self._cost(prompt, output)
        left_of = max(0.0, self._most - (cost - this))
        return f"{whose} of {self._most:g} a day in money: {left_of:.4g} is left, this may cost {this:.4g}"

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self._prices[0] + tokens_out * self._prices[1]) / 1_000_000

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
            counts = _counted(cast(list[Any], self._redis.hmget(self._key(day), list(_COUNTS))))
        cost = self._cost(counts["tokens_in"], counts["tokens_out"])
        return Usage(day, **counts, budget=self._budget, cost=round(cost, 6))

    def _settle(self, held: Held, counts: dict[str, int]) -> None:
        try:
            with plain_errors(), self._redis.pipeline(transaction=True) as pipe:
                pipe.hincrby(held.key, "held", -(held.prompt + held.output))
                pipe.hincrby(held.key, "held_out", -held.output)
                for name, count in counts.items():
                    pipe.hincrby(held.key, name, count)
                pipe.execute()
        except BoardUnavailable as error:
            # What was held stays so: the day's budget is rather spent too early than passed.
            _log.warning("tokens could not be counted", cause=str(error), **counts)

    def _day(self) -> str:
        return self._clock().date().isoformat()

    def _key(self, day: str) -> str:
        return f"pentad:llm:{self._of}:{day}" if self._of else f"pentad:llm:{day}"


def _counted(told: list[Any]) -> dict[str, int]:
    return dict(zip(_COUNTS, (int(one or 0) for one in told), strict=True))
