"""Tokens that each key may spend on composed answers in a day (UTC), beside the budget of the whole service.

Kept in Redis beside the service's own count, `pentad:llm:ask:2026-11-30`, a field a key, for two days. What an answer
may cost at most is taken before it is asked and the rest given back, so that many questions at once cannot pass it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from graph.errors import BudgetExceeded
from graph.trending.client import plain_errors

_KEPT = timedelta(days=2)


class KeyBudget:
    """Counts by key, and says no. Thread-safe."""

    def __init__(self, redis: Redis, clock: Callable[[], datetime], tokens: int) -> None:
        self._redis = redis
        self._clock = clock
        self._tokens = tokens

    def take(self, who: str, tokens: int) -> None:
        """Sets tokens aside. Raises BudgetExceeded where they are more than is left, BoardUnavailable."""
        key = self._key()
        with plain_errors():
            spent = self._redis.hincrby(key, who, tokens)
            self._redis.expire(key, _KEPT)
            if spent > self._tokens:
                self._redis.hincrby(key, who, -tokens)
        if spent > self._tokens:
            raise BudgetExceeded(f"this key's budget of {self._tokens:,} tokens a day is spent")

    def give_back(self, who: str, tokens: int) -> None:
        """What was set aside and not used."""
        with plain_errors():
            self._redis.hincrby(self._key(), who, -tokens)

    def spent(self, who: str) -> int:
        """Tokens of today. Raises BoardUnavailable."""
        with plain_errors():
            return int(cast("bytes | None", self._redis.hget(self._key(), who)) or 0)

    def _key(self) -> str:
        return f"pentad:llm:ask:{self._clock().date().isoformat()}"
