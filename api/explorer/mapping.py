"""A map of places: countries shaded, others as points, on an outline of the world, zoomed to what is on it. Pure.

The projection is Natural Earth I (Patterson, Šavrič and Jenny 2011, in the polynomial form of d3-geo), with the numbers
that the outline was drawn with. A country is known by its name; another place without coordinates could be anywhere, so
it is left out and counted.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel.core import get_global

NARROWEST = 150.0
"""Width of the smallest part that is shown, of the 960 of the world."""
MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Placed:
    """A place to be drawn; `n` is what it counts. `point`: latitude, longitude; `country`: ISO 3166-1 alpha-2 of a
    country."""

    key: str
    name: str
    kind: str
    n: int
    point: tuple[float, float] | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A place as a point of the picture."""

    key: str
    name: str
    n: int
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Area:
    """A country as the `d` of an SVG path, shaded 0..1."""

    key: str
    name: str
    n: int
    d: str
    shade: float


@dataclass(frozen=True, slots=True)
class Map:
    """`view` is the part of the world that is shown: x, y, width, height. `told` are all places, most first;
    `unplaced` of them are not on it."""

    view: tuple[float, float, float, float]
    areas: list[Area]
    dots: list[Dot]
    told: list[Placed]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Country:
    """Outline (None for a small one) and a point in its largest part, in units of the picture."""

    d: str | None
    x: float
    y: float


def drawn(places: Iterable[Placed]) -> Map | None:
    """The map of these places; None where nobody knows where any of them lies."""
    rows = sorted(places, key=lambda one: (-one.n, one.name, one.key))
    most = max((one.n for one in rows), default=1)
    areas: list[Area] = []
    dots: list[Dot] = []
    reach: list[tuple[float, float]] = []
    for one in rows:
        share = math.log1p(one.n) / math.log1p(most)
        land = countries().get(one.country or "")
        if land and land.d:
            areas.append(Area(one.key, one.name, one.n, land.d, round(0.2 + 0.6 * share, 2)))
            reach.append((land.x, land.y))
        elif (spot := _spot(one, land)) is not None:
            dots.append(Dot(one.key, one.name, one.n, round(spot[0], 1), round(spot[1], 1), round(3 + 6 * share, 1)))
            reach.append(spot)
    if not reach:
        return None
    view = _view(reach)
    scale = view[2] / _file()["projection"]["width"]
    near = [Dot(one.key, one.name, one.n, one.x, one.y, round(one.r * scale, 2)) for one in dots]
    return Map(view, areas, near, rows, len(rows) - len(areas) - len(dots))


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees as a point of the picture."""
    shape: Mapping[str, float] = _file()["projection"]
    phi, lam = math.radians(latitude), math.radians(longitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return shape["x"] + shape["scale"] * x, shape["y"] - shape["scale"] * y


@cache
def countries() -> dict[str, Country]:
    """By ISO 3166-1 alpha-2 code, which CLDR tells for the numeric one."""
    codes: Mapping[str, list[str]] = get_global("territory_aliases")
    return {
        codes[row["code"]][0]: Country(row["d"], *projected(row["latitude"], row["longitude"]))
        for row in _file()["countries"]
        if codes.get(row["code"])
    }


def _spot(one: Placed, land: Country | None) -> tuple[float, float] | None:
    if one.point is not None:
        return projected(*one.point)
    return (land.x, land.y) if land else None


def _view(reach: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """What holds all points with a margin, in the shape of the world and within it."""
    width, height = (float(_file()["projection"][name]) for name in ("width", "height"))
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*reach, strict=True))
    wide = max((right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN) * width / height, NARROWEST)
    wide = min(wide, width)
    tall = wide * height / width
    x = min(max((left + right - wide) / 2, 0.0), width - wide)
    y = min(max((top + bottom - tall) / 2, 0.0), height - tall)
    return round(x, 1), round(y, 1), round(wide, 1), round(tall, 1)


@cache
def _file() -> dict[str, Any]:
    return json.loads(files("api.explorer").joinpath("places", "countries.json").read_text(encoding="utf-8"))
