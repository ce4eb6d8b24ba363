"""Attributes that mentions state: each stays on the alias it was stated of, the entity shows those of all its aliases.

Of two values the one that the earliest event states is shown, lists are united; so what an entity shows is a function
of its aliases, whatever the order of arrival, and follows them through merge and split. What loses stays on its alias.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from neo4j.spatial import Point, WGS84Point

from graph.batch import EventWrite, Placed
from graph.database import Row, Transaction
from graph.mention import Value
from graph.moment import epoch_ms
from graph.queries import statement

LISTS = frozenset(
    "affiliations affected_parties resources_involved motivating_factors intended_outcomes"
    " historical_precedents".split()
)
"""Attributes that hold several values: those of all events together."""
NAMES = LISTS | frozenset(
    "sector country of email phone path boundary_type location event_type description impact_level start end timezone"
    " recurrence temporal_context causal_relationship".split()
)
"""All attributes, as they are called on Entity."""
_OF_KEY = frozenset({"start", "end", "timezone", "recurrence"})
MOST = 50
"""Values that one list keeps: the first that were told."""

Told = dict[str, tuple[Any, int, str]]
_LAST = 253_402_300_799_999
"""Epoch milliseconds of the last instant of 9999: what bears it yields to what any event states."""
"""Attribute -> value, time of the event that states it (epoch milliseconds), and its id."""


@dataclass(frozen=True, slots=True)
class Change:
    """An attribute of an entity that became another; None is "there was none" or "there is none"."""

    entity: str
    field: str
    old: Value | list[float] | None
    new: Value | list[float] | None


def state(
    tx: Transaction, events: Iterable[EventWrite], founded: Collection[str], regrouped: Collection[str], now: datetime
) -> list[Change]:
    """Keeps what a batch states, on aliases and entities that are there; answers what changed on entities.

    `founded` are aliases of this batch, `regrouped` entities whose aliases came or went. A batch that states nothing
    and moves nothing costs nothing.
    """
    told, holders = _told(events, founded)
    older = [key for key in told if key not in founded]
    known = _held(tx, older)
    changed: dict[str, Told] = {}
    for key, said in told.items():
        had = known.get(key, {})
        united = _united([had, said])
        if united != had:
            changed[key] = united
    _keep(tx, changed)
    return _show(tx, {holders[key] for key in changed} | set(regrouped), now)


def forget(
    tx: Transaction, holders: Mapping[str, str], events: Collection[str], now: datetime
) -> tuple[dict[str, str], list[Change]]:
    """Takes what these events state of these aliases (key to entity) back; answers it by event, to be remembered."""
    gone: dict[str, dict[str, Told]] = {}
    left: dict[str, Told] = {}
    for key, had in _held(tx, holders).items():
        for name, one in had.items():
            if one[2] in events:
                gone.setdefault(one[2], {}).setdefault(key, {})[name] = one
                left[key] = {other: value for other, value in had.items() if value[2] not in events}
    _keep(tx, left)
    shown = _show(tx, {holders[key] for key in left}, now)
    return {event: orjson.dumps(told).decode() for event, told in gone.items()}, shown


def remember(tx: Transaction, holders: Mapping[str, str], told: Collection[str], now: datetime) -> list[Change]:
    """States again what `forget` took back of these aliases."""
    said: dict[str, list[Told]] = {}
    for text in told:
        of_event: dict[str, Any] = orjson.loads(text)
        for key, kept in of_event.items():
            said.setdefault(key, []).append({name: (value[0], value[1], value[2]) for name, value in kept.items()})
    known = _held(tx, said)
    _keep(tx, {key: _united([known.get(key, {}), *parts]) for key, parts in said.items()})
    return _show(tx, {holders[key] for key in said if key in holders}, now)


def tell(
    tx: Transaction, said: Mapping[str, Mapping[str, Any]], holders: Mapping[str, str], teller: str, now: datetime
) -> list[Change]:
    """Keeps what a record elsewhere states of aliases, in the place of what it stated before; answers what changed on
    entities. What events state goes before it."""
    known = _held(tx, said)
    changed: dict[str, Told] = {}
    for key, fields in said.items():
        others = {name: one for name, one in known.get(key, {}).items() if one[2] != teller}
        fresh: Told = {name: (_plain(name, value), _LAST, teller) for name, value in fields.items()}
        united = _united([others, fresh])
        if united != known.get(key, {}):
            changed[key] = united
    _keep(tx, changed)
    return _show(tx, {holders[key] for key in changed}, now)


def _held(tx: Transaction, keys: Collection[str]) -> dict[str, Told]:
    """What was stated of aliases so far."""
    if not keys:
        return {}
    # One collected row: the driver takes longer for a row than for what is in it.
    held: Any = tx.rows(statement("read/alias_attributes"), {"keys": sorted(keys)})[0]["held"]
    return {key: _read(text) for key, text in held}


def _keep(tx: Transaction, changed: Mapping[str, Told]) -> None:
    if changed:
        rows = [{"key": key, "attributes": orjson.dumps(value).decode()} for key, value in changed.items()]
        tx.rows(statement("write/alias_attributes"), {"rows": rows})


def _told(events: Iterable[EventWrite], founded: Collection[str]) -> tuple[dict[str, Told], dict[str, str]]:
    """What the batch states of each alias, and the entity that holds it."""
    told: dict[str, Told] = {}
    holders: dict[str, str] = {}
    for write, placed in _earliest(events, founded):
        said = _of(write, placed, founded)
        if said:
            told[placed.alias] = _united([told.get(placed.alias, {}), said])
            holders[placed.alias] = placed.entity
    return told, holders


def _earliest(events: Iterable[EventWrite], founded: Collection[str]) -> Iterable[tuple[EventWrite, Placed]]:
    """Of mentions that state one and the same thing of one alias only the earliest: in the news nearly all repeat."""
    found: dict[tuple[str, int, tuple[float, float] | None], tuple[EventWrite, Placed]] = {}
    for write in events:
        for placed in write.placed:
            mention = placed.mention
            if not (mention.attributes or mention.point):
                continue
            if placed.alias not in founded and not mention.point and mention.attributes.keys() <= _OF_KEY:
                continue
            key = (placed.alias, id(mention.attributes), mention.point)
            held = found.get(key)
            if held is None or _told_at(write) < _told_at(held[0]):
                found[key] = write, placed
    return found.values()


def _told_at(write: EventWrite) -> tuple[int, str]:
    return epoch_ms(write.event.occurred_at), write.event.id


def _of(write: EventWrite, placed: Placed, founded: Collection[str]) -> Told:
    mention, at = placed.mention, epoch_ms(write.event.occurred_at)
    stated = mention.attributes.items()
    said: Told = {name: (_plain(name, value), at, write.event.id) for name, value in stated if name not in _OF_KEY}
    if placed.alias in founded:
        # A moment's own parts are those of its key: whichever event founds it states them, once for all.
        said |= {name: (value, 0, "") for name, value in stated if name in _OF_KEY}
    if mention.point:
        said["location"] = (list(mention.point), at, write.event.id)
    return {name: one for name, one in said.items() if one[0]}


def _plain(name: str, value: Value) -> Any:
    return [value] if name in LISTS and not isinstance(value, list) else value


def _united(parts: Iterable[Told]) -> Told:
    """Of each attribute the value of the earliest event, a later told one of the same event in its stead; lists in the
    order of the parts, each value once."""
    united: Told = {}
    for part in parts:
        for name, (value, at, event) in part.items():
            held = united.get(name)
            if held is None:
                united[name] = (value, at, event)
            elif name in LISTS:
                values = list(dict.fromkeys([*held[0], *value]))[:MOST]
                united[name] = (values, *min(held[1:], (at, event)))
            elif (at, event) <= held[1:]:
                united[name] = (value, at, event)
    return united


def _read(text: str | None) -> Told:
    held: dict[str, tuple[Any, int, str]] = orjson.loads(text) if text else {}
    return {name: (value, at, event) for name, (value, at, event) in held.items()}


def _show(tx: Transaction, entities: Collection[str], now: datetime) -> list[Change]:
    if not entities:
        return []
    found: list[Row] = tx.rows(statement("read/entity_attributes"), {"keys": sorted(entities)})[0]["entities"]
    changes: list[Change] = []
    rows: list[Row] = []
    for row in found:
        shown = {name: one[0] for name, one in _united(map(_read, row["attributes"])).items()}
        had = {name: _told_point(value) for name, value in row["shown"].items() if value is not None}
        fresh = {name: shown.get(name) for name in sorted(had.keys() | shown) if had.get(name) != shown.get(name)}
        if fresh:
            changes += [Change(row["key"], name, had.get(name), value) for name, value in fresh.items()]
            rows.append({"key": row["key"], "props": {name: _kept(name, value) for name, value in fresh.items()}})
    if rows:
        tx.rows(statement("write/entity_attributes"), {"rows": rows, "at": now})
    return changes


def _kept(name: str, value: Any) -> Any:
    return WGS84Point((value[1], value[0])) if name == "location" and value else value


def _told_point(value: Any) -> Any:
    return [value[1], value[0]] if isinstance(value, Point) else value
