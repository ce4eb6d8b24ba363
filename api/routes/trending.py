"""Who trends, and where one entity stands; computed from the graph for past times and while Redis is away."""

from typing import Annotated, Any

from fastapi import Query

from api.access import needs, scoped_router
from api.caching.options import Kept
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.services import Services
from api.shapes.common import EntityKey
from api.shapes.entities import AskedBoard, AskedRank, AskedRising, AskedTrending
from graph.moment import epoch_ms
from graph.trending import (
    ALL,
    Rank,
    Rising,
    Trending,
    rank,
    rising,
    trending,
    trending_as_story,
    trending_by_origins,
    trending_within,
    with_origins,
)
from graph.trending.standings import Which
from resolution.past.boards import board_then, rank_then
from resolution.past.rising import rising_then
from resolution.past.weighing import How

router = scoped_router("trending")
SECONDS = 30.0
"""A board that is computed from the graph reads every mention that counts."""
READ = needs(Scope.READ, seconds=SECONDS)
KEPT = needs(Scope.READ, seconds=SECONDS, kept=Kept.OWN)


@router.get("/api/entities/trending", operation_id="listTrending", openapi_extra=KEPT, responses=declared(404))
def list_trending(asked: Annotated[AskedTrending, Query()], services: Wired) -> Trending:
    """The board of all, of one kind or of one place, best first; `source` says whether Redis or the graph answered."""
    if asked.clocks.remembers:
        return board_then(
            services.database,
            Which(asked.metric, asked.board, asked.decay),
            epoch_ms(services.clock()),
            asked.clocks,
            limit=asked.limit,
            offset=asked.offset,
            order=asked.order,
            how=How(asked.within, asked.weigh, asked.story),
            origins=asked.origins,
        )
    board = _board(asked, services)
    return with_origins(services.database, board) if asked.origins else board


def _board(asked: AskedTrending, services: Services) -> Trending:
    part = {"limit": asked.limit, "offset": asked.offset}
    now, which = epoch_ms(services.clock()), _which(asked, services)
    if asked.within is not None:
        return trending_within(services.database, asked.within, now, **part, **which)
    if asked.story:
        del which["half_life"]
        return trending_as_story(services.database, asked.story, now, **part, **which)
    if asked.weigh == "origins":
        return trending_by_origins(services.database, now, **part, **which)
    return trending(services.database, services.boards, now, order=asked.order, **part, **which)


@router.get("/api/entities/rising", operation_id="listRising", openapi_extra=READ, responses=declared())
def list_rising(asked: Annotated[AskedRising, Query()], services: Wired) -> Rising:
    """Who is named more than usual: the last day against the last month, most significant first."""
    if asked.clocks.remembers:
        return rising_then(
            services.database,
            epoch_ms(services.clock()),
            asked.clocks,
            metric=asked.metric,
            kind=asked.of_kind or ALL,
            least=asked.least,
            limit=asked.limit,
        )
    return rising(
        services.database,
        services.boards,
        epoch_ms(services.clock()),
        metric=asked.metric,
        kind=asked.of_kind or ALL,
        least=asked.least,
        limit=asked.limit,
        as_of=epoch_ms(asked.as_of) if asked.as_of else None,
        scans=services.scans,
    )


@router.get("/api/entities/{key}/rank", operation_id="getRank", openapi_extra=KEPT, responses=declared(404))
def get_rank(key: EntityKey, asked: Annotated[AskedRank, Query()], services: Wired) -> Rank:
    """Where an entity stands: from 1, or null when nothing of it counts; on demand why, and where it stood before."""
    more: dict[str, Any] = {"why": asked.why, "history": asked.history}
    now = epoch_ms(services.clock())
    if asked.clocks.remembers:
        past = Which(asked.metric, asked.board, asked.decay)
        return rank_then(services.database, key, past, now, asked.clocks, **more)
    return rank(services.database, services.boards, key, now, **more, **_which(asked, services))


def _which(asked: AskedBoard, services: Services) -> dict[str, Any]:
    return {
        "metric": asked.metric,
        "kind": asked.board,
        "half_life": asked.decay,
        "as_of": epoch_ms(asked.as_of) if asked.as_of else None,
        "scans": services.scans,
    }
