"""A page as it is read: its texts cut into tagged sentences, each sentence once, within a bound."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.extraction.article import Article, Sentence, groups
from ingest.extraction.tagging import tag
from ingest.extraction.tokens import sentences, tokens

Part = Literal["title", "description", "text"]
CHARACTERS = 40_000
"""Characters of a text that are looked at."""
_DESCRIBED = 5
_LONG = 1_200
"""Characters of a sentence beyond which it is a list, a table or a page without stops: not read."""
_NOISE = re.compile(
    r"^(?:get daily updates|subscribe|thank you for|could not|invalid|click (?:to|here)|image (?:copyright|caption)"
    r"|skip ad|follow us|sign up|advertisement|read (?:more|also)|embed|loading|share this|all rights reserved"
    r"|cookies?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is told of a page. `reliability` is its source's, None where nobody rated it; `published` its day."""

    id: str
    title: str = ""
    description: str = ""
    text: str = ""
    published: date | None = None
    language: str = ""
    reliability: float | None = None

    def part(self, name: str) -> str:
        """The text that spans of this part are offsets in."""
        return {"title": self.title, "description": self.description}.get(name, self.text)

    @property
    def article(self) -> Article:
        """The page as the answers to its five W's are looked for."""
        return Article(self.id, self.title, self.description, self.text, self.published)


def reach(page: Page, most: int) -> int:
    """Characters of the text up to the end of the last sentence that is read."""
    return max((one.offset + len(one.text) for one in read(page, most) if one.part == "text"), default=0)


def read(page: Page, most: int) -> list[Sentence]:
    """Title, description and the first sentences of the text in this order; what is said twice only once."""
    found: list[Sentence] = []
    seen = set[str]()
    for part, limit in (("title", 1), ("description", _DESCRIBED), ("text", most)):
        text = page.part(part)[:CHARACTERS]
        spans = [(0, len(text))] if part == "title" else sentences(text, limit)
        order = 0
        for start, end in spans if text.strip() else ():
            said = text[start:end]
            same = re.sub(r"\W+", "", said.lower())
            if not same or same in seen or len(said) > _LONG or _NOISE.match(said):
                continue
            seen.add(same)
            words = tokens(said)
            if words:
                tags = tag(words, headline=part == "title")
                found.append(Sentence(part, order, start, said, words, tags, groups(words, tags)))
                order += 1
    return found
