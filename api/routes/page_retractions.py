"""Pages of the explorer on which what was told is withdrawn: what leans on it first, then the deed, with its undo."""

from fastapi import Request, Response

from api.explorer.doors import READ, REVIEW, page_router, see
from api.explorer.rendering import page
from api.routes.bodied import Author
from api.routes.page_entry import Form
from api.routes.pages import asks, given_of
from api.routes.retractions import list_retractions, post_retraction
from api.routes.wired import Wired
from api.shapes.retractions import AskedRetractions, RetractIn
from graph.retraction import Sort

router = page_router()


@router.get("/retractions", operation_id="retractionsPage", openapi_extra=READ)
def retractions_page(request: Request, services: Wired) -> Response:
    """What was withdrawn, the last first, and a form for more."""
    found = list_retractions(asks(AskedRetractions), services).items
    done = next((one for one in found if one.id == request.query_params.get("done")), None)
    given = given_of(request, "sort", "given")
    return page(request, "retractions.html", found=found, done=done, given=given, sorts=list(Sort))


@router.get("/retractions/leaning", operation_id="leaningPage", openapi_extra=REVIEW)
def leaning_page(request: Request, author: Author, services: Wired) -> Response:
    """What leans on a document or a source; nothing is written."""
    asked = RetractIn.model_validate({**given_of(request, "sort", "given", "reason"), "dry_run": True})
    leaning = post_retraction(asked, author, services, Response()).leaning
    return page(request, "leaning.html", wanted=asked, leaning=leaning)


@router.post("/retractions", operation_id="retractDeed", openapi_extra=REVIEW)
def retract_deed(fields: Form, author: Author, services: Wired) -> Response:
    """Withdraws it."""
    told = {name: fields.get(name, [""])[0] for name in ("sort", "given", "reason")}
    done = post_retraction(RetractIn.model_validate(told), author, services, Response()).retraction
    return see(f"/retractions?done={done.id}" if done else "/retractions")
