"""What a language model says of a page, held to the page: each span looked for in the text, character for character.

Blanks and quotation marks may differ from how the text has them; what stands in the text is kept, the model's spelling
never. What is not found is dropped and counted. Pure; knows no model.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.keys import W
from ingest.semantics.page import Page, Part

PARTS: tuple[Part, ...] = ("title", "description", "text")
GAP = "\n\n"
"""Between the parts of a page as a model is given it."""
LONGEST = 1_000
"""Characters of a span that are looked for."""
OCCURRENCES = 200
_QUOTES = "\"'“”‘’«»„`´"
_EDGE = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]")
"""Letters of scripts whose words are parted by blanks: a span begins and ends with a word there."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters `start` to before `end` of one part of the page."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened, and who, where, when and why by the model's word; `main` is what the page is about."""

    what: Quoted
    who: tuple[Quoted, ...] = ()
    where: tuple[Quoted, ...] = ()
    when: tuple[Quoted, ...] = ()
    why: tuple[Quoted, ...] = ()
    main: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A name by the model's word: everywhere it stands, WHO or WHERE, and its role where the text has that, too."""

    w: W
    quotes: tuple[Quoted, ...]
    role: str = ""


@dataclass(slots=True)
class Modelled:
    """A model's reading. `unfounded` spans are not in the text, `pruned` things were of no kind that was asked for."""

    model: str
    names: list[Called] = field(default_factory=list[Called])
    deeds: list[Deed] = field(default_factory=list[Deed])
    unfounded: int = 0
    pruned: int = 0


class Finder:
    """Looks for spans in a page. `whole` is all of it in one text, as a model is given it; of the text only what lies
    before `until` is in it."""

    def __init__(self, page: Page, until: int) -> None:
        self._parts: list[tuple[Part, int, str]] = []
        at = 0
        for part in PARTS:
            text = page.part(part)[: until if part == "text" else None]
            if text:
                self._parts.append((part, at, text))
                at += len(text) + len(GAP)
        self.whole = GAP.join(text for _, _, text in self._parts)

    def first(self, said: object, begin: int = 0, end: int | None = None) -> Quoted | None:
        """Where a span stands first, rather between `begin` and `end` of the whole; None where it does not."""
        return next(self._found(said, begin, end), None) or next(self._found(said), None)

    def all(self, said: object) -> tuple[Quoted, ...]:
        """Everywhere a span stands."""
        return tuple(one for one, _ in zip(self._found(said), range(OCCURRENCES), strict=False))

    def _found(self, said: object, begin: int = 0, end: int | None = None) -> Iterator[Quoted]:
        pattern = _pattern(said)
        if pattern is None:
            return
        for match in pattern.finditer(self.whole, begin, len(self.whole) if end is None else end):
            for part, at, text in self._parts:
                if at <= match.start() and match.end() <= at + len(text):
                    yield Quoted(part, match.start() - at, match.end() - at, match[0])


def _pattern(said: object) -> re.Pattern[str] | None:
    """What finds a span however it is laid out; None for what is none."""
    if not isinstance(said, str) or not (text := said.strip()) or len(text) > LONGEST:
        return None
    words = [
        f"[{re.escape(_QUOTES)}]".join(map(re.escape, re.split(f"[{re.escape(_QUOTES)}]", w))) for w in text.split()
    ]
    before = r"(?<!\w)" if _EDGE.match(text[0]) else ""
    after = r"(?!\w)" if _EDGE.match(text[-1]) else ""
    return re.compile(before + r"\s+".join(words) + after)


def sentence_of(quote: Quoted, spans: Sequence[tuple[str, int, int]]) -> int | None:
    """Number of the sentence (part, begin, end) in which a span begins; None where none was read there."""
    return next((n for n, (part, a, b) in enumerate(spans) if part == quote.part and a <= quote.start < b), None)
