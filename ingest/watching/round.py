"""What one look at the change feed covers, and what the looking needs to know of the graph as it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.database import Database, Row
from graph.queries import statement
from graph.reading.instants import of_graph
from graph.trending import Boards
from ingest.matching import Index

RECORDS = 200
"""Changes in one look."""
_EVENTS = 1_000


@dataclass(slots=True)
class Round:
    """Changes after `first` up to `last`: events that were formed with their change, events that were told anew with
    the last change that did, entities that were regrouped (keys), and decisions."""

    first: int
    last: int
    formed: dict[str, int] = field(default_factory=dict[str, int])
    changed: dict[str, int] = field(default_factory=dict[str, int])
    moved: set[str] = field(default_factory=set[str])
    decisions: list[Row] = field(default_factory=list[Row])
    lost: bool = False
    """Changes before these were gone."""

    @property
    def stirs(self) -> bool:
        """Whether anything in it may concern who is connected with whom, or what is found."""
        return bool(self.formed or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class Holder:
    """An entity that holds some name now."""

    key: str
    name: str
    kind: str

    @property
    def told(self) -> dict[str, Any]:
        """As a firing names it."""
        return {"key": self.key, "name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Named:
    """One name of an entity; `born` orders names by founding: change number x 2^20 + place."""

    alias: str
    name: str
    born: int
    change: int


class World:
    """The graph as a look sees it. What is read once is kept: one look, one world."""

    def __init__(self, database: Database, boards: Boards | None, index: Index, now: int) -> None:
        self.database = database
        self.boards = boards
        self.index = index
        self.now = now
        self.mentions: dict[str, Row] = {}
        """Events of the round that mention somebody who is watched, by id."""
        self._holders: dict[str, Holder] = {}
        self._asked: set[str] = set()
        self._touched: set[str] | None = None

    def holders(self, keys: Iterable[str]) -> dict[str, Holder]:
        """Who holds these names now, by alias key; names that are not there are left out."""
        wanted = list(dict.fromkeys(keys))
        fresh = [key for key in wanted if key not in self._asked]
        if fresh:
            self._asked.update(fresh)
            for row in self.database.read(statement("read/watch_holders"), {"keys": fresh}):
                self._holders[row["asked"]] = Holder(row["key"], row["name"], row["kind"])
        return {key: self._holders[key] for key in wanted if key in self._holders}

    def names(self, entities: Collection[str]) -> dict[str, list[Named]]:
        """The names of entities, the earliest first."""
        found: dict[str, list[Named]] = {}
        rows = self.database.read(statement("read/watch_names"), {"keys": list(entities)}) if entities else []
        for row in rows:
            one = Named(row["alias"], row["name"], row["born"] or 0, row["change"] or 0)
            found.setdefault(row["entity"], []).append(one)
        return found

    def touched(self, look: Round) -> set[str]:
        """Entities whose names changed in this round: founded, moved, or left."""
        if self._touched is None:
            asked = {"from": look.first, "to": look.last}
            rows = self.database.read(statement("read/watch_touched"), asked, timeout=60)
            self._touched = set(rows[0]["keys"]) | look.moved if rows else set(look.moved)
        return self._touched

    def find_mentions(self, look: Round, entities: Collection[str]) -> None:
        """Looks up which events of the round mention any of these."""
        ids, keys = list(look.formed | look.changed), list(entities)
        for start in range(0, len(ids) if keys else 0, _EVENTS):
            asked = {"events": ids[start : start + _EVENTS], "keys": keys}
            for row in self.database.read(statement("read/watch_events"), asked, timeout=60):
                self.mentions[row["id"]] = {**row, "occurred_at": of_graph(row["occurred_at"])}


def read_round(database: Database, position: int, newest: int) -> Round | None:
    """The changes that follow a position, at most `RECORDS`; None where there are none."""
    if newest <= position:
        return None
    rows = database.read(statement("read/changes"), {"after": position, "limit": RECORDS})
    if not rows:
        return Round(position, newest, lost=True)
    found = Round(rows[0]["change"] - 1, rows[-1]["change"], lost=rows[0]["change"] != position + 1)
    for row in rows:
        payload: Mapping[str, Any] = orjson.loads(row["payload"])
        events: Mapping[str, Sequence[str]] = payload.get("events", {})
        change: int = row["change"]
        found.formed |= dict.fromkeys(events.get("new", ()), change)
        found.changed |= dict.fromkeys(events.get("changed", ()), change)
        found.moved.update(payload.get("moved", ()))
        found.decisions += [{**deed, "change": row["change"]} for deed in row["deeds"]]
    return found


def decision_of(look: Round, aliases: Collection[str]) -> str | None:
    """The last decision of the round on any of these aliases, where a person or the batch made one."""
    known = set(aliases)
    made: Sequence[Row] = [one for one in look.decisions if one["a"] in known or one["b"] in known]
    return made[-1]["decision"] if made else None
