"""Whether the family names agree."""

from resolution.features.meeting import Meeting
from resolution.names.parts import Parts
from resolution.names.words import GENERATIONS


def surname_place(words: tuple[str, ...]) -> int:
    """Place of the last word that is no generation mark (Jr, III)."""
    for place in range(len(words) - 1, 0, -1):
        if words[place] not in GENERATIONS:
            return place
    return 0


def surname_places(parts: Parts) -> frozenset[int]:
    """Places of family-name words: where the writing shows them ("Maduro, Nicolás"; 习近平), else the last word."""
    return parts.family


def surname(m: Meeting) -> float:
    """Family names: 1 the same, less for a slip, .7 of that where a family name meets a word in another place, 0 they
    do not meet, -1 nothing meets at all."""
    if not m.pairs and not m.joined:
        return -1.0
    sur_a, sur_b = m.a.family, m.b.family
    best = 0.0
    for i, j, value in m.pairs:
        if i in sur_a:
            best = max(best, value if j in sur_b else 0.7 * value)
        elif j in sur_b:
            best = max(best, 0.7 * value)
    return best


def surnames_left(m: Meeting) -> float:
    """Number of names (0, 1, 2) whose family name meets nothing."""
    count = 0
    if m.left_a and m.a.family.issubset(m.left_a):
        count += 1
    if m.left_b and m.b.family.issubset(m.left_b):
        count += 1
    return float(count)
