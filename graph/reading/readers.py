"""What a reader is interested in, and the contents that may interest them, each with its reasons.

Points of a content: 60 for each of at most three interests that it speaks of, 50 where an event that it reports is of a
theme that the reader chose, 40 for a source they follow, 40 for a topic in a title, 10 for a reliable source. What
nothing but its source's reliability speaks for is not in the feed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.moment import epoch_ms, from_epoch_ms
from graph.origins import folded
from graph.queries import statement
from graph.reader_words import NAMED, said
from graph.readers import DECAY, LEAST, POINTS, Chosen
from graph.reading.instants import of_graph

LISTED = 50
"""Interests that are listed."""
FED = 100
"""Interests that the feed uses."""
INTEREST, THEME, SOURCE, TOPIC, RELIABLE = 60, 50, 40, 40, 10
RELIABILITY = 0.8
"""Reliability of a source from which it counts as reliable."""
WINDOW = 20
NEWEST = 1_000
TIMEOUT = 20.0


@dataclass(frozen=True, slots=True)
class Interest:
    """An entity that a reader often reads about. `score` is points x reads x `decay_factor`: .9 for each full 30 days
    since `last_seen`."""

    key: str
    name: str
    kind: str
    score: float
    read_count: int
    first_seen: datetime | None
    last_seen: datetime | None
    decay_factor: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a content: entity, theme, source, topic or reliable; how much, and in words."""

    sort: str
    points: int
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A content with its points and the reasons for them; `because` is the one sentence for the reader. `occurred_at`
    is the time of the newest event that it reports."""

    id: str
    url: str | None
    title: str | None
    source: str | None
    occurred_at: datetime | None
    read: bool
    score: int
    because: str
    reasons: tuple[Reason, ...]

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands: most points first, then the newest, then by id."""
        return (-self.score, -epoch_ms(self.occurred_at) if self.occurred_at else 0, self.id)


@dataclass(frozen=True, slots=True)
class Feed:
    """A part of a feed; `end` is where the next part goes on, None where this was the last."""

    items: list[FeedItem]
    end: tuple[int, int, str] | None


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """A reader with what they chose."""

    id: str
    created_at: datetime | None
    reads: int
    chosen: Chosen


def reader_settings(database: Database, reader: str) -> ReaderSettings:
    """What a reader chose. Raises NotFound."""
    row = database.one(statement("read/reader_settings"), {"reader": reader})
    if row is None:
        raise NotFound("reader", reader)
    chosen = Chosen(tuple(row["themes"]), tuple(row["topics"]), tuple(row["sources"]), row["language"])
    return ReaderSettings(row["id"], of_graph(row["created_at"]), row["reads"], chosen)


def interests(
    database: Database, reader: str, now: datetime, *, limit: int = LISTED, least: float = LEAST
) -> list[Interest]:
    """What a reader often reads about, most first, then the last read first. Raises NotFound."""
    asked = {"reader": reader, "now": now, "points": POINTS, "decay": DECAY, "least": least, "limit": limit}
    row = database.read(statement("read/reader_interests"), asked)[0]
    if not row["known"]:
        raise NotFound("reader", reader)
    return [_interest(one) for one in row["rows"]]


def feed(
    database: Database,
    reader: str,
    now: datetime,
    *,
    language: str | None = None,
    read: bool = False,
    after: tuple[int, int, str] | None = None,
    limit: int = 50,
) -> Feed:
    """Contents for a reader, most points first, unread ones unless `read`; reasons in `language`, else in the reader's.

    Looked at are, for each of the top 100 interests, the contents of its newest 20 events a W and 20 that name it, and
    the contents of the newest 1,000 events of all. Raises NotFound, InvalidInput for a language that is not there.
    """
    chosen = reader_settings(database, reader).chosen
    wanted = language or chosen.language or "en"
    said(wanted, "entity", ())
    found = interests(database, reader, now, limit=FED)
    by_settings = chosen.themes or chosen.topics or chosen.sources
    asked = {
        "reader": reader,
        "keys": [one.key for one in found],
        "window": WINDOW,
        "newest": NEWEST if by_settings else 0,
        "read": read,
        "now": epoch_ms(now),
    }
    rows = database.read(statement("read/reader_feed"), asked, timeout=TIMEOUT)
    scoring = _Scoring(found, chosen, wanted)
    items = sorted(scoring.items(rows[0]["rows"] if rows else ()), key=lambda one: one.place)
    if after is not None:
        items = [one for one in items if one.place > after]
    return Feed(items[:limit], items[limit - 1].place if len(items) > limit else None)


class _Scoring:
    """The points of contents for one reader."""

    def __init__(self, found: Sequence[Interest], chosen: Chosen, language: str) -> None:
        self._rank = {one.key: rank for rank, one in enumerate(found)}
        self._names = [one.name for one in found]
        self._themes = {folded(theme): theme for theme in chosen.themes}
        self._topics = {folded(topic): topic for topic in chosen.topics}
        self._sources = {source.casefold() for source in chosen.sources}
        self._language = language

    def items(self, rows: Iterable[Row]) -> Iterator[FeedItem]:
        """Contents that something speaks for."""
        for row in rows:
            reasons = list(self._reasons(row))
            if not reasons:
                continue
            if (row["reliability"] or 0) >= RELIABILITY:
                reasons.append(self._reason("reliable", RELIABLE, [row["source"]]))
            first = reasons[0]
            because = said(self._language, "because", first.names) if first.sort == "entity" else first.text
            yield FeedItem(
                id=row["id"],
                url=row["url"],
                title=row["title"] or next((title for title in row["titles"] if title), None),
                source=row["source"],
                occurred_at=from_epoch_ms(row["ts"]) if row["ts"] else None,
                read=row["read"],
                score=sum(reason.points for reason in reasons),
                because=because,
                reasons=tuple(reasons),
            )

    def _reasons(self, row: Row) -> Iterator[Reason]:
        if ranks := sorted(self._rank[key] for key in row["entities"]):
            names = [self._names[rank] for rank in ranks[:NAMED]]
            yield self._reason("entity", INTEREST * len(names), names)
        if theme := next((self._themes[folded(one)] for one in row["categories"] if folded(one) in self._themes), None):
            yield self._reason("theme", THEME, [theme])
        if row["source"] and {row["source"].casefold(), row["source_id"]} & self._sources:
            yield self._reason("source", SOURCE, [row["source"]])
        titles = [f" {folded(title)} " for title in (row["title"], *row["titles"]) if title]
        if topics := [told for topic, told in self._topics.items() if any(f" {topic} " in title for title in titles)]:
            yield self._reason("topic", TOPIC, topics)

    def _reason(self, sort: str, points: int, names: Sequence[str]) -> Reason:
        return Reason(sort, points, said(self._language, sort, names), tuple(names[:NAMED]))


def _interest(row: Row) -> Interest:
    values: Row = {**row, "first_seen": of_graph(row["first_seen"]), "last_seen": of_graph(row["last_seen"])}
    return Interest(**values)
