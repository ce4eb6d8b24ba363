"""An article as it is read for its five W's: title, description and first sentences, tagged, each with its place."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.extraction.tagging import tag
from ingest.extraction.tokens import Token, sentences, tokens

if TYPE_CHECKING:
    from ingest.extraction.clauses import Clause

LEAD = 12
"""Sentences of the text that are read; the answers stand at its head (inverted pyramid)."""
_NOISE = re.compile(
    r"^(?:get daily updates|subscribe|thank you for|could not|invalid|click to|image (?:copyright|caption)|skip ad"
    r"|follow us|sign up|advertisement|read more|embed|loading)",
    re.IGNORECASE,
)
"""What stands around articles on pages, in words of any site."""


@dataclass(frozen=True, slots=True)
class Group:
    """A run of tokens, by their places: `start` to before `end`."""

    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """One title, description sentence or sentence of the text, cut and tagged. `part` says which, `order` is its
    place in it, `offset` where it begins there."""

    part: str
    order: int
    offset: int
    text: str
    tokens: list[Token]
    tags: list[str]
    groups: list[Group] = field(default_factory=list[Group])

    told: "list[Clause] | None" = None
    """Its clauses, kept from the first time they are asked for."""

    def span(self, start: int, end: int) -> str:
        """The very characters of tokens `start` to before `end`."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


@dataclass
class Article:
    """What is told of an article; any of it may be empty. `published` is the day, when it is known."""

    id: str
    title: str
    description: str = ""
    text: str = ""
    published: date | None = None

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Title, description and head of the text in this order; sentences said twice only once."""
        found: list[Sentence] = []
        seen = set[str]()
        for name, text, most in (
            ("title", self.title, 3),
            ("description", self.description, 5),
            ("text", self.text, LEAD),
        ):
            whole = [(0, len(text))] if name == "title" and text.strip() else sentences(text[:8_000], most)
            order = 0
            for start, end in whole:
                said = text[start:end]
                same = re.sub(r"\W+", "", said.lower())
                if not same or same in seen or _NOISE.match(said):
                    continue
                seen.add(same)
                words = tokens(said)
                if words:
                    found.append(_read(name, order, start, said, words))
                    order += 1
        return found


def _read(name: str, order: int, offset: int, text: str, words: list[Token]) -> Sentence:
    tags = tag(words, headline=name == "title")
    return Sentence(name, order, offset, text, words, tags, groups(words, tags))


_INSIDE = frozenset(("DT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "VBN", "VBG"))
_HEADS = frozenset(("NN", "NNS", "NNP", "NNPS"))


def groups(words: list[Token], tags: list[str]) -> list[Group]:
    """Noun groups: article, numbers, adjectives and nouns up to the last noun in a row."""
    found: list[Group] = []
    start = 0
    while start < len(tags):
        if tags[start] not in _INSIDE or tags[start] == "POS":
            start += 1
            continue
        end = start
        while end < len(tags) and (tags[end] in _INSIDE or (words[end].text in "-&" and end + 1 < len(tags))):
            if tags[end] in ("DT", "PRP$") and end > start:
                break
            end += 1
        last = end
        while last > start and tags[last - 1] not in _HEADS:
            last -= 1
        if last > start:
            found.append(Group(start, last))
        start = max(end, start + 1)
    return found
