"""The five answers to an article, each with its span, its sentence and how sure it is. Deterministic; no server."""

from dataclasses import dataclass
from typing import Any

from ingest.extraction.article import Article
from ingest.extraction.candidate import Candidate
from ingest.extraction.gazetteer import known_place
from ingest.extraction.ranker import ranked, shipped
from ingest.extraction.what import what
from ingest.extraction.when import when
from ingest.extraction.where import Known, where
from ingest.extraction.who import who
from ingest.extraction.why import why

KEPT = 3
"""Answers to one question, best first."""
LEAST = {"who": 0.05, "what": 0.04, "when": 0.06, "where": 0.06, "why": 0.04}
"""Confidence of the first answer below which a question is left open."""
QUESTIONS = ("who", "what", "when", "where", "why")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `field` (title, description, text) and `start`, `end` say where it stands, character for character;
    `field` is empty for the day of publication, which stands nowhere. `confidence` is 0..1 among the candidates of the
    article; `moment` is the ISO 8601 time of a WHEN."""

    text: str
    confidence: float
    field: str
    start: int
    end: int
    sentence: str
    moment: str | None = None

    def row(self) -> dict[str, Any]:
        """As JSON, what is not there left out."""
        row: dict[str, Any] = {"text": self.text, "confidence": round(self.confidence, 3)}
        if self.field:
            row |= {"field": self.field, "start": self.start, "end": self.end, "sentence": self.sentence}
        if self.moment:
            row["date"] = self.moment
        return row


def answers(article: Article, known: Known = known_place) -> dict[str, list[Answer]]:
    """Up to three answers to each question, best first; none where nothing in the article is sure enough.

    `known` says whether a name is a place's: a graph's own aliases, or the bundled list.
    """
    found = {
        "who": who(article),
        "what": what(article),
        "when": when(article),
        "where": where(article, known),
        "why": why(article),
    }
    return {question: _best(question, found[question]) for question in QUESTIONS}


def _best(question: str, found: list[Candidate]) -> list[Answer]:
    order = ranked(found, shipped()[question])
    if not order or order[0][1] < LEAST[question]:
        return []
    return [_answer(one, confidence) for one, confidence in order[:KEPT]]


def _answer(one: Candidate, confidence: float) -> Answer:
    sentence = one.sentence
    start = one.offset
    return Answer(
        one.text,
        confidence,
        sentence.part if sentence else "",
        start,
        start + len(one.text),
        sentence.text if sentence else "",
        one.moment,
    )
