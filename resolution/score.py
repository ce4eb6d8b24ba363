"""From two names to a probability that they name one thing: a readable table of features and weights per family.

The score is the logistic of a sum of weighted features (log-odds, as in Fellegi and Sunter 1969, with weights set by
hand on the measured baselines; they are fitted and calibrated in "Who is who"). Symmetric in its two names.
"""

import math
from dataclasses import dataclass

from graph.keys import Family
from resolution.features.coverage import coverage
from resolution.features.given import given
from resolution.features.leftover import conflict, leftover
from resolution.features.order import other_order
from resolution.features.spelling import same_letters
from resolution.features.surname import surname
from resolution.features.tokens import Alignment, align
from resolution.features.vetoes import numerals_differ, territories_differ
from resolution.names.normalise import Name
from resolution.names.territory import country

POSITIVE = 0.85
"""From this probability on a pair is joined."""
UNSURE = 0.75
"""From this probability on a pair is recorded and sent to review."""

WEIGHTS: dict[Family, dict[str, float]] = {
    Family.PERSON: {
        "bias": -4.0,
        "surname": 4.0,
        "given": 3.0,
        "leftover": -0.6,
        "conflict": -4.0,
        "same_letters": 0.5,
        "other_order": -1.5,
    },
    Family.COLLECTIVE: {"bias": -6.0, "coverage": 9.0, "same_letters": 0.5, "other_order": -2.2},
    Family.PLACE: {"bias": -6.5, "coverage": 9.0, "same_letters": 1.0, "same_country": 10.0},
    Family.UNSPECIFIED: {"bias": -6.5, "coverage": 8.0, "same_letters": 1.5, "other_order": -2.2},
}
"""Log-odds added for each unit of a feature; `bias` is the log-odds of two names that share nothing."""


@dataclass(frozen=True, slots=True)
class Score:
    """A probability 0..1 with the features it was made of; `veto` names what parted the names, else is empty."""

    value: float
    features: dict[str, float]
    veto: str = ""


def score(a: Name, b: Name, family: Family) -> Score:
    """Compares two names of one family (or of which one is unspecified: then by the cautious table)."""
    if a.qualifier != b.qualifier:
        return Score(0.0, {}, "qualifier")
    if numerals_differ(a, b):
        return Score(0.0, {}, "numerals")
    aligned = align(a.roman, b.roman)
    if family != Family.PERSON and territories_differ(a, b, aligned):
        return Score(0.0, {}, "territory")
    weights = WEIGHTS[family]
    features: dict[str, float] = {"same_letters": same_letters(a.roman, b.roman)}
    features["other_order"] = other_order(aligned)
    if family == Family.PERSON:
        features |= _person(a, b, aligned, bool(features["same_letters"]))
    else:
        features["coverage"] = max(coverage(a.roman, b.roman, aligned), features["same_letters"])
    if family == Family.PLACE:
        code = country(a.display)
        features["same_country"] = float(bool(code) and code == country(b.display))
    odds = weights["bias"] + sum(weights[name] * value for name, value in features.items() if name in weights)
    return Score(1.0 / (1.0 + math.exp(-odds)), features)


def _person(a: Name, b: Name, aligned: Alignment, same: bool) -> dict[str, float]:
    if same:
        return {"surname": 1.0, "given": 1.0, "leftover": 0.0, "conflict": 0.0}
    return {
        "surname": surname(a.roman, b.roman, aligned),
        "given": given(a.roman, b.roman, aligned),
        "leftover": leftover(aligned),
        "conflict": conflict(aligned),
    }
