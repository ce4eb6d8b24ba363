"""Mentions of an entity as they were told at a past time, by the names that it had then."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.database import Transaction
from graph.keys import W
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.past import Counted, Told, Window
from resolution.past.identity import Identity, Moved

WS = tuple(w.value for w in W)


class Mentions:
    """All mentions that stood on some names (keys) at a past time. Raises BudgetExceeded."""

    def __init__(self, tx: Transaction, keys: Collection[str], clocks: Clocks) -> None:
        self._tx = tx
        self._clocks = clocks
        self._keys = set(keys)
        self._moved = Moved(tx, self._keys, clocks)

    def page(self, window: Window, limit: int, before: tuple[int, str] | None = None) -> list[Told]:
        """The newest, those of one instant by id, falling; `before` is (ts, id) of the last row of the page before."""
        window = replace(window, but=self._moved.ids)
        if before is not None:
            window = replace(window, until=before[0])
        rows = past.mentions(self._tx, self._keys, self._clocks, window, limit, None if before is None else before[1])
        rows += [one for one in self._others(window) if before is None or (one.ts, one.mention) < before]
        return sorted(rows, key=lambda one: (one.ts, one.mention), reverse=True)[:limit]

    def counts(self, window: Window) -> list[Counted]:
        """All of them, by name, W and role."""
        window = replace(window, but=self._moved.ids)
        found = past.counted(self._tx, self._keys, self._clocks, window)
        return found + [
            Counted(self._moved.alias_of(one), one.w, one.role or "", 1, one.ts, one.ts) for one in self._others(window)
        ]

    def often(self, most: int) -> dict[tuple[str, str], int]:
        """(name, W) -> mentions by then; at least so many from `most` on."""
        window = window_of(self._clocks)
        found = past.often(self._tx, self._keys, self._clocks, replace(window, but=self._moved.ids), most)
        for one in self._others(window):
            place = self._moved.alias_of(one), one.w
            found[place] = found.get(place, 0) + 1
        return found

    def alias_of(self, told: Told) -> str:
        """The name that a mention stood on."""
        return self._moved.alias_of(told)

    def _others(self, window: Window) -> list[Told]:
        """Those that stand on another name now, or stood on another then and were put on one of these."""
        found = past.placed(self._tx, self._moved.addresses, self._clocks)
        return [one for one in found if window.holds(one) and self._moved.alias_of(one) in self._keys]


def mentions_of(tx: Transaction, key: str, clocks: Clocks, identity: Identity) -> tuple[str, Mentions]:
    """The entity (key) that held a name, and all its mentions. Raises NotFound, BudgetExceeded."""
    names = identity.names_of(key)
    return names[0].key, Mentions(tx, [one.key for one in names], clocks)


def totals(tx: Transaction, identity: Identity, entities: Collection[str], clocks: Clocks) -> dict[str, int]:
    """Entity -> all its mentions by then. Raises NotFound, BudgetExceeded."""
    names = {one.key: entity for entity in entities for one in identity.names_of(entity)}
    found = dict.fromkeys(entities, 0)
    for one in Mentions(tx, names, clocks).counts(window_of(clocks)):
        found[names[one.key]] += one.mentions
    return found


def weigh(tx: Transaction, identity: Identity, entities: Iterable[str], clocks: Clocks) -> None:
    """Has each of these entities shown by the name that was its most frequent then. Raises BudgetExceeded."""
    names = identity.not_weighed(entities)
    if names:
        found = dict.fromkeys(names, 0)
        for one in Mentions(tx, names, clocks).counts(window_of(clocks)):
            found[one.key] += one.mentions
        identity.weigh(found)


def window_of(clocks: Clocks, ws: Collection[str] = WS, since: int | None = None, until: int | None = None) -> Window:
    """What had happened by then, further bounded by times in epoch milliseconds."""
    last = clocks.until if until is None else min(until, clocks.until)
    return Window(tuple(ws), past.BEGINNING if since is None else since, last)
