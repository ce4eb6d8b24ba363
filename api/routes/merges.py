"""Merges and splits: entities made one, and names or single mentions parted from one, each with its undo."""

from typing import Annotated

from fastapi import Depends, Query, Response

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Paged, Wired
from api.shapes.merges import (
    MERGE_EXAMPLE,
    SPLIT_EXAMPLE,
    AskedDecisions,
    ConflictOut,
    DecidedOut,
    DecisionDetailOut,
    DecisionId,
    DecisionOut,
    DecisionsOut,
    JudgementOut,
    MergeIn,
    SplitIn,
)
from graph.reading.decisions import DecisionPlace, decision_detail, decision_list
from ingest.judging import Decision, Order

router = scoped_router("identity")
READ = needs(Scope.READ)
_CREATED = {201: {"model": DecidedOut, "description": "Decided; 200 for a dry run or where nothing changed."}}


@router.post(
    "/api/merges",
    operation_id="postMerge",
    openapi_extra=needs(Scope.REVIEW, requestBody=described(MergeIn, MERGE_EXAMPLE)),
    responses={**_CREATED, **declared(404, 408, 409, 413)},
    dependencies=[NoQuery],
)
def post_merge(
    asked: Annotated[MergeIn, Depends(body_of(MergeIn))], author: Author, services: Wired, response: Response
) -> DecidedOut:
    """Makes entities one, by the word of a person."""
    order = Order(author, cause=asked.reason, expected=asked.expected, dry_run=asked.dry_run)
    return decided(services.judging.merge(asked.entities, order), response)


@router.get("/api/merges", operation_id="listMerges", openapi_extra=READ, responses=declared())
def list_merges(asked: Annotated[AskedDecisions, Query()], services: Wired, pages: Paged) -> DecisionsOut:
    """Merges that persons made, the last first, undone ones too."""
    return listed("merge", asked, services, pages)


@router.get(
    "/api/merges/{id}", operation_id="getMerge", openapi_extra=READ, responses=declared(404), dependencies=[NoQuery]
)
def get_merge(id: DecisionId, services: Wired) -> DecisionDetailOut:  # noqa: A002 (the path names it)
    """One merge with the judgements that it made and took back."""
    return _detailed("merge", id, services)


@router.delete(
    "/api/merges/{id}",
    operation_id="undoMerge",
    openapi_extra=needs(Scope.REVIEW),
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def undo_merge(id: DecisionId, author: Author, services: Wired) -> DecidedOut:  # noqa: A002 (the path names it)
    """Undoes a merge: what came later stays with its alias."""
    return undone("merge", id, author, services)


@router.post(
    "/api/splits",
    operation_id="postSplit",
    openapi_extra=needs(Scope.REVIEW, requestBody=described(SplitIn, SPLIT_EXAMPLE)),
    responses={**_CREATED, **declared(404, 408, 409, 413)},
    dependencies=[NoQuery],
)
def post_split(
    asked: Annotated[SplitIn, Depends(body_of(SplitIn))], author: Author, services: Wired, response: Response
) -> DecidedOut:
    """Parts aliases or single mentions of an entity from the rest: they are somebody else."""
    order = Order(author, cause=asked.reason, expected=asked.expected_versions, dry_run=asked.dry_run)
    mentions = [(one.event_id, one.mention_id) for one in asked.mentions]
    return decided(services.judging.split(asked.aliases, mentions, order), response)


@router.get("/api/splits", operation_id="listSplits", openapi_extra=READ, responses=declared())
def list_splits(asked: Annotated[AskedDecisions, Query()], services: Wired, pages: Paged) -> DecisionsOut:
    """Splits that persons made, the last first, undone ones too."""
    return listed("split", asked, services, pages)


@router.get(
    "/api/splits/{id}", operation_id="getSplit", openapi_extra=READ, responses=declared(404), dependencies=[NoQuery]
)
def get_split(id: DecisionId, services: Wired) -> DecisionDetailOut:  # noqa: A002 (the path names it)
    """One split with the judgements that it made and took back."""
    return _detailed("split", id, services)


@router.delete(
    "/api/splits/{id}",
    operation_id="undoSplit",
    openapi_extra=needs(Scope.REVIEW),
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def undo_split(id: DecisionId, author: Author, services: Wired) -> DecidedOut:  # noqa: A002 (the path names it)
    """Undoes a split: single mentions go back to the alias that they had."""
    return undone("split", id, author, services)


def decided(decision: Decision, response: Response | None = None) -> DecidedOut:
    """A decision as doors show it; the status is 201 where something was written."""
    if response is not None:
        response.status_code = 200 if decision.change is None else 201
    return DecidedOut(
        id=None if decision.change is None else decision.id,
        change=decision.change,
        entities=decision.entities,
        merged=decision.merged,
        split=decision.split,
        aliases_moved=len(decision.moved),
        placed=decision.placed,
        mentions=decision.mentions,
        behind=decision.behind,
        conflicts=[ConflictOut.model_validate(one) for one in decision.conflicts],
        judgements=len(decision.made),
        revoked=len(decision.revoked),
    )


def listed(sort: str, asked: AskedDecisions, services: Wired, pages: Paged) -> DecisionsOut:
    """A page of decisions of one sort."""
    start = pages.start({}, asked.cursor)
    after = DecisionPlace(*start) if start else None
    page = decision_list(services.database, sort, after=after, limit=asked.limit)
    return DecisionsOut(
        items=[DecisionOut.model_validate(row) for row in page.rows],
        next_cursor=pages.next({}, (page.end.at, page.end.id) if page.end else None),
    )


def _detailed(sort: str, decision: str, services: Wired) -> DecisionDetailOut:
    found = decision_detail(services.database, sort, decision)
    return DecisionDetailOut(
        **DecisionOut.model_validate(found.row).model_dump(),
        made=[JudgementOut.model_validate(one) for one in found.made],
        revoked=[JudgementOut.model_validate(one) for one in found.revoked],
    )


def undone(sort: str, decision: str, author: str, services: Wired) -> DecidedOut:
    """Undoes a decision of this sort. Raises NotFound, Conflict."""
    decision_detail(services.database, sort, decision)
    return decided(services.judging.undo(decision, Order(author, cause=f"{sort} taken back")))
