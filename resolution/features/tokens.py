"""How the words of two names meet, word by word."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

EXACT, CLOSE, INITIAL = 1.0, 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of words (place in a, place in b, strength) and the places left over on either side."""

    pairs: tuple[tuple[int, int, float], ...]
    left_a: tuple[int, ...]
    left_b: tuple[int, ...]


@lru_cache(maxsize=200_000)
def word_strength(a: str, b: str) -> float:
    """1 for the same word; .85 for a slip of the pen (one edit from 5 letters on, two from 9, the first letter kept);
    .5 where one is the initial of the other; else 0. Edits are optimal string alignment (Damerau 1964)."""
    if a == b:
        return EXACT
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else 0.0
    shorter = min(len(a), len(b))
    if a[0] != b[0] or shorter < 5 or any(c.isdigit() for c in a + b):
        return 0.0
    bound = 2 if shorter >= 9 else 1
    return CLOSE if OSA.distance(a, b, score_cutoff=bound) <= bound else 0.0


def align(a: tuple[str, ...], b: tuple[str, ...]) -> Alignment:
    """Joins words strongest first, each once; equal strengths go to the pair nearest in place."""
    scored = [
        (strength, -abs(i - j), -i, -j)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (strength := word_strength(x, y)) > 0
    ]
    pairs: list[tuple[int, int, float]] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for strength, _, i, j in sorted(scored, reverse=True):
        if -i not in used_a and -j not in used_b:
            used_a.add(-i)
            used_b.add(-j)
            pairs.append((-i, -j, strength))
    left_a = tuple(i for i in range(len(a)) if i not in used_a)
    left_b = tuple(j for j in range(len(b)) if j not in used_b)
    return Alignment(tuple(sorted(pairs)), left_a, left_b)
