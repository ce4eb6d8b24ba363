"""What a comparison means for the ledger: joined, unsure or nothing, and for which reason."""

from graph.judgement import Author, Judgement, Verdict
from graph.keys import Family
from resolution.candidates import Ranked, candidates
from resolution.features.vetoes import discriminators_differ
from resolution.index import AliasIndex, Entry
from resolution.score import POSITIVE, UNSURE

KEPT = 5
"""Unsure pairs recorded at most for one new name, best first."""
SOLE_BEARER = 0.86
"""Probability given to an ambiguous form that has one bearer: just enough to join, always asked again."""
NAMESAKE = 0.95
"""Probability given to a bare or untyped name and its one typed namesake."""


def compatible(one: Entry, two: Entry) -> bool:
    """True unless stated families or discriminators of the two clash."""
    families = {one.alias.family, two.alias.family}
    if len(families) > 1 and Family.UNSPECIFIED not in families:
        return False
    return not discriminators_differ(one.alias.discriminator, two.alias.discriminator)


def level(entry: Entry) -> tuple[bool, bool]:
    """How much is stated of a name: its kind, then a discriminator. The weaker namesake leans on the stronger."""
    return entry.alias.family != Family.UNSPECIFIED, bool(entry.alias.discriminator)


def rank_candidates(index: AliasIndex, entry: Entry) -> list[Ranked]:
    """Candidates of a new name that reach the unsure band and that nothing parts from it, best first."""
    alias = entry.alias
    return [
        ranked
        for ranked in candidates(index, entry.name, alias.family, UNSURE)
        if ranked.entry is not entry
        and compatible(entry, ranked.entry)
        and alias.normalised != ranked.entry.alias.normalised
        and not index.parted(alias.key, ranked.entry.alias.key)
        and not index.vacant(ranked.entry)
    ]


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


def clashes(index: AliasIndex, entry: Entry, other: Entry) -> list[Judgement]:
    """Negatives by rule against those aliases of the other's entity that the entry clashes with: so a join with the
    other crosses them while they are one entity, and stands when they part."""
    return [
        Judgement(
            a=entry.alias.key,
            b=member.alias.key,
            verdict=Verdict.NEGATIVE,
            by=Author.RULE,
            score=0.0,
            reason="what is stated of the two clashes",
        )
        for member in index.members.get(other.entity)
        if member is not other
        and member is not entry
        and not compatible(entry, member)
        and not index.parted(entry.alias.key, member.alias.key)
    ]


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
