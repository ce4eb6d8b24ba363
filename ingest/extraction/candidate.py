"""What a question may be answered with: a span, where it stands, and what speaks for it."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.extraction.article import Article, Sentence
from ingest.extraction.tokens import Token

Features = dict[str, float]


@dataclass(slots=True)
class Candidate:
    """A span of a sentence as an answer; `sentence` is None for what stands nowhere (the day of publication).

    `moment` is the time that a WHEN means, ISO 8601 as exact as it is known.
    """

    text: str
    sentence: Sentence | None
    start: int
    end: int
    features: Features = field(default_factory=dict[str, float])
    moment: str | None = None

    @property
    def offset(self) -> int:
        """Where the span begins in its field."""
        return self.sentence.offset + self.start if self.sentence else 0


def spanning(sentence: Sentence, start: int, end: int, features: Features) -> Candidate:
    """The candidate of tokens `start` to before `end`."""
    first, last = sentence.tokens[start].start, sentence.tokens[end - 1].end
    return Candidate(sentence.text[first:last], sentence, first, last, features)


def where_said(article: Article, sentence: Sentence) -> Features:
    """Title, description, first or later sentence of the text."""
    if sentence.part == "title":
        return {"in title": 1.0}
    if sentence.part == "description":
        return {"in description": 1.0, "first of description": float(sentence.order == 0), "place": sentence.order / 4}
    early = float(sentence.order == 0)
    bare = not article.description
    return {"in text": 1.0, "first of text": early, "first of all": early * bare, "place": min(sentence.order, 10) / 4}


def content(words: list[Token]) -> set[str]:
    """Stems of the words that carry meaning."""
    return {stem(t.lower) for t in words if len(t.lower) > 2 and t.lower[0].isalnum() and t.lower not in _EMPTY}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its commonest English endings."""
    for tail in ("ing", "ied", "ed", "ies", "es", "s"):
        if word.endswith(tail) and len(word) - len(tail) > 2:
            return word[: -len(tail)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


_EMPTY = frozenset(
    "the and for with from that this these those his her its their our your was were are been has have had will would"
    " could should may might not but who whom whose which what when where why how after before over into out about"
    " than then also said says say told he she they them him you".split()
)


def named_often(article: Article) -> Counter[str]:
    """How often each word with a capital is said, by its stem. Kept with the article: who and where both ask."""
    if article.often is None:
        words = (t.lower for s in article.sentences for t in s.tokens if t.capital)
        article.often = Counter(map(stem, words))
    return article.often


def best(found: list[Candidate]) -> list[Candidate]:
    """Of equal texts the one said first; order is kept."""
    kept: dict[str, Candidate] = {}
    for one in found:
        kept.setdefault(one.text.lower(), one)
    return list(kept.values())
