"""Initials."""

from resolution.features.meeting import Meeting
from resolution.names.parts import Parts


def lone_initials(parts: Parts) -> list[str]:
    """The words of a name that are one letter, in its order."""
    return [text for text in parts.texts if len(text) == 1]


def initials(m: Meeting) -> float:
    """Number of words that meet only as an initial."""
    return float(m.initials)


def initials_left(m: Meeting) -> float:
    """1 when a lone initial stands against other words or initials (George *W.*, George *H. W.*), else 0."""
    for i in m.left_a:
        if len(m.a.texts[i]) == 1:
            return 1.0
    for j in m.left_b:
        if len(m.b.texts[j]) == 1:
            return 1.0
    return 0.0


def initials_differ(m: Meeting) -> bool:
    """A full given name agrees, and both names go on with initials that are not the same: George *W.* and
    George *H. W.*"""
    if len(m.a.words) < 3 or len(m.b.words) < 3 or not m.exact:
        return False
    one, other = lone_initials(m.a), lone_initials(m.b)
    first = min(len(m.a.words[0].text), len(m.b.words[0].text))
    return bool(one) and bool(other) and first > 1 and one != other
