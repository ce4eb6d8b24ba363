"""Which mentions in a set of documents mean the same: the same head in documents about the same event.

Documents are grouped by event first, so "the quake" of two earthquakes stays two. A pronoun means the nearest WHO
before it. Where no spans are given they are found: names and groups, verbs, times, places after a preposition.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extraction.article import groups
from ingest.extraction.candidate import stem
from ingest.extraction.dates import dates
from ingest.extraction.gazetteer import known_place
from ingest.extraction.tagging import BE, HAVE, tag
from ingest.extraction.tokens import Token
from ingest.extraction.who import PEOPLE
from ingest.forming.grouping import Text, group

_PRONOUNS = frozenset(
    "he she it they him her them his its their hers theirs himself herself itself themselves i we us our my me you your"
    " who whom whose which that".split()
)
_RELATIVE = frozenset("who whom whose which that".split())
_EMPTY = frozenset("the a an his her its their this that these those of in on at from to by for with and".split())
_PLACE_BEFORE = frozenset("in at near from outside inside across into on around".split())


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to before `end` of one sentence of a document. Kind: who, what, when, where or thing."""

    sentence: int
    start: int
    end: int
    kind: str
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A document as sentences of words, with the spans that are given, in any order; None when they are to be found."""

    id: str
    language: str
    sentences: Sequence[Sequence[str]]
    spans: Sequence[Span] | None = None


def spans_of(document: Read) -> list[Span]:
    """The spans that are given, else those found, in the order of the text."""
    if document.spans is not None:
        return list(document.spans)
    return [span for number, words in enumerate(document.sentences) for span in _found(number, words)]


def identities(documents: Sequence[Read]) -> list[list[tuple[Span, str]]]:
    """For each document its spans with the name of what each means, equal across documents for the same thing."""
    texts = [Text(one.id, one.language, "\n".join(" ".join(words) for words in one.sentences)) for one in documents]
    about = group(texts)
    found: list[list[tuple[Span, str]]] = []
    for document, place in zip(documents, about, strict=True):
        spans = spans_of(document)
        event = documents[place].id
        found.append([(span, f"{span.kind}|{_meant(document.id, event, spans, span)}") for span in spans])
    return found


def _meant(document: str, event: str, spans: list[Span], span: Span) -> str:
    if span.kind == "who" and span.text.lower() in _PRONOUNS:
        before = [
            one
            for one in spans
            if one.kind == "who"
            and one.text.lower() not in _PRONOUNS
            and (one.sentence, one.start) < (span.sentence, span.start)
            and (one.sentence == span.sentence or span.text.lower() not in _RELATIVE)
        ]
        if not before:
            return f"{document}|{span.sentence}|{span.start}|{span.text.lower()}"
        span = max(before, key=lambda one: (one.sentence, one.start))
    words = [word for word in span.text.split() if word.lower() not in _EMPTY and re.match(r"\w", word)]
    if not words:
        return f"{event}|{span.text.lower()}"
    if span.kind == "when":
        return f"{event}|{' '.join(sorted({stem(word.lower()) for word in words}))}"
    if span.kind == "where":
        named = [word for word in words if word[0].isupper()] or words
        return f"{event}|{stem(named[0].lower())}"
    return f"{event}|{stem(words[-1].lower())}"


def _found(number: int, words: Sequence[str]) -> list[Span]:
    """The mentions of one sentence, in order; none within another."""
    tokens: list[Token] = []
    at = 0
    for word in words:
        tokens.append(Token(word or " ", word.lower(), at, at + len(word)))
        at += len(word) + 1
    text = " ".join(words)
    tags = tag(tokens)
    found: list[Span] = []
    taken = set[int]()

    def take(start: int, end: int, kind: str) -> None:
        if start < end and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Span(number, start, end, kind, " ".join(words[start:end])))

    for one in dates(text, None):
        inside = [i for i, token in enumerate(tokens) if one.start <= token.start < one.end]
        if inside:
            take(inside[0], inside[-1] + 1, "when")
    for one in groups(tokens, tags):
        first = one.start + (tags[one.start] in ("DT", "PRP$"))
        take(first, one.end, _kind(words, tags, one.start, first, one.end))
    for i, token in enumerate(tokens):
        if token.lower in _PRONOUNS and tags[i] in ("PRP", "PRP$", "WP", "WP$") and token.lower not in ("it", "its"):
            take(i, i + 1, "who")
        elif tags[i].startswith("VB") and token.lower not in BE | HAVE:
            take(i, i + 1, "what")
    return sorted(found, key=lambda one: one.start)


def _kind(words: Sequence[str], tags: Sequence[str], start: int, first: int, end: int) -> str:
    head = words[end - 1].lower()
    named = tags[end - 1] in ("NNP", "NNPS")
    before = words[start - 1].lower() if start else ""
    if named and (known_place(" ".join(words[first:end])) or before in ("in", "at", "near")):
        return "where"
    if named or head in PEOPLE or stem(head) in PEOPLE:
        return "who"
    return (
        "where" if before in _PLACE_BEFORE and head.endswith(("town", "city", "street", "country", "area")) else "thing"
    )
