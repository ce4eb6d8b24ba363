"""From log-odds of pairs to groups: greedy, by the mean of all pairs between two groups, never by one good pair.

Greedy additive edge contraction (Keuper et al. 2015) with the mean for the sum: the two groups whose pairs agree most
on the average are joined, until no two agree. Pairs that were not compared count as slightly against.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from resolution.records.column import Floats, Ints
from resolution.records.nodes import Nodes

Edges = dict[int, tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`most` and `least` bound the log-odds of one pair, `unseen` is that of a pair not compared."""

    most: float = 6.0
    least: float = -6.0
    unseen: float = -3.0


def grouped(nodes: Nodes, pairs: Ints, odds: Floats, rule: Rule) -> Ints:
    """The group of each node, named by its first node."""
    count = len(nodes)
    one, other = pairs // count, pairs % count
    for_ = odds > 0
    root = _joined(count, one[for_], other[for_])
    inside = (root[one] == root[other]) & (odds > rule.least - 2)
    one, other, odds = one[inside], other[inside], np.clip(odds[inside], rule.least, rule.most)
    forest = _Forest(nodes, rule)
    for i, j, value in zip(one.tolist(), other.tolist(), odds.tolist(), strict=True):
        forest.edge(i, j, value)
    names = np.arange(count)
    for members in forest.contract():
        names[members] = min(members)
    return names


def _joined(count: int, one: Ints, other: Ints) -> Ints:
    """The component of each node: only within one can there be a group."""
    root: list[int] = list(range(count))
    ends: tuple[list[int], list[int]] = (one.tolist(), other.tolist())
    for i, j in zip(*ends, strict=True):
        a, b = _top(root, i), _top(root, j)
        if a != b:
            root[max(a, b)] = min(a, b)
    for i in range(count):
        root[i] = root[root[i]]
    return np.array(root, dtype=np.int64)


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = i = root[root[i]]
    return i


class _Forest:
    """Groups with, to each neighbour, the sum of log-odds and the number of record pairs it was told by."""

    def __init__(self, nodes: Nodes, rule: Rule) -> None:
        self.near: dict[int, Edges] = {}
        self.size: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self._weights: list[int] = nodes.weights.tolist()
        self._sources: list[int] = nodes.sources.tolist()
        self._from: dict[int, set[int]] = {}
        self._unseen = rule.unseen

    def edge(self, i: int, j: int, value: float) -> None:
        """Takes in a compared pair of nodes."""
        pairs = self._node(i) * self._node(j)
        self.near[i][j] = self.near[j][i] = (value * pairs, pairs)

    def _node(self, i: int) -> int:
        if i not in self.near:
            self.near[i], self.size[i], self.members[i] = {}, self._weights[i], [i]
            if self._sources[i] >= 0:
                self._from[i] = {self._sources[i]}
        return self._weights[i]

    def mean(self, a: int, b: int) -> float:
        """Mean log-odds of all pairs of records between two groups."""
        told, pairs = self.near[a][b]
        every = self.size[a] * self.size[b]
        return (told + (every - pairs) * self._unseen) / every

    def contract(self) -> list[list[int]]:
        """Joins until no two groups agree; the members of each group."""
        heap = [(-self.mean(a, b), a, b) for a, near in self.near.items() for b in near if a < b]
        heap = [found for found in heap if found[0] < 0]
        heapq.heapify(heap)
        while heap:
            value, a, b = heapq.heappop(heap)
            if a in self.near and b in self.near[a] and self.mean(a, b) == -value and self._fit(a, b):
                for near in self._join(a, b):
                    mean = self.mean(a, near)
                    if mean > 0:
                        heapq.heappush(heap, (-mean, min(a, near), max(a, near)))
        return list(self.members.values())

    def _fit(self, a: int, b: int) -> bool:
        """Whether no source tells two of them."""
        return self._from.get(a, set()).isdisjoint(self._from.get(b, set()))

    def _join(self, a: int, b: int) -> Edges:
        """Takes b into a; the neighbours of both."""
        near_a, near_b = self.near[a], self.near.pop(b)
        del near_a[b]
        del near_b[a]
        self.members[a] += self.members.pop(b)
        self.size[a] += self.size.pop(b)
        if b in self._from:
            self._from.setdefault(a, set()).update(self._from.pop(b))
        for c, (told, pairs) in near_b.items():
            former, count = near_a.get(c, (0.0, 0))
            near_a[c] = self.near[c][a] = (former + told, count + pairs)
            del self.near[c][b]
        return near_a
