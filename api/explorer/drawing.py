"""Places a neighbourhood on paper: the one in the middle, the others around it, names outside. Pure.

The same graph is always drawn the same: who is connected stands side by side, and names, each on a line of its own,
never cover each other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WIDTH, ROW, RADIUS = 900.0, 34.0, 195.0
NAME = 30
"""Letters of a name that are drawn; the table tells it whole."""


class Node(Protocol):
    """An entity, `depth` steps from the middle."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def depth(self) -> int: ...


class Edge(Protocol):
    """Two entities that `n` events name together."""

    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def n(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """An entity on paper; `side` is where its name goes: left, right or middle."""

    key: str
    name: str
    shown: str
    kind: str
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class Line:
    """A connection as the `d` of an SVG path; `thick` in units of the picture; `inner` when it meets the middle."""

    d: str
    thick: float
    inner: bool
    source: str
    target: str
    n: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All spots, the middle first, and all lines, the thinnest first."""

    width: float
    height: float
    spots: list[Spot]
    lines: list[Line]


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing | None:
    """The picture of the nodes of depth 0 and 1; None when there is nobody around."""
    middle = next((node for node in nodes if node.depth == 0), None)
    around = [node for node in nodes if node.depth == 1]
    if middle is None or not around:
        return None
    ring = _ring(middle.key, around, edges)
    height = max(220.0, ROW * (math.ceil(len(ring) / 2) + 1))
    centre = (WIDTH / 2, height / 2)
    spots = [Spot(middle.key, middle.name, _short(middle.name), middle.kind, *centre, "middle")]
    spots += [_spot(node, place, len(ring), height) for place, node in enumerate(ring)]
    at = {spot.key: (spot.x, spot.y) for spot in spots}
    most = max((edge.n for edge in edges), default=1)
    drawn = [edge for edge in edges if edge.source in at and edge.target in at]
    lines = [_line(edge, at, centre, middle.key, most) for edge in sorted(drawn, key=lambda one: one.n)]
    return Drawing(WIDTH, height, spots, lines)


def _ring(middle: str, around: Sequence[Node], edges: Sequence[Edge]) -> list[Node]:
    """The order around the middle: each beside whom it shares most events with, of those that have no place yet."""
    shared = {frozenset((edge.source, edge.target)): edge.n for edge in edges}
    left = sorted(around, key=lambda node: (-shared.get(frozenset((middle, node.key)), 0), node.name, node.key))
    ring = [left.pop(0)]
    while left:
        last = ring[-1].key
        nearest = max(range(len(left)), key=lambda place: (shared.get(frozenset((last, left[place].key)), 0), -place))
        ring.append(left.pop(nearest))
    return ring


def _spot(node: Node, place: int, count: int, height: float) -> Spot:
    """Down the right side, then up the left one; rows at equal distance, on an ellipse."""
    right = math.ceil(count / 2)
    on_right = place < right
    rows, row = (right, place) if on_right else (count - right, count - 1 - place)
    y = height / 2 + (row - (rows - 1) / 2) * ROW
    tall = height / 2
    x = RADIUS * math.sqrt(max(0.0, 1 - ((y - height / 2) / tall) ** 2))
    side = "right" if on_right else "left"
    return Spot(
        node.key,
        node.name,
        _short(node.name),
        node.kind,
        round(WIDTH / 2 + (x if on_right else -x), 1),
        round(y, 1),
        side,
    )


def _line(edge: Edge, at: dict[str, tuple[float, float]], centre: tuple[float, float], middle: str, most: int) -> Line:
    (ax, ay), (bx, by) = at[edge.source], at[edge.target]
    inner = middle in (edge.source, edge.target)
    thick = round(1 + (4 if inner else 2) * math.log(edge.n) / math.log(max(most, 8)), 1)
    if inner:
        d = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"
    else:
        # Bent towards the middle, so that it does not run along the rim and through the names.
        bent = [((a + b) / 2 * 0.55 + c * 0.45) for a, b, c in zip((ax, ay), (bx, by), centre, strict=True)]
        d = f"M{ax:.1f} {ay:.1f}Q{bent[0]:.1f} {bent[1]:.1f} {bx:.1f} {by:.1f}"
    return Line(d, thick, inner, edge.source, edge.target, edge.n)


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
