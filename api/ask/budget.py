"""What each key may spend on composed answers in a day (UTC), in tokens and in money, beside the budget of the whole
service: a meter each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from redis import Redis

from ingest.llm import Meter


@dataclass(frozen=True, slots=True)
class KeyBudget:
    """The meters by key. `tokens` a day; `cost` a day in the currency of the prices, 0 for no bound."""

    redis: Redis
    clock: Callable[[], datetime]
    tokens: int
    cost: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0

    def of(self, who: str) -> Meter:
        """The meter of one key."""
        return Meter(
            self.redis,
            self.clock,
            budget=self.tokens,
            price_in=self.price_in,
            price_out=self.price_out,
            cost=self.cost,
            of=f"ask:{who}",
        )
