"""One box to search all entities."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Patient, Wired
from api.shapes.entities import EntityOut
from api.shapes.search import AskedSearch, HitOut, HitsOut
from graph.reading.finding import Filters, Hit, Near
from graph.text import clean_name
from resolution.names.normalise import normalise
from resolution.past.at import find_at

router = scoped_router("entities")


@router.get(
    "/api/search",
    operation_id="search",
    openapi_extra=needs(Scope.READ),
    responses=declared(404),
    dependencies=[Patient],
)
def get_search(asked: Annotated[AskedSearch, Query()], services: Wired) -> HitsOut:
    """Finds entities by the beginning of a name, by words and with slips, kept to kind, period, place and point."""
    text = clean_name(asked.q)
    near = Near(*asked.point, asked.km or 50.0) if asked.near else None
    filters = Filters(asked.of_kind, asked.since, asked.until, asked.place, near)
    prefix = normalise(text, "unspecified").normalised
    found = find_at(
        services.database,
        text,
        prefix,
        asked.clocks,
        filters=filters,
        limit=asked.limit,
        preset=asked.preset,
        embedder=services.embedder,
    )
    return HitsOut(items=[_hit(one) for one in found.rows], cut=found.cut)


def _hit(one: Hit) -> HitOut:
    return HitOut(**EntityOut.model_validate(one.row).model_dump(), score=one.score, ranks=one.ranks)
