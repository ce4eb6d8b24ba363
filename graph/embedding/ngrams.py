"""The built-in embedder: hashed pieces of words, so that it needs no model, no network and no training.

It knows letters, not meaning: texts are near when they share words, inflections or spellings, in any script. Synonyms
are as far apart as any two words. Each word and each piece of 3 to 5 letters of it (1 and 2 in scripts that write
without spaces) adds to one of the dimensions, with a sign, both by its hash (feature hashing: Weinberger, Dasgupta,
Langford, Smola, Attenberg 2009, "Feature hashing for large scale multitask learning"), damped by 1 + ln(count).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np

_WORD = re.compile(r"[^\W_]+")
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts without spaces between words, and Hangul."""
LENGTH = 20_000
"""Characters of a text that are looked at."""
WORDS = 2.0
"""What a whole word weighs beside one of its pieces."""


class NGrams:
    """Vectors of unit length; a text without a letter or digit is all zeros."""

    def __init__(self, dimensions: int = 384) -> None:
        self.dimensions = dimensions

    @property
    def name(self) -> str:
        """Changes with the length of its vectors and the way they are made."""
        return f"ngrams-1-{self.dimensions}"

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order."""
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> list[float]:
        vector = np.zeros(self.dimensions)
        folded = unicodedata.normalize("NFKC", text[:LENGTH]).casefold()
        for (piece, whole), count in Counter(_pieces(folded)).items():
            digest = int.from_bytes(blake2b(piece.encode(), digest_size=8).digest(), "big")
            sign = 1.0 if digest & 1 else -1.0
            vector[(digest >> 1) % self.dimensions] += sign * (WORDS if whole else 1.0) * (1 + math.log(count))
        length = float(np.linalg.norm(vector))
        return [float(one) for one in (vector / length if length else vector)]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces of a folded text, each with whether it is a whole word."""
    for word in _WORD.findall(text):
        yield word, True
        sizes, held = ((1, 2), word) if _DENSE.search(word) else ((3, 4, 5), f"<{word}>")
        for size in sizes:
            for begin in range(len(held) - size + 1):
                yield held[begin : begin + size], False
