"""The box for questions: an answer whose every statement links the events that say so."""

from typing import Any

from fastapi import Request, Response

from api.access import needs
from api.ask.asking import LENGTH
from api.explorer.doors import page_router
from api.explorer.rendering import page
from api.keys import Scope
from api.routes.ask import SECONDS, answered
from api.routes.bodied import Author
from api.routes.pages import asks, given_of, to_its_end
from api.routes.wired import Wired
from api.shapes.ask import AskIn

router = page_router()


@router.get("/ask", operation_id="askPage", openapi_extra=needs(Scope.READ, seconds=SECONDS))
def ask_page(request: Request, author: Author, services: Wired) -> Response:
    """The answer to a question, or the empty box."""
    given = given_of(request, "question", "as_of")
    question = given.pop("question", "")[:LENGTH]
    told: Any = None
    if question:
        told = answered(services, asks(AskIn, question=question, **to_its_end(given, ("as_of",))), author)
    return page(request, "ask.html", question=question, given=given, answer=told)
