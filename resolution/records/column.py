"""One compared aspect of records: its distinct values, and how a pair of them agrees, told as one of a few levels.

Levels are what the model weighs (Fellegi and Sunter 1969): 0 says nothing (a value is missing), 1 differs, higher
levels agree more or on something rarer. Values are compared once however many records hold them.
"""

import hashlib
import struct
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Levels = NDArray[np.int16]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
MISSING, DIFFER = 0, 1
RARITIES = 5
"""Steps from a value that few records hold to one that many hold: agreeing on a common one says less."""
_STEPS = np.array([2, 8, 32, 128])
_ORDINARY = 100_000
"""Records up to which the steps of rarity are counts; in longer tables they grow with the table."""
WORKERS = 2
CHUNK = 500_000
"""Pairs of values that are held as texts at a time."""


class Column(ABC):
    """A compared column. `codes` hold for each record the place of its value in `values`, -1 where it is missing.

    The values are sorted, so nothing here depends on the order of the records.
    """

    size: int
    """How many levels there are, `MISSING` counted."""
    prior: Floats
    """What share of the pairs of one thing is expected at each level before anything is known of the table."""
    alone: bool = True
    """Whether agreeing on a rare value of this column is by itself reason enough to compare two records."""

    def __init__(self, name: str, written: Sequence[str]) -> None:
        self.name = name
        self.records = len(written)
        known: dict[str, str] = {text: self.clean(text) for text in set(written)}
        self.values = sorted({value for value in known.values() if value})
        place = {value: i for i, value in enumerate(self.values)}
        self.codes: Codes = np.array([place.get(known[text], -1) for text in written], dtype=np.int32)
        self.counts: Ints = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values)).astype(np.int64)

    @abstractmethod
    def clean(self, text: str) -> str:
        """The value as it is compared; empty where it says nothing."""

    @abstractmethod
    def compare(self, one: Codes, other: Codes) -> Levels:
        """Level of each pair of values (one <= other, no pair twice)."""

    def keys_of(self, value: str) -> list[str]:
        """What brings records with such a value together."""
        return [value]

    def levels(self, one: Codes, other: Codes) -> Levels:
        """Level of each pair of codes."""
        found = np.zeros(len(one), np.int16)
        told = (one >= 0) & (other >= 0)
        count = max(1, len(self.values))
        low, high = np.minimum(one[told], other[told]).astype(np.int64), np.maximum(one[told], other[told])
        pairs, back = np.unique(low * count + high, return_inverse=True)
        compared = self.compare((pairs // count).astype(np.int32), (pairs % count).astype(np.int32))
        found[told] = compared[back]
        return found

    def keys_of_values(self) -> tuple[Ints, Ints, Ints]:
        """Hashed keys of all values, flat, with where those of each value start and how many they are."""
        keys = [[hashed(self.name, key) for key in dict.fromkeys(self.keys_of(value))] for value in self.values]
        lengths = np.array([len(found) for found in keys], dtype=np.int64)
        flat = np.array([key for found in keys for key in found], dtype=np.int64)
        return flat, np.cumsum(lengths) - lengths, lengths

    def rarity(self, codes: Codes) -> Levels:
        """0 where many records hold the value, up to `RARITIES` - 1 where few do."""
        steps = _STEPS * max(1.0, self.records / _ORDINARY)
        return (RARITIES - 1 - np.searchsorted(steps, self.counts[codes])).astype(np.int16)


def distinct(numbers: Ints) -> Ints:
    """The numbers in ascending order, each once: by sorting, which is faster here than the hashing of `np.unique`."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])] if len(numbers) else numbers


def hashed(name: str, key: str) -> int:
    """A number below 2^62 that is the same in every run."""
    digest = hashlib.blake2b(f"{name}\x1f{key}".encode(), digest_size=8).digest()
    return int(struct.unpack("<Q", digest)[0]) >> 2


def spread(steps: Sequence[float], equal: float, rarities: int = RARITIES) -> Floats:
    """A prior: the share of each level from `DIFFER` on, and of equal values evenly over their rarities."""
    shares = np.array([0.0, *steps, *([equal / rarities] * rarities)])
    return shares / shares.sum()


def each(scorer: Callable[..., Any], texts: Sequence[str], one: Codes, other: Codes) -> Floats:
    """A RapidFuzz measure of each pair of values."""
    found = np.zeros(len(one))
    for start in range(0, len(one), CHUNK):
        part = slice(start, start + CHUNK)
        left, right = [texts[i] for i in one[part].tolist()], [texts[j] for j in other[part].tolist()]
        found[part] = process.cpdist(left, right, scorer=scorer, workers=WORKERS)
    return found
