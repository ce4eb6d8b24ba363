"""The weight tables: for each kind which features count, how their values are binned, and the log-odds of each bin.

A table is additive: bias, plus one weight for each feature's bin, plus one for each cell of a few pairs of features
that speak together (as generalised additive models with interactions do, Lou, Caruana, Gehrke and Hooker 2013). The
numbers live in `weights.json`, fitted by `python -m resolution.fitting`; they are log-odds, so they add up.
"""

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two features that speak together: places in the family's features, and log-odds by bin of one and other."""

    one: int
    other: int
    weights: list[list[float]]


@dataclass(frozen=True, slots=True)
class Table:
    """The fitted table of one family."""

    names: tuple[str, ...]
    features: tuple[Feature, ...]
    bias: float
    edges: tuple[tuple[float, ...], ...]
    weights: tuple[list[float], ...]
    pairings: tuple[Pairing, ...]

    def odds(self, meeting: Meeting) -> tuple[float, list[float]]:
        """Log-odds that the two names of the meeting are one thing's, and the values of the features."""
        values = [feature(meeting) for feature in self.features]
        bins = list(map(bisect_right, self.edges, values))
        total = self.bias
        for place, weights in zip(bins, self.weights, strict=True):
            total += weights[place]
        for pairing in self.pairings:
            total += pairing.weights[bins[pairing.one]][bins[pairing.other]]
        return total, values

    def shares(self, values: list[float]) -> dict[str, float]:
        """What each feature, and each pair of them, adds to the log-odds; they and the bias sum up to it."""
        bins = [bisect_right(edges, value) for edges, value in zip(self.edges, values, strict=True)]
        told = {name: w[b] for name, w, b in zip(self.names, self.weights, bins, strict=True)}
        for pairing in self.pairings:
            name = f"{self.names[pairing.one]} with {self.names[pairing.other]}"
            told[name] = pairing.weights[bins[pairing.one]][bins[pairing.other]]
        return {"bias": self.bias, **told}


def table(family: Family, meeting: Meeting) -> Table:
    """The committed table of a family for such a meeting."""
    return _table(family, meeting.shared == 0.0)


@cache
def _table(family: Family, apart: bool) -> Table:
    features = (APART if apart else FEATURES)[family]
    fitted = _read()[f"{family} apart" if apart else family]
    names = tuple(feature.__name__ for feature in features)
    mains: dict[str, dict[str, list[float]]] = fitted["features"]  # type: ignore[assignment]
    together: list[dict[str, object]] = fitted["together"]  # type: ignore[assignment]
    return Table(
        names,
        features,
        float(fitted["bias"]),  # type: ignore[arg-type]
        tuple(tuple(mains[name]["edges"]) for name in names),
        tuple(mains[name]["weights"] for name in names),
        tuple(
            Pairing(names.index(t["of"][0]), names.index(t["of"][1]), t["weights"])  # type: ignore[index, arg-type]
            for t in together
        ),
    )


@cache
def _read() -> dict[str, dict[str, object]]:
    return json.loads((files("resolution") / "weights.json").read_text(encoding="utf-8"))
