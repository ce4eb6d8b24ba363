"""How good probabilities are: average precision, F1, calibration error, and the reliability of each tenth."""

from collections.abc import Sequence

Told = Sequence[tuple[float, int]]
"""(probability, label) of each pair."""


def average_precision(told: Told) -> float:
    """Area under precision and recall by steps; equal scores are one step."""
    positives = sum(label for _, label in told)
    true = seen = 0
    area = former = 0.0
    ordered = sorted(told, reverse=True)
    for place, (value, label) in enumerate(ordered):
        true, seen = true + label, seen + 1
        if place + 1 == len(ordered) or ordered[place + 1][0] != value:
            area += (true / positives - former) * true / seen
            former = true / positives
    return area


def f1_at(told: Told, threshold: float) -> float:
    """F1 when everything from the threshold on is called a match."""
    called = [label for value, label in told if value >= threshold]
    positives = sum(label for _, label in told)
    return 2.0 * sum(called) / (len(called) + positives) if positives else 0.0


def best_f1(told: Told) -> float:
    """The best F1 that any threshold gives."""
    positives = sum(label for _, label in told)
    best, true = 0.0, 0
    ordered = sorted(told, reverse=True)
    for place, (value, label) in enumerate(ordered):
        true += label
        if place + 1 == len(ordered) or ordered[place + 1][0] != value:
            best = max(best, 2.0 * true / (place + 1 + positives))
    return best


def reliability(told: Told) -> list[tuple[float, float, int]]:
    """For each tenth of probability that has pairs: mean probability, share of matches, pairs."""
    tenths: dict[int, list[tuple[float, int]]] = {}
    for value, label in told:
        tenths.setdefault(min(9, int(value * 10)), []).append((value, label))
    return [
        (sum(v for v, _ in one) / len(one), sum(y for _, y in one) / len(one), len(one))
        for _, one in sorted(tenths.items())
    ]


def calibration_error(told: Told) -> float:
    """Expected calibration error over tenths: mean distance of probability and share of matches, by pairs."""
    return sum(abs(mean - share) * count for mean, share, count in reliability(told)) / len(told)
