"""What is asked: the template of a question, who and what stands in it, and the words that its answer must meet."""

from dataclasses import dataclass, field
from enum import StrEnum

from api.ask.times import Window
from api.ask.words import Word


class Template(StrEnum):
    """The shapes of questions that are answered."""

    EVENT = "event"
    """Who did what to whom, where, when: the events that fit best."""
    TIMELINE = "timeline"
    """What happened to somebody, somewhere, in a period: all events that fit, in order."""
    CHANGES = "changes"
    """What changed since a time: as a timeline, with the facts that began since."""
    CAUSE = "cause"
    """Why: reasons that the event gives, and the events that it came from."""
    CONSEQUENCE = "consequence"
    """What came of an event."""
    CONNECTION = "connection"
    """Who connects two."""
    COMPANY = "company"
    """Who is most often named with somebody."""
    TRENDING = "trending"
    """Who trends, and why."""


class Slot(StrEnum):
    """What the answer must tell."""

    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    WHY = "why"
    HOW_MANY = "how_many"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True)
class Shape:
    """The template with the texts that stand in it; `deep` walks causes to their end, `many` wants all that fits."""

    template: Template
    slot: Slot
    body: str
    """The question without its template's own words and its times, blanked in place."""
    one: str = ""
    other: str = ""
    deep: bool = False
    many: bool = False
    order: str = ""
    """`first` or `last` where only the first or last is asked for."""
    kind: str | None = None
    """Kind of entity that a board is asked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name of the question with the entities that it may mean, by key; several where the name tells no more."""

    text: str
    words: tuple[Word, ...]
    keys: dict[str, str]
    """Entity key to its name in the graph."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read."""

    text: str
    shape: Shape
    window: Window
    links: tuple[Link, ...] = ()
    content: tuple[Word, ...] = ()
    """Words beside the names that tell what happened."""
    unknown: tuple[str, ...] = field(default=())
    """Names that nothing in the graph has, as written."""
    runs: tuple[tuple[Word, ...], ...] = field(default=())
    """The same as words."""
    verbs: frozenset[int] = frozenset()
    """Where words begin, in the body, that tell a deed."""
    doer: Link | None = None
    """Whom the question has do it, where it says so: `did X freeze …`."""
    sufferer: Link | None = None
    """Whom the question has it done to: `who froze X`, `was X frozen`."""
    deed: str = ""
    """Stem of what the doer did, or was done to the sufferer."""
