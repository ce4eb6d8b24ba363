"""Where any Redis client finds the leaderboards: keys, landmark and formula, as `pentad status` prints them."""

from pydantic import BaseModel, ConfigDict

from graph.embedded import EmbeddedOptions, NotRunning
from graph.embedded import connect as connect_servers
from graph.errors import BoardUnavailable
from graph.trending import DEFAULT_HALF_LIFE, HALF_LIVES, METRICS, Boards, connect_redis


class BoardKey(BaseModel):
    """One board: a sorted set, member = entity key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    key: str
    landmark: int


class Leaderboard(BaseModel):
    """The boards of all kinds at the default half-life; `key`, `landmark` and `formula` are those of the mentions,
    `boards` tells key and landmark of each metric, for the same formula."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    landmark: int
    half_life_seconds: float
    formula: str
    boards: tuple[BoardKey, ...]


def leaderboard(options: EmbeddedOptions) -> Leaderboard | None:
    """The boards that hold now; None while Redis is away or nothing was loaded yet."""
    try:
        client = connect_redis(connect_servers(options).redis_url)
    except NotRunning:
        return None
    try:
        family = Boards(client)
        found = {metric: address for metric in METRICS if (address := family.of(metric).address())}
    except BoardUnavailable:
        return None
    finally:
        client.close()
    if METRICS[0] not in found:
        return None
    key, landmark = found[METRICS[0]]
    seconds = HALF_LIVES[DEFAULT_HALF_LIFE]
    formula = f"shown score at T (epoch seconds) = stored score * 2 ** -((T - {landmark}) / {seconds:.0f})"
    return Leaderboard(
        key=key,
        landmark=landmark,
        half_life_seconds=seconds,
        formula=formula,
        boards=tuple(BoardKey(metric=metric, key=own, landmark=at) for metric, (own, at) in found.items()),
    )
