"""Countries and known places in the names."""

from resolution.features.meeting import Meeting
from resolution.names.lists import same
from resolution.names.parts import Parts
from resolution.names.territory import country


def country_left(m: Meeting) -> float:
    """1 the words in which the names differ name two countries, .5 one, 0 none."""
    if not m.left_a and not m.left_b:
        return 0.0
    one = _countries(m.a, m.left_a)
    other = _countries(m.b, m.left_b)
    return 1.0 if one and other else 0.5 if one or other else 0.0


def same_country(m: Meeting) -> float:
    """1 both are names of one country, in any language; -1 of two; 0 one is no country's name."""
    one, other = country(m.a.whole), country(m.b.whole)
    if one is None or other is None:
        return 0.0
    return 1.0 if one == other else -1.0


def same_place(m: Meeting) -> float:
    """1 both are known names of one place (Kiev, Kyiv), -1 of two, 0 one is not known."""
    one, other = listed(m.a, "places"), listed(m.b, "places")
    if one is None or other is None:
        return 0.0
    return 1.0 if one == other else -1.0


def listed(parts: Parts, name: str) -> str | None:
    """What a list of names calls the name, as written or in Latin letters."""
    known = same(name)
    return known.get(parts.whole) or known.get(" ".join(parts.texts))


def _countries(parts: Parts, places: list[int]) -> bool:
    return any(parts.words[place].country for place in places)
