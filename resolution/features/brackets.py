"""What stands in brackets behind a name."""

from resolution.features.acronyms import spells
from resolution.features.meeting import Meeting


def brackets(m: Meeting) -> float:
    """0 neither name has a bracket (its own letters in one do not count), 1 both have the same, -.5 one has,
    -1 they differ."""
    one = {t for t in m.a.inner if not spells(t.replace(" ", ""), m.a)}
    other = {t for t in m.b.inner if not spells(t.replace(" ", ""), m.b)}
    if not one and not other:
        return 0.0
    if one and other:
        return -1.0 if one.isdisjoint(other) else 1.0
    return -0.5
