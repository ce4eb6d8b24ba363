"""From two names to a probability that they name one thing: fitted tables of features, vetoes, and a prior.

Log-odds are summed from the weight table of the family (`resolution.tables`), after Fellegi and Sunter 1969. The tables
are fitted to pairs whose candidates were chosen for looking alike; a use in which true partners are rarer or commoner
states its own prior. Symmetric in its two names.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.keys import Family
from resolution.caution import bounds
from resolution.features.acronyms import same_body, spells
from resolution.features.initials import initials_differ
from resolution.features.meeting import Meeting, meet
from resolution.features.territory import same_country, same_place
from resolution.features.vetoes import numerals_differ, sexes_differ, territories_differ
from resolution.names.normalise import Name
from resolution.names.parts import Parts, family_last, take_apart
from resolution.tables import Table, table

POSITIVE = 0.85
"""From this probability on a pair is joined."""
UNSURE = 0.75
"""From this probability on a pair is recorded and sent to review."""


SETTLED = 0.95
"""Probability of two known names of one thing (Kiev, Kyiv; NATO, OTAN)."""


class Use(StrEnum):
    """What the pair is compared for; it sets the prior and whether caution caps the score."""

    PAIRS = "pairs"
    """The two names are the closed candidate set, as in a file of pairs."""
    ONLINE = "online"
    """One name among all that blocking brings from a graph: most candidates are somebody else."""


PRIOR: dict[Use, dict[Family, float]] = {
    Use.PAIRS: {},
    Use.ONLINE: {Family.PERSON: -0.7, Family.COLLECTIVE: -0.6, Family.PLACE: -0.7, Family.UNSPECIFIED: -1.1},
}
"""Log-odds added to what the tables say, for each use and family: fitted so that the probabilities of all candidates
that blocking brings sum up to the true partners among them (docs/identity.md)."""


@dataclass(slots=True)
class Score:
    """A probability 0..1; `veto` names what parted the names, else is empty."""

    value: float
    veto: str = ""
    _table: Table | None = None
    _values: Sequence[float] = ()

    @property
    def features(self) -> dict[str, float]:
        """The values of the features that it was made of; none when the names were parted unweighed."""
        return self._table.told(self._values) if self._table else {}


def score(a: Name, b: Name, family: Family, least: float = 0.0) -> Score:
    """Compares two names of one family (or of which one is unspecified: then by the cautious table), for joining them
    online: nobody looks before the judgement stands, so `resolution.caution` bounds the probability. A pair that it
    keeps below `least` is not weighed: 0, with the veto `caution`."""
    one, other = take_apart(a.display, family), take_apart(b.display, family)
    if a.qualifier != b.qualifier and not (_own_letters(a.qualifier, one) and _own_letters(b.qualifier, other)):
        return Score(0.0, "qualifier")
    if numerals_differ(a, b) and one.numbers != other.numbers:
        return Score(0.0, "numerals")
    return cautious(one, other, family, least)


def cautious(one: Parts, other: Parts, family: Family, least: float = 0.0) -> Score:
    """The same for names taken apart, of which is known that neither brackets nor numbers part them."""
    found, veto = weigh(one, other, family)
    low, high = (0.0, 0.0) if veto else bounds(found, family)
    if veto or high < least:
        return Score(0.0, veto or "caution")
    weighed = _weighed(found, family, Use.ONLINE)
    weighed.value = max(low, min(high, weighed.value))
    return weighed


def compare(one: Parts, other: Parts, family: Family, use: Use) -> Score:
    """Compares two names taken apart, without caution: the calibrated probability."""
    found, veto = weigh(one, other, family)
    return Score(0.0, veto) if veto else _weighed(found, family, use)


def _weighed(found: Meeting, family: Family, use: Use) -> Score:
    weighed = table(family, found)
    odds, values = weighed.odds(found)
    value = settled(found, family, probability(odds + PRIOR[use].get(family, 0.0)))
    return Score(value, "", weighed, values)


def probability(odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -500.0 else 0.0


def settled(m: Meeting, family: Family, value: float) -> float:
    """The probability, or `SETTLED` where the names are two known names of one country, place or body."""
    if family == Family.PERSON or value >= SETTLED:
        return value
    known = same_body(m) if family == Family.COLLECTIVE else same_country(m) or same_place(m)
    return SETTLED if known > 0 else value


def weigh(one: Parts, other: Parts, family: Family) -> tuple[Meeting, str]:
    """How the two names meet, and what parts them whatever else they share, empty when nothing does."""
    if family == Family.PERSON and bool(one.surnames) != bool(other.surnames):
        one, other = _read_alike(one, other), _read_alike(other, one)
    found = meet(one, other, family == Family.PERSON)
    return found, parted(found, family)


def _read_alike(one: Parts, shown: Parts) -> Parts:
    """The first name read with its family name first, where the other shows that this is it: Pak Chol-su beside
    PAK, Chol Su."""
    if one.surnames or not shown.surnames or max(shown.surnames) < len(shown.words) - 1:
        # In East Asian signs the family name stands first, as in most Latin writings of it.
        return one
    own = tuple(shown.texts[place] for place in sorted(shown.surnames))
    count = len(own)
    if len(one.texts) <= count or one.texts[:count] != own or one.texts[-count:] == own:
        return one
    return family_last(one, count)


def parted(m: Meeting, family: Family) -> str:
    """The veto that parts the names of a meeting, empty when none does."""
    if m.a.numbers != m.b.numbers and (family == Family.PERSON or (m.a.numbers and m.b.numbers)):
        return "numerals"
    if family == Family.PERSON:
        return "initials" if initials_differ(m) else "sex" if sexes_differ(m) else ""
    if same_country(m) > 0:
        # Zaire, Democratic Republic of the Congo: one of its words alone may be another country's name.
        return ""
    return "territory" if territories_differ(m) or (family == Family.PLACE and same_country(m) < 0) else ""


def _own_letters(qualifier: str, parts: Parts) -> bool:
    """True when the bracket holds the name's own acronym, or there is none: then it tells nothing apart."""
    return not qualifier or spells(qualifier.replace(" ", ""), parts)
