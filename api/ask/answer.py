"""What a question is answered with: sentences, each with the events and documents that say so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.ask.evidence import Evidence, Reported


@dataclass(frozen=True, slots=True)
class Citation:
    """An event that the answer rests on, and the documents that reported it."""

    event: str
    title: str
    occurred_at: datetime | None
    precision: str | None
    documents: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of the answer with what says so; `at` is when it happened."""

    text: str
    at: datetime | None
    events: tuple[str, ...]
    documents: tuple[str, ...]
    role: str = "event"
    """What it tells: event | reason | cause | consequence | step | company | board | fact | contested."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A name of the question, and whom it was taken for: several where the name tells no more."""

    text: str
    entities: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read."""

    template: str
    slot: str
    names: tuple[Meant, ...]
    words: tuple[str, ...]
    since: datetime | None
    until: datetime | None
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """A small table beside the sentences."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from one entity to the next by the events that name both."""

    start: dict[str, str]
    end: dict[str, str]
    n: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a template found: sentences with their evidence; none where it found nothing, with the reason."""

    sentences: tuple[Sentence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    table: Table | None = None
    path: tuple[Step, ...] = ()
    at_least: bool = False
    missed: bool = False
    """Whether no event looked at was evidence, so that others may be looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. Not `answered`: `reason` says what is lacking, and nothing is claimed. `at_least`: more events fit
    than were looked at. `change` is the number that it is true at, `took_ms` how long it took."""

    question: str
    answered: bool
    text: str
    reason: str
    understood: Understood
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    table: Table | None
    path: tuple[Step, ...]
    at_least: bool
    change: int
    took_ms: float
    composed_by: str = "extraction"
    removed: int = 0
    """Statements of a language model that the evidence did not bear, and that were taken out."""
    warnings: tuple[str, ...] = field(default=())


def citation(one: Evidence) -> Citation:
    """The citation of an event."""
    return Citation(one.id, one.title or one.text[:160], one.at, one.precision, one.documents)


def sentence(one: Evidence, text: str = "", role: str = "event", *others: Evidence) -> Sentence:
    """A sentence that an event says; `others` say it too."""
    every = (one, *others)
    return Sentence(text or one.said, one.at, tuple(each.id for each in every), documents_of(every), role)


def documents_of(told: Iterable[Evidence]) -> tuple[str, ...]:
    """Ids of the documents that reported events, each once."""
    return tuple(dict.fromkeys(document.id for one in told for document in one.documents))
