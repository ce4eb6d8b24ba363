"""The linear ranker: a candidate's score is the sum of its features' weights, read from `weights.json`.

Weights were fitted by `python -m ingest.extraction.fitting`. Scores are log-odds among the candidates of one article:
`confidence` is the share of the softmax that falls on one.
"""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from ingest.extraction.candidate import Candidate, Features

Weights = Mapping[str, float]


@cache
def shipped() -> dict[str, dict[str, float]]:
    """Weights by question."""
    found: Any = orjson.loads((files("ingest.extraction") / "weights.json").read_bytes())
    return found


def score(features: Features, weights: Weights) -> float:
    """The sum of the weights of what speaks for it."""
    total = 0.0
    for name, value in features.items():
        if value:
            total += value * weights.get(name, 0.0)
    return total


def ranked(found: list[Candidate], weights: Weights) -> list[tuple[Candidate, float]]:
    """Candidates with their shares of the softmax (0..1), best first; ties go to the one said first."""
    scores = [score(one.features, weights) for one in found]
    most = max(scores, default=0.0)
    odds = [math.exp(value - most) for value in scores]
    total = sum(odds)
    return sorted(zip(found, (one / total for one in odds), strict=True), key=lambda pair: -pair[1])
