"""The regression that Dedupe's models learn with: it leaves the weights it begins with for what labels show alone.

Logistic regression with a Gaussian prior around those weights (maximum a posteriori; Chelba and Acero 2004,
"Adaptation of Maximum Entropy Capitalizer: Little Data Can Help a Lot").
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from resolution.records.column import Flags, Floats

_STEPS = 50
_NEAR = 1e-9


class Regression:
    """As scikit-learn's classifiers, where Dedupe takes one. `weights` is of the columns, then the intercept; `freedom`
    is the standard deviation that the prior allows each, 0 for one that stays as it is."""

    def __init__(self, weights: Sequence[float], freedom: Sequence[float]) -> None:
        self.weights: Floats = np.asarray(weights, float)
        self.freedom: Floats = np.asarray(freedom, float)

    def fit(self, rows: ArrayLike, same: ArrayLike, sample_weight: ArrayLike | None = None) -> "Regression":
        """Learns from rows (n, columns) of which is known whether they are one, each worth its sample weight."""
        table, truth = _with_one(rows), np.asarray(same, float)
        counts = np.ones(len(truth)) if sample_weight is None else np.asarray(sample_weight, float)
        free: Flags = self.freedom > 0
        begun, stiffness = self.weights.copy(), 1.0 / self.freedom[free] ** 2
        part = table[:, free]
        # Newton's steps: the loss is strictly convex, so where they end does not depend on the order of the labels.
        for _ in range(_STEPS):
            told = _probability(table @ self.weights)
            slope = part.T @ (counts * (told - truth)) + stiffness * (self.weights - begun)[free]
            bend = (part.T * (counts * told * (1.0 - told))) @ part + np.diag(stiffness)
            step = np.linalg.solve(bend, slope)
            self.weights[free] -= step
            if np.abs(step).max(initial=0.0) < _NEAR:
                break
        return self

    def predict_proba(self, rows: ArrayLike) -> Floats:
        """Probabilities (n, 2) of two things and of one."""
        told = _probability(_with_one(rows) @ self.weights)
        return np.column_stack([1.0 - told, told])


def _with_one(rows: ArrayLike) -> Floats:
    table = np.asarray(rows, float)
    return np.column_stack([table, np.ones(len(table))])


def _probability(odds: Any) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
