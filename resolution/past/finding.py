"""One box to search as it would have answered at a past time, over all the names that there ever were.

Names are looked for in the indexes of now, which forget none; who held them, what was counted of them and what is asked
beside the text are of then. So the order of equal matches is that of then, while scores of words are those of now.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from graph.database import Database, Transaction
from graph.embedding import Embedder
from graph.embedding.profiles import nearest
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.entities import EntityDetail, EntityRow
from graph.reading.finding import EACH, Filters, Hit, Hits, Near, fused, ranks_of, slips, weights_of
from graph.reading.lucene import words
from graph.reading.search import PREFIX_SCAN
from resolution.past.identity import Identity, Moved, Partition
from resolution.past.limits import SECONDS
from resolution.past.mentions import WS, mentions_of, window_of
from resolution.past.places import PlaceThen, place_then
from resolution.past.reads import entities_of

NAMES = 2 * EACH
"""Names of each list that are looked at: an entity may have several."""
MENTIONS = 1_000
"""Newest mentions of an entity that are looked at for a place."""
EARTH = 6_378_140.0
"""Radius in metres, as Neo4j has it."""

Found = list[tuple[str, str, float]]
"""(alias key, its name, score), best first."""


def find_then(
    database: Database,
    text: str,
    normalised: str,
    clocks: Clocks,
    *,
    filters: Filters,
    preset: str = "balanced",
    limit: int = 20,
    embedder: Embedder | None = None,
) -> Hits:
    """Entities of then that the text may mean; `cut` where a list was longer than is looked at, or an entity has more
    mentions than were looked at for a place. Raises InvalidInput, NotFound for a place, BudgetExceeded."""
    weights = weights_of(preset, embedder)
    like = embedder.embed([text])[0] if embedder and weights["profile"] else None

    def work(tx: Transaction) -> Hits:
        lists = {name: found for name, found in _lists(tx, text, normalised).items() if weights[name]}
        cut = any(len(found) >= NAMES for found in lists.values())
        if embedder and like:
            rows = nearest(tx, embedder.name, like, None, EACH)
            lists["profile"] = [(row["key"], row["name"], 0.0) for row in rows]
        hits = _hits(tx, lists, weights, clocks, filters.kind)
        if not filters.by_mentions:
            return Hits([hit for hit, _ in hits[:limit]], cut)
        kept, more = _kept(tx, hits[:EACH], clocks, filters, limit)
        return Hits(kept, cut or more or len(hits) > EACH)

    return database.reading(work, timeout=SECONDS)


def search_then(
    database: Database, text: str, normalised: str, clocks: Clocks, *, kind: str | None = None, limit: int = 20
) -> list[EntityRow]:
    """Entities of then by the beginning of a name and by words, as `graph.reading.search` orders them. Raises
    BudgetExceeded."""
    weights, last = weights_of("exact", None), NAMES

    def work(tx: Transaction) -> list[EntityRow]:
        lists = {name: found for name, found in _lists(tx, text, normalised).items() if weights[name]}
        hits = [hit for hit, _ in _hits(tx, lists, weights, clocks, kind)]
        hits.sort(key=lambda hit: (hit.ranks.get("prefix", last), hit.ranks.get("words", last)))
        return [hit.row for hit in hits[:limit]]

    return database.reading(work, timeout=SECONDS)


def _lists(tx: Transaction, text: str, normalised: str) -> dict[str, Found]:
    found: dict[str, Found] = {"prefix": [], "words": [], "slips": []}
    if normalised:
        asked = {"prefix": normalised, "scan": PREFIX_SCAN, "limit": NAMES}
        found["prefix"] = [(*row,) for row in tx.rows(statement("read/past_prefix"), asked)[0]["rows"]]
    for name, query in (("words", words(text)), ("slips", slips(text))):
        if query:
            asked = {"words": query, "limit": NAMES}
            found[name] = [(*row,) for row in tx.rows(statement("read/past_fulltext"), asked)[0]["rows"]]
    return found


def _hits(
    tx: Transaction, lists: Mapping[str, Found], weights: Mapping[str, float], clocks: Clocks, kind: str | None
) -> list[tuple[Hit, EntityDetail]]:
    """Those that were mentioned by then, best first, each with all that was told of it."""
    by_alias = entities_of(tx, {alias for found in lists.values() for alias, _, _ in found}, clocks)
    there = {
        alias: one for alias, one in by_alias.items() if one.row.mentions and (kind is None or one.row.kind == kind)
    }
    shown: dict[str, tuple[EntityDetail, str, str]] = {}
    ordered: dict[str, list[str]] = {}
    for name, found in lists.items():
        best: dict[str, tuple[float, EntityDetail]] = {}
        for alias, called, score in found:
            if alias in there:
                one = there[alias]
                # As for now: a name of words counts a tenth more for each e-fold of mentions.
                weighed = score if name == "prefix" else score * (1 + 0.1 * math.log(1 + one.row.mentions))
                best.setdefault(one.row.key, (weighed, one))
                shown.setdefault(one.row.key, (one, called, alias))
        if name == "profile":
            ordered[name] = list(best)
        else:
            ordered[name] = sorted(best, key=lambda key: (-best[key][0], -best[key][1].row.mentions, key))[:EACH]
    hits: list[tuple[Hit, EntityDetail]] = []
    for key, own in ranks_of(ordered).items():
        one, called, alias = shown[key]
        hits.append((Hit(replace(one.row, alias=called, alias_key=alias), fused(own, weights), own), one))
    return sorted(hits, key=lambda hit: (-hit[0].score, -hit[0].row.mentions, hit[0].row.key))


def _kept(
    tx: Transaction, hits: list[tuple[Hit, EntityDetail]], clocks: Clocks, wanted: Filters, limit: int
) -> tuple[list[Hit], bool]:
    """Those that meet what is asked beside the text; whether of one there was more than was looked at."""
    place = None
    if wanted.place is not None:
        place = place_then(tx, wanted.place, clocks, Partition(tx, clocks.identity_at))
    moved = Moved(tx, None, clocks) if place else None
    kept: list[Hit] = []
    cut = False
    for hit, detail in hits:
        if len(kept) == limit:
            break
        if wanted.near is not None and not _lies_near(detail, wanted.near):
            continue
        met, more = _mentioned(tx, hit.row.key, clocks, wanted, place, moved)
        cut = cut or (more and not met)
        if met:
            kept.append(hit)
    return kept, cut


def _mentioned(
    tx: Transaction, key: str, clocks: Clocks, wanted: Filters, place: PlaceThen | None, moved: Moved | None
) -> tuple[bool, bool]:
    """Whether it was mentioned in the period, and in the place; whether there are mentions that were not looked at."""
    _, told = mentions_of(tx, key, clocks, Identity(tx, clocks.identity_at))
    most = 1 if place is None else MENTIONS
    rows = told.page(window_of(clocks, WS, _ms(wanted.since), _ms(wanted.until)), most)
    if place is None or moved is None:
        return bool(rows), False
    beside = past.companions(tx, {one.event for one in rows}, ["WHERE"], clocks)
    return any(moved.alias_of(one) in place.inner for one in beside), len(rows) == most


def _lies_near(detail: EntityDetail, near: Near) -> bool:
    location = detail.attributes.get("location")
    if not isinstance(location, list):
        return False
    latitude, longitude = (math.radians(float(degrees)) for degrees in location)
    other, away = math.radians(near.latitude), math.radians(near.longitude) - longitude
    half = math.sin((other - latitude) / 2) ** 2 + math.cos(latitude) * math.cos(other) * math.sin(away / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half))) <= near.kilometres * 1000


def _ms(at: datetime | None) -> int | None:
    return None if at is None else epoch_ms(at)
