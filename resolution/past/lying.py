"""Up and down the hierarchy of places and dates as it was at a past time.

Edges of the hierarchy are of now alone: it is made anew from what was told of all places and dates by then, which is
one scan of all mentions. What lies where has no date of its own: it is what was known, whatever `as_of` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.database import Database, Transaction
from graph.entity import HOME, UNSPECIFIED
from graph.errors import BudgetExceeded
from graph.hierarchy import MomentRow, Parent, PlaceRow, path_of
from graph.keys import Family, W
from graph.reading.clocks import Clocks
from graph.reading.hierarchy import DEEPEST, Hierarchy, Level
from graph.reading.identity import names_now
from resolution.hierarchy import parents_of_moments, parents_of_places
from resolution.past.identity import Identity, Partition
from resolution.past.limits import SECONDS
from resolution.past.mentions import weigh
from resolution.past.tallies import mentioned, most_frequent
from resolution.past.telling import stated_of, united
from resolution.past.weighing import by_entity

NAMES = 100_000
"""Names of all places and dates together, at most."""


@dataclass(frozen=True, slots=True)
class _Lying:
    """All places and dates by key, what each was, and what it lay in."""

    rows: Mapping[str, PlaceRow | MomentRow]
    kinds: Mapping[str, str]
    parents: Mapping[str, Parent]

    def level(self, key: str, below: str, depth: int) -> Level:
        """One that stands `depth` steps away; `below` is the lower end of the last step to it."""
        row = self.rows[key]
        return Level(key, row.name, self.kinds[key], row.mentions, self.parents[below].by, depth)

    def above(self, key: str) -> list[Level]:
        """Nearest first."""
        found: list[Level] = []
        while (parent := self.parents.get(key)) and len(found) < DEEPEST:
            found.append(self.level(parent.key, key, len(found) + 1))
            key = parent.key
        return found

    def below(self, key: str, depth: int) -> list[Level]:
        """Nearest first, then most mentioned."""
        under: dict[str, list[str]] = {}
        for one, parent in self.parents.items():
            under.setdefault(parent.key, []).append(one)
        found: list[Level] = []
        ring = [key]
        for step in range(1, depth + 1):
            ring = [one for above in ring for one in under.get(above, ())]
            found += [self.level(one, one, step) for one in ring]
        return sorted(found, key=lambda one: (one.depth, -one.mentions, one.key))

    def path(self, key: str) -> list[str]:
        """Names of what it lay in, the widest first."""
        return path_of(key, {one: row.name for one, row in self.rows.items()}, self.parents)


def hierarchy_then(
    database: Database, key: str, clocks: Clocks, *, depth: int = 1, limit: int = 100
) -> tuple[Hierarchy, Hierarchy]:
    """What a place lay in or a date was part of, and what lay in it up to `depth` steps, as `graph.reading.hierarchy`
    tells them; nothing of what is neither. Raises NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> tuple[Hierarchy, Hierarchy]:
        identity = Identity(tx, clocks.identity_at)
        own = identity.names_of(key)[0].key
        weigh(tx, identity, [own], clocks)
        itself = Hierarchy(own, *identity.shown(own), [], [])
        if HOME.get(itself.kind) not in (W.WHERE, W.WHEN):
            return itself, itself
        lying = _lying(tx, clocks)
        itself, below = replace(itself, path=lying.path(own)), lying.below(own, depth)
        return replace(itself, rows=lying.above(own)), replace(itself, rows=below[:limit], more=len(below) > limit)

    return database.reading(work, timeout=SECONDS)


def _lying(tx: Transaction, clocks: Clocks) -> _Lying:
    partition = Partition(tx, clocks.identity_at)
    held = by_entity(mentioned(tx, clocks), partition)
    told_kinds = partition.kinds({key: names[0].entity_kind for key, names in held.items()})
    homes = {key: HOME.get(told_kinds.get(key, UNSPECIFIED)) for key in held}
    members = partition.members(key for key, home in homes.items() if home in (W.WHERE, W.WHEN))
    every = [name for names in members.values() for name in names]
    if len(every) > NAMES:
        raise BudgetExceeded(f"places and dates have more than {NAMES:,} names")
    aliases = {one.key: one for one in names_now(tx, every)}
    told = stated_of(tx, every, Clocks(None, clocks.known_at, clocks.identity_at))
    places: list[PlaceRow] = []
    moments: list[MomentRow] = []
    for key, names in members.items():
        stated = united(one for name in names for one in told.get(name, ()))
        name, mentions = most_frequent(held[key]).name, sum(one.n for one in held[key])
        if homes[key] is W.WHERE:
            path, country = stated.get("path"), stated.get("country")
            spelt = [aliases[one].normalised for one in names if one in aliases and aliases[one].family == Family.PLACE]
            steps = [str(step) for step in path] if isinstance(path, list) else None
            land = str(country) if country is not None else None
            places.append(PlaceRow(key, name, told_kinds[key], mentions, steps, land, spelt, None, []))
        elif "start" in stated and "recurrence" not in stated:
            end = stated.get("end")
            moments.append(
                MomentRow(key, name, mentions, str(stated["start"]), None if end is None else str(end), None, [])
            )
    rows: dict[str, PlaceRow | MomentRow] = {row.key: row for row in (*places, *moments)}
    return _Lying(rows, told_kinds, {**parents_of_places(places), **parents_of_moments(moments)})
