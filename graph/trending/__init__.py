"""Trending: boards by forward decay in Redis, a projection of the mentions in the graph that can always be rebuilt."""

from graph.trending.answer import Order, Past, Rank, Trending, TrendingRow
from graph.trending.as_of import boards_between, rank_as_of, top_as_of
from graph.trending.board import BoardOptions, Boards
from graph.trending.client import connect_redis
from graph.trending.computed import STORY_FORMULAS, trending_as_story, trending_by_origins, trending_within
from graph.trending.decay import DEFAULT_HALF_LIFE, EXPONENTIAL_168H, HALF_LIVES
from graph.trending.drift import Difference, Drift, check_boards, check_drift, sync_trending
from graph.trending.explain import Why, explain
from graph.trending.listing import Listed, entities_by_score
from graph.trending.mirror import mirror_ranks
from graph.trending.names import ALL, BOARDS, MENTIONS, METRICS, Group, groups
from graph.trending.projector import Followed, apply_record, follow
from graph.trending.purge import PurgeReport, purge
from graph.trending.reading import rank, trending, with_origins
from graph.trending.rebuild import Rebuilt, rebuild
from graph.trending.rising import Rising, rising
from graph.trending.scans import Scans
from graph.trending.snapshot import rank_histories, snapshot_ranks
from graph.trending.sweep import Tended, sweep, tend

__all__ = [
    "ALL",
    "BOARDS",
    "DEFAULT_HALF_LIFE",
    "EXPONENTIAL_168H",
    "HALF_LIVES",
    "MENTIONS",
    "METRICS",
    "STORY_FORMULAS",
    "BoardOptions",
    "Boards",
    "Difference",
    "Drift",
    "Followed",
    "Group",
    "Listed",
    "Order",
    "Past",
    "PurgeReport",
    "Rank",
    "Rebuilt",
    "Rising",
    "Scans",
    "Tended",
    "Trending",
    "TrendingRow",
    "Why",
    "apply_record",
    "boards_between",
    "check_boards",
    "check_drift",
    "connect_redis",
    "entities_by_score",
    "explain",
    "follow",
    "groups",
    "mirror_ranks",
    "purge",
    "rank",
    "rank_as_of",
    "rank_histories",
    "rebuild",
    "rising",
    "snapshot_ranks",
    "sweep",
    "sync_trending",
    "tend",
    "top_as_of",
    "trending",
    "trending_as_story",
    "trending_by_origins",
    "trending_within",
    "with_origins",
]
