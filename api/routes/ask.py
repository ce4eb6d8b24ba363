"""Ask: a question in plain words, answered with its evidence; as a whole or sentence by sentence."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.access import needs, scoped_router
from api.ask.asking import ask, helped
from api.keys import Scope
from api.problems import JsonAnswer, declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Wired
from api.services import Services
from api.shapes.ask import ASK_EXAMPLE, AnswerOut, AskIn

router = scoped_router("ask")
SECONDS = 75.0
"""A question may ask for several reads, and twice for a language model's answer where one is set."""
_STREAM: dict[str, Any] = {
    "description": "The answer; where text/event-stream is accepted, events `understood`, `sentence`, `answer`.",
    "content": {"text/event-stream": {}},
}


@router.post(
    "/api/ask",
    operation_id="ask",
    openapi_extra=needs(Scope.READ, seconds=SECONDS, requestBody=described(AskIn, ASK_EXAMPLE)),
    response_model=AnswerOut,
    responses={200: _STREAM, **declared(408, 413)},
    dependencies=[NoQuery],
)
async def post_ask(
    request: Request, asked: Annotated[AskIn, Depends(body_of(AskIn))], author: Author, services: Wired
) -> Response:
    """Answers a question from the graph, every sentence with the events and documents that say so, or says that it
    cannot. Writes nothing.
    """
    answer = await run_in_threadpool(answered, services, asked, author)
    if "text/event-stream" in request.headers.get("accept", ""):
        return EventSourceResponse(_told(answer))
    return JsonAnswer(answer.model_dump(mode="json"))


def answered(services: Services, asked: AskIn, who: str) -> AnswerOut:
    """The answer as every door tells it. Raises InvalidInput, DatabaseUnavailable, BudgetExceeded."""
    found = ask(
        services.database,
        services.boards,
        services.clock(),
        asked.question,
        clocks=asked.clocks,
        limit=asked.limit,
        scans=services.scans,
        retrieving=services.retrieving,
    )
    if services.ask_model is not None:
        found = helped(found, services.ask_model, who, services.database, asked.clocks)
    return AnswerOut.model_validate(found)


def _told(answer: AnswerOut) -> Iterator[ServerSentEvent]:
    yield ServerSentEvent(answer.understood.model_dump_json(), event="understood")
    for number, sentence in enumerate(answer.sentences, start=1):
        yield ServerSentEvent(sentence.model_dump_json(), event="sentence", id=str(number))
    yield ServerSentEvent(answer.model_dump_json(), event="answer")
