"""How near the names are as strings, words or no words."""

from rapidfuzz.distance import OSA, Indel, JaroWinkler

from resolution.features.meeting import Meeting
from resolution.features.words import INITIAL as LEAST
from resolution.features.words import PET as SHORT


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


def short_words_differ(m: Meeting) -> bool:
    """Two words of which one has fewer than six letters meet by a slip in a consonant: mostly another word (Deutsche
    Bank, Deutsche Bahn)."""
    return any(
        LEAST < value < SHORT and min(len(x.text), len(y.text)) < 6 and x.script == y.script and x.bones != y.bones
        for x, y, value in ((m.a.words[i], m.b.words[j], value) for i, j, value in m.pairs)
    )


def letters(m: Meeting) -> float:
    """Letters of the shorter name."""
    return float(m.a.size)
