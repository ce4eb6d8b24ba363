"""Boards beside PING, the least that Redis can be asked; and what a member costs."""

from collections.abc import Callable

from api.wiring import Clients
from bench.figures import Figure, paired
from graph.moment import epoch_ms
from graph.trending import ALL, DEFAULT_HALF_LIFE, connect_redis

TIMES = 300


def measure(clients: Clients, redis_url: str) -> list[Figure]:
    """Rows of the table."""
    boards, now = clients.boards, epoch_ms(clients.clock())
    redis = connect_redis(redis_url)

    def ping() -> None:
        redis.execute_command("PING")  # pyright: ignore[reportUnknownMemberType] (the library's signature)

    try:
        address = boards.address()
        page = boards.top(ALL, DEFAULT_HALF_LIFE, now, limit=1)
        if address is None or page is None or not page.rows:
            return []
        key, first = address[0], page.rows[0][0]
        asked: dict[str, Callable[[], object]] = {
            "top 50 of the board": lambda: boards.top(ALL, DEFAULT_HALF_LIFE, now),
            "place on the board": lambda: boards.rank(first, DEFAULT_HALF_LIFE, now),
        }
        figures = [Figure(f"{name} / PING", *paired(ask, ping, TIMES), "ms p50") for name, ask in asked.items()]
        members = int(redis.zcard(key))
        taken = int(redis.memory_usage(key, samples=0) or 0)
    finally:
        redis.close()
    return [*figures, Figure(f"memory a member, board of {members:,}", taken / max(members, 1), None, "B")]
