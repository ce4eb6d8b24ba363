"""What every template stands on: the graph, the boards, the clocks of the question, and how events are found for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from api.ask.naming import named_in
from api.ask.question import Link, Question, Shape
from api.ask.retrieving import Retrieving, candidates, retrieved
from api.ask.times import Window
from api.ask.weighing import Wanted, Weighed, content_of, wanted_of, weighed
from api.ask.words import Word, peoples, words
from graph.database import Database
from graph.reading.clocks import Clocks
from graph.trending import Boards, Scans
from ingest.extraction.tagging import can_be_verb, tag
from ingest.extraction.tokens import tokens


@dataclass(frozen=True, slots=True)
class Ground:
    """Where answers come from, and as of when: `now` is the caller's clock, `limit` the events that a list shows. Where
    `retrieving` is set, candidates are chosen by it."""

    database: Database
    boards: Boards | None
    now: datetime
    clocks: Clocks
    limit: int = 50
    scans: Scans = field(default_factory=Scans)
    retrieving: Retrieving | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """A question with the events that are evidence for it, best first."""

    question: Question
    wanted: tuple[Wanted, ...]
    found: tuple[Weighed, ...]
    cut: bool


_DID = re.compile(r"\b(?:did|does|do|has|have|had|will|would)\s+(?:the\s+)?$", re.IGNORECASE)
_BEING = re.compile(r"\b(?:is|was|were|are|been)\s+(?:the\s+)?$", re.IGNORECASE)
_WHO_DID = re.compile(
    r"^\W*(?:who|what|which\s+[\w-]+)\s+(?P<deed>\w+(?:ed|t|e|g|w|d|k|ght|n))\s+(?:the\s+|\w+\s+minister\s+|president\s+)?$",
    re.IGNORECASE,
)
_SOME_DID = re.compile(r"\b(?:did|does|do)\s+(?:the|an?)\s+", re.IGNORECASE)
_WHICH_DID = re.compile(
    r"^\W*(?:which|what)\s+(?P<head>\w+)\s+(?P<verb>\w+)\s+(?:the|an?|his|her|[A-ZÀ-Þ])", re.IGNORECASE
)
_UNDERGO = frozenset(("been", "get", "gotten", "be"))
_OBJECT = re.compile(r"\s+(?:its|his|her|their|the|an?)\b", re.IGNORECASE)
_POSSESSED = re.compile(r"['’]")


def understood(ground: Ground, text: str, shape: Shape, window: Window) -> Question:
    """The question with its names and words. Raises DatabaseUnavailable, BudgetExceeded."""
    named = named_in(ground.database, shape.body)
    content = content_of(shape.body, named.links)
    unknown = tuple(shape.body[run[0].start : run[-1].end] for run in named.unknown)
    runs = tuple(named.unknown)
    verbs = deeds(shape.body)
    nameless = [Link(written, run, {}) for written, run in zip(unknown, runs, strict=True)]
    doer, sufferer, verb = parties(shape.body, [*named.links, *nameless], verbs)
    done = "" if verb is None else verb.stem
    verbs |= frozenset() if verb is None else {verb.start}
    links = tuple(named.links)
    return Question(text, shape, window, links, tuple(content), unknown, runs, verbs, doer, sufferer, done)


def parties(body: str, links: Sequence[Link], verbs: frozenset[int]) -> tuple[Link | None, Link | None, Word | None]:
    """Whom a question has do it, whom it has it done to, and the word for what was done."""
    said = words(body)
    for link in links:
        before = body[: link.words[0].start]
        behind = next((word for word in said if word.start >= link.words[-1].end), None)
        if _DID.search(before) and link.words[-1].folded in peoples():
            begun = [word for word in said if word.start >= link.words[-1].end]
            deed = next((word for word in begun[1:4] if _may_be_deed(word, verbs)), None)
            verb = behind is not None and (behind.start in verbs or _OBJECT.match(body[behind.end :]))
            if not verb and deed is not None:
                return link, None, deed
        if _DID.search(before) and behind is not None and not _POSSESSED.match(body[link.words[-1].end :]):
            if behind.folded in _UNDERGO:
                done = next((word for word in said if word.start >= behind.end and word.start in verbs), None)
                return None, link, done
            return link, None, behind if _may_be_deed(behind, verbs) else None
        if _BEING.search(before) and behind is not None and behind.start in verbs and not behind.folded.endswith("ing"):
            return None, link, behind
        if match := _WHO_DID.search(before):
            return None, link, next(word for word in said if word.start == match.start("deed"))
    if match := _SOME_DID.search(body):
        begun = [word for word in said if word.start >= match.end()]
        at = next((at for at, word in enumerate(begun[1:5], 1) if word.start in verbs), None)
        if at is not None:
            return Link(begun[at - 1].written, (begun[at - 1],), {}), None, begun[at]
    if match := _WHICH_DID.search(body):
        head, verb = (next(word for word in said if word.start == match.start(name)) for name in ("head", "verb"))
        if verb.start in verbs and head.proper:
            return Link(head.written, (head,), {}), None, verb
    return None, None, None


def _may_be_deed(word: Word, verbs: frozenset[int]) -> bool:
    return word.start in verbs or (not word.proper and can_be_verb(word.folded) == word.folded)


def deeds(text: str) -> frozenset[int]:
    """Where the words of a text begin that are verbs, by the tagger that reads news."""
    said = tokens(text)
    return frozenset(token.start for token, tagged in zip(said, tag(said), strict=True) if tagged.startswith("VB"))


def sought(ground: Ground, question: Question) -> Sought:
    """The events that fit a question, of the newest year that has any where its times tell no year."""
    wanted = wanted_of(question.content, question.runs, question.verbs)
    likeness = None
    if ground.retrieving is None:
        found = candidates(ground.database, question, wanted, question.window, ground.clocks)
    else:
        found = retrieved(ground.database, question, wanted, ground.retrieving, ground.clocks)
        likeness = ground.retrieving.likeness()
    fitting = weighed(question, wanted, found.events, likeness)
    window = question.window
    if window.yearless and fitting:
        newest = max(one.evidence.at.year for one in fitting if one.evidence.at is not None)
        window = window.of_year(newest)
        fitting = [one for one in fitting if window.holds(one.evidence.at)]
        question = replace(question, window=window)
    return Sought(question, tuple(wanted), tuple(fitting), found.cut)


def lacking(found: Sought) -> str:
    """Why a question has no answer, in one sentence."""
    question = found.question
    if question.unknown:
        return f"Nothing is told of {_listed([f'“{name}”' for name in question.unknown])} that would answer this."
    when = "" if question.window.open else " in that time"
    if not question.links:
        return f"No event is known{when} that would answer this."
    of = _listed([link.text for link in question.links])
    return f"No event of {of} is known{when}{' that would answer this' if found.wanted else ''}."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
