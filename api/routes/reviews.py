"""The review queue: what waits for a person, worth most first; answers one by one or many at once, each undone."""

from typing import Annotated

from fastapi import Depends, Query, Response

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared, of_error
from api.routes.bodied import Author, body_of, described
from api.routes.merges import decided, listed, undone
from api.routes.wired import NoQuery, Paged, Wired
from api.shapes.merges import AskedDecisions, DecidedOut, DecisionId, DecisionsOut
from api.shapes.reviews import (
    ANSWER_EXAMPLE,
    ANSWERS_EXAMPLE,
    PROPOSAL_EXAMPLE,
    AnswerIn,
    AnswersIn,
    AskedReviews,
    ProposalIn,
    RefusedOut,
    ReviewDetailOut,
    ReviewedOut,
    ReviewId,
    ReviewOut,
    ReviewsOut,
)
from graph.reading.reviews import review_detail, review_list
from ingest.judging import Order
from ingest.reviewing import Answered, Reviewed, Reviewing

router = scoped_router("reviews")
READ = needs(Scope.READ)


@router.get("/api/reviews", operation_id="listReviews", openapi_extra=READ, responses=declared())
def list_reviews(asked: Annotated[AskedReviews, Query()], services: Wired, pages: Paged) -> ReviewsOut:
    """What waits to be decided, worth most first."""
    filters = {"sort": asked.sort, "kind": asked.of_kind}
    start = pages.start(filters, asked.cursor)
    after = (float(start[0]), str(start[1])) if start else None
    page = review_list(services.database, sort=asked.sort, kind=asked.of_kind, after=after, limit=asked.limit)
    return ReviewsOut(
        items=[ReviewOut.model_validate(row) for row in page.rows],
        # As text: a cursor holds no fractions.
        next_cursor=pages.next(filters, (repr(page.end[0]), page.end[1]) if page.end else None),
    )


@router.get("/api/reviews/decisions", operation_id="listReviewDecisions", openapi_extra=READ, responses=declared())
def list_review_decisions(asked: Annotated[AskedDecisions, Query()], services: Wired, pages: Paged) -> DecisionsOut:
    """What was decided in reviews, the last first, undone ones too."""
    return listed("review", asked, services, pages)


@router.delete(
    "/api/reviews/decisions/{id}",
    operation_id="undoReview",
    openapi_extra=needs(Scope.REVIEW),
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def undo_review(id: DecisionId, author: Author, services: Wired) -> DecidedOut:  # noqa: A002 (the path names it)
    """Undoes a decision of one or many reviews; its questions are asked again."""
    return undone("review", id, author, services)


@router.post(
    "/api/reviews/bulk",
    operation_id="postReviews",
    openapi_extra=needs(Scope.REVIEW, requestBody=described(AnswersIn, ANSWERS_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_reviews(
    asked: Annotated[AnswersIn, Depends(body_of(AnswersIn))], author: Author, services: Wired
) -> ReviewedOut:
    """Takes many answers as one decision; those that cannot be taken are told, the others land."""
    order = Order(author, cause=asked.reason, dry_run=asked.dry_run)
    answers = [Answered(one.id, one.verdict, one.expected_version) for one in asked.answers]
    return _told(Reviewing(services.judging).answer_all(answers, order))


@router.post(
    "/api/reviews",
    operation_id="proposeMerge",
    openapi_extra=needs(Scope.WRITE, requestBody=described(ProposalIn, PROPOSAL_EXAMPLE)),
    responses={
        201: {"model": ReviewDetailOut, "description": "The question is new; 200 where it waits already."},
        **declared(404, 408, 409, 413),
    },
    dependencies=[NoQuery],
)
def propose_merge(
    asked: Annotated[ProposalIn, Depends(body_of(ProposalIn))], author: Author, services: Wired, response: Response
) -> ReviewDetailOut:
    """Asks whether two entities are one: a question for the review queue, which joins nobody."""
    order = Order(author, cause=asked.reason)
    one, other = asked.entities
    key, new = Reviewing(services.judging).propose(one, other, order)
    response.status_code = 201 if new else 200
    return ReviewDetailOut.model_validate(review_detail(services.database, key))


@router.get(
    "/api/reviews/{id}", operation_id="getReview", openapi_extra=READ, responses=declared(404), dependencies=[NoQuery]
)
def get_review(id: ReviewId, services: Wired) -> ReviewDetailOut:  # noqa: A002 (the path names it)
    """One question, side by side, with the newest events that speak of each."""
    return ReviewDetailOut.model_validate(review_detail(services.database, id))


@router.post(
    "/api/reviews/{id}",
    operation_id="postReview",
    openapi_extra=needs(Scope.REVIEW, requestBody=described(AnswerIn, ANSWER_EXAMPLE)),
    responses=declared(404, 408, 409, 413),
    dependencies=[NoQuery],
)
def post_review(
    id: ReviewId,  # noqa: A002 (the path names it)
    asked: Annotated[AnswerIn, Depends(body_of(AnswerIn))],
    author: Author,
    services: Wired,
    response: Response,
) -> ReviewedOut:
    """Decides one question: same, different, unsure or skip."""
    order = Order(author, cause=asked.reason, dry_run=asked.dry_run)
    answered = Answered(id, asked.verdict, asked.expected_version)
    done = Reviewing(services.judging).answer(answered, order)
    if done.decision is not None and done.decision.change is not None:
        response.status_code = 201
    return _told(done)


def _told(done: Reviewed) -> ReviewedOut:
    return ReviewedOut(
        decision=decided(done.decision) if done.decision else None,
        taken=done.taken,
        skipped=done.skipped,
        refused=[
            RefusedOut.model_validate({"id": key, "status": of_error(error).status_code, "reason": str(error)})
            for key, error in done.refused.items()
        ],
    )
