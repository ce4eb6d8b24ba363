"""Pages of the explorer that show: the board, what was found, entities, events, jobs and ways between two."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from fastapi import Path, Request, Response
from pydantic import BaseModel

from api.explorer.doors import READ, FrontRoute, page_router
from api.explorer.drawing import draw
from api.explorer.entity_map import Itself, entity_map
from api.explorer.rendering import page
from api.explorer.sparkline import Sparkline, sparkline
from api.routes.causes import get_consequences, get_why
from api.routes.connections import get_co_mentions, get_neighbourhood
from api.routes.entities import get_entity, get_history, get_timeline, list_entities
from api.routes.events import get_event, list_events
from api.routes.facts import get_facts
from api.routes.hierarchy import get_hierarchy
from api.routes.jobs import get_job, list_jobs
from api.routes.paths import get_paths
from api.routes.relationships import get_relationships
from api.routes.trending import READ as BOARDED
from api.routes.trending import get_rank, list_rising, list_trending
from api.routes.wired import Pages, Wired
from api.services import Services
from api.shapes.causes import AskedCauses
from api.shapes.common import KEY, AskedThen
from api.shapes.entities import (
    AskedCoMentions,
    AskedEntities,
    AskedHistory,
    AskedNeighbourhood,
    AskedRank,
    AskedRising,
    AskedTimeline,
    AskedTrending,
    EntityOut,
    HistoryRowOut,
    ListOrder,
)
from api.shapes.events import AskedEvents, EventOut
from api.shapes.facts import AskedFacts
from api.shapes.hierarchy import AskedDescendants
from api.shapes.jobs import AskedJobs
from api.shapes.paths import AskedPaths
from api.shapes.relationships import AskedRelationships
from graph.entity import BOARD_KINDS, KINDS
from graph.errors import BudgetExceeded, Unavailable
from graph.job import JobState
from graph.keys import W
from graph.moment import epoch_ms, from_epoch_ms
from graph.trending import ALL, DEFAULT_HALF_LIFE, HALF_LIVES, MENTIONS, METRICS, Trending, rank_histories

front_router = page_router(FrontRoute)
router = page_router()
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
PageKey = Annotated[str, Path(pattern=KEY)]
PageJob = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
BOARD = 25
CLOCKS = ("as_of", "known_at", "identity_at")
"""What was, by which clock: see `AskedThen`."""
NOW: Mapping[str, Any] = MappingProxyType({})
"""No clock."""
AROUND = 18
"""Rows of the board on one page, and neighbours that are drawn."""
NAMED = 100
"""Whom an entity is named with, of whom the places are drawn."""
_JUDGED = ("judgement", "merge", "split", "conflict", "revocation", "move")


@front_router.get("/", operation_id="frontPage", openapi_extra=BOARDED)
def front_page(request: Request, services: Wired) -> Response:
    """Search, and who trends."""
    given = given_of(request, "metric", "half_life", "kind", *CLOCKS, "offset", "within")
    asked = asks(AskedTrending, **_then(given), limit=BOARD)
    board = list_trending(asked, services)
    newest = None if board.rows or board.within else _newest(request, services, given)
    kept = {name: value for name, value in given.items() if name != "offset"}
    choices: dict[str, Any] = {"kinds": BOARD_KINDS, "half_lives": list(HALF_LIVES), "metrics": METRICS}
    return page(
        request,
        "front.html",
        board=board,
        given=given,
        kept=kept,
        clocks=_clocks(given),
        offset=asked.offset,
        newest=newest,
        lines=_lines(services, board),
        **choices,
    )


@router.get("/rising", operation_id="risingPage", openapi_extra=BOARDED)
def rising_page(request: Request, services: Wired) -> Response:
    """Who is named more than usual, now or at the end of a past day."""
    given = given_of(request, "metric", "kind", *CLOCKS)
    found = list_rising(asks(AskedRising, **_then(given), limit=BOARD), services)
    choices: dict[str, Any] = {"kinds": BOARD_KINDS, "metrics": METRICS}
    at, clocks = from_epoch_ms(found.at), _clocks(given)
    return page(request, "rising.html", found=found, at=at, given=given, clocks=clocks, **choices)


@router.get("/search", operation_id="searchPage", openapi_extra=READ)
def search_page(request: Request, services: Wired) -> Response:
    """Entities by name, and events by their words."""
    given = {name: value[:400] for name, value in given_of(request, "q", "kind", *CLOCKS).items()}
    clocks = _clocks(given)
    entities, events, cut = list[EntityOut](), list[EventOut](), False
    text = given.get("q", "")
    if text:
        asked = asks(AskedEntities, **_then(given), limit=30)
        entities = list_entities(asked, services, _own(request)).items
        found = list_events(asks(AskedEvents, **_then(clocks), text=text, limit=12), services, _own(request))
        events, cut = found.items, found.cut
    kinds = [kind for of_w in KINDS.values() for kind in of_w]
    shown: dict[str, Any] = {
        "entities": entities,
        "events": events,
        "cut": cut,
        "kind": given.get("kind"),
        "kinds": kinds,
        "clocks": clocks,
    }
    return page(request, "search.html", asked_text=text, **shown)


@router.get("/entities/{key}", operation_id="entityPage", openapi_extra=READ)
def entity_page(request: Request, key: PageKey, services: Wired) -> Response:
    """One entity: its names, its past, its standing, and whom it is named with."""
    then = _then(given_of(request, *CLOCKS))
    detail = get_entity(key, asks(AskedThen, **then), services)
    given = given_of(request, "since", "until", *CLOCKS, "cursor")
    timeline = get_timeline(key, asks(AskedTimeline, **_period(request), limit=20), services, _own(request))
    # Former records have no reasons kept, and only today has a history of ranks.
    more: dict[str, Any] = {} if {"known_at", "identity_at"} & then.keys() else {"why": True}
    past = more if then else {**more, "history": 30}
    rank = _if_there(lambda: get_rank(key, asks(AskedRank, **then, **past), services))
    # Of those around also whom they are named with, for the lines between them; a hub's are too many for one page.
    wide = asks(AskedNeighbourhood, **then, depth=1 if detail.hub or then else 2, limit=AROUND)
    around = _if_there(lambda: get_neighbourhood(key, wide, services))
    told = asks(AskedHistory, **{name: at for name, at in then.items() if name != "as_of"}, limit=200)
    past_of = _if_there(lambda: get_history(key, told, services, _own(request)).items)
    together = _if_there(lambda: get_co_mentions(key, asks(AskedCoMentions, **then, limit=NAMED), services))
    lies = _if_there(lambda: get_hierarchy(key, asks(AskedDescendants, **then, limit=30), services))
    own = Itself(detail.key, detail.name, detail.kind, detail.mention_count)
    every = asks(AskedFacts, **then, every=True, limit=15)
    line = sparkline([(one.day, one.rank) for one in (rank.history or ())]) if rank else None
    return page(
        request,
        "entity.html",
        entity=detail,
        timeline=timeline,
        given=given,
        clocks=_clocks(given),
        rank=rank,
        line=line,
        around=around,
        most=AROUND,
        drawing=draw(around.nodes, around.edges) if around else None,
        together=together,
        shown=15,
        places=_if_there(lambda: entity_map(services.database, [own, *(together.items if together else ())])),
        above=lies[0] if lies else None,
        below=lies[1] if lies else None,
        related=_if_there(lambda: get_relationships(key, asks(AskedRelationships, **then, limit=15), services)),
        facts=_if_there(lambda: get_facts(key, every, services)),
        judged=_judged(past_of),
        done=_done(request),
    )


@router.get("/entities/{key}/history", operation_id="historyPage", openapi_extra=READ)
def history_page(request: Request, key: PageKey, services: Wired) -> Response:
    """What became of an entity."""
    given = given_of(request, "known_at", "identity_at", "cursor")
    found = get_history(key, asks(AskedHistory, **_then(given), limit=50), services, _own(request))
    return page(request, "history.html", history=found, given=given)


@router.get("/event", operation_id="eventPage", openapi_extra=READ)
def event_page(request: Request, services: Wired) -> Response:
    """One event; its id stands in the query, since it may be any text."""
    event_id = request.query_params.get("id", "")[:512]
    then = _then(given_of(request, *CLOCKS))
    event = get_event(event_id, asks(AskedThen, **then), services)
    asked = asks(AskedCauses, **then, depth=2)
    causes = _if_there(lambda: get_why(event_id, asked, services))
    effects = _if_there(lambda: get_consequences(event_id, asked, services))
    five = [(w, getattr(event, str(w).lower())) for w in W]
    return page(request, "event.html", event=event, five=five, causes=causes, effects=effects)


@router.get("/jobs", operation_id="jobsPage", openapi_extra=READ)
def jobs_page(request: Request, services: Wired) -> Response:
    """Work in the background, the last asked for first."""
    given = given_of(request, "state", "cursor")
    found = list_jobs(asks(AskedJobs, **{**given, "limit": 50}), services, _own(request))
    moving = any(job.state in (JobState.QUEUED, JobState.RUNNING) for job in found.items)
    return page(request, "jobs.html", jobs=found, given=given, states=list(JobState), moving=moving)


@router.get("/jobs/{job_id}", operation_id="jobPage", openapi_extra=READ)
def job_page(request: Request, job_id: PageJob, services: Wired) -> Response:
    """One job with its attempts."""
    job = get_job(job_id, services)
    return page(request, "job.html", job=job, moving=job.state in (JobState.QUEUED, JobState.RUNNING))


@router.get("/paths", operation_id="pathsPage", openapi_extra=READ)
def paths_page(request: Request, services: Wired) -> Response:
    """Who connects two entities, each given by a key or by a name."""
    given = given_of(request, "from", "to", "since", "until", *CLOCKS)
    then = _then(_clocks(given))
    ends = {name: meant(services, request, given[name], then) for name in ("from", "to") if name in given}
    unknown = [given[name] for name, end in ends.items() if end is None]
    found = None
    if len(ends) == 2 and not unknown:
        keys = {name: end.key for name, end in ends.items() if end}
        times = _then({name: given[name] for name in ("since", "until", *CLOCKS) if name in given})
        found = get_paths(asks(AskedPaths, **{**keys, **times}), services)
    return page(request, "paths.html", given=given, ends=ends, unknown=unknown, found=found)


def _lines(services: Services, board: Trending) -> dict[str, Sparkline]:
    """How the ranks of those on the board went in the last 30 days, by key; of the board that snapshots are kept of."""
    if (board.metric, board.kind, board.half_life, board.within) != (MENTIONS, ALL, DEFAULT_HALF_LIFE, None):
        return {}
    keys = [row.entity_id for row in board.rows]
    found = _if_there(lambda: rank_histories(services.database, keys, epoch_ms(board.at), 30)) or {}
    drawn = {key: sparkline([(one.day, one.rank) for one in places]) for key, places in found.items()}
    return {key: line for key, line in drawn.items() if line}


def asks(shape: type[M], **given: Any) -> M:
    """A question, of what stands in a query. Raises ValidationError."""
    return shape.model_validate(given)


def meant(services: Services, request: Request, text: str, then: Mapping[str, Any] = NOW) -> EntityOut | None:
    """The entity of a key, else the likest one of a name, by the clocks given. Raises NotFound for a key that nothing
    has."""
    if len(text) == 64 and set(text) <= set("0123456789abcdef"):
        return get_entity(text, asks(AskedThen, **then), services)
    found = list_entities(asks(AskedEntities, **then, q=text[:400], limit=1), services, _own(request)).items
    return found[0] if found else None


def given_of(request: Request, *names: str) -> dict[str, Any]:
    """What stands in the query; a field left empty is none."""
    return {name: value for name in names if (value := request.query_params.get(name, "").strip())}


def _period(request: Request) -> dict[str, Any]:
    given = given_of(request, "since", "until", *CLOCKS, "cursor", "w")
    given["w"] = [given["w"]] if "w" in given else list(W)
    return _then(given)


def _clocks(given: dict[str, Any]) -> dict[str, Any]:
    """The clocks alone, for addresses of other pages."""
    return {name: given[name] for name in CLOCKS if name in given}


def _then(given: dict[str, Any]) -> dict[str, Any]:
    return to_its_end(given, CLOCKS)


def to_its_end(given: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A day that a person picks, in one of these fields, is meant to its end."""
    days = {name: given[name] for name in names if len(given.get(name, "")) == 10}
    return given | {name: f"{day}T23:59:59Z" for name, day in days.items()}


def _own(request: Request) -> Pages:
    """Cursors of this page."""
    return Pages(request, Response())


def _if_there(ask: Callable[[], T]) -> T | None:
    """A part of a page that it can do without."""
    try:
        return ask()
    except (Unavailable, BudgetExceeded):
        return None


def _newest(request: Request, services: Services, given: dict[str, Any]) -> datetime | None:
    """When one of the kind asked for was last named; None where there is none. Only for an empty board."""
    kind = {name: value for name, value in given.items() if name == "kind"}
    asked = asks(AskedEntities, order=ListOrder.LAST_SEEN, limit=1, **kind)
    found = list_entities(asked, services, _own(request)).items
    return found[0].last_seen if found else None


def _judged(rows: list[HistoryRowOut] | None) -> dict[str, list[HistoryRowOut]]:
    """What was decided on each name, the newest first, three at most."""
    found: dict[str, list[HistoryRowOut]] = {}
    for row in rows or ():
        if row.sort in _JUDGED:
            for key in {row.alias_key, row.other_key} - {None}:
                found.setdefault(str(key), []).append(row)
    return {key: told[:3] for key, told in found.items()}


def _done(request: Request) -> tuple[str, str] | None:
    """A decision that was just made, by its sort and id: to be undone."""
    sort, found = request.query_params.get("done", ""), request.query_params.get("id", "")
    plain = len(found) == 32 and set(found) <= set("0123456789abcdef")
    return (sort, found) if sort in ("merge", "split") and plain else None
