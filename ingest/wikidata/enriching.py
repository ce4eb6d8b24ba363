"""Enriches entities: their item, attributes, facts between entities that the graph knows, and names that may be theirs.

Another name of the item that the graph holds elsewhere is asked about (a judgement `unsure`, for the review queue),
never merged. Told again, the same changes nothing; what Wikidata says no more is closed.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph import attributes, facts, history
from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput, NotFound
from graph.fact import State
from graph.judgement import Author, Judgement, Verdict
from graph.keys import UNIT_SEPARATOR, Family
from graph.moment import epoch_ms, parse_instant
from graph.numbering import take_number
from graph.queries import statement
from ingest.judging import Judging
from ingest.wikidata.api import Item, Statement, Wikidata
from ingest.wikidata.choosing import Choice, Wanted, choose
from ingest.wikidata.properties import AFFILIATIONS, COUNTRY, FACTS, LIES_IN, POINT
from resolution.names.normalise import normalise

ORIGIN = "wikidata"
ASKED = 20
"""Names of an item that are asked about at most."""
COMPANY = 20


@dataclass(frozen=True, slots=True)
class Enriched:
    """What became of one entity: its item or why there is none, facts told, attributes, names asked about."""

    key: str
    name: str
    item: str | None
    score: float
    reason: str
    facts: int = 0
    attributes: int = 0
    asked: int = 0


class Enriching:
    """Enrichment on one graph."""

    def __init__(self, database: Database, wikidata: Wikidata, judging: Judging, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._wikidata = wikidata
        self._judging = judging
        self._clock = clock

    def enrich(self, key: str) -> Enriched:
        """Looks one entity up and keeps what is known of it. Raises NotFound, Unavailable, BudgetExceeded."""
        row = self._database.one(statement("read/enrich_entity"), {"key": key, "limit": COMPANY}, timeout=10)
        if row is None:
            raise NotFound("entity", key)
        choice = self._choice(row)
        if choice.item is None:
            return Enriched(row["key"], row["name"], None, choice.score, choice.reason)
        item = choice.item
        labels = self._labels(item)
        told = _attributes(item, labels, placed=row["family"] == Family.PLACE)
        edges = [one for one in item.statements if one.property in FACTS]
        count = self._database.write(lambda tx, change: self._write(tx, change, row, item, told, edges))
        asked = self._ask(row, item)
        return Enriched(row["key"], row["name"], item.id, choice.score, choice.reason, count, len(told), asked)

    def top(self, limit: int) -> list[str]:
        """Keys of the entities told most that have no item yet, whose kind is known."""
        return [row["key"] for row in self._database.read(statement("read/enrich_top"), {"limit": limit}, timeout=30)]

    def _choice(self, row: Row) -> Choice:
        if row["qid"]:
            items = self._wikidata.items([row["qid"].upper()])
            found = next(iter(items.values()), None)
            return Choice(found, 1.0, "is stated") if found else Choice(None, 0.0, f"{row['qid']} is not there")
        ids: dict[str, None] = {}
        for name in row["aliases"][:3]:
            ids |= dict.fromkeys(self._wikidata.search(name))
        items = self._wikidata.items(ids)
        wanted = Wanted(row["aliases"], row["family"], row["company"])
        # Names of what an item speaks of, where several bear the name and the company must decide.
        company = {item.id: self._labels(item).values() for item in items.values()} if len(items) > 1 else {}
        return choose(wanted, [items[key] for key in ids if key in items], {k: list(v) for k, v in company.items()})

    def _labels(self, item: Item) -> dict[str, str]:
        """English names of the items that an item has facts of."""
        ids = [one.value for one in item.statements if one.property in FACTS and one.value.startswith("Q")]
        return {key: found.label for key, found in self._wikidata.items(ids[:50]).items()}

    def _write(self, tx: Transaction, change: int, row: Row, item: Item, told: Row, edges: Sequence[Statement]) -> int:
        now = self._clock()
        key: str = row["key"]
        tx.rows(statement("write/enrich_entity"), {"key": key, "qid": item.id, "at": now})
        changes = history.of_attributes(attributes.tell(tx, {key: told}, {key: key}, f"{ORIGIN}:{item.id}", now))
        known = {
            one["qid"]: one["key"]
            for one in tx.rows(statement("read/enrich_known"), {"qids": [one.value for one in edges]})
        }
        rows = [_edge(key, item.id, one, known[one.value], now) for one in edges if known.get(one.value, key) != key]
        same = {"origin": f"{ORIGIN}:{item.id}", "kept": [one["props"]["id"] for one in rows], "at": now}
        tx.rows(statement("write/enrich_close"), same)
        if rows:
            tx.rows(statement("write/enrich_facts"), {"rows": rows, "at": now})
        facts.settle_in(tx, (), {key}, now)
        history.append(tx, changes, change + 1, now)
        take_number(tx, change + 1, now, {"events": {"new": [], "changed": []}, "enriched": [key]})
        return len(rows)

    def _ask(self, row: Row, item: Item) -> int:
        """Other names of the item that another entity of that sort bears: a person is asked."""
        made: list[Judgement] = []

        def look(index: Any) -> None:
            own = index.by_key[row["key"]].entity
            seen = {own}
            for language, names in sorted(item.names.items()):
                for name in names:
                    normalised = normalise(name, row["family"]).normalised
                    for entry in index.named(normalised):
                        if entry.entity in seen or entry.alias.family not in (row["family"], Family.UNSPECIFIED):
                            continue
                        seen.add(entry.entity)
                        reason = f"Wikidata {item.id} is called {name} ({language})"
                        ends = sorted((row["key"], entry.alias.key))
                        made.append(
                            Judgement(
                                a=ends[0], b=ends[1], verdict=Verdict.UNSURE, by=Author.BATCH, score=0.8, reason=reason
                            )
                        )

        self._judging.peek(look)
        if made:
            self._judging.judge(made[:ASKED], author=ORIGIN, cause=f"names of {item.id}")
        return len(made[:ASKED])


def _attributes(item: Item, labels: dict[str, str], *, placed: bool) -> Row:
    """Attributes of an entity, by the names that the graph has for them. Only what is stated to be a place lies at a
    point: bodies have coordinates of their seat, too."""
    country = [labels[one] for one in item.values(COUNTRY) if one in labels]
    inside = [labels[one] for one in item.values(LIES_IN) if one in labels]
    held = [labels[one] for name in AFFILIATIONS for one in item.values(name) if one in labels]
    told: Row = {}
    if country:
        told["country"] = country[0]
    if inside:
        told["path"] = list(dict.fromkeys([*country[:1], inside[0], item.label]))
    if held:
        told["affiliations"] = held
    point = next((point for one in item.values(POINT) if (point := _point(one)) is not None), None)
    if placed and point is not None:
        told["location"] = point
    return told


def _point(value: str) -> list[float] | None:
    """Latitude and longitude in degrees; None for what no map has."""
    latitude, _, longitude = value.partition(",")
    point = [float(latitude), float(longitude)]
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def _edge(key: str, qid: str, one: Statement, other: str, now: datetime) -> Row:
    predicate, turned = FACTS[one.property]
    subject, object_ = (other, key) if turned else (key, other)
    parts = (ORIGIN, qid, one.property, one.value, one.since or "", one.until or "")
    props = {
        "id": hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:32],
        "predicate": predicate,
        "origin": f"{ORIGIN}:{qid}",
        "state": State.CURRENT.value,
        "salias": subject,
        "oalias": object_,
    }
    since, until = _ms(one.since), _ms(one.until)
    return {"subject": subject, "object": object_, "since": since or epoch_ms(now), "until": until, "props": props}


def _ms(day: str | None) -> int | None:
    try:
        return epoch_ms(parse_instant(day).at) if day else None
    except InvalidInput:
        return None
