"""Communities and those between them are seen in the shape alone."""

from graph.reading.neighbourhood import Edge
from graph.reading.structure import structure

LEFT, RIGHT = ["a", "b", "c", "bridge"], ["x", "y", "z"]


def edges() -> list[Edge]:
    def ring(keys: list[str]) -> list[Edge]:
        return [Edge(one, other, 9) for at, one in enumerate(keys) for other in keys[at + 1 :]]

    return [*ring(LEFT), *ring(RIGHT), Edge("bridge", "x", 1)]


def test_two_circles_are_two_communities_the_larger_first() -> None:
    found = structure([*RIGHT, *LEFT], edges())
    assert {key for key in found if found[key].community == 0} == set(LEFT)
    assert {key for key in found if found[key].community == 1} == set(RIGHT)


def test_who_joins_them_stands_between() -> None:
    found = structure([*LEFT, *RIGHT], edges())
    assert sorted(found, key=lambda key: -found[key].betweenness)[:2] in (["bridge", "x"], ["x", "bridge"])
    assert found["a"].betweenness == 0
    assert found["bridge"].strength == 28


def test_nobody_is_no_graph_and_one_is_one_community() -> None:
    assert structure([], []) == {}
    assert structure(["a"], [])["a"].community == 0
