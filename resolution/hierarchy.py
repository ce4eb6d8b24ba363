"""What places lie in and what dates are part of, from what is told of them and what is known of names.

A place lies in what its own path tells; else in what the paths of others tell of it; else in its stated country; else
in the country that its name is known to lie in ("Scotland"), where that country is in the graph. A date is part of the
smallest named stretch of time that holds it. Each has one parent and none lies in itself, by whatever way; so the
whole is a function of the entities, whatever the order in which they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from graph.errors import InvalidInput
from graph.hierarchy import MomentRow, Parent, PlaceRow
from graph.keys import Family
from graph.moment import parse_instant
from resolution.names.normalise import normalise
from resolution.names.territory import country, country_of_part

LOOKED_AT = 64
"""Stretches of time around a date that are asked whether they hold it."""
_RANKS = ("path", "told", "country", "known")
"""Why a place lies in another: the surest first."""
_BY = {"path": "stated", "told": "stated", "country": "country", "known": "known"}


def parents_of_places(rows: Sequence[PlaceRow]) -> dict[str, Parent]:
    """What each place lies in; a place of which nothing is told is left out."""
    known = _Known(rows)
    wanted: dict[str, dict[str, list[str]]] = {row.key: {rank: [] for rank in _RANKS} for row in rows}
    for row in rows:
        chain = [one for step in row.path or () if (one := known.named(step)) and one != row.key]
        if chain:
            wanted[row.key]["path"].append(chain[-1])
        for above, below in pairwise(chain):
            wanted[below]["told"].append(above)
        if row.country and (land := known.land(row.country)):
            wanted[row.key]["country"].append(land)
        if (land := known.land_of_part(row)) is not None:
            wanted[row.key]["known"].append(land)
    parents: dict[str, Parent] = {}
    for rank in _RANKS:
        for key in sorted(wanted):
            for other in _often(wanted[key][rank]):
                if key not in parents and not _leads(parents, other, key):
                    parents[key] = Parent(other, _BY[rank])
    return parents


def parents_of_moments(rows: Iterable[MomentRow]) -> dict[str, Parent]:
    """The smallest other stretch that holds each; equal ones hold one another not."""
    spans = sorted(
        ((start, end, row.key) for row in rows for start, end in [_span(row)] if start is not None and end is not None),
        key=lambda one: (one[0], -one[1].timestamp(), one[2]),
    )
    parents: dict[str, Parent] = {}
    around: list[tuple[datetime, datetime, str]] = []
    for start, end, key in spans:
        around = [one for one in around if one[1] >= start][-LOOKED_AT:]
        holding = [one for one in around if one[1] >= end and (one[0], one[1]) != (start, end)]
        if holding:
            nearest = min(holding, key=lambda one: (one[1] - one[0], one[2]))
            parents[key] = Parent(nearest[2], "contains")
        around.append((start, end, key))
    return parents


class _Known:
    """Places by name."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self._named: dict[str, str] = {}
        self._lands: dict[str, str] = {}
        for row in sorted(rows, key=lambda row: (row.mentions, row.key)):
            # Of namesakes the one that is mentioned most.
            self._named |= dict.fromkeys(row.names, row.key)
            if row.kind == "country" and (code := country(row.name)):
                self._lands[code] = row.key

    def named(self, name: str) -> str | None:
        """The place of a name, in any spelling; a country by any name of it."""
        return self._named.get(normalise(name, Family.PLACE).normalised) or self.land(name)

    def land(self, name: str) -> str | None:
        """The country of a name, in any language, or of a code."""
        return self._lands.get(country(name) or name.strip().upper()) or self._named.get(
            normalise(name, Family.PLACE).normalised
        )

    def land_of_part(self, row: PlaceRow) -> str | None:
        """The country that a name is known to lie in, without being its own name."""
        if row.kind == "country" or country(row.name):
            return None
        land = self._lands.get(country_of_part(row.name) or "")
        return None if land == row.key else land


def _often(keys: Sequence[str]) -> list[str]:
    """Each once, most often told first, then by key."""
    return sorted(set(keys), key=lambda key: (-keys.count(key), key))


def _leads(parents: Mapping[str, Parent], key: str, to: str) -> bool:
    """Whether going up from one leads to another, or is it."""
    while key != to:
        above = parents.get(key)
        if above is None:
            return False
        key = above.key
    return True


def _span(row: MomentRow) -> tuple[datetime | None, datetime | None]:
    try:
        start = parse_instant(row.start)
        return start.at, (parse_instant(row.end) if row.end else start).end
    except InvalidInput:
        return None, None
