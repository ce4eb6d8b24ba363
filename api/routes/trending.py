"""Who trends, and where one entity stands; computed from the graph for past times and while Redis is away."""

from typing import Annotated, Any

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.services import Services
from api.shapes.common import EntityKey
from api.shapes.entities import AskedBoard, AskedRank, AskedTrending
from graph.moment import epoch_ms
from graph.trending import Rank, Trending, rank, trending

router = scoped_router("trending")
SECONDS = 30.0
"""A board that is computed from the graph reads every mention that counts."""
READ = needs(Scope.READ, seconds=SECONDS)


@router.get("/api/entities/trending", operation_id="listTrending", openapi_extra=READ, responses=declared())
def list_trending(asked: Annotated[AskedTrending, Query()], services: Wired) -> Trending:
    """The board of all or of one kind, best first; `source` says whether Redis or the graph answered."""
    page = {"order": asked.order, "limit": asked.limit, "offset": asked.offset}
    now = epoch_ms(services.clock())
    return trending(services.database, services.boards, now, **page, **_which(asked, services))


@router.get("/api/entities/{key}/rank", operation_id="getRank", openapi_extra=READ, responses=declared(404))
def get_rank(key: EntityKey, asked: Annotated[AskedRank, Query()], services: Wired) -> Rank:
    """Where an entity stands: from 1, or null when nothing of it counts; on demand why, and where it stood before."""
    more = {"why": asked.why, "history": asked.history}
    now = epoch_ms(services.clock())
    return rank(services.database, services.boards, key, now, **more, **_which(asked, services))


def _which(asked: AskedBoard, services: Services) -> dict[str, Any]:
    return {
        "metric": asked.metric,
        "kind": asked.board,
        "half_life": asked.decay,
        "as_of": epoch_ms(asked.as_of) if asked.as_of else None,
        "scans": services.scans,
    }
