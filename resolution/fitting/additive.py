"""Fits an additive table of binned features to labels: logistic regression by blocks, in plain Python.

Each block (a feature's bins, or the cells of two features together) takes Newton steps with a ridge; neighbouring bins
are drawn together, so that a bin with few pairs leans on its neighbours. Deterministic.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

ROUNDS, RATE = 24, 0.7
RIDGE, SMOOTH, RIDGE_TOGETHER = 2.0, 3.0, 6.0
BINS = 12


@dataclass(slots=True)
class Rows:
    """Labelled rows: values of the features, label 0 or 1, weight."""

    values: list[list[float]]
    labels: list[int]
    weights: list[float]


@dataclass(slots=True)
class Fit:
    """A fitted table; `cells` are weights by bin, for pairings by (bin of one x bins of other + bin of other)."""

    bias: float
    edges: list[list[float]]
    mains: list[list[float]]
    pairings: list[tuple[int, int]]
    together: list[list[float]] = field(default_factory=list[list[float]])

    def odds(self, values: list[float]) -> float:
        """Log-odds of a row."""
        bins = list(map(bisect_right, self.edges, values))
        total = self.bias + sum(weights[b] for weights, b in zip(self.mains, bins, strict=True))
        for (one, other), cells in zip(self.pairings, self.together, strict=True):
            total += cells[bins[one] * len(self.mains[other]) + bins[other]]
        return total


def edges_of(column: list[float]) -> list[float]:
    """At most `BINS` - 1 edges: between the values when they are few, else at quantiles, rounded to read well."""
    distinct = sorted(set(column))
    if len(distinct) <= BINS:
        return [round((one + other) / 2, 3) for one, other in pairwise(distinct)]
    ordered = sorted(column)
    places = [ordered[len(ordered) * k // BINS] for k in range(1, BINS)] + [ordered[-len(ordered) // 20]]
    # The greatest value, often "all the same", has a bin of its own.
    return sorted({round(value, 2) for value in [*places, ordered[-1] - 0.001] if value > ordered[0]})


def fit(rows: Rows, edges: list[list[float]], pairings: list[tuple[int, int]]) -> Fit:
    """The table for these rows."""
    count = len(rows.labels)
    bins = [[bisect_right(edges[f], row[f]) for row in rows.values] for f in range(len(edges))]
    sizes = [len(e) + 1 for e in edges]
    positive = sum(w for w, y in zip(rows.weights, rows.labels, strict=True) if y)
    bias = math.log(positive / (sum(rows.weights) - positive))
    margins = [bias] * count
    fitted = Fit(bias, edges, [[0.0] * size for size in sizes], pairings)
    fitted.together = [[0.0] * (sizes[one] * sizes[other]) for one, other in pairings]
    crossed = [[b * sizes[other] + c for b, c in zip(bins[one], bins[other], strict=True)] for one, other in pairings]
    for turn in range(ROUNDS):
        for cells, weights in zip(bins, fitted.mains, strict=True):
            _step(rows, margins, cells, weights, RIDGE, SMOOTH)
        if turn >= 4:
            for cells, weights in zip(crossed, fitted.together, strict=True):
                _step(rows, margins, cells, weights, RIDGE_TOGETHER, 0.0)
    return fitted


def _step(
    rows: Rows, margins: list[float], cells: list[int], weights: list[float], ridge: float, smooth: float
) -> None:
    slopes, bends = [0.0] * len(weights), [0.0] * len(weights)
    exp = math.exp
    for cell, margin, label, weight in zip(cells, margins, rows.labels, rows.weights, strict=True):
        p = 1.0 / (1.0 + exp(-margin)) if margin > -500 else 0.0
        slopes[cell] += weight * (label - p)
        bends[cell] += weight * p * (1.0 - p)
    former = list(weights)
    for place in range(len(weights)):
        near = [weights[k] for k in (place - 1, place + 1) if 0 <= k < len(weights)] if smooth else []
        aim = bends[place] * former[place] + RATE * slopes[place] + smooth * sum(near)
        weights[place] = aim / (bends[place] + ridge + smooth * len(near))
    moves = [new - old for new, old in zip(weights, former, strict=True)]
    margins[:] = [margin + moves[cell] for margin, cell in zip(margins, cells, strict=True)]
