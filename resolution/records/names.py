"""Names of persons, organisations and places: the fitted comparison of `resolution.tables`, and how rare what is shared
is in this table."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz

from graph.keys import Family
from resolution.features.meeting import Meeting
from resolution.matching import FAMILIES
from resolution.names.east_asia import east_asian_keys
from resolution.names.parts import Parts, take_apart
from resolution.records.column import DIFFER, Codes, Column, Flags, Floats, Levels, each
from resolution.score import weigh
from resolution.tables import table

LIKENESS = (-2.0, -0.5, 1.0, 2.5, 4.0)
"""Log-odds of the fitted table at which one level of likeness ends and the next begins."""
SHARED = (-4.0, -2.0, 0.0, 3.0)
"""Natural logs of how many times rarer than one record in the table it is to share these words by chance."""
VETOED, EQUAL = 0, len(LIKENESS) + 2
LOOK = 55.0
"""Names whose letters are less alike than this (0..100) differ, without a closer look."""
NOTHING = -6.0
SAME_WORD = 0.6
PAIRS_OF_WORDS = 15
_LIKE = (0.02, 0.02, 0.03, 0.05, 0.08, 0.12, 0.15, 0.5)
_RARE = (0.05, 0.1, 0.2, 0.35, 0.3)
ALONE = (0.5, 0.6, 0.85, 0.15, 0.5)
"""Log-odds where a name is all there is: bias, and weights of the fitted log-odds above and below 0, and of the
rarity of what is shared above and below one record in the table."""
_MIDDLE_LIKE = (-math.inf, -3.0, -1.2, 0.2, 1.8, 3.2, 5.0, 6.0)
_MIDDLE_RARE = (-6.0, -3.0, -1.0, 1.5, 5.0)
"""What stands for each step of `LIKENESS` and `SHARED`."""
_MARK = "\x1f"


class Names(Column):
    """Names, each of the family of its record. `odds` remembers the last comparison for `alone_odds`."""

    size = DIFFER + 1 + (EQUAL + 1) * (len(SHARED) + 1)

    def __init__(self, name: str, written: Sequence[str], families: Sequence[Family] | Family) -> None:
        kinds = [families] * len(written) if isinstance(families, Family) else families
        marked = [f"{kind}{_MARK}{text}" for kind, text in zip(kinds, written, strict=True)]
        super().__init__(name, marked)
        parts = [value.split(_MARK, 1) for value in self.values]
        self.families = [Family(family) for family, _ in parts]
        self.parts = [take_apart(text, family) for family, text in parts]
        self.held: Counter[str] = Counter()
        for part, count in zip(self.parts, self.counts.tolist(), strict=True):
            for word in {word.bones for word in part.words}:
                self.held[word] += count
        self._log = math.log(max(2, self.records))
        self.prior = _prior()

    def clean(self, text: str) -> str:
        """The name with single spaces, behind its family."""
        family, _, name = text.partition(_MARK)
        name = " ".join(name.split())
        return f"{family}{_MARK}{name}" if any(c.isalnum() for c in name) else ""

    def keys_of(self, value: str) -> list[str]:
        """Its words, their consonants, each two of these together, and all of them."""
        family, _, name = value.partition(_MARK)
        return name_keys(take_apart(name, family), family)

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        likeness, shared = self.weighed(one, other)
        return self.levels_of(one == other, likeness, shared)

    def levels_of(self, equal: Flags, odds: Floats, shared: Floats) -> Levels:
        """Levels from log-odds (-inf: vetoed; NaN: not looked at) and from how rare the shared words are."""
        like = 1 + np.searchsorted(LIKENESS, odds)
        like = np.where(odds == -np.inf, VETOED, like)
        like = np.where(equal, EQUAL, like)
        found = DIFFER + 1 + like * (len(SHARED) + 1) + np.searchsorted(SHARED, shared - self._log)
        return np.where(np.isnan(odds), DIFFER, found).astype(np.int16)

    def weighed(self, one: Codes, other: Codes) -> tuple[Floats, Floats]:
        """For each pair the fitted log-odds (-inf where vetoed, NaN where not looked at) and the natural log of how
        rare it is that two records share these words by chance."""
        odds, shared = np.full(len(one), np.nan), np.zeros(len(one))
        near = each(fuzz.ratio, [part.spaced for part in self.parts], one, other)
        families = np.array([hash_of(family) for family in self.families])
        looked = ((near >= LOOK) | (one == other)) & (families[one] == families[other])
        for place in np.flatnonzero(looked).tolist():
            i, j = int(one[place]), int(other[place])
            odds[place], shared[place] = self._weighed(self.parts[i], self.parts[j], self.families[i])
        return odds, shared

    def alone_odds(self, one: Codes, other: Codes) -> Floats:
        """Log-odds of pairs of codes where a name is all that is known of a record."""
        low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other)
        count = max(1, len(self.values))
        pairs, back = np.unique(low * count + high, return_inverse=True)
        left, right = (pairs // count).astype(np.int32), (pairs % count).astype(np.int32)
        likeness, shared = self.weighed(left, right)
        return _alone(likeness, shared - self._log)[back]

    def expected(self) -> Floats:
        """Share of pairs of one thing among those at each level, as far as the name tells."""
        likeness, rare = np.meshgrid(_MIDDLE_LIKE, _MIDDLE_RARE, indexing="ij")
        told = 1 / (1 + np.exp(-_alone(likeness.ravel(), rare.ravel())))
        return np.concatenate([[0.0, 0.0], told])

    def _weighed(self, one: Parts, other: Parts, family: Family) -> tuple[float, float]:
        found, veto = weigh(one, other, family)
        return -math.inf if veto else table(family, found).odds(found)[0], self._shared(found)

    def _shared(self, m: Meeting) -> float:
        """Natural log of how rare it is to share these words, taken as independent."""
        held, words_a, words_b = self.held, m.a.words, m.b.words
        told = 0.0
        for i, j, value in m.pairs:
            if value > SAME_WORD:
                told += self._log - math.log(max(held[words_a[i].bones], held[words_b[j].bones]))
        for places_a, places_b, _ in m.joined:
            words = [words_a[i] for i in places_a] if len(places_a) > 1 else [words_b[j] for j in places_b]
            told += sum(self._log - math.log(held[word.bones]) for word in words)
        return told


def name_keys(parts: Parts, family: str) -> list[str]:
    """The words of a name, their consonants, each two of these together, and all of them; what a Korean or Chinese
    name sounds like."""
    words = [word for word in parts.words if len(word.text) > 1]
    bones = sorted({word.bones for word in words})
    paired = [f"p|{one} {other}" for one, other in combinations(bones, 2)][:PAIRS_OF_WORDS]
    singles = [f"b|{bone}" for bone in bones if len(bone) > 1]
    keys = [*(f"w|{word.text}" for word in words), *singles, *paired, f"j|{' '.join(bones)}"]
    if family == Family.PERSON:
        keys += east_asian_keys(parts.texts, parts.script)
    return [family + key for key in keys]


def _alone(likeness: Floats, rare: Floats) -> Floats:
    told = np.nan_to_num(likeness, nan=NOTHING, neginf=-9.0)
    rare = np.clip(rare, -12, 12)
    bias, like, unlike, rarer, commoner = ALONE
    return (
        bias
        + like * np.maximum(told, 0)
        + unlike * np.minimum(told, 0)
        + rarer * np.maximum(rare, 0)
        + commoner * np.minimum(rare, 0)
    )


def hash_of(family: Family) -> int:
    """The place of a family among all."""
    return list(Family).index(family)


def family_of(kind: str) -> Family:
    """The family that a written type means; unspecified where it is none we know."""
    return FAMILIES.get(kind.strip().lower(), Family.UNSPECIFIED)


def _prior() -> Floats:
    shares = [0.0, 0.05, *(like * rare for like in _LIKE for rare in _RARE)]
    return np.array(shares) / sum(shares)
