"""Countries and known places in the names."""

from resolution.features.meeting import Meeting
from resolution.names.parts import Parts


def country_left(m: Meeting) -> float:
    """1 the words in which the names differ name two countries, .5 one, 0 none."""
    if not m.left_a and not m.left_b:
        return 0.0
    one = _countries(m.a, m.left_a)
    other = _countries(m.b, m.left_b)
    return 1.0 if one and other else 0.5 if one or other else 0.0


def same_country(m: Meeting) -> float:
    """1 both are names of one country, in any language; -1 of two; 0 one is no country's name."""
    return _same(m.a.land, m.b.land)


def same_place(m: Meeting) -> float:
    """1 both are known names of one place (Kiev, Kyiv), -1 of two, 0 one is not known."""
    return _same(m.a.place, m.b.place)


def _same(one: str | None, other: str | None) -> float:
    return 0.0 if one is None or other is None else 1.0 if one == other else -1.0


def _countries(parts: Parts, places: list[int]) -> bool:
    return any(parts.words[place].country for place in places)
