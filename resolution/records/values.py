"""Plainer values: marks (codes), categories, countries, names of places typed in full, amounts."""

import re

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from resolution.names.territory import country
from resolution.records.column import DIFFER, RARITIES, Codes, Column, Levels, each, spread

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Marks(Column):
    """Identifiers, telephone numbers, post codes: letters and digits that agree, or nearly, from the front."""

    size = DIFFER + 4 + RARITIES
    prior = spread((0.12, 0.06, 0.1, 0.12), 0.6)

    def clean(self, text: str) -> str:
        """Letters and digits alone."""
        return "".join(c for c in text.casefold() if c.isalnum())

    def keys_of(self, value: str) -> list[str]:
        """The code and its front."""
        return [value, f"f|{_front(value)}"]

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        slips = each(OSA.distance, self.values, one, other)
        lengths = np.array([len(value) for value in self.values])
        fronts = np.array([_front(value) for value in self.values], dtype=object)
        begins = np.array([value[:2] for value in self.values], dtype=object)
        found = np.full(len(one), DIFFER, np.int16)
        found[begins[one] == begins[other]] = DIFFER + 1
        found[fronts[one] == fronts[other]] = DIFFER + 2
        found[(slips == 1) & (np.minimum(lengths[one], lengths[other]) > 3)] = DIFFER + 3
        equal = one == other
        found[equal] = DIFFER + 4 + self.rarity(one[equal])
        return found


def _front(value: str) -> str:
    return value[: max(2, len(value) - 3)]


class Categories(Column):
    """One of a few values: the same or not."""

    size = DIFFER + 1 + RARITIES
    prior = spread((0.1,), 0.9)
    alone = False

    def clean(self, text: str) -> str:
        """Letters in one case, with single spaces."""
        return " ".join(text.casefold().split())

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        found = np.full(len(one), DIFFER, np.int16)
        equal = one == other
        found[equal] = DIFFER + 1 + self.rarity(one[equal])
        return found

    def rarity(self, codes: Codes) -> Levels:
        """0 where a tenth of all records holds the value, one more for each quarter of that."""
        share = self.counts[codes] / max(1, self.records)
        return np.clip(np.floor(-np.log(share * 10 + 1e-12) / np.log(4)) + 1, 0, RARITIES - 1).astype(np.int16)


class Countries(Categories):
    """Countries under whatever name."""

    def clean(self, text: str) -> str:
        """Its code where it is known, else the words."""
        words = super().clean(text)
        return country(words) or words


class Places(Column):
    """Towns and regions as typed."""

    size = DIFFER + 3 + RARITIES
    prior = spread((0.2, 0.05, 0.1), 0.65)

    def clean(self, text: str) -> str:
        """Letters in one case, with single spaces."""
        return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        letters = each(JaroWinkler.similarity, self.values, one, other)
        words = each(fuzz.token_set_ratio, self.values, one, other)
        found = np.full(len(one), DIFFER, np.int16)
        found[letters >= 0.8] = DIFFER + 1
        found[(letters >= 0.92) | (words >= 95)] = DIFFER + 2
        equal = one == other
        found[equal] = DIFFER + 3 + self.rarity(one[equal])
        return found


class Amounts(Column):
    """Numbers and prices: equal, near, of one size, or not. A year is one, too."""

    size = DIFFER + 4 + RARITIES
    prior = spread((0.12, 0.08, 0.1, 0.1), 0.6)
    alone = False

    def clean(self, text: str) -> str:
        """The first number, zero taken as none."""
        found = _NUMBER.search(text)
        value = float(found[0].replace(",", "")) if found else 0.0
        return f"{value:.6g}" if value else ""

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        numbers = np.array([float(value) for value in self.values])
        a, b = numbers[one], numbers[other]
        apart = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
        found = np.full(len(one), DIFFER, np.int16)
        for step, most in enumerate((0.5, 0.2, 0.05), start=1):
            found[apart <= most] = DIFFER + step
        equal = one == other
        found[equal] = DIFFER + 4 + self.rarity(one[equal])
        return found


class Years(Amounts):
    """Years: equal, one apart, a few apart, or not."""

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        numbers = np.array([float(value) for value in self.values])
        apart = np.abs(numbers[one] - numbers[other])
        found = np.full(len(one), DIFFER, np.int16)
        for step, most in enumerate((10, 2, 1), start=1):
            found[apart <= most] = DIFFER + step
        equal = one == other
        found[equal] = DIFFER + 4 + self.rarity(one[equal])
        return found
