"""The picture of a neighbourhood: the same each time, names that never cover each other, nobody outside."""

import random
from dataclasses import dataclass
from itertools import pairwise

import pytest

from api.explorer.drawing import ROW, WIDTH, draw


@dataclass(frozen=True)
class Node:
    key: str
    name: str
    kind: str = "person"
    depth: int = 1


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    n: int = 1


MIDDLE = Node("m", "Middle", depth=0)


def around(count: int) -> list[Node]:
    return [Node(f"k{n}", f"Neighbour {n}") for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 18, 50])
def test_names_stand_on_lines_of_their_own_and_all_is_inside(count: int) -> None:
    others = around(count)
    drawing = draw([MIDDLE, *others], [Edge("m", other.key, 1 + n) for n, other in enumerate(others)])
    assert drawing is not None and len(drawing.spots) == count + 1
    for side in ("left", "right"):
        heights = sorted(spot.y for spot in drawing.spots if spot.side == side)
        assert all(b - a >= ROW for a, b in pairwise(heights))
    assert all(200 <= spot.x <= WIDTH - 200 and 10 <= spot.y <= drawing.height - 10 for spot in drawing.spots)
    assert len({(spot.x, spot.y) for spot in drawing.spots}) == count + 1


def test_the_same_graph_is_drawn_the_same_in_whatever_order_it_comes() -> None:
    chance, others = random.Random(7), around(12)
    edges = [Edge("m", other.key, chance.randint(1, 9)) for other in others]
    edges += [Edge(a.key, b.key, chance.randint(1, 3)) for a, b in zip(others, others[3:], strict=False)]
    first = draw([MIDDLE, *others], edges)
    chance.shuffle(others)
    again = draw([*others, MIDDLE], edges)
    assert first == again


def test_who_is_connected_stands_side_by_side() -> None:
    others = around(9)
    edges = [Edge("m", other.key, 9 - n) for n, other in enumerate(others)] + [Edge("k0", "k8", 5)]
    drawing = draw([MIDDLE, *others], edges)
    assert drawing is not None
    assert [spot.key for spot in drawing.spots[:3]] == ["m", "k0", "k8"]


def test_more_shared_events_make_a_thicker_line_and_far_ones_are_left_out() -> None:
    far = Node("f", "Far", depth=2)
    drawing = draw([MIDDLE, *around(2), far], [Edge("m", "k0", 1), Edge("m", "k1", 50), Edge("k1", "f", 3)])
    assert drawing is not None
    assert {(line.source, line.target) for line in drawing.lines} == {("m", "k0"), ("m", "k1")}
    thin, thick = drawing.lines
    assert thin.thick < thick.thick
    assert all(spot.key != "f" for spot in drawing.spots)


def test_a_long_name_is_cut_and_nobody_around_is_no_picture() -> None:
    drawing = draw([MIDDLE, Node("l", "x" * 400)], [Edge("m", "l")])
    assert drawing is not None
    assert len(drawing.spots[1].shown) == 30 and len(drawing.spots[1].name) == 400
    assert draw([MIDDLE], []) is None
