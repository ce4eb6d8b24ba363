"""Pairs of names without a graph: each scored as if its two names were all the candidates there are."""

from dataclasses import dataclass

from graph.keys import Family
from resolution.features.acronyms import spells
from resolution.features.given import given
from resolution.features.meeting import Meeting
from resolution.features.surname import surname_places
from resolution.features.words import INITIAL, PET
from resolution.names.parts import SERVANT, take_apart
from resolution.names.territory import country
from resolution.score import POSITIVE, PRIOR, UNSURE, Use, probability, settled, weigh
from resolution.tables import Table, table

SOLE_BEARER = 0.86
"""Least probability of a form that does not identify by itself (Maduro, N. Maduro, UN) beside the one name that bears
it: in a closed set of two there is no other bearer."""
FAMILIES = {
    "person": Family.PERSON,
    "organization": Family.COLLECTIVE,
    "organisation": Family.COLLECTIVE,
    "company": Family.COLLECTIVE,
    "government": Family.COLLECTIVE,
    "group": Family.COLLECTIVE,
    "collective": Family.COLLECTIVE,
    "place": Family.PLACE,
    "location": Family.PLACE,
    "country": Family.PLACE,
    "region": Family.PLACE,
    "city": Family.PLACE,
    "facility": Family.PLACE,
}
"""Family of each type that a pair may state; any other type is compared by the cautious table."""

_PRIOR = PRIOR[Use.PAIRS]


@dataclass(slots=True)
class Match:
    """What came of one pair. `why` is the veto or rule that decided it, empty when the table did."""

    probability: float
    verdict: str
    why: str
    _table: Table
    _values: list[float]
    _explain: bool

    @property
    def features(self) -> dict[str, float]:
        """The values of the features by name."""
        return self._table.told(self._values)

    @property
    def shares(self) -> dict[str, float] | None:
        """What each feature added to the log-odds, when it was asked for."""
        return self._table.shares(self._values) if self._explain else None


def match(a: str, b: str, kind: str = "", *, explain: bool = False) -> Match:
    """The probability that two names are one thing's, with the verdict `positive` (>= .85), `unsure` (>= .75) or
    `negative`; with `explain`, what each feature added to the log-odds."""
    family = FAMILIES.get(kind, Family.UNSPECIFIED)
    found, why = weigh(take_apart(a, family), take_apart(b, family), family)
    weighed = table(family, found)
    odds, values = weighed.odds(found)
    value = 0.0 if why else settled(found, family, probability(odds + _PRIOR.get(family, 0.0)))
    if not why and value < SOLE_BEARER and bears(found, family):
        value, why = SOLE_BEARER, "sole bearer"
    return Match(value, verdict_of(value), why, weighed, values, explain)


def verdict_of(value: float) -> str:
    """Verdict of a probability at the shipped thresholds."""
    return "positive" if value >= POSITIVE else "unsure" if value >= UNSURE else "negative"


def bears(m: Meeting, family: Family) -> bool:
    """True when the shorter name is a form that does not identify, and the longer bears it uncontradicted: its family
    name alone, an initial with the family name, the one name and number of a ruler, letters that its words spell, or a
    place that the longer says the country of."""
    if family == Family.PERSON:
        return _bears_surname(m) or _same_ruler(m)
    if family == Family.PLACE:
        return _says_country(m)
    if family == Family.COLLECTIVE and bool(m.a.acronym) != bool(m.b.acronym):
        short, full = (m.a, m.b) if m.a.acronym else (m.b, m.a)
        return len(full.words) > 1 and spells(short.acronym, full)
    return False


def _bears_surname(m: Meeting) -> bool:
    if len(m.a.words) == 1 and len(m.b.words) > 1 and m.b.texts[-1] == SERVANT + m.a.texts[0]:
        return len(m.a.texts[0]) > 3
    if m.left_a or len(m.b.words) < 2 or m.joined:
        return False
    places = surname_places(m.b)
    names = [(i, j, value) for i, j, value in m.pairs if value not in (INITIAL, PET)]
    if len(names) != 1 or names[0][2] < 1.0 or names[0][1] not in places:
        return False
    word = m.a.words[names[0][0]]
    return not word.common and len(word.text) > 3 and (len(m.a.words) == 1 or given(m) == INITIAL)


def _same_ruler(m: Meeting) -> bool:
    """One name with the same number (Charles III, King Charles III); that the numbers agree is looked at before."""
    return bool(m.a.numbers) and m.a.texts == m.b.texts and len(m.a.words) == 1


def _says_country(m: Meeting) -> bool:
    """All words of one place stand first in the other, and the country that it is in behind them (Paris, France)."""
    shared = len(m.a.words)
    behind = " ".join(m.b.texts[shared:])
    if m.a.texts != m.b.texts[:shared] or m.a.land is not None:
        return False
    return country(behind) is not None
