"""How sure something read in a page is: one formula, and the factors that each W keeps of it.

confidence = .4 base + .2 source reliability + .15 contextual + .15 temporal + .1 geographic. The base is a sum of
evidence in log-odds, brought to 0..1 by the sigmoid; the other four are 0..1. The weights are settings.
"""

import math
from dataclasses import dataclass

from graph.keys import W
from ingest.semantics.options import SemanticOptions

FACTORS: dict[W, tuple[str, str, str]] = {
    W.WHO: ("name_recognition", "context_consistency", "source_reliability"),
    W.WHAT: ("event_verification", "temporal_consistency", "source_corroboration"),
    W.WHERE: ("geographic_accuracy", "hierarchy_consistency", "coordinate_precision"),
    W.WHEN: ("temporal_accuracy", "source_timestamp_reliability", "contextual_alignment"),
    W.WHY: ("causal_plausibility", "historical_consistency", "actor_motivation_alignment"),
}
"""Names of the factors that are kept of each W."""
KNOWN, TOLD, UNTOLD = 1.0, 0.8, 0.4
"""How much a part speaks for something: known for sure, told of the whole page, not told at all."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a confidence is made of: `base` in log-odds, the others 0..1."""

    base: float
    source: float
    contextual: float
    temporal: float
    geographic: float

    @property
    def normalised(self) -> float:
        """The base as 0..1."""
        return sigmoid(self.base)


def sigmoid(odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


def confidence(parts: Parts, options: SemanticOptions) -> float:
    """The weighted sum, 0..1, to six digits."""
    if not options.calibrated:
        return round(parts.normalised, 6)
    weights = options.weights
    total = (
        weights.base * parts.normalised
        + weights.source * parts.source
        + weights.contextual * parts.contextual
        + weights.temporal * parts.temporal
        + weights.geographic * parts.geographic
    )
    return round(min(1.0, max(0.0, total)), 6)


def factors(w: W, parts: Parts, precision: float = UNTOLD) -> dict[str, float]:
    """What is kept of a W, by the names of its factors. `precision` is how exactly a place's point is known, and how
    well a reason fits who acts."""
    kept = {
        W.WHO: (parts.normalised, parts.contextual, parts.source),
        W.WHAT: (parts.normalised, parts.temporal, parts.source),
        W.WHERE: (parts.geographic, parts.contextual, precision),
        W.WHEN: (parts.temporal, parts.source, parts.contextual),
        W.WHY: (parts.normalised, parts.temporal, precision),
    }[w]
    return {name: round(value, 4) for name, value in zip(FACTORS[w], kept, strict=True)}
