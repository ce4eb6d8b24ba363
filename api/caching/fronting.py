"""Puts the kept answers in front of an application."""

from collections.abc import Generator
from contextlib import contextmanager

import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp

from api.caching.answers import Answers
from api.caching.front import AnswersMiddleware
from api.caching.hearing import Hearing
from api.caching.shared import SharedAnswers
from api.services import Caching, Services

_log = structlog.get_logger(__name__)


@contextmanager
def fronted(app: FastAPI) -> Generator[ASGIApp]:
    """What a server should serve in place of the application: the same, with answers kept while they are true. Where
    nothing can be kept, the application itself."""
    services: Services = app.state.services
    caching = services.caching
    if caching is None or caching.options.memory == 0:
        yield app
        return
    try:
        caching.changing.shared()
    except OSError as error:
        _log.warning("answers are not kept: the data folder cannot be used", cause=str(error))
        yield app
        return
    front, answers = _front(app, services, caching)
    hearing = Hearing(services.database, services.boards, caching.changing, answers)
    with hearing.listening(caching.options.check):
        yield front


def _front(app: FastAPI, services: Services, caching: Caching) -> tuple[ASGIApp, Answers]:
    answers = Answers(caching.options, app.state.counts)
    redis = caching.redis if caching.options.redis else None
    front = AnswersMiddleware(
        app,
        routes=app.state.kept,
        guard=app.state.guard,
        changing=caching.changing,
        options=caching.options,
        shared=SharedAnswers(redis, services.database, caching.changing, caching.options, services.cursor_secret),
        answers=answers,
        counts=app.state.counts,
        rates=app.state.rates,
        seconds=services.options.read_deadline,
    )
    return front, answers
