"""Whether the words of two names stand in the same order, and whether they begin and end alike."""

from resolution.features.meeting import Meeting


def other_order(m: Meeting) -> float:
    """1 when words that both names have stand in another order (Liberal National, National Liberal), else 0."""
    if len(m.pairs) < 2:
        return 0.0
    places = [j for _, j, _ in sorted(m.pairs)]
    return float(places != sorted(places))


def first_word(m: Meeting) -> float:
    """How like the first words are that meet each other; 0 when the names begin with different words."""
    for i, j, value in m.pairs:
        if i == 0 and j == 0:
            return value
    return 0.0


def last_word(m: Meeting) -> float:
    """How like the last words are that meet each other; 0 when the names end with different words."""
    end_a, end_b = len(m.a.words) - 1, len(m.b.words) - 1
    for i, j, value in m.pairs:
        if i == end_a and j == end_b:
            return value
    return 0.0
