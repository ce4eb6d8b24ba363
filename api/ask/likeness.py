"""Words that mean alike by the vectors of an embedder, where it says from which cosine on two words do (`alike`).

The built-in embedder says nothing of the kind: it knows letters, and of two words with most letters in common one may
be the other's contrary.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.ask.evidence import Evidence
from api.ask.words import passed_over
from graph.embedding import Embedder

COUNTS = 0.8
"""What a word counts that is met by one of like meaning."""
Vector = NDArray[np.floating[Any]]


class Likeness:
    """For one question: each word is turned into a vector once."""

    def __init__(self, embedder: Embedder, least: float) -> None:
        self._embedder = embedder
        self._least = least
        self._kept: dict[str, Vector] = {}

    def of(self, word: str, evidence: Evidence) -> float:
        """How far a word, folded, is met by those of an event: COUNTS or 0."""
        others = [one for one in dict.fromkeys(evidence.folded) if one not in passed_over() and one.isalpha()]
        if not word or not others:
            return 0.0
        self._learn([word, *others])
        near = max(float(self._kept[word] @ self._kept[one]) for one in others)
        return COUNTS if near >= self._least else 0.0

    def _learn(self, words: Iterable[str]) -> None:
        new = [word for word in words if word not in self._kept]
        if not new:
            return
        for word, numbers in zip(new, self._embedder.embed(new), strict=True):
            vector = np.asarray(numbers, dtype=float)
            length = float(np.linalg.norm(vector))
            self._kept[word] = vector / length if length else vector


def likeness_of(embedder: Embedder) -> Likeness | None:
    """None for an embedder that does not say from where on words mean alike."""
    least = getattr(embedder, "alike", None)
    return Likeness(embedder, float(least)) if least is not None else None
