"""Two dates side by side: who came, went, rose and fell, or what changed of one entity."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from api.access import needs
from api.explorer.doors import page_router
from api.explorer.rendering import page
from api.keys import Scope
from api.routes.differing import get_diff, get_entity_diff
from api.routes.pages import asks, given_of, meant, to_its_end
from api.routes.wired import Wired
from api.shapes.differing import AskedEntityDiff, AskedLandscape
from graph.entity import BOARD_KINDS
from graph.trending import HALF_LIVES, METRICS
from resolution.past.differing import Clock
from resolution.past.reads import SECONDS

router = page_router()
SHOWN = 25
_BOARD = ("metric", "half_life", "kind")


@router.get("/compare", operation_id="comparePage", openapi_extra=needs(Scope.READ, seconds=SECONDS))
def compare_page(request: Request, services: Wired) -> Response:
    """Of an entity where one is named, else of the board."""
    given = given_of(request, "from", "to", "entity", *_BOARD)
    given["by"] = [one for one in request.query_params.getlist("by") if one in set(Clock)] or [Clock.AS_OF.value]
    asked = to_its_end({name: given[name] for name in ("from", "to", "by") if name in given}, ("from", "to"))
    named = meant(services, request, given["entity"]) if "entity" in given else None
    board, one, times = None, None, None
    if {"from", "to"} <= given.keys():
        if named is not None:
            wanted = asks(AskedEntityDiff, **asked, limit=SHOWN)
            one, times = get_entity_diff(named.key, wanted, services), (wanted.start, wanted.end)
        elif "entity" not in given:
            kept: dict[str, Any] = {name: given[name] for name in _BOARD if name in given}
            board = get_diff(asks(AskedLandscape, **asked, **kept, limit=SHOWN), services)
    return page(
        request,
        "compare.html",
        given=given,
        named=named,
        board=board,
        one=one,
        times=times,
        link=_links(given),
        kinds=BOARD_KINDS,
        half_lives=list(HALF_LIVES),
        metrics=METRICS,
        clocks=[(clock.value, name) for clock, name in zip(Clock, _CLOCKS, strict=True)],
    )


def _links(given: dict[str, Any]) -> Callable[[str], str]:
    """The same comparison of one entity, by its key."""

    def link(key: str) -> str:
        return f"/compare?{urlencode({**given, 'entity': key}, doseq=True)}"

    return link


_CLOCKS = ("what happened", "what was recorded", "who was taken for whom")
