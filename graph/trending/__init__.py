"""Trending: boards by forward decay in Redis, a projection of the mentions in the graph that can always be rebuilt."""

from graph.trending.answer import Rank, Trending, TrendingRow
from graph.trending.as_of import rank_as_of, top_as_of
from graph.trending.board import BoardOptions, Boards
from graph.trending.client import connect_redis
from graph.trending.decay import DEFAULT_HALF_LIFE, EXPONENTIAL_168H, HALF_LIVES
from graph.trending.drift import Difference, Drift, check_boards, sync_trending
from graph.trending.explain import Why, explain
from graph.trending.listing import Listed, entities_by_score
from graph.trending.names import ALL, BOARDS
from graph.trending.projector import Followed, apply_record, follow
from graph.trending.reading import rank, trending, why
from graph.trending.rebuild import Rebuilt, rebuild
from graph.trending.scans import Scans
from graph.trending.sweep import Tended, sweep, tend

__all__ = [
    "ALL",
    "BOARDS",
    "DEFAULT_HALF_LIFE",
    "EXPONENTIAL_168H",
    "HALF_LIVES",
    "BoardOptions",
    "Boards",
    "Difference",
    "Drift",
    "Followed",
    "Listed",
    "Rank",
    "Rebuilt",
    "Scans",
    "Tended",
    "Trending",
    "TrendingRow",
    "Why",
    "apply_record",
    "check_boards",
    "connect_redis",
    "entities_by_score",
    "explain",
    "follow",
    "rank",
    "rank_as_of",
    "rebuild",
    "sweep",
    "sync_trending",
    "tend",
    "top_as_of",
    "trending",
    "why",
]
