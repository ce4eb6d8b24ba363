"""A question in, an answer out: read, retrieve, weigh, tell. Deterministic; reads only."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from api.ask.answer import Answer, Meant, Told, Understood, citation
from api.ask.asked import Ground, understood
from api.ask.boards import board_told
from api.ask.causes import causes_told
from api.ask.composing import composed
from api.ask.connections import company_told, connection_told, ends_of
from api.ask.events import events_told
from api.ask.hops import by_clause, by_event, by_words_of_time
from api.ask.model import AskModel
from api.ask.model_query import found_by_model
from api.ask.question import Question, Template
from api.ask.refusing import refused
from api.ask.retrieving import Retrieving
from api.ask.templates import shape_of
from api.ask.times import Window, window_of
from api.ask.words import words
from graph.database import Database
from graph.errors import InvalidInput
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.text import clean_name
from graph.trending import Boards, Scans

LENGTH = 500
"""Characters that a question may have."""
_TOLD: dict[Template, Callable[[Ground, Question], Told]] = {
    Template.EVENT: events_told,
    Template.TIMELINE: events_told,
    Template.CHANGES: events_told,
    Template.CAUSE: causes_told,
    Template.CONSEQUENCE: causes_told,
    Template.CONNECTION: connection_told,
    Template.COMPANY: company_told,
    Template.TRENDING: board_told,
}
_DATED = frozenset({Template.EVENT, Template.CAUSE})
_EVENTS = frozenset({Template.EVENT, Template.TIMELINE, Template.CHANGES})


def ask(
    database: Database,
    boards: Boards | None,
    now: datetime,
    text: str,
    *,
    clocks: Clocks | None = None,
    limit: int = 50,
    scans: Scans | None = None,
    retrieving: Retrieving | None = None,
) -> Answer:
    """Answers a question as of the clocks, or says what is lacking. `retrieving` is asked where no event that the
    templates looked at was evidence. Raises InvalidInput for what is no question,
    DatabaseUnavailable, BudgetExceeded."""
    started = time.perf_counter()
    asked = clean_name(text)
    if len(asked) > LENGTH:
        raise InvalidInput(f"has {len(asked)} characters, at most {LENGTH} are taken", "question")
    if not words(asked):
        raise InvalidInput("there is no word in it", "question")
    window, blank = window_of(asked, now.date())
    ground = Ground(database, boards, now, _clocks(clocks or Clocks(), window), limit, scans or Scans())
    question, told = _answered(ground, asked, blank, window)
    if told.missed and retrieving is not None and not ground.clocks.remembers:
        again = _TOLD[question.shape.template](replace(ground, retrieving=retrieving), question)
        told = again if again.sentences else told
    change = database.read(statement("read/gate_change"))[0]["change"]
    return Answer(
        question=asked,
        answered=bool(told.sentences),
        text="\n".join(one.text for one in told.sentences),
        reason=told.reason,
        understood=_understood(question, ground),
        sentences=told.sentences,
        citations=tuple(citation(one) for one in {one.id: one for one in told.evidence}.values()),
        table=told.table,
        path=told.path,
        at_least=told.at_least,
        change=change,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _clocks(clocks: Clocks, window: Window) -> Clocks:
    """A question that says `as of` is asked as of then, or of the clock where that is earlier."""
    as_of = min((at for at in (clocks.as_of, window.as_of) if at), default=None)
    return replace(clocks, as_of=as_of)


def _answered(ground: Ground, text: str, blank: str, window: Window) -> tuple[Question, Told]:
    shape = shape_of(blank)
    if reason := refused(text):
        return Question(text, shape, window), Told(reason=reason)
    if shape.template in (Template.CONNECTION, Template.COMPANY):
        ends = (shape.one, shape.other) if shape.template is Template.CONNECTION else (shape.one,)
        links, unknown = ends_of(ground, *ends)
        question = Question(text, shape, window, tuple(links), unknown=() if unknown is None else (unknown,))
        if unknown is not None:
            return question, Told(reason=f"Nothing is told of “{unknown}”.")
        return question, _TOLD[shape.template](ground, question)
    if shape.template in _EVENTS and (found := by_clause(ground, text, blank, window)):
        return found
    if shape.template in (Template.TIMELINE, Template.CHANGES) and (found := by_event(ground, text, blank, window)):
        return found
    question = understood(ground, text, shape, window)
    told = _TOLD[shape.template](ground, question)
    if shape.template is Template.EVENT and (found := by_event(ground, text, blank, window, told)):
        return found
    if told.sentences or shape.template not in _DATED:
        return question, told
    return (None if window.open else by_words_of_time(ground, text, question)) or (question, told)


def _understood(question: Question, ground: Ground) -> Understood:
    names = tuple(
        Meant(link.text, tuple({"key": key, "name": name} for key, name in link.keys.items()))
        for link in question.links
    )
    return Understood(
        template=question.shape.template.value,
        slot=question.shape.slot.value,
        names=names,
        words=tuple(word.written for word in question.content),
        since=None if question.window.yearless else question.window.since,
        until=None if question.window.yearless else question.window.until,
        as_of=ground.clocks.as_of,
    )


def helped(answer: Answer, model: AskModel, who: str, database: Database, clocks: Clocks) -> Answer:
    """The answer with what a language model may add: events of a query where there were none, and sentences that the
    evidence bears. `who` is whose budget it is."""
    found = found_by_model(answer, model, who, database, clocks) if model.cypher else answer
    return composed(found, model, who, database, clocks) if model.compose else found
