"""Whom a name might mean: what blocking brings, scored, best first."""

from dataclasses import dataclass

from graph.keys import Family
from resolution.index import AliasIndex, Entry
from resolution.names.normalise import Name
from resolution.names.parts import Parts, take_apart
from resolution.score import Score, cautious, score

BLOCKED = 50
"""Candidates scored at most for one name."""


@dataclass(slots=True)
class Ranked:
    """A candidate with its score."""

    entry: Entry
    score: Score


def candidates(index: AliasIndex, name: Name, family: str, least: float = 0.0) -> list[Ranked]:
    """Aliases whose names identify and that the name might be one with, from the probability `least` on, best first;
    of equals those whose words meet better."""
    parts = take_apart(name.display, family)
    found: list[Ranked] = []
    for other in index.block(name, family, BLOCKED):
        same = family == other.alias.family
        if not same and Family.UNSPECIFIED not in (family, other.alias.family):
            continue
        scored = _score(name, parts, other, least) if same else score(name, other.name, Family.UNSPECIFIED, least)
        if scored.value >= least:
            found.append(Ranked(other, scored))
    found.sort(key=lambda ranked: -ranked.score.value)
    return found


def _score(name: Name, parts: Parts, other: Entry, least: float) -> Score:
    """Of two names without brackets, and with the same numbers, only the parts are compared: the other name need not be
    normalised for it."""
    family, theirs = Family(other.alias.family), take_apart(other.alias.name, other.alias.family)
    if name.qualifier or theirs.inner or parts.numbers != theirs.numbers:
        return score(name, other.name, family, least)
    return cautious(parts, theirs, family, least)
