"""Pages of the explorer on which a person decides: the review queue, merges and splits, each with its undo."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Request, Response

from api.explorer.doors import READ, REVIEW, local_path, page_router, see
from api.explorer.rendering import page
from api.routes.bodied import Author
from api.routes.entities import get_entity, list_entities
from api.routes.merges import post_merge, post_split, undo_merge, undo_split
from api.routes.page_entry import Form
from api.routes.pages import PageKey, asks
from api.routes.retractions import undo_retraction
from api.routes.reviews import get_review, list_reviews, post_review, undo_review
from api.routes.wired import Pages, Wired
from api.services import Services
from api.shapes.common import AskedThen
from api.shapes.entities import AskedEntities
from api.shapes.merges import MergeIn, SplitIn
from api.shapes.reviews import REVIEW_ID, AnswerIn, AskedReviews
from graph.errors import InvalidInput, NotFound

router = page_router()
PageReview = Annotated[str, Path(pattern=REVIEW_ID)]
_UNDO: dict[str, Callable[[str, str, Services], object]] = {
    "review": undo_review,
    "merge": undo_merge,
    "split": undo_split,
    "retraction": lambda key, _, services: undo_retraction(key, services),
}
WAITING = 20
"""Questions that are listed under the open one."""


@router.get("/reviews", operation_id="reviewsPage", openapi_extra=READ)
def reviews_page(request: Request, services: Wired) -> Response:
    """The question that is worth most, side by side, and those that wait after it."""
    return _review(request, services, None)


@router.get("/reviews/{review}", operation_id="reviewPage", openapi_extra=READ)
def review_page(request: Request, review: PageReview, services: Wired) -> Response:
    """One question, side by side."""
    return _review(request, services, review)


@router.post("/reviews/{review}", operation_id="answerPage", openapi_extra=REVIEW)
def answer_page(review: PageReview, fields: Form, author: Author, services: Wired) -> Response:
    """Takes an answer, and goes on to the next question."""
    asked = AnswerIn.model_validate(
        {"verdict": _one(fields, "verdict"), "expected_version": _one(fields, "expected_version")}
    )
    done = post_review(review, asked, author, services, Response())
    return see(f"/reviews?done={done.decision.id}" if done.decision and done.decision.id else "/reviews")


@router.post("/undo", operation_id="undoPage", openapi_extra=REVIEW)
def undo_page(fields: Form, author: Author, services: Wired) -> Response:
    """Takes a decision back."""
    sort, decision = _one(fields, "sort"), _one(fields, "id")
    if sort not in _UNDO or not _hexadecimal(decision):
        raise NotFound("decision", decision)
    _UNDO[sort](decision, author, services)
    return see(local_path(_one(fields, "back") or "/reviews"))


@router.get("/entities/{key}/merge", operation_id="mergePage", openapi_extra=REVIEW)
def merge_page(request: Request, key: PageKey, author: Author, services: Wired) -> Response:
    """With whom an entity is one: whom to choose, then what would become of it."""
    entity = get_entity(key, asks(AskedThen), services)
    other, text = request.query_params.get("with"), request.query_params.get("q", "").strip()[:400]
    if other:
        asked = MergeIn.model_validate({"entities": [key, other], "dry_run": True})
        would = post_merge(asked, author, services, Response())
        chosen = get_entity(other, asks(AskedThen), services)
        return page(request, "merge.html", entity=entity, other=chosen, would=would, found=[])
    pages = Pages(request, Response())
    found = list_entities(asks(AskedEntities, q=text, limit=20), services, pages).items if text else []
    found = [one for one in found if one.key != entity.key]
    return page(request, "merge.html", entity=entity, other=None, would=None, found=found, asked_text=text)


@router.post("/entities/{key}/merge", operation_id="mergeDeed", openapi_extra=REVIEW)
def merge_deed(key: PageKey, fields: Form, author: Author, services: Wired) -> Response:
    """Makes two entities one."""
    asked = MergeIn.model_validate(
        {"entities": [key, _one(fields, "with")], "reason": _one(fields, "reason"), "expected_versions": _seen(fields)}
    )
    return _decided(key, "merge", post_merge(asked, author, services, Response()).id)


@router.get("/entities/{key}/split", operation_id="splitPage", openapi_extra=REVIEW)
def split_page(request: Request, key: PageKey, author: Author, services: Wired) -> Response:
    """What would become of an entity without some of its names."""
    entity = get_entity(key, asks(AskedThen), services)
    aliases = request.query_params.getlist("alias")
    would = None
    if aliases:
        asked = SplitIn.model_validate({"aliases": aliases, "dry_run": True})
        would = post_split(asked, author, services, Response())
    return page(request, "split.html", entity=entity, aliases=aliases, would=would)


@router.post("/entities/{key}/split", operation_id="splitDeed", openapi_extra=REVIEW)
def split_deed(key: PageKey, fields: Form, author: Author, services: Wired) -> Response:
    """Parts names from an entity."""
    asked = SplitIn.model_validate(
        {
            "aliases": fields.get("alias", []),
            "reason": _one(fields, "reason"),
            "expected_versions": _seen(fields),
        }
    )
    return _decided(key, "split", post_split(asked, author, services, Response()).id)


def _review(request: Request, services: Services, review: str | None) -> Response:
    pages = Pages(request, Response())
    waiting = list_reviews(asks(AskedReviews, limit=WAITING), services, pages)
    first = review or (waiting.items[0].id if waiting.items else None)
    asked = get_review(first, services) if first else None
    done = request.query_params.get("done", "")
    shown: dict[str, Any] = {"question": asked, "waiting": waiting, "done": done if _hexadecimal(done) else None}
    return page(request, "reviews.html", **shown)


def _decided(key: str, sort: str, decision: str | None) -> Response:
    return see(f"/entities/{key}?done={sort}&id={decision}" if decision else f"/entities/{key}")


def _one(fields: dict[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]


def _seen(fields: dict[str, list[str]]) -> dict[str, Any]:
    """Versions of entities as they were seen: fields `version` of `<key>:<number>`."""
    found: dict[str, Any] = {}
    for one in fields.get("version", []):
        key, _, number = one.partition(":")
        if not number.isdecimal():
            raise InvalidInput("is no version", "version")
        found[key] = int(number)
    return found


def _hexadecimal(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
