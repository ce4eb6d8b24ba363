"""How often one may ask: requests a minute by key and address, counted in Redis for all processes together.

A sliding window of 60 s, by the library `limits`. While Redis is away each process counts for itself, so that a lost
Redis opens no door. Told as `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers, its tenth form).
"""

import math
import time
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from api.problems import TooManyRequests
from graph.trending.client import TIMEOUT

KEY = "pentad.rate"
"""Where in the scope of a request its headers stand: pairs of bytes."""
WINDOW = 60
"""Seconds that a limit speaks of."""
PAUSE = 5.0
"""Seconds without Redis after it failed to answer."""
_PREFIX = "pentad:rate"
_log = structlog.get_logger("pentad.rates")


@dataclass(frozen=True, slots=True)
class RateOptions:
    """Requests a minute, for each key from each address; 0: as many as one likes."""

    reads: int = 0
    writes: int = 0


@dataclass(slots=True)
class Limiter:
    """Counts requests. One for each application; used by one event loop."""

    options: RateOptions
    redis_url: str | None = field(default=None, repr=False)
    _local: SlidingWindowCounterRateLimiter = field(init=False)
    _shared: SlidingWindowCounterRateLimiter | None = field(init=False)
    _pool: ConnectionPool | None = field(default=None, init=False, repr=False)
    _away_until: float = field(default=0.0, init=False)
    _refusing: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._local = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = None
        if self.redis_url is not None:
            self._pool = _pool(self.redis_url)
            self._shared = SlidingWindowCounterRateLimiter(_storage(self.redis_url, self._pool))

    async def close(self) -> None:
        """Closes what it opened."""
        if self._pool is not None:
            await self._pool.aclose()

    async def take(self, scope: Any, who: str, address: str, *, writing: bool) -> None:
        """Counts one request and leaves its headers in the scope. Raises TooManyRequests."""
        most, policy = (self.options.writes, "write") if writing else (self.options.reads, "read")
        if not most:
            return
        item = RateLimitItemPerMinute(most, namespace=policy)
        allowed, left, reset = await self._hit(item, who, network_of(address))
        scope[KEY] = [
            (b"ratelimit-policy", f'"{policy}";q={most};w={WINDOW}'.encode()),
            (b"ratelimit", f'"{policy}";r={left};t={reset}'.encode()),
        ]
        if not allowed:
            raise TooManyRequests(f"This key may {policy} {most:,} times a minute from one address.", reset)

    async def barred(self, address: str) -> None:
        """Raises TooManyRequests for an address that showed no valid key as often as one may read."""
        # Nearly always nobody was refused yet, and nothing is looked up.
        if self._refusing and not await self._local.test(self._refusals(), network_of(address)):
            raise TooManyRequests("This address has shown too many keys that are not valid.", WINDOW)

    async def refused(self, address: str) -> None:
        """Counts a request that came without a valid key, in this process alone."""
        if self.options.reads:
            self._refusing = True
            await self._local.hit(self._refusals(), network_of(address))

    def _refusals(self) -> RateLimitItemPerMinute:
        return RateLimitItemPerMinute(self.options.reads, namespace="refused")

    async def _hit(self, item: RateLimitItemPerMinute, *whose: str) -> tuple[bool, int, int]:
        """Whether it may be, how many are left, and seconds until there is one more."""
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return await _counted(self._shared, item, *whose)
            except (RedisError, OSError, TimeoutError) as error:
                self._away_until = time.monotonic() + PAUSE
                _log.warning("requests are counted by this process alone", because=type(error).__name__)
        return await _counted(self._local, item, *whose)


async def _counted(
    by: SlidingWindowCounterRateLimiter, item: RateLimitItemPerMinute, *whose: str
) -> tuple[bool, int, int]:
    allowed = await by.hit(item, *whose)
    stats = await by.get_window_stats(item, *whose)
    return allowed, int(stats.remaining), max(1, math.ceil(stats.reset_time - time.time()))


def network_of(address: str) -> str:
    """What is counted as one address: of IPv6 the /64 that one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(mapped) if mapped.version == 4 else str(ip_network((mapped, 64), strict=False).network_address)


def _pool(url: str) -> ConnectionPool:
    """Connections that give up early: a late count is worth less than an answer."""
    options: dict[str, Any] = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT, "client_name": "pentad"}
    return ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **options)


def _storage(url: str, pool: ConnectionPool) -> RedisStorage:
    uri = f"async+redis+{url}" if url.startswith("unix:") else f"async+{url}"
    options: dict[str, Any] = {"connection_pool": pool}
    return RedisStorage(uri, implementation="redispy", key_prefix=_PREFIX, **options)
