"""What events say, as an answer needs it: texts, mentions, reports, and the words that a question may meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from api.ask.words import Word, phrases_in, words
from graph.database import Database, Row
from graph.errors import NotFound
from graph.keys import W
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.events import EventDetail
from graph.reading.instants import of_graph
from resolution.past.at import event_at

DOCUMENTS = 5
"""Reports of one event that an answer names."""
PAST = 60
"""Events that are read one by one in the versions of a past time."""


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: the name as written, in which W and role, and the entity it means."""

    w: str
    surface: str
    role: str | None
    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A document that told the event."""

    id: str
    url: str | None
    title: str | None
    source: str | None


@dataclass(frozen=True)
class Evidence:
    """One event as it stands, or stood at the clocks asked; causes and effects by their ids."""

    id: str
    title: str
    text: str
    at: datetime | None
    ended_at: datetime | None
    precision: str | None
    category: str
    story: str
    mentions: tuple[Named, ...]
    documents: tuple[Reported, ...]
    causes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    order: tuple[float, str] = field(default=(0.0, ""))

    @property
    def said(self) -> str:
        """The sentences that tell it: its text where that is told in sentences, else its title."""
        longer = self.text and (len(self.text) > len(self.title) or self.text.startswith(self.title[:40]))
        return self.text if longer else self.title or self.text

    @property
    def reasons(self) -> list[str]:
        """Why, in the words of the event."""
        return list(dict.fromkeys(one.surface for one in self.mentions if one.w == W.WHY))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of whom it mentions."""
        return frozenset(one.key for one in self.mentions)

    @cached_property
    def told(self) -> str:
        """Its title and text as one text."""
        return f"{self.title} \n\n {self.text}" if self.text not in self.title else self.title

    @cached_property
    def running(self) -> tuple[Word, ...]:
        """The words of its title and text in order."""
        return words(self.told)

    @cached_property
    def names(self) -> tuple[Word, ...]:
        """Words with a capital of its text and of whom it mentions."""
        mentioned = words(" \n ".join(one.surface for one in self.mentions if one.w in (W.WHO, W.WHERE)))
        return tuple(word for word in (*self.running, *mentioned) if word.proper)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """These folded, in order."""
        return tuple(word.folded for word in self.running)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all that it says, with those that stand for phrases."""
        told = tuple(word.stem for word in self.running)
        more = " \n ".join(
            [self.category.replace("_", " "), self.story]
            + [part for one in self.mentions if one.w not in (W.WHEN, W.WHY) for part in (one.surface, one.name)]
        )
        beside = tuple(word.stem for word in words(more))
        phrases = [key for _, _, key in (*phrases_in(told), *phrases_in(beside))]
        return frozenset((*told, *beside, *phrases))

    @cached_property
    def stems_of_reasons(self) -> frozenset[str]:
        """Stems of the reasons that it gives."""
        told = tuple(word.stem for reason in self.reasons for word in words(reason))
        return frozenset((*told, *(key for _, _, key in phrases_in(told))))

    def says(self, phrase: Sequence[str]) -> bool:
        """Whether folded words stand in its text one behind the other."""
        length = len(phrase)
        first = phrase[0]
        return any(
            word == first and self.folded[at : at + length] == tuple(phrase) for at, word in enumerate(self.folded)
        )


def evidence_of(database: Database, ids: Iterable[str], clocks: Clocks) -> dict[str, Evidence]:
    """What these events say, by id; events that are not there, or had not happened by then, are left out."""
    wanted = list(dict.fromkeys(ids))
    if clocks.remembers:
        found = [one for key in wanted[:PAST] if (one := _then(database, key, clocks)) is not None]
    else:
        rows = database.read(statement("read/ask_evidence"), {"ids": wanted, "documents": DOCUMENTS}) if wanted else []
        found = [_now(row) for row in rows]
    return {one.id: one for one in found if clocks.as_of is None or one.at is None or one.at <= clocks.as_of}


def _now(row: Row) -> Evidence:
    event = row["event"]
    at = of_graph(event["occurred_at"])
    return Evidence(
        id=event["id"],
        title=event["title"] or "",
        text=event["text"] or "",
        at=at,
        ended_at=of_graph(event["ended_at"]),
        precision=event["precision"],
        category=event["category"] or "",
        story=event["story"] or "",
        mentions=tuple(Named(**one) for one in row["mentions"]),
        documents=tuple(Reported(**one) for one in row["documents"]),
        causes=tuple(row["causes"]),
        effects=tuple(row["effects"]),
        order=(at.timestamp() if at else 0.0, event["id"]),
    )


def _then(database: Database, key: str, clocks: Clocks) -> Evidence | None:
    try:
        found: EventDetail = event_at(database, key, clocks)
    except NotFound:
        return None
    row = found.row
    return Evidence(
        id=row.id,
        title=row.title or "",
        text=row.text or "",
        at=row.occurred_at,
        ended_at=row.ended_at,
        precision=row.precision,
        category=row.category or "",
        story=row.story or "",
        mentions=tuple(Named(m.w, m.surface, m.role, m.entity, m.name, m.kind) for m in found.mentions),
        documents=tuple(Reported(d.id, d.url, d.title, d.source) for d in found.documents[:DOCUMENTS]),
        causes=tuple(one.id for one in found.relations if one.type == "CAUSED_BY"),
        order=(row.occurred_at.timestamp() if row.occurred_at else 0.0, row.id),
    )
