"""The Redis door: a client that gives up early, because what Redis holds can always be computed from the graph."""

from collections.abc import Generator
from contextlib import contextmanager

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from graph.errors import BoardUnavailable

TIMEOUT = 0.25


def connect_redis(url: str, timeout: float = TIMEOUT) -> "Redis":
    """A client for `redis://`, `rediss://` or `unix://`; connects at first use. `timeout` in seconds, for each call.

    The defaults of redis-py wait 3.6 s on a refused connection and over 20 s on a silent one. Here a connection that
    the server closed meanwhile is opened again once; a call that ran out of time is never repeated.
    Raises BoardUnavailable for a URL that cannot be used.
    """
    try:
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


@contextmanager
def plain_errors() -> Generator[None]:
    """Turns whatever Redis raises (refused, silent, read-only, full) into BoardUnavailable."""
    try:
        yield
    except RedisError as error:
        detail = str(error).split("\n", 1)[0][:200]
        raise BoardUnavailable(f"the boards cannot be reached ({type(error).__name__}: {detail})") from error
