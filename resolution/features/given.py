"""Whether the given names agree."""

from resolution.features.meeting import Meeting


def given(m: Meeting) -> float:
    """Given names: 1 one of them is the same, less for a slip, .5 an initial, -.5 one name has none, -1 they differ."""
    sur_a, sur_b = m.a.family, m.b.family
    best = -1.0
    for i, j, value in m.pairs:
        if value > best and i not in sur_a and j not in sur_b:
            best = value
    if best < 0 and (len(m.a.words) == len(sur_a) or len(m.b.words) == len(sur_b)):
        return -0.5
    return best


def first_given(m: Meeting) -> float:
    """The first given names: how like they are where they meet, 0 where one is missing, -1 where they differ."""
    at_a, at_b = m.a.first, m.b.first
    if at_a < 0 or at_b < 0:
        return 0.0
    for i, j, value in m.pairs:
        if i == at_a and j == at_b:
            return value
    return -1.0 if at_a in m.left_a and at_b in m.left_b else 0.0
