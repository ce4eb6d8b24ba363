"""How many words the names have."""

from resolution.features.meeting import Meeting


def words_of_shorter(m: Meeting) -> float:
    """Number of words of the name with fewer letters, articles and particles not counted."""
    return float(len(m.a.words))


def words_of_longer(m: Meeting) -> float:
    """Number of words of the name with more letters, articles and particles not counted."""
    return float(len(m.b.words))
