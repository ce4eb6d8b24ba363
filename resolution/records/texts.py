"""Free text: titles, descriptions, addresses. Words weigh by how rare they are; codes among them part or join."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz

from resolution.records.column import DIFFER, Codes, Column, Floats, Levels, each

COSINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_STEPS = len(COSINES) + 2
KEYED_WORDS, PAIRED_WORDS = 8, 6
_WORD = re.compile(r"\w+")
_SHARES = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.15, 0.28)


class Texts(Column):
    """Texts, by the cosine of their words weighed by rarity, or by their letters where these are nearer.

    Beside that each level tells of codes (words of four signs or more that hold a digit): one side has none, the
    rarest code is shared, or the codes differ.
    """

    size = DIFFER + _STEPS * 3

    def __init__(self, name: str, written: Sequence[str]) -> None:
        super().__init__(name, written)
        words = [_WORD.findall(value) for value in self.values]
        held: Counter[str] = Counter()
        for found, count in zip(words, self.counts.tolist(), strict=True):
            for word in set(found):
                held[word] += count
        self._rare = {word: math.log(1 + self.records / count) for word, count in held.items()}
        self._weights = [{word: self._rare[word] for word in found} for found in words]
        self._norms = [math.sqrt(sum(w * w for w in found.values())) or 1.0 for found in self._weights]
        self._codes = [
            frozenset(word for word in found if len(word) > 3 and not word.isalpha()) for found in self._weights
        ]
        shares = np.array([0.0, *(share * state for share in _SHARES for state in (1.0, 0.25, 1.0))])
        self.prior: Floats = shares / shares.sum()

    def clean(self, text: str) -> str:
        """Letters in one case, with single spaces."""
        return " ".join(_WORD.findall(text.casefold()))

    def keys_of(self, value: str) -> list[str]:
        """Its rarest words, and the rarest two by two."""
        words = sorted(set(value.split()), key=lambda word: (-self._rare[word], word))[:KEYED_WORDS]
        return [*words, *(f"{one} {other}" for one, other in combinations(sorted(words[:PAIRED_WORDS]), 2))]

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        letters = each(fuzz.token_sort_ratio, self.values, one, other) / 100
        pairs = list(zip(one.tolist(), other.tolist(), strict=True))
        words = np.array([self._cosine(i, j) for i, j in pairs])
        step = np.searchsorted(COSINES, np.maximum(words, np.where(letters > 0.7, letters - 0.05, 0.0)))
        step[one == other] = _STEPS - 1
        return (DIFFER + step * 3 + np.array([self._state(i, j) for i, j in pairs], dtype=np.int64)).astype(np.int16)

    def _cosine(self, i: int, j: int) -> float:
        short, long = self._weights[i], self._weights[j]
        if len(short) > len(long):
            short, long = long, short
        met = sum(weight * weight for word, weight in short.items() if word in long)
        return met / (self._norms[i] * self._norms[j])

    def _state(self, i: int, j: int) -> int:
        """0 where a side has no code, 1 where codes differ, 2 where one is shared."""
        if not self._codes[i] or not self._codes[j]:
            return 0
        return 1 if self._codes[i].isdisjoint(self._codes[j]) else 2
