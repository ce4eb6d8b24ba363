"""Questions that need another event first: `the man who took over X`, `after the fire in Y`.

The inner part is found by itself; whom it names, or when it was, then stands in the question in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from api.ask.answer import Told, sentence
from api.ask.asked import Ground, sought, understood
from api.ask.causes import causes_told
from api.ask.events import events_told
from api.ask.evidence import Evidence, Named
from api.ask.question import Link, Question, Shape, Slot, Template
from api.ask.templates import shape_of
from api.ask.times import Window, window_of
from api.ask.weighing import wanted_of
from api.ask.words import passed_over, words
from graph.entity import KINDS
from graph.keys import W

SURE = 0.85
"""Share of its words that an inner part must be met in."""
BEARERS = 6
"""Whom an inner event names, that are tried."""
NEXT = 3
"""Events that may be meant by an inner part."""
TRIES = 10
"""Bearers that are tried in all."""
_PEOPLE = (
    r"man|woman|person|people|minister|politician|official|leader|judge|president|pope|monarch|actor"
    r"|actress|player|clerk|captain|trader|businessman|journalist|head|boss|figure|one|candidate|swimmer"
    r"|athlete|artist|general|governor"
)
_BODIES = (
    r"company|firm|bank|organi[sz]ation|group|court|union|party|agency|club|team|airline|carmaker"
    r"|manufacturer|insurer|house|navy|government|entity|authority|council|shipping\s+line|shipper"
    r"|institution"
)
_SITES = r"country|city|state|place|town|province|region|island|port|airport|nation|village"
_CLAUSE = re.compile(
    rf"\b(?:the|an?|that|whichever)\s+(?:[\w'’-]+\s+){{0,2}}?(?P<noun>(?P<people>{_PEOPLE})"
    rf"|(?P<bodies>{_BODIES})|(?P<sites>{_SITES}))\s+"
    r"(?:who(?:m|se)?|that|which|where|in\s+which)\s+(?P<rest>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(?P<side>after|before|since|following|prior\s+to)\s+(?P<anchor>(?!that\b|this\b|it\s*[?.]"
    r"|then\b)[^,?]{4,}?)(?=,|\s*[?.!]*\s*$)",
    re.IGNORECASE,
)


def by_clause(ground: Ground, text: str, blank: str, window: Window) -> tuple[Question, Told] | None:
    """The answer through whom a clause means; None where there is no clause, or nobody fits."""
    match = _CLAUSE.search(blank)
    if match is None:
        return None
    rest = match["rest"]
    tries = 0
    for event, end, question in _inner(ground, rest):
        if all(word.folded in passed_over() for word in (*words(blank[: match.start()]), *words(rest[end:]))):
            continue
        outside = _window_outside(ground, text, match.start(), match.start("rest") + end) or window
        for named in _bearers(event, question, match):
            outer = f"{blank[: match.start()]}{named.name}{rest[end:]}?"
            found = _outer(ground, text, outer, named, outside, event)
            if found is not None:
                return found
            tries += 1
            if tries == TRIES:
                return None
    return None


def _window_outside(ground: Ground, text: str, start: int, end: int) -> Window | None:
    """The time of a question beside that of its clause, where the clause has one."""
    inside, _ = window_of(text[start:end], ground.now.date())
    if inside.open:
        return None
    return window_of(f"{text[:start]} {text[end:]}", ground.now.date())[0]


def _inner(ground: Ground, rest: str) -> Iterator[tuple[Evidence, int, Question]]:
    """Beginnings of a clause that events meet, the longest first, each with the event and where it ends."""
    shape = Shape(Template.EVENT, Slot.WHO, rest)
    whole = understood(ground, rest, shape, Window())
    said = words(rest)
    seen: set[tuple[str, ...]] = set()
    for last in range(len(said), 1, -1):
        end = said[last - 1].end
        part = replace(
            whole,
            links=tuple(link for link in whole.links if link.words[-1].end <= end),
            content=tuple(word for word in whole.content if word.end <= end),
            runs=tuple(run for run in whole.runs if run[-1].end <= end),
        )
        wanted = wanted_of(part.content, part.runs, part.verbs)
        mark = (*(one.stem for one in wanted), *(link.text for link in part.links))
        if mark in seen or not wanted:
            continue
        seen.add(mark)
        found = sought(ground, part)
        for one in found.found[:NEXT]:
            if one.share >= SURE:
                yield one.evidence, end, part


def _bearers(event: Evidence, question: Question, match: re.Match[str]) -> Iterator[Named]:
    """Whom an event names beside the names of the clause, those of the kind that is asked for first."""
    asked = {key for link in question.links for key in link.keys}
    others = [one for one in event.mentions if one.w in (W.WHO, W.WHERE) and one.key not in asked]
    persons, *bodies = KINDS[W.WHO]
    kinds = (persons,) if match["people"] else KINDS[W.WHERE] if match["sites"] else bodies
    others = [one for one in others if one.kind in kinds] or others
    fitting = sorted(others, key=lambda one: (one.role != "source", others.index(one)))
    yield from list({one.key: one for one in fitting}.values())[:BEARERS]


def _outer(
    ground: Ground, text: str, outer: str, named: Named, window: Window, event: Evidence
) -> tuple[Question, Told] | None:
    shape = shape_of(outer)
    if shape.one:
        return None
    question = understood(ground, text, shape, window)
    links = [link for link in question.links if named.name != link.text and named.key not in link.keys]
    bearer = Link(named.name, words(named.name), {named.key: named.name})
    # The name of the bearer stands for the clause: its words are no content.
    own = {word.folded for word in bearer.words}
    content = tuple(word for word in question.content if word.folded not in own)
    runs = tuple(run for run in question.runs if not {word.folded for word in run} <= own)
    question = replace(question, links=(bearer, *links), content=content, runs=runs, unknown=())
    found = sought(ground, question)
    if shape.template is Template.EVENT and not found.wanted:
        return None
    if not any(one.share >= SURE and one.evidence.id != event.id for one in found.found):
        return None
    told = events_told(ground, question, found)
    if not told.sentences:
        return None
    first = sentence(event, role="step")
    rest = tuple(one for one in told.sentences if one.events != (event.id,))
    return question, replace(told, sentences=(first, *rest), evidence=(event, *told.evidence))


def by_event(
    ground: Ground, text: str, blank: str, window: Window, plain: Told | None = None
) -> tuple[Question, Told] | None:
    """The answer before or after the event that the question names; None where it names none, or nothing fits. `plain`
    is what was found without: it stands, unless it is nothing but the event named."""
    match = _SIDE.search(blank)
    if match is None or not window.open:
        return None
    anchor = _anchor(ground, match["anchor"])
    if anchor is None or anchor.at is None:
        return None
    if plain is not None and any(one.id != anchor.id for one in plain.evidence):
        return None
    outer = blank[: match.start()] + " " * (match.end() - match.start()) + blank[match.end() :]
    shape = shape_of(outer)
    if shape.one or not words(outer):
        return None
    if match["side"].lower() in ("before", "prior to"):
        narrowed = Window(until=anchor.at - timedelta(microseconds=1))
    else:
        narrowed = Window(since=anchor.at)
    question = understood(ground, text, shape, narrowed)
    if not question.links:
        return _of_the_same(ground, question, anchor)
    told = _without(events_told(ground, question), anchor)
    if not told.sentences and plain is None:
        return question, Told(reason=f"Nothing of it is known {match['side'].lower()} “{anchor.title}”.")
    return (question, told) if told.sentences else None


def _of_the_same(ground: Ground, question: Question, anchor: Evidence) -> tuple[Question, Told] | None:
    """The answer of a question that names nobody but in its time: it is about somebody whom the event there names."""
    others = sorted((one for one in anchor.mentions if one.w in (W.WHO, W.WHERE)), key=lambda one: one.w != W.WHO)
    for named in list({one.key: one for one in others}.values())[:BEARERS]:
        about = replace(question, links=(Link(named.name, words(named.name), {named.key: named.name}),))
        found = sought(ground, about)
        if not found.wanted or not any(one.share >= SURE and one.evidence.id != anchor.id for one in found.found):
            continue
        told = _without(events_told(ground, about, found), anchor)
        if told.sentences:
            return about, told
    return None


def _anchor(ground: Ground, text: str) -> Evidence | None:
    question = understood(ground, text, Shape(Template.EVENT, Slot.WHAT, text), Window())
    found = sought(ground, question)
    if not found.wanted or not found.found or found.found[0].share < SURE:
        return None
    return found.found[0].evidence


def _without(told: Told, anchor: Evidence) -> Told:
    return replace(
        told,
        sentences=tuple(one for one in told.sentences if one.events != (anchor.id,)),
        evidence=tuple(one for one in told.evidence if one.id != anchor.id),
    )


def by_words_of_time(ground: Ground, text: str, question: Question) -> tuple[Question, Told] | None:
    """The answer where a time is not when something happened but what it was about (`refugees to be taken in 2016`):
    then its figures must stand in what is told."""
    whole = understood(ground, text, shape_of(text), Window())
    figures = [word for word in words(text) if word.written[0].isdigit()]
    timed = [word for word in figures if word.start not in {one.start for one in question.content}]
    if not timed:
        return None
    runs = (*whole.runs, *((word,) for word in timed))
    content = tuple(dict.fromkeys((*whole.content, *timed)))
    asked = replace(whole, content=content, runs=runs)
    told = causes_told(ground, asked) if asked.shape.template is Template.CAUSE else events_told(ground, asked)
    return (asked, told) if told.sentences else None
