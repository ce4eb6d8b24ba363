"""Records that language models and taggers write about news -> the 5-W shape.

Taken: names under `entities` of the record, of its `event` or of its `llm_analysis`, as a list of objects or of plain
strings, as an object of lists (`people`, `organizations`, `locations`), or as JSON in a text. They come from models, so
unlike in the 5-W shape a field that is not known is passed over and told, not refused; what is known must hold.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import EPOCH
from graph.relation import folded
from ingest.analysis_words import (
    LIST,
    NAME,
    NO_NAMES,
    OBJECT,
    PARTS,
    PREDICATE,
    RELEVANCE,
    SETTING,
    SUBJECT,
    TYPE,
    TYPES,
)
from ingest.fields import Fields, as_object, numbered
from ingest.names import NAMED_FIELDS
from ingest.payload import UNTYPED
from ingest.report import Ignored
from ingest.stated import FIELDS

_SLOTS = {W.WHO: "who", W.WHERE: "where", W.WHEN: "when", W.WHAT: "what", W.WHY: "why", None: UNTYPED}
_APART = re.compile(r"[;|\n]")
_INDEX = re.compile(r"\[\d+\]")
_CARRIERS = frozenset({"event", "llm_analysis", "entities"})
_SHOWN = 60
Layer = tuple[str, Fields]
"""A part of a record that tells of the event: its path, with a dot at the end, and its fields."""


class Analysis:
    """One record on its way: `fields` in the 5-W shape, `ignored` what was passed over."""

    def __init__(self, record: Fields) -> None:
        self.fields: dict[str, Any] = {}
        self.ignored: list[Ignored] = []
        self._paths: dict[str, str] = {}
        self._names: dict[tuple[str, str, str, str], None] = {}
        self._typed = set[str]()
        layers = list(_layers(record))
        self._parts(layers)
        found = [one for path, fields in layers for one in self._entities(fields.get("entities"), f"{path}entities")]
        self._typed = {folded(name) for name, kind, _, _ in found if TYPES.get(kind, (None, None))[0] is not None}
        for name, kind, given, path in found:
            self._name(name, kind, given, path)

    def source_path(self, field: str) -> str:
        """The path in the record as it was sent of a path in the 5-W shape."""
        for made, told in sorted(self._paths.items(), key=lambda pair: -len(pair[0])):
            if field == made or field.startswith((f"{made}.", f"{made}[")):
                return told + field[len(made) :]
        return field

    def _parts(self, layers: list[Layer]) -> None:
        taken = set(_CARRIERS)
        for part, names in PARTS.items():
            places = [(path + name, fields[name]) for path, fields in layers for name in names if _tells(fields, name)]
            # One name of a part is enough, yet the others were understood: they are not told as unknown.
            taken.update(names)
            if places:
                path, value = places[0]
                self.fields[part] = self._part(part, value, path)
                self._paths[part] = path
        for path, fields in layers:
            for name, value in fields.items():
                if name not in taken:
                    self._ignore(path + str(name), value)

    def _part(self, part: str, value: object, path: str) -> object:
        if part in ("occurred_at", "ended_at"):
            return _time(value)
        if part == "sources":
            known = frozenset({"name", "url", "title"})
            return [self._only(one, at, known) for one, at in numbered(value, path)]
        if part == "relationships":
            return [self._relationship(one, at) for one, at in numbered(_unpacked(value), path)]
        return self._sanctions(value, path) if part == "sanctions" else value

    def _relationship(self, value: object, path: str) -> dict[str, object]:
        fields = as_object(value, path)
        told = {
            "subject": _name_of(_first(fields, SUBJECT)),
            "predicate": _first(fields, PREDICATE),
            "object": _name_of(_first(fields, OBJECT)),
            **{name: fields.get(name) for name in ("confidence", "since", "until")},
        }
        self._rest(fields, {*SUBJECT, *PREDICATE, *OBJECT, "confidence", "since", "until"}, path)
        return told

    def _sanctions(self, value: object, path: str) -> object:
        def one(match: object, at: str) -> dict[str, object]:
            fields: Fields = {"list": match} if isinstance(match, str) else as_object(match, at)
            self._rest(fields, {*LIST, "id", "score"}, at)
            return {"list": _first(fields, LIST), "id": fields.get("id"), "score": fields.get("score")}

        return [one(match, at) for match, at in numbered(value, path)] if value and value is not True else None

    def _entities(self, value: object, path: str) -> Iterator[tuple[str, str, Fields, str]]:
        """Each name with its type word, its object and its path."""
        value = _unpacked(value)
        if isinstance(value, str):
            value = cast(object, [part.strip() for part in _APART.split(value) if part.strip()])
        if isinstance(value, dict):
            yield from self._groups(cast(Fields, value), path)
            return
        for given, at in numbered(value, path):
            yield self._entity(given, "", at)

    def _groups(self, groups: Fields, path: str) -> Iterator[tuple[str, str, Fields, str]]:
        if groups and all(isinstance(word, str) for word in groups.values()):
            yield from ((name, _word(word), {}, f"{path}.{name}") for name, word in groups.items())
            return
        for group, names in groups.items():
            word = _word(group)
            if word not in TYPES and word not in NO_NAMES and word not in ("other", "others", "misc"):
                self._ignore(f"{path}.{group}", names)
                continue
            for given, at in numbered(_unpacked(names), f"{path}.{group}"):
                yield self._entity(given, word, at)

    def _entity(self, given: object, word: str, path: str) -> tuple[str, str, Fields, str]:
        fields: Fields = {"name": given} if isinstance(given, str) else as_object(given, path)
        name = _first(fields, NAME)
        if not isinstance(name, str):
            raise InvalidInput("is missing" if name is None else "is no text", f"{path}.name")
        return name, _word(_first(fields, TYPE)) or word, fields, path

    def _name(self, name: str, word: str, given: Fields, path: str) -> None:
        if word in NO_NAMES:
            self._ignore(f"{_INDEX.sub('[]', path)} of type {word}", name)
            return
        w, kind = TYPES.get(word, (None, None))
        role = given.get("role")
        if w is None and {"lat", "lon", "coordinates"} & {part for part, value in given.items() if value is not None}:
            w = W.WHERE
        if w is None and folded(name) in self._typed:
            return
        if w is W.WHERE and isinstance(role, str) and role.casefold().strip() not in SETTING:
            w = W.WHO
        one = (_SLOTS[w], folded(name), kind or "", str(role or ""))
        if not name.strip() or one in self._names:
            return
        self._names[one] = None
        self._add(_SLOTS[w], self._told(name, kind, w, given, path), path)

    def _told(self, name: str, kind: str | None, w: W | None, given: Fields, path: str) -> object:
        if w in (W.WHEN, W.WHAT, W.WHY):
            self._rest(given, {*NAME, *TYPE, "role"}, path)
            return name
        known = NAMED_FIELDS - {"name", "kind", "type"}
        if w is not W.WHERE:
            known -= {"lat", "lon", "coordinates"}
        told = {part: value for part, value in given.items() if part in known and value is not None}
        if _tells(given, "attributes"):
            inner = as_object(given["attributes"], f"{path}.attributes")
            told["attributes"] = self._only(inner, f"{path}.attributes", FIELDS[w or W.WHO] - {"attributes"})
        if told.get("sanctions"):
            told["sanctions"] = self._sanctions(told["sanctions"], f"{path}.sanctions")
        relevance = _first(given, RELEVANCE)
        self._rest(given, {*known, *NAME, *TYPE, *RELEVANCE}, path)
        return {**told, "name": name, "kind": kind, **({} if relevance is None else {"relevance": relevance})}

    def _add(self, slot: str, told: object, path: str) -> None:
        before = self.fields.get(slot)
        many = cast("list[object]", before) if isinstance(before, list) else [] if before is None else [before]
        if before is not None and not isinstance(before, list):
            self._paths[f"{slot}[0]"] = self._paths[slot]
        self.fields[slot] = [*many, told]
        self._paths[f"{slot}[{len(many)}]"] = path

    def _only(self, value: object, path: str, known: frozenset[str]) -> object:
        if not isinstance(value, Mapping):
            return value
        fields = cast(Fields, value)
        self._rest(fields, known, path)
        return {name: one for name, one in fields.items() if name in known}

    def _rest(self, fields: Fields, known: Iterable[str], path: str) -> None:
        for name in fields.keys() - set(known):
            self._ignore(f"{path}.{name}", fields[name])

    def _ignore(self, path: str, value: object) -> None:
        if value is None or value in ("", [], {}):
            return
        shown = json.dumps(value, ensure_ascii=True, default=str)
        field = _INDEX.sub("[]", path)
        field = field if len(field) <= 100 and field.isprintable() else "a field of a long or odd name"
        self.ignored.append(Ignored(field, shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"))


def _layers(record: Fields) -> Iterator[Layer]:
    """The event, the record around it, then what a model says of it."""
    event = record.get("event")
    parts: list[Layer] = [("event.", cast(Fields, event))] if isinstance(event, dict) else []
    parts.append(("", record))
    for path, fields in parts:
        yield path, fields
    for path, fields in parts:
        analysis = _unpacked(fields.get("llm_analysis"))
        if analysis is not None:
            yield f"{path}llm_analysis.", as_object(analysis, f"{path}llm_analysis")


def _tells(fields: Fields, name: str) -> bool:
    return fields.get(name) not in (None, "", [], {})


def _first(fields: Fields, names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if _tells(fields, name)), None)


def _word(value: object) -> str:
    return re.sub(r"[\s/-]+", "_", value.strip().casefold()) if isinstance(value, str) else ""


def _name_of(value: object) -> object:
    return _first(cast(Fields, value), NAME) if isinstance(value, dict) else value


def _unpacked(value: object) -> object:
    """What a text holds, when it holds JSON or a list as Python prints it; else the value itself."""
    if not isinstance(value, str) or value.strip()[:1] not in ("[", "{"):
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            found: object = read(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | dict):
            return cast(object, found)
    return value


def _time(value: object) -> object:
    """ISO 8601 of a number of seconds or milliseconds since 1970, or of a date as mails have it; else the value."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 1e11 else value
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else EPOCH.isoformat()
        except (ValueError, OverflowError, OSError):
            return str(value)
    if isinstance(value, str) and value[:3].isalpha() and len(value) < 60:
        try:
            return parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError, IndexError):
            return value
    return value
