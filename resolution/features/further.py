"""Where one name goes on that the other has already ended: what a word more means depends on its place."""

from enum import StrEnum

from resolution.features.meeting import Meeting


class Further(StrEnum):
    """Where the words stand that only the longer name has."""

    NOWHERE = "nowhere"
    """Every word meets, or both names have words of their own."""
    FRONT = "front"
    """Before the others: an unknown title, a first name that is seldom used, or the child of whom the rest names."""
    MIDDLE = "middle"
    """Between given name and family name: a second given name."""
    END = "end"
    """Behind the others: a second family name, or that of somebody else whose given names are the whole other name."""


def further(m: Meeting) -> Further:
    """Where the longer name goes on. A lone initial in front counts as one in the middle (J. Robert, Robert)."""
    left, name = (m.left_b, m.b) if m.left_b else (m.left_a, m.a)
    if not left or (m.left_a and m.left_b):
        return Further.NOWHERE
    if len(name.words) - 1 in left:
        return Further.END
    return Further.FRONT if 0 in left and len(name.texts[0]) > 1 else Further.MIDDLE


def frequent_family(m: Meeting) -> bool:
    """True when a family name of either is one that very many bear (García, Singh)."""
    return any(name.words[place].common for name in (m.a, m.b) for place in name.family)
