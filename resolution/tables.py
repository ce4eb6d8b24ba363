"""The weight tables: for each kind which features count, how their values are binned, and the log-odds of each bin.

A table is additive: bias, plus one weight for each feature's bin, plus one for each cell of a few pairs of features
that speak together (as generalised additive models with interactions do, Lou, Caruana, Gehrke and Hooker 2013). The
numbers live in `weights.json`, fitted by `python -m resolution.fitting`; they are log-odds, so they add up.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter, getitem, itemgetter
from typing import TypedDict, cast

from graph.keys import Family
from resolution.features import counts, coverage, leftover, order, shared, spelling
from resolution.features.acronyms import acronym, same_body
from resolution.features.brackets import brackets
from resolution.features.given import first_given, given
from resolution.features.initials import initials, initials_left
from resolution.features.kunya import kunya
from resolution.features.legal import legal_form
from resolution.features.meeting import Meeting
from resolution.features.numbers import numbers
from resolution.features.pets import pet_forms
from resolution.features.scripts import scripts
from resolution.features.surname import surname, surnames_left
from resolution.features.territory import country_left, same_country, same_place

Feature = Callable[[Meeting], float]
FIELDS: dict[Feature, str] = {
    coverage.of_shorter: "covered_a",
    coverage.of_longer: "covered_b",
    shared.shared: "shared",
    shared.rarest: "best",
    shared.exact_words: "exact",
    shared.near_words: "close",
    shared.worst_word: "worst",
    shared.shortest_slip: "shortest_slip",
    shared.slips: "slips",
    shared.slips_heard: "slips_heard",
    shared.other_beginning: "other_beginning",
    shared.slips_at_end: "slips_at_end",
    leftover.left_of_shorter: "alone_a",
    leftover.left_of_longer: "alone_b",
    leftover.conflict: "against",
    leftover.told_by_left: "left_told_b",
    leftover.sharpest_left: "sharpest",
    counts.words_of_shorter: "a.count",
    counts.words_of_longer: "b.count",
    spelling.letters: "a.size",
    initials: "initials",
    pet_forms: "pets",
}
"""Features that are one number of the meeting as it stands (held to it by a test): read without a call each."""
_WORDS: tuple[Feature, ...] = (
    coverage.of_shorter,
    coverage.of_longer,
    shared.shared,
    shared.rarest,
    shared.exact_words,
    shared.near_words,
    shared.worst_word,
    shared.shortest_slip,
    shared.slips,
    shared.slips_heard,
    shared.other_beginning,
    shared.slips_at_end,
    leftover.left_of_shorter,
    leftover.left_of_longer,
    leftover.told_by_left,
    leftover.conflict,
    leftover.sharpest_left,
    counts.words_of_shorter,
    counts.words_of_longer,
    order.other_order,
    order.first_word,
    order.last_word,
    spelling.run_together,
    spelling.sorted_words,
    spelling.same_beginning,
    spelling.same_sound,
    spelling.letters,
    numbers,
    scripts,
)
_BODIES: tuple[Feature, ...] = (acronym, same_body, brackets, country_left, legal_form)
FEATURES: dict[Family, tuple[Feature, ...]] = {
    Family.PERSON: (*_WORDS, surname, surnames_left, given, first_given, initials, initials_left, pet_forms, kunya),
    Family.COLLECTIVE: (*_WORDS, *_BODIES, initials),
    Family.PLACE: (*_WORDS, same_country, same_place, country_left, brackets, acronym),
    Family.UNSPECIFIED: (*_WORDS, *_BODIES, initials, same_country, same_place),
}
"""Which features each family's table weighs when the names share words."""
_STRINGS: tuple[Feature, ...] = (
    spelling.run_together,
    spelling.sorted_words,
    spelling.same_beginning,
    spelling.same_sound,
    spelling.letters,
    counts.words_of_shorter,
    counts.words_of_longer,
    scripts,
    initials,
)
APART: dict[Family, tuple[Feature, ...]] = {
    Family.PERSON: (*_STRINGS, kunya),
    Family.COLLECTIVE: (*_STRINGS, acronym, same_body),
    Family.PLACE: (*_STRINGS, acronym, same_country, same_place),
    Family.UNSPECIFIED: (*_STRINGS, acronym, same_body, same_country, same_place),
}
"""Which features each family's second table weighs, for names that share no word, not even a like one."""


def apart(m: Meeting) -> bool:
    """True when no words meet, initials set aside: then a shorter table tells as much."""
    return m.shared == 0.0


class _Main(TypedDict):
    edges: list[float]
    weights: list[float]


class _Together(TypedDict):
    of: tuple[str, str]
    weights: list[list[float]]


class Fitted(TypedDict):
    """A table as it stands in `weights.json`."""

    bias: float
    features: dict[str, _Main]
    together: list[_Together]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two features that speak together: places in the family's features, and log-odds by bin of one and other."""

    one: int
    other: int
    weights: list[list[float]]


class Table:
    """The fitted table of one family. `names` are its features in the order in which values are given: first those that
    only read one number of the meeting, all of which are read at once."""

    __slots__ = ("_edges", "_features", "_grids", "_ones", "_others", "_read", "_weights", "bias", "names", "pairings")

    def __init__(self, fitted: Fitted, features: Sequence[Feature]) -> None:
        plain = [feature for feature in features if feature in FIELDS]
        self._features = tuple(feature for feature in features if feature not in FIELDS)
        self._read = attrgetter(*(FIELDS[feature] for feature in plain))
        self.names = tuple(feature.__name__ for feature in (*plain, *self._features))
        self.bias: float = fitted["bias"]
        mains = [fitted["features"][name] for name in self.names]
        self._edges = tuple(tuple(main["edges"]) for main in mains)
        self._weights = tuple(tuple(main["weights"]) for main in mains)
        self.pairings = tuple(
            Pairing(self.names.index(t["of"][0]), self.names.index(t["of"][1]), t["weights"])
            for t in fitted["together"]
        )
        self._ones = itemgetter(*(pairing.one for pairing in self.pairings))
        self._others = itemgetter(*(pairing.other for pairing in self.pairings))
        self._grids = tuple(pairing.weights for pairing in self.pairings)

    def odds(self, meeting: Meeting) -> tuple[float, list[float]]:
        """Log-odds that the two names of the meeting are one thing's, and the values of the features."""
        values = [*self._read(meeting), *[feature(meeting) for feature in self._features]]
        bins = [*map(bisect_right, self._edges, values)]
        total = sum(map(getitem, self._weights, bins), self.bias)
        rows = map(getitem, self._grids, self._ones(bins))
        together = cast("Iterable[float]", map(getitem, rows, self._others(bins)))
        return sum(together, total), values

    def shares(self, values: Sequence[float]) -> dict[str, float]:
        """What each feature, and each pair of them, adds to the log-odds; they and the bias sum up to it."""
        bins = [bisect_right(edges, value) for edges, value in zip(self._edges, values, strict=True)]
        told = {name: w[b] for name, w, b in zip(self.names, self._weights, bins, strict=True)}
        for pairing in self.pairings:
            name = f"{self.names[pairing.one]} with {self.names[pairing.other]}"
            told[name] = pairing.weights[bins[pairing.one]][bins[pairing.other]]
        return {"bias": self.bias, **told}

    def told(self, values: Sequence[float]) -> dict[str, float]:
        """The values of the features by name."""
        return dict(zip(self.names, map(float, values), strict=True))


def table(family: Family, meeting: Meeting) -> Table:
    """The committed table of a family for such a meeting."""
    return _tables()[family, meeting.shared == 0.0]


@cache
def _tables() -> dict[tuple[Family, bool], Table]:
    fitted = _read()
    return {
        (family, far): Table(fitted[f"{family} apart" if far else family], (APART if far else FEATURES)[family])
        for family in FEATURES
        for far in (False, True)
    }


@cache
def _read() -> dict[str, Fitted]:
    return json.loads((files("resolution") / "weights.json").read_text(encoding="utf-8"))
