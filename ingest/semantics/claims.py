"""Claims: at most one a sentence, who did what, with where, when and why as far as the sentence tells them.

In English the clause of a finite verb; elsewhere a sentence that names somebody, its first name the subject and what
follows the deed. All of a claim are spans of the page, character for character.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import Instant, parse_instant
from ingest.extraction.answers import Answer
from ingest.extraction.article import Group, Sentence
from ingest.extraction.clauses import Clause, clauses
from ingest.extraction.dates import dates
from ingest.extraction.tagging import BE
from ingest.extraction.who import PEOPLE
from ingest.semantics.names import Name
from ingest.semantics.page import Page

_SAYING = frozenset(
    "say says said tell tells told report reports reported claim claims claimed announce announced add added confirm"
    " confirmed think thinks thought believe believes believed".split()
)
_PRONOUNS = frozenset(("he", "she"))
_EDGES = " \t\n,.;:\"'“”‘’-–—|()[]…。，；：、！？"
_WHY_MARKS = ("because of", "because", "due to", "in response to", "in order to", "amid", "after")
SHORTEST = 3
"""Words that a sentence has at least to claim anything."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to before `end` of one part of the page."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim as it was read. `names` are the names in it, by surface; `subject_name` the one that acts, empty where
    a group acts that has no name. `at` is when it happened, `told` whether the sentence says so itself."""

    sentence: Sentence
    number: int
    span: Span
    subject: Span
    deed: Span
    subject_name: str
    names: tuple[str, ...]
    where: str
    at: Instant | None
    told: bool
    when: Span | None
    why: Span | None
    says: bool
    """It only tells that somebody said something."""
    vouched: bool = False
    """A language model told it, too."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page as a whole tells: when, and the reasons found in it."""

    at: Instant | None
    why: Sequence[Answer]


def claims(page: Page, sentences: Sequence[Sentence], found: Sequence[Name], told: Told) -> list[Claimed]:
    """The claims in the order of the page."""
    by_sentence: dict[int, list[Occurrence]] = {}
    for name in found:
        for spot in name.spots:
            by_sentence.setdefault(spot.sentence, []).append((spot.start, spot.end, name, spot.placed))
    made: list[Claimed] = []
    acting = ""
    for number, sentence in enumerate(sentences):
        if len(sentence.tokens) < SHORTEST and page.language != "zh":
            continue
        here = sorted(by_sentence.get(number, []), key=lambda one: one[:2])
        read = _by_clause if page.language in ("en", "") else _by_name
        core = read(sentence, here, acting)
        if core is None:
            continue
        if core[2]:
            acting = core[2]
        made.append(_claimed(page, sentence, number, here, core, told))
    return made


Core = tuple[Span, Span, str, bool]
"""Subject, deed, name of who acts, whether it only says something."""
Occurrence = tuple[int, int, Name, bool]
"""Offsets of a name in the sentence's part, the name, and whether a word of place stands before it."""
Here = Sequence[Occurrence]


def _by_clause(sentence: Sentence, here: Here, acting: str) -> Core | None:
    """The first clause that tells a deed, rather one that does more than say."""
    told = [c for c in clauses(sentence) if _subject(sentence, c) is not None and _deed(sentence, c) is not None]
    if not told:
        return None
    chosen = next((c for c in told if sentence.tokens[c.main].lower not in _SAYING), told[0])
    subject, deed = _subject(sentence, chosen), _deed(sentence, chosen)
    if subject is None or deed is None:
        return None
    names = [name for start, end, name, _ in here if subject.start <= start and end <= subject.end]
    name = names[-1].surface if names else acting if subject.text.lower() in _PRONOUNS else ""
    return subject, deed, name, sentence.tokens[chosen.main].lower in _SAYING


def _subject(sentence: Sentence, clause: Clause) -> Span | None:
    before = clause.verb - 1
    while before >= 0 and sentence.tags[before] in ("RB", "MD"):
        before -= 1
    if before >= 0 and sentence.tags[before] == "PRP":
        return _span(sentence, before, before + 1) if sentence.tokens[before].lower in _PRONOUNS else None
    if clause.subject is None:
        return None
    group = _explained(sentence, clause.verb) or clause.subject
    return _span(sentence, group.start, group.end)


def _explained(sentence: Sentence, verb: int) -> Group | None:
    """The group that an insertion before the verb explains: "Ann Lee, head of the port, signed"."""
    if verb < 3 or sentence.tokens[verb - 1].text != ",":
        return None
    opens = next((i for i in range(verb - 2, 0, -1) if sentence.tokens[i].text == ","), 0)
    return next((group for group in sentence.groups if group.end == opens), None)


def _deed(sentence: Sentence, clause: Clause) -> Span | None:
    start, end = clause.verb, max(clause.end, clause.main + 1)
    while end - 1 > start and sentence.tokens[end - 1].text in _EDGES:
        end -= 1
    if end - start < 2 and sentence.tokens[start].lower in BE | _SAYING:
        return None
    return _span(sentence, start, end)


def _span(sentence: Sentence, start: int, end: int) -> Span:
    first, last = sentence.tokens[start].start, sentence.tokens[end - 1].end
    return Span(sentence.offset + first, sentence.offset + last, sentence.text[first:last])


def _by_name(sentence: Sentence, here: Here, acting: str) -> Core | None:
    """In a language whose verbs are not known: the first name and what is said after it."""
    _ = acting
    whole = sentence.offset + len(sentence.text.rstrip(_EDGES))
    for start, end, name, _ in here:
        rest = sentence.text[end - sentence.offset : whole - sentence.offset]
        kept = rest.strip(_EDGES)
        if len(kept) < (2 if _blankless(kept) else 8):
            continue
        begin = end + rest.index(kept)
        text = sentence.text[start - sentence.offset : end - sentence.offset]
        return Span(start, end, text), Span(begin, begin + len(kept), kept), name.surface, False
    return None


def _blankless(text: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" for letter in text[:20])


def _claimed(page: Page, sentence: Sentence, number: int, here: Here, core: Core, told: Told) -> Claimed:
    subject, deed, name, says = core
    first, last = min(subject.start, deed.start), max(subject.end, deed.end)
    text = sentence.text[first - sentence.offset : last - sentence.offset]
    at, when = time_of(page, sentence)
    names = dict.fromkeys(one[2].surface for one in here)
    return Claimed(
        sentence=sentence,
        number=number,
        span=Span(first, last, text),
        subject=subject,
        deed=deed,
        subject_name=name,
        names=tuple(dict.fromkeys([name, *names])) if name else tuple(names),
        where=_place(here, deed, name),
        at=at or told.at,
        told=at is not None,
        when=when,
        why=_why(sentence, told.why),
        says=says,
    )


def _place(here: Here, deed: Span, subject: str) -> str:
    """Of the places that do not act the first after a word of place, rather from the deed on."""
    places = [one for one in here if one[2].w is W.WHERE and one[2].surface != subject]
    ranked = sorted(places, key=lambda one: (not one[3], one[0] < deed.start, one[0]))
    return ranked[0][2].surface if ranked else ""


def time_of(
    page: Page, sentence: Sentence, rather: Sequence[tuple[int, int]] = ()
) -> tuple[Instant | None, Span | None]:
    """When a sentence says that something happened, and where it says so; `rather` where it is within these offsets of
    its part."""
    found = (
        (at, Span(sentence.offset + one.start, sentence.offset + one.end, sentence.text[one.start : one.end]))
        for one in dates(sentence.text, page.published)
        if (at := instant(one.moment)) is not None
    )
    if not rather:
        return next(found, (None, None))
    every = list(found)
    preferred = [one for one in every if any(a < one[1].end and one[1].start < b for a, b in rather)]
    return next(iter([*preferred, *every]), (None, None))


def instant(moment: str | None) -> Instant | None:
    """An ISO 8601 moment as an instant; None for none, or what no calendar has."""
    try:
        return parse_instant(moment) if moment else None
    except InvalidInput:
        return None


def _why(sentence: Sentence, found: Sequence[Answer]) -> Span | None:
    end = sentence.offset + len(sentence.text)
    for one in found:
        # What begins with the sentence is no reason that it gives.
        if one.field == sentence.part and sentence.offset < one.start and one.end <= end:
            return Span(one.start, one.end, one.text)
    lower = sentence.text.lower()
    for mark in _WHY_MARKS:
        place = lower.find(f" {mark} ")
        if place > 0:
            start = place + len(mark) + 2
            text = sentence.text[start:].rstrip(_EDGES)
            if len(text.split()) > 1:
                return Span(sentence.offset + start, sentence.offset + start + len(text), text)
    return None


def people(text: str) -> bool:
    """Whether a group of words without a name is of people or bodies that can act."""
    words = text.lower().split()
    return bool(words) and (words[-1] in PEOPLE or words[-1].rstrip("s") in PEOPLE)


def by_surface(found: Sequence[Name]) -> Mapping[str, Name]:
    """Names by how they are written."""
    return {name.surface: name for name in found}
