"""One box to search: names by beginning, by words and with slips, profiles that are like the text, fused into one list
and kept to what is asked.

Fused by reciprocal rank: each list adds weight / (60 + rank) (Cormack, Clarke, Buettcher: "Reciprocal rank fusion
outperforms Condorcet and individual rank learning methods", SIGIR 2009), so that scores of different kinds are never
compared.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from graph.database import Database, Row, Transaction
from graph.embedding import Embedder
from graph.embedding.profiles import nearest
from graph.errors import InvalidInput, NotFound
from graph.queries import statement
from graph.reading.entities import EntityRow, entity_row
from graph.reading.instants import from_time, to_time
from graph.reading.lucene import words
from graph.reading.search import PREFIX_SCAN, WORDS_SCAN

PRESETS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "balanced": {"prefix": 1.0, "words": 1.0, "slips": 0.5, "profile": 0.5},
        "exact": {"prefix": 1.0, "words": 0.5, "slips": 0.0, "profile": 0.0},
        "forgiving": {"prefix": 0.5, "words": 0.7, "slips": 1.0, "profile": 0.7},
        "about": {"prefix": 0.2, "words": 0.3, "slips": 0.0, "profile": 1.0},
    }
)
"""Weights of the lists by preset; profiles are asked where an embedder is set."""
RANK = 60
EACH = 200
"""Rows of each list that are fused, and looked at for filters."""
MENTIONS = 200
"""Newest mentions per W that are looked at for a place."""
PLACES = 20_000
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A point in degrees and a distance in kilometres."""

    latitude: float
    longitude: float
    kilometres: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked beside the text; all of it must be met."""

    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    place: str | None = None
    near: Near | None = None

    @property
    def by_mentions(self) -> bool:
        """Whether more than the kind is asked, which only the mentions tell."""
        return any(part is not None for part in (self.since, self.until, self.place, self.near))


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity with its fused score and its rank in each list that found it."""

    row: EntityRow
    score: float
    ranks: dict[str, int]


@dataclass(frozen=True, slots=True)
class Hits:
    """Best first; `cut` when a list was longer than is looked at, so that filters may have missed some."""

    rows: list[Hit]
    cut: bool


def find(
    database: Database,
    text: str,
    normalised: str,
    *,
    filters: Filters | None = None,
    preset: str = "balanced",
    limit: int = 20,
    embedder: Embedder | None = None,
) -> Hits:
    """Entities that the text may mean, or with an embedder whose profiles are like it. `normalised` is the text as
    aliases are normalised.

    Raises InvalidInput, NotFound for a place that no alias has.
    """
    wanted = filters or Filters()
    weights = weights_of(preset, embedder)
    like = embedder.embed([text])[0] if embedder and weights["profile"] else None

    def work(tx: Transaction) -> Hits:
        lists = {name: found for name, found in _lists(tx, text, normalised, wanted.kind).items() if weights[name]}
        if embedder and like:
            lists["profile"] = nearest(tx, embedder.name, like, wanted.kind, EACH)
        hits = _fused(lists, weights)
        # Of profiles there are always as many as are asked for.
        cut = any(len(found) >= EACH for name, found in lists.items() if name != "profile")
        if wanted.by_mentions:
            kept = _kept(tx, [hit.row.key for hit in hits[:EACH]], wanted)
            return Hits([hit for hit in hits if hit.row.key in kept][:limit], cut or len(hits) > EACH)
        return Hits(hits[:limit], cut)

    return database.reading(work)


def weights_of(preset: str, embedder: Embedder | None) -> Mapping[str, float]:
    """What each list weighs by a preset. Raises InvalidInput."""
    weights = PRESETS.get(preset)
    if weights is None:
        raise InvalidInput(f"choose of {', '.join(PRESETS)}", "preset")
    if preset == "about" and embedder is None:
        raise InvalidInput("`about` asks profiles, and no embedder is set", "preset")
    return weights


def slips(text: str) -> str:
    """A Lucene query for all the words, each with one slip, with two from eight letters on; empty without any."""
    found = [token.lower() for token in _TOKEN.findall(text)[:12]]
    return " AND ".join(f"{token}~{2 if len(token) > 7 else 1}" if len(token) > 3 else token for token in found)


def _lists(tx: Transaction, text: str, normalised: str, kind: str | None) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {"prefix": [], "words": [], "slips": []}
    common = {"kind": kind, "limit": EACH}
    if normalised:
        asked = {**common, "prefix": normalised, "scan": PREFIX_SCAN}
        found["prefix"] = tx.rows(statement("read/entity_prefix"), asked)[0]["rows"]
    for name, query in (("words", words(text)), ("slips", slips(text))):
        if query:
            asked = {**common, "words": query, "scan": WORDS_SCAN}
            found[name] = tx.rows(statement("read/entity_fulltext"), asked)[0]["rows"]
    return found


def _fused(lists: Mapping[str, Sequence[Row]], weights: Mapping[str, float]) -> list[Hit]:
    rows: dict[str, Row] = {}
    for found in lists.values():
        for row in found:
            rows.setdefault(row["key"], row)
    ranks = ranks_of({name: [row["key"] for row in found] for name, found in lists.items()})
    scores = {key: fused(own, weights) for key, own in ranks.items()}
    best = sorted(rows, key=lambda key: (-scores[key], -rows[key]["mentions"], key))
    return [Hit(entity_row(rows[key]), scores[key], ranks[key]) for key in best]


def ranks_of(lists: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """The rank of each key, from 1, in each list that has it."""
    ranks: dict[str, dict[str, int]] = {}
    for name, found in lists.items():
        for rank, key in enumerate(found, 1):
            ranks.setdefault(key, {})[name] = rank
    return ranks


def fused(ranks: Mapping[str, int], weights: Mapping[str, float]) -> float:
    """One score of a key's ranks."""
    return sum(weights[name] / (RANK + rank) for name, rank in ranks.items())


def _kept(tx: Transaction, keys: Sequence[str], wanted: Filters) -> set[str]:
    places: list[str] = []
    if wanted.place is not None:
        found = tx.rows(statement("read/places_within"), {"key": wanted.place, "limit": PLACES})
        if not found:
            raise NotFound("entity", wanted.place)
        places = found[0]["keys"]
    near = wanted.near
    asked = {
        "keys": list(keys),
        "since": from_time(wanted.since),
        "until": to_time(wanted.until),
        "places": places,
        "latitude": near.latitude if near else None,
        "longitude": near.longitude if near else 0.0,
        "metres": near.kilometres * 1000 if near else 0.0,
        "budget": MENTIONS if places else 1,
    }
    return set(tx.rows(statement("read/search_filter"), asked)[0]["keys"])
