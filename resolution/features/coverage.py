"""How much of the longer name the shorter one accounts for."""

from resolution.features.tokens import Alignment


def coverage(a: tuple[str, ...], b: tuple[str, ...], aligned: Alignment) -> float:
    """Share of letters of the fuller name that meet a word of the other, slips counted in part. 0..1."""
    letters_a, letters_b = sum(map(len, a)), sum(map(len, b))
    met_a = sum(strength * len(a[i]) for i, _, strength in aligned.pairs)
    met_b = sum(strength * len(b[j]) for _, j, strength in aligned.pairs)
    return min(met_a / letters_a, met_b / letters_b) if letters_a and letters_b else 0.0
