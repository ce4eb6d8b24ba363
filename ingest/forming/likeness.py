"""How alike texts are: the cosine of their weighted traits, only between texts that share any.

Weights are log term frequency times inverse document frequency (Spärck Jones 1972); a trait that more than a fifth of
the texts have tells nothing apart.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

Alike = list[dict[int, float]]
"""For each text the texts it shares traits with, by place, and how much (0..1)."""
COMMON = 0.2
"""Share of texts above which a trait is left out."""
FEW = 8.0
"""Texts that may have a trait in any case: of a handful of texts one event may be half."""
LEAST = 0.02
"""Likeness below which two texts are as good as strangers."""


def alike(traits: Sequence[Counter[str]], common: float = COMMON) -> Alike:
    """Likeness of all pairs of texts that share a trait."""
    vectors = _vectors(traits, common)
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: Alike = [{} for _ in traits]
    for place, vector in enumerate(vectors):
        shared: dict[int, float] = defaultdict(float)
        for trait, weight in vector.items():
            for other, theirs in having[trait]:
                shared[other] += weight * theirs
            having[trait].append((place, weight))
        for other, value in shared.items():
            if value > LEAST:
                found[place][other] = found[other][place] = value
    return found


def _vectors(traits: Sequence[Counter[str]], common: float) -> list[dict[str, float]]:
    count = len(traits)
    spread = Counter(trait for one in traits for trait in one)
    most = max(count * common, FEW)
    found: list[dict[str, float]] = []
    for one in traits:
        vector = {
            trait: (1.0 + math.log(n)) * math.log(count / spread[trait])
            for trait, n in one.items()
            if 1 < spread[trait] <= most
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        found.append({trait: weight / length for trait, weight in vector.items()})
    return found
