"""What may be set of the reading of pages: weights of confidence, least confidences, how much is read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of a confidence; they sum to 1."""

    base: float = 0.4
    source: float = 0.2
    contextual: float = 0.15
    temporal: float = 0.15
    geographic: float = 0.1


@dataclass(frozen=True, slots=True)
class SemanticOptions:
    """Entities and claims below their least confidence are dropped. `unknown_source` is the reliability of a source
    that nobody rated. At most `sentences` of the text are read, which bounds the time of a page.

    `calibrated` False tells the bare base of each confidence instead of the weighted sum.
    """

    weights: Weights = field(default_factory=Weights)
    entity_confidence: float = 0.6
    claim_confidence: float = 0.7
    unknown_source: float = 0.5
    sentences: int = 60
    calibrated: bool = True
