"""Where any Redis client finds the leaderboard: key, landmark and formula, as `pentad status` prints them."""

from pydantic import BaseModel, ConfigDict

from graph.embedded import EmbeddedOptions, NotRunning
from graph.embedded import connect as connect_servers
from graph.errors import BoardUnavailable
from graph.trending import DEFAULT_HALF_LIFE, HALF_LIVES, Boards, connect_redis


class Leaderboard(BaseModel):
    """The board of all mentions at the default half-life: a sorted set, member = entity key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    landmark: int
    half_life_seconds: float
    formula: str


def leaderboard(options: EmbeddedOptions) -> Leaderboard | None:
    """The board that holds now; None while Redis is away or nothing was loaded yet."""
    try:
        client = connect_redis(connect_servers(options).redis_url)
    except NotRunning:
        return None
    try:
        found = Boards(client).address()
    except BoardUnavailable:
        return None
    finally:
        client.close()
    if found is None:
        return None
    key, landmark = found
    seconds = HALF_LIVES[DEFAULT_HALF_LIFE]
    formula = f"shown score at T (epoch seconds) = stored score * 2 ** -((T - {landmark}) / {seconds:.0f})"
    return Leaderboard(key=key, landmark=landmark, half_life_seconds=seconds, formula=formula)
