"""An article as it is read for its five W's: title, description and first sentences, tagged, each with its place."""

import re
from collections import Counter
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
    r"^(?:subscribe|image (?:copyright|caption)|skip ad|follow us|sign up|advertisement|read more|embed|loading)",
    re.IGNORECASE,
)
"""Beginnings of sentences that stand around articles on pages, in words of any site."""
_FURNITURE = re.compile(
    r"Get [\w' ]{1,30} updates directly to your inbox\b|\+ Subscribe\b|Thank you for subscribing!?"
    r"|Could not subscribe, try again later(?: Invalid Email)?\b|Click to share on \w+ \(Opens in new window\)"
    r"|\((?:Photo|Image|Picture|Pic|Credit)s?: [^()]{1,80}\)|Image copyright [\w ]{1,40}? Image caption\b"
    r"|Advertisement Continue reading the main story\b"
)
"""What pages put between sentences without a full stop: buttons, forms, credits of pictures."""
_BEFORE_NAMES = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt maj adm cmdr rev hon pres supt det insp st mt ft".split()
)
"""Titles and the like that are shortened with a full stop."""


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
    often: Counter[str] | None = field(default=None, compare=False, repr=False)
    """How often each word with a capital is said, once it was asked for."""

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
            whole = [(0, len(text))] if name == "title" and text.strip() else sentences(_bare(text[:8_000]), most)
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


def _bare(text: str) -> str:
    """The text with the page's furniture blank, as long as before: a sentence ends there."""
    return _FURNITURE.sub(lambda found: "\n\n".ljust(len(found[0])), text)


def _read(name: str, order: int, offset: int, text: str, words: list[Token]) -> Sentence:
    tags = tag(words, headline=name == "title")
    for i in range(1, len(words) - 1):
        if words[i].text == "." and _shortened(words, i):
            tags[i] = "NNP"
    return Sentence(name, order, offset, text, words, tags, groups(words, tags))


def _shortened(words: list[Token], dot: int) -> bool:
    """Whether a full stop belongs to the name around it: Gov. Ida Korr, Ida K. Korr, St. Lorvik."""
    before, after = words[dot - 1], words[dot + 1]
    short = before.lower in _BEFORE_NAMES or (len(before.text) == 1 and before.capital)
    return short and before.end == words[dot].start and before.capital and after.capital


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
