"""Pages: asked to be read, and looked at."""

from typing import Annotated

from fastapi import Depends, Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import body_of, described
from api.routes.wired import NoQuery, Paged, Wired
from api.shapes.artifacts import (
    ARTIFACTS_EXAMPLE,
    ArtifactDetailOut,
    ArtifactId,
    ArtifactIn,
    ArtifactOut,
    ArtifactsIn,
    ArtifactsOut,
    AskedArtifacts,
    NotTakenOut,
    StubOut,
    StubsOut,
)
from graph import artifacts
from graph.artifacts import Requested, Wanted
from graph.errors import InvalidInput
from graph.reading.artifacts import artifact, artifact_list
from ingest.pages.requests import Asked, wanted

router = scoped_router("artifacts")
EXTRACTION = "extraction"
BODY_LIMIT = 6_000_000


@router.post(
    "/api/artifacts",
    operation_id="postArtifacts",
    status_code=202,
    openapi_extra=needs(Scope.WRITE, requestBody=described(ArtifactsIn, ARTIFACTS_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_artifacts(
    asked: Annotated[ArtifactsIn, Depends(body_of(ArtifactsIn, BODY_LIMIT))], services: Wired
) -> StubsOut:
    """Asks to have a page read, or up to 100: answers stubs at once, and workers read them.

    The same address (whatever tells who sent the reader left out) or the same text is the same artifact. Of a list,
    wishes that cannot be taken are told with their position; the others land.
    """
    wishes = asked.root if isinstance(asked.root, list) else [asked.root]
    taken: list[tuple[ArtifactIn, Wanted]] = []
    rejected: list[NotTakenOut] = []
    for position, wish in enumerate(wishes):
        try:
            taken.append((wish, wanted(_asked(wish))))
        except InvalidInput as error:
            if len(wishes) == 1:
                raise
            rejected.append(NotTakenOut(position=position, field=error.field, reason=error.reason))
    done: dict[int, Requested] = {}
    for again in (False, True):
        part = [(n, one) for n, (wish, one) in enumerate(taken) if wish.again is again]
        found = artifacts.request(
            services.database, [one for _, one in part], EXTRACTION, services.clock(), again=again
        )
        done |= dict(zip((n for n, _ in part), found, strict=True))
    for one in done.values():
        if one.job is not None:
            services.woken(one.job)
    return StubsOut(items=[_stub(done[n]) for n in range(len(taken))], rejected=rejected)


@router.get("/api/artifacts", operation_id="listArtifacts", openapi_extra=needs(Scope.READ), responses=declared())
def list_artifacts(asked: Annotated[AskedArtifacts, Query()], services: Wired, pages: Paged) -> ArtifactsOut:
    """Pages of all states or one, the last asked for first."""
    filters = {"state": asked.state}
    start = pages.start(filters, asked.cursor)
    after = (start[0], start[1]) if start else None
    page = artifact_list(services.database, state=asked.state, after=after, limit=asked.limit)
    last = page.rows[-1] if page.more else None
    place = (last.requested_at.isoformat().replace("+00:00", "Z"), last.id) if last and last.requested_at else None
    return ArtifactsOut(
        items=[ArtifactOut.model_validate(row) for row in page.rows], next_cursor=pages.next(filters, place)
    )


@router.get(
    "/api/artifacts/{artifact_id}",
    operation_id="getArtifact",
    openapi_extra=needs(Scope.READ),
    responses=declared(404),
    dependencies=[NoQuery],
)
def get_artifact(artifact_id: ArtifactId, services: Wired) -> ArtifactDetailOut:
    """One page with its text and what each gate said of it."""
    return ArtifactDetailOut.model_validate(artifact(services.database, artifact_id))


def _asked(wish: ArtifactIn) -> Asked:
    return Asked(wish.url, wish.text, wish.html, wish.title, wish.published, wish.source)


def _stub(one: Requested) -> StubOut:
    return StubOut(id=one.id, state=one.state, created=one.created, job=one.job.id if one.job else None)
