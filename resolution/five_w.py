"""How alike two entities are that no learned model compares: what, when and why; and whether two places lie together.

Four features, each 0..1 and left out where one side tells nothing: description similarity, attribute match, likeness of
hierarchy paths, geographic proximity. The score is their mean by weight. Of places it only corrects the model.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

WEIGHTS = {"description": 0.6, "attributes": 0.2, "hierarchy": 0.1, "proximity": 0.1}
NEAR = 50_000.0
"""Metres at which proximity has fallen to 1/e."""
ELSEWHERE = 0.05
"""Proximity below which two places are two (some 150 km)."""
_EARTH = 6_371_000.0
_COMPARED = frozenset(
    "event_type impact_level start end timezone recurrence temporal_context causal_relationship boundary_type country"
    " sector".split()
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is compared: all that names or describes it, what was stated of it, its path and point (longitude,
    latitude in degrees)."""

    texts: Sequence[str]
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    path: Sequence[str] = ()
    point: tuple[float, float] | None = None


def features(one: Thing, other: Thing) -> dict[str, float]:
    """Those features of which both sides tell something."""
    found: dict[str, float] = {}
    if one.texts and other.texts:
        found["description"] = max(_described(a, b) for a in one.texts for b in other.texts)
    shared = _COMPARED & one.attributes.keys() & other.attributes.keys()
    if shared:
        found["attributes"] = sum(_same(one.attributes[name], other.attributes[name]) for name in shared) / len(shared)
    if one.path and other.path:
        found["hierarchy"] = _common(one.path, other.path)
    if one.point and other.point:
        found["proximity"] = math.exp(-metres(one.point, other.point) / NEAR)
    return {name: round(value, 6) for name, value in found.items()}


def score(found: Mapping[str, float]) -> float:
    """The mean of the features by their weights, 0..1."""
    total = sum(WEIGHTS[name] for name in found)
    return round(sum(WEIGHTS[name] * value for name, value in found.items()) / total, 6) if total else 0.0


def corrected(probability: float, found: Mapping[str, float]) -> float:
    """The model's probability of two places by where they lie: far apart they are two, in other hierarchies unsure."""
    if found.get("proximity", 1.0) < ELSEWHERE:
        return 0.0
    return min(probability, 0.5) if found.get("hierarchy", 1.0) == 0.0 else probability


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two points of longitude and latitude in degrees, along the great circle (haversine)."""
    x1, y1, x2, y2 = map(math.radians, (*one, *other))
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _described(one: str, other: str) -> float:
    """Words in any order; a part of a longer text counts for little more than what it covers."""
    return (
        0.4 * token_set_ratio(one.lower(), other.lower()) + 0.6 * token_sort_ratio(one.lower(), other.lower())
    ) / 100


def _same(one: Any, other: Any) -> bool:
    return str(one).casefold() == str(other).casefold()


def _common(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the longer path that both begin with."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a.casefold() != b.casefold():
            break
        same += 1
    return same / max(len(one), len(other))
