"""The map of an entity's page: where it lies, and the places that it is named with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from api.explorer.mapping import Map, Placed, drawn
from graph.database import Database
from graph.entity import HOME
from graph.keys import W
from graph.reading.places import place_points
from resolution.names.territory import country


class Named(Protocol):
    """An entity, and events that count for it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def n(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Itself:
    """The entity of the page as one of its places."""

    key: str
    name: str
    kind: str
    n: int


def entity_map(database: Database, named: Iterable[Named]) -> Map | None:
    """Of those that are places; None where it is not known where any of them lies."""
    places = [one for one in named if HOME.get(one.kind) is W.WHERE]
    points = place_points(database, [one.key for one in places])
    return drawn(
        Placed(
            key=one.key,
            name=one.name,
            kind=one.kind,
            n=one.n,
            point=points[one.key].point if one.key in points else None,
            country=country(one.name) if one.kind == "country" else None,
        )
        for one in places
    )
