"""Whether the given names agree."""

from resolution.features.surname import surname_place
from resolution.features.tokens import EXACT, INITIAL, Alignment


def given(a: tuple[str, ...], b: tuple[str, ...], aligned: Alignment) -> float:
    """Given name: 1 the same, .7 a slip in a long one, .5 a slip in a short one or an initial, 0 one is missing,
    -1 the two differ."""
    at_a, at_b = surname_place(a), surname_place(b)
    best = None
    for i, j, strength in aligned.pairs:
        if i == at_a or j == at_b:
            continue
        if strength == EXACT:
            return 1.0
        value = 0.5 if strength == INITIAL or min(len(a[i]), len(b[j])) < 7 else 0.7
        best = value if best is None else max(best, value)
    if best is not None:
        return best
    rest_a = any(place != at_a for place in aligned.left_a)
    rest_b = any(place != at_b for place in aligned.left_b)
    return -1.0 if rest_a and rest_b else 0.0
