"""Texts grouped by the event they tell of, in any languages at once."""

import hashlib
import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.forming.likeness import Alike, alike
from ingest.forming.linking import average_link
from ingest.forming.traits import names, words

NAMES = 0.45
"""Share of names in the likeness of two texts of one language; words are the rest. Between languages names are all."""
STEEP = 0.041
"""The threshold is this times the logarithm of the median number of words: longer texts share more by chance."""
COMMON_WORDS = 0.35


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its language (any code; texts of one code are compared by words, too)."""

    id: str
    language: str
    text: str


def group(texts: Sequence[Text]) -> list[int]:
    """Cluster of each text, as the place of one of its texts; the grouping does not depend on their order."""
    if not texts:
        return []
    # Sums of floats depend on their order: the texts are brought into one order of their own first.
    own = sorted(range(len(texts)), key=lambda i: (hashlib.sha256(texts[i].text.encode()).digest(), texts[i].id))
    sorted_texts = [texts[i] for i in own]
    found = average_link(_likeness(sorted_texts), threshold(sorted_texts))
    clusters = [0] * len(texts)
    for place, root in enumerate(found):
        clusters[own[place]] = own[root]
    return clusters


def threshold(texts: Sequence[Text]) -> float:
    """Likeness from which two clusters are one event."""
    return STEEP * math.log(max(8.0, statistics.median(len(one.text.split()) for one in texts)))


def _likeness(texts: Sequence[Text]) -> Alike:
    found = alike([names(one.text) for one in texts])
    by_language: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(texts):
        by_language[one.language].append(place)
    for places in by_language.values():
        _blend(found, alike([words(texts[i].text) for i in places], COMMON_WORDS), places)
    return found


def _blend(found: Alike, said: Alike, places: list[int]) -> None:
    """Mixes the words of one language into the likeness of its texts."""
    if len(places) < 5:  # Too few to tell which words are common.
        return
    inside = set(places)
    for row, i in zip(said, places, strict=True):
        mixed = {places[n]: value for n, value in row.items()}
        for j in (found[i].keys() & inside) | mixed.keys():
            found[i][j] = NAMES * found[i].get(j, 0.0) + (1.0 - NAMES) * mixed.get(j, 0.0)
