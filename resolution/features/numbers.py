"""Numbers, ordinals and generation marks."""

from resolution.features.meeting import Meeting


def numbers(m: Meeting) -> float:
    """1 both names hold the same numbers, ordinals or generation marks, 0 none holds any, -.5 only one does, -1 they
    differ."""
    one, other = m.a.numbers, m.b.numbers
    if one == other:
        return 1.0 if one else 0.0
    return -1.0 if one and other else -0.5
