"""The partition: who is one with whom, as a pure function of the live judgements.

Positives are taken by (person, rule, batch, online; score from high to low; pair of keys) and joined unless that
would put both ends of a live negative into one cluster. A person beats automatic: what a person joins, only a person's
negative keeps apart. Unsure judgements block nothing. The outcome does not depend on the order in which judgements
arrived.
"""

from collections.abc import Iterable, Mapping

from graph.judgement import Author, Judgement, Verdict

Apart = Mapping[str, set[str]]
"""By alias key, those that a negative parts it from."""


def partition(born: Mapping[str, int], judgements: Iterable[Judgement]) -> dict[str, str]:
    """Entity key of each alias key in `born` (which gives its order of founding): its cluster's earliest alias.

    Judgements on aliases that are not in `born`, revoked ones and placements are left out.
    """
    live = [j for j in judgements if j.revoked_at is None and not j.is_placement and j.a in born and j.b in born]
    negatives = [j for j in live if j.verdict is Verdict.NEGATIVE]
    apart, by_persons = _apart(negatives), _apart(j for j in negatives if j.by is Author.PERSON)
    root = {alias: alias for alias in born}
    members = {alias: {alias} for alias in born}
    for judgement in sorted((j for j in live if j.verdict is Verdict.POSITIVE), key=order):
        one, two = root[judgement.a], root[judgement.b]
        against = by_persons if judgement.by is Author.PERSON else apart
        if one == two or (against and _crosses(members[one], members[two], against)):
            continue
        keep, join = (one, two) if len(members[one]) >= len(members[two]) else (two, one)
        for alias in members[join]:
            root[alias] = keep
        members[keep] |= members.pop(join)
    earliest = {top: min(group, key=lambda alias: (born[alias], alias)) for top, group in members.items()}
    return {alias: earliest[top] for alias, top in root.items()}


def order(judgement: Judgement) -> tuple[int, float, tuple[str, str]]:
    """Sort key of positives: authority, then score from high to low, then the pair of keys."""
    low, high = sorted((judgement.a, judgement.b))
    return judgement.by.rank, -judgement.score, (low, high)


def _apart(negatives: Iterable[Judgement]) -> dict[str, set[str]]:
    apart: dict[str, set[str]] = {}
    for judgement in negatives:
        apart.setdefault(judgement.a, set()).add(judgement.b)
        apart.setdefault(judgement.b, set()).add(judgement.a)
    return apart


def _crosses(one: set[str], two: set[str], apart: Apart) -> bool:
    small, large = (one, two) if len(one) <= len(two) else (two, one)
    return any(not apart[alias].isdisjoint(large) for alias in small if alias in apart)
