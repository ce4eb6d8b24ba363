"""The Redis door: a client that gives up early, because what Redis holds can always be computed from the graph."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from redis import Redis, RedisCluster
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from graph.errors import BoardUnavailable

TIMEOUT = 0.25
CLUSTER = "redis+cluster://"
"""Scheme of one node of a Redis Cluster, which tells of the others."""


def connect_redis(url: str, timeout: float = TIMEOUT) -> "Redis":
    """A client for `redis://`, `rediss://` or `unix://`; connects at first use. `timeout` in seconds, for each call.
    One for `redis+cluster://` asks that node at once for the others, and speaks to each about its own slots.

    The defaults of redis-py wait 3.6 s on a refused connection and over 20 s on a silent one. Here a connection that
    the server closed meanwhile is opened again once; a call that ran out of time is never repeated.
    Raises BoardUnavailable for a URL that cannot be used.
    """
    try:
        if url.startswith(CLUSTER):
            return _cluster(url.replace(CLUSTER, "redis://", 1), timeout)
        return Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            socket_keepalive=True,
            retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
            client_name="pentad",
        )
    except ValueError as error:
        raise BoardUnavailable(f"the Redis address cannot be used: {error}") from error
    except RedisError as error:
        raise BoardUnavailable(f"the Redis Cluster cannot be reached ({type(error).__name__})") from error


def _cluster(url: str, timeout: float) -> "Redis":
    # It takes the same commands; what differs is looked at in `graph.trending.line`.
    found: Any = RedisCluster.from_url(
        url, decode_responses=True, socket_timeout=timeout, socket_connect_timeout=timeout, client_name="pentad"
    )
    return found


@contextmanager
def plain_errors() -> Generator[None]:
    """Turns whatever Redis raises (refused, silent, read-only, full) into BoardUnavailable."""
    try:
        yield
    except RedisError as error:
        detail = str(error).split("\n", 1)[0][:200]
        raise BoardUnavailable(f"the boards cannot be reached ({type(error).__name__}: {detail})") from error
