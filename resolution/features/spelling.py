"""How near the names are as strings, words or no words."""

from rapidfuzz.distance import OSA, Indel, JaroWinkler

from resolution.features.meeting import Meeting


def run_together(m: Meeting) -> float:
    """Share of letters in common once the words are run together in their order (Indel similarity). 0..1."""
    return Indel.normalized_similarity(m.a.joined, m.b.joined)


def sorted_words(m: Meeting) -> float:
    """Share of letters in common once the words stand in alphabetical order (Indel similarity). 0..1."""
    return Indel.normalized_similarity(m.a.spaced, m.b.spaced)


def same_beginning(m: Meeting) -> float:
    """Jaro-Winkler similarity of the letters run together, or of the sorted words if that is higher. 0..1."""
    near = JaroWinkler.normalized_similarity
    return max(near(m.a.joined, m.b.joined), near(m.a.spaced, m.b.spaced))


def same_sound(m: Meeting) -> float:
    """How near the names sound, run together (optimal string alignment of their sounds). 0..1."""
    return OSA.normalized_similarity(m.a.heard, m.b.heard)


def letters(m: Meeting) -> float:
    """Letters of the shorter name."""
    return float(m.a.size)
