"""Whether the family names agree."""

from resolution.features.tokens import CLOSE, EXACT, Alignment
from resolution.names.words import GENERATIONS


def surname_place(words: tuple[str, ...]) -> int:
    """Place of the last word that is no generation mark (Jr, III)."""
    for place in range(len(words) - 1, 0, -1):
        if words[place] not in GENERATIONS:
            return place
    return 0


def surname(a: tuple[str, ...], b: tuple[str, ...], aligned: Alignment) -> float:
    """Family name: 1 the same, .8 a slip in a long one, .6 a slip in a short one, 0 the two do not meet."""
    at_a, at_b = surname_place(a), surname_place(b)
    for i, j, strength in aligned.pairs:
        if (i == at_a or j == at_b) and strength >= CLOSE:
            if strength == EXACT:
                return 1.0
            return 0.8 if min(len(a[i]), len(b[j])) >= 7 else 0.6
    return 0.0
