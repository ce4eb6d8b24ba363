"""What a comparison means for the ledger: joined, unsure or nothing, and for which reason."""

from dataclasses import dataclass

from graph.judgement import Author, Judgement, Verdict
from graph.keys import Family
from resolution.features.vetoes import discriminators_differ
from resolution.index import AliasIndex, Entry
from resolution.score import POSITIVE, UNSURE, Score, score

CANDIDATES = 50
"""Candidates scored at most for one new name."""
KEPT = 5
"""Unsure pairs recorded at most for one new name, best first."""
SOLE_BEARER = 0.86
"""Probability given to an ambiguous form that has one bearer: just enough to join, always asked again."""
NAMESAKE = 0.95
"""Probability given to a bare or untyped name and its one typed namesake."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    entry: Entry
    score: Score


def compatible(one: Entry, two: Entry) -> bool:
    """True unless stated families or discriminators of the two clash."""
    families = {one.alias.family, two.alias.family}
    if len(families) > 1 and Family.UNSPECIFIED not in families:
        return False
    return not discriminators_differ(one.alias.discriminator, two.alias.discriminator)


def fits(index: AliasIndex, entry: Entry, other: Entry) -> bool:
    """True unless the entry clashes with the other alias or with any alias of the entity that holds it."""
    return all(compatible(entry, member) for member in index.members.get(other.entity, (other,)) if member is not entry)


def level(entry: Entry) -> tuple[bool, bool]:
    """How much is stated of a name: its kind, then a discriminator. The weaker namesake leans on the stronger."""
    return entry.alias.family != Family.UNSPECIFIED, bool(entry.alias.discriminator)


def rank_candidates(index: AliasIndex, entry: Entry) -> list[Ranked]:
    """Candidates of a new name that reach the unsure band, best first; ties go to the earlier alias."""
    alias = entry.alias
    found: list[Ranked] = []
    for other in index.block(entry.name, alias.family, CANDIDATES):
        if other is entry or other.form is not None or not fits(index, entry, other):
            continue
        if alias.normalised == other.alias.normalised or index.parted(alias.key, other.alias.key):
            continue
        same = alias.family == other.alias.family
        table = Family(alias.family) if same else Family.UNSPECIFIED
        scored = score(entry.name, other.name, table, UNSURE)
        if scored.value >= UNSURE:
            found.append(Ranked(other, scored))
    return sorted(found, key=lambda r: (-r.score.value, r.entry.alias.born))


def online(entry: Entry, ranked: Ranked, verdict: Verdict) -> Judgement:
    """An online judgement with the features it was made of."""
    return Judgement(
        a=entry.alias.key,
        b=ranked.entry.alias.key,
        verdict=verdict,
        by=Author.ONLINE,
        score=ranked.score.value,
        reason="similar names",
        features=ranked.score.features,
    )


def verdict_of(value: float) -> Verdict | None:
    """Positive from .85 on, unsure from .75 on, else None."""
    return Verdict.POSITIVE if value >= POSITIVE else Verdict.UNSURE if value >= UNSURE else None


def same_identifier(entry: Entry, other: Entry) -> Judgement:
    """Identifiers that agree settle it."""
    reason = f"both carry {entry.alias.discriminator}"
    return Judgement(
        a=entry.alias.key, b=other.alias.key, verdict=Verdict.POSITIVE, by=Author.RULE, score=1.0, reason=reason
    )


def lean(entry: Entry, bearers: list[Entry], reason: str, by: Author, value: float) -> list[Judgement]:
    """Judgements of a form that does not identify: positive on its one bearer's entity, unsure on each of several.

    They rest on the bearers that were known, so a further bearer makes them be asked again.
    """
    entities = dict.fromkeys(bearer.entity for bearer in bearers)
    if not entities:
        return []
    firsts = [next(b for b in bearers if b.entity == entity) for entity in entities]
    rests = tuple(sorted(bearer.alias.key for bearer in firsts))[:50]
    sole = len(firsts) == 1
    return [
        Judgement(
            a=entry.alias.key,
            b=bearer.alias.key,
            verdict=Verdict.POSITIVE if sole else Verdict.UNSURE,
            by=by if sole else Author.ONLINE,
            score=value if sole else 1.0 / len(firsts),
            reason=f"the one {reason}" if sole else f"one of {len(firsts)} {reason.replace('bearer', 'bearers')}",
            rests_on=rests,
        )
        for bearer in firsts[:KEPT]
    ]
