"""Average-link clustering over sparse likenesses (UPGMA: Sokal, Michener 1958); pairs that share nothing count as 0.

The two most alike clusters are joined until none reach the threshold. Ties go to the earlier texts, so the outcome
depends on the order of the texts in nothing else.
"""

import heapq
from collections.abc import Sequence

from ingest.forming.likeness import Alike


def average_link(alike: Alike, threshold: float, order: Sequence[int] | None = None) -> list[int]:
    """Cluster of each text: the place of its first member. `order` ranks texts for ties, else their places do."""
    rank = order or range(len(alike))
    near = [dict(row) for row in alike]
    size = [1] * len(alike)
    into = list(range(len(alike)))
    todo = [_step(rank, value, i, j) for i, row in enumerate(near) for j, value in row.items() if i < j]
    heapq.heapify(todo)
    while todo:
        value, _, _, i, j = heapq.heappop(todo)
        if into[i] != i or into[j] != j or near[i].get(j, 0.0) / (size[i] * size[j]) != -value:
            continue
        if -value < threshold:
            break
        if len(near[i]) < len(near[j]):
            i, j = j, i
        _join(near, size, into, i, j)
        for k, total in near[i].items():
            mean = total / (size[i] * size[k])
            if mean >= threshold:
                heapq.heappush(todo, _step(rank, mean, i, k))
    roots = [_root(into, place) for place in range(len(into))]
    first: dict[int, int] = {}
    for place, root in enumerate(roots):
        first[root] = min(first.get(root, place), place, key=lambda one: rank[one])
    return [first[root] for root in roots]


def _step(rank: Sequence[int], value: float, i: int, j: int) -> tuple[float, int, int, int, int]:
    low, high = sorted((rank[i], rank[j]))
    return -value, low, high, i, j


def _join(near: Alike, size: list[int], into: list[int], i: int, j: int) -> None:
    """Puts cluster `j` into `i`; likenesses are sums over pairs, divided where they are read."""
    into[j] = i
    for k, total in near[j].items():
        if k != i:
            near[i][k] = near[k][i] = near[i].get(k, 0.0) + total
            del near[k][j]
    near[i].pop(j, None)
    near[j] = {}
    size[i] += size[j]


def _root(into: list[int], place: int) -> int:
    while into[place] != place:
        place = into[place]
    return place
