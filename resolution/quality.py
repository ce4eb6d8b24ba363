"""How good the ledger is, as far as persons' decisions show it; and what it would be with other thresholds. Pure.

Persons look at pairs by what was said of them: joined, or asked. Each of these strata is counted by itself and weighed
by how many pairs it holds, since persons do not see them evenly (stratified estimate, Cochran 1977, chapter 5). Pairs
that nothing was ever said of are in no stratum, unless a person joins them: recall is that within what blocking brings.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from graph.judgement import Author, Judgement, Verdict
from resolution.clusters import partition

Z = 1.959964
"""Of a normal distribution 95 % lie within so many standard deviations."""
RECENT = timedelta(days=30)
"""What drift compares with all that was before."""
BINS = (0.5, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0..1 with its 95 % interval; None where nobody looked. `seen` is what it is counted from."""

    value: float | None
    low: float | None
    high: float | None
    seen: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Of one kind of names: `joined` and `asked` are pairs so judged automatically, `reviewed` those that a person then
    decided. `precision` is the share of joined pairs that are one, `recall` that of pairs which are one that are
    joined. `waiting` pairs are open, `load` is the share of names with such a pair. `extraction` is the share of
    looked-at new entities that are one. `drift` is the population stability index of scores of the last 30 days
    against those before (below .1 steady, from .25 on another population); None where either is empty."""

    kind: str
    names: int
    joined: int
    asked: int
    reviewed: int
    precision: Share
    recall: Share
    waiting: int
    load: float
    extraction: Share
    drift: float | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The live ledger with another threshold for joining: entities now and then, joins that would be asked instead or
    asked pairs that would be joined, and precision of what stays joined, as far as persons looked."""

    threshold: float
    entities_now: int
    entities_then: int
    asked_instead: int
    joined_instead: int
    precision: Share


@dataclass(frozen=True, slots=True)
class Quality:
    """All kinds, persons' decisions a day over the last 30 days, and what would be."""

    kinds: list[Kind]
    decisions_a_day: float
    what_if: WhatIf | None = None


@dataclass(slots=True)
class _Seen:
    """One pair: the last automatic word (of all that was ever said), the live one, and a person's."""

    automatic: Judgement | None = None
    live: Judgement | None = None
    person: Judgement | None = None


@dataclass(slots=True)
class _Strata:
    joined: list[_Seen] = field(default_factory=list[_Seen])
    asked: list[_Seen] = field(default_factory=list[_Seen])
    unsaid: list[_Seen] = field(default_factory=list[_Seen])


def quality(
    kinds: Mapping[str, str],
    born: Mapping[str, int],
    judgements: Sequence[Judgement],
    now: datetime,
    threshold: float | None = None,
) -> Quality:
    """Quality by kind (`kinds` gives that of each alias key), and with `threshold` what would be.

    `judgements` are all of the ledger, revoked ones too.
    """
    pairs = _pairs(j for j in judgements if j.a in kinds and j.b in kinds)
    alone = [j for j in judgements if j.a == j.b and j.by is Author.PERSON and j.revoked_at is None]
    found = [_kind(kind, kinds, pairs, alone, now) for kind in sorted(set(kinds.values()))]
    recent = {j.decision or j.id for j in judgements if j.by is Author.PERSON and _age(j, now) <= RECENT}
    what_if = _what_if(born, judgements, pairs, threshold) if threshold is not None else None
    return Quality(found, len(recent) / RECENT.days, what_if)


def wilson(hits: int, seen: int) -> Share:
    """The share with its 95 % interval (Wilson 1927), which stays within 0..1 and honest for few."""
    if not seen:
        return Share(None, None, None, 0)
    share, spread = hits / seen, Z * Z / seen
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / seen + spread / (4 * seen)) / (1 + spread)
    return Share(share, max(0.0, middle - half), min(1.0, middle + half), seen)


def _pairs(judgements: Iterable[Judgement]) -> dict[Pair, _Seen]:
    pairs: dict[Pair, _Seen] = {}
    for judgement in sorted(judgements, key=lambda j: (j.change, j.id)):
        if judgement.a == judgement.b or judgement.is_placement:
            continue
        seen = pairs.setdefault((min(judgement.a, judgement.b), max(judgement.a, judgement.b)), _Seen())
        if judgement.by is Author.PERSON:
            if judgement.revoked_at is None and judgement.verdict is not Verdict.UNSURE:
                seen.person = judgement
        elif judgement.verdict is not Verdict.NEGATIVE:
            seen.automatic = judgement
            if judgement.revoked_at is None:
                seen.live = judgement
    return pairs


def _kind(
    kind: str, kinds: Mapping[str, str], pairs: Mapping[Pair, _Seen], alone: Sequence[Judgement], now: datetime
) -> Kind:
    own = {pair: seen for pair, seen in pairs.items() if kinds[pair[0]] == kind}
    strata = _Strata()
    for seen in own.values():
        if seen.automatic is None:
            strata.unsaid.append(seen)
        else:
            (strata.joined if seen.automatic.verdict is Verdict.POSITIVE else strata.asked).append(seen)
    names = sum(held == kind for held in kinds.values())
    waiting = [pair for pair, seen in own.items() if _is_open(seen)]
    precision = _among(strata.joined)
    told = [j for j in alone if kinds.get(j.a) == kind]
    return Kind(
        kind,
        names,
        len(strata.joined),
        len(strata.asked),
        sum(seen.person is not None for seen in own.values()),
        precision,
        _recall(strata, precision),
        len(waiting),
        len({key for pair in waiting for key in pair}) / names,
        wilson(sum(j.verdict is Verdict.POSITIVE for j in told), len(told)),
        _drift([seen.automatic for seen in own.values() if seen.automatic is not None], now),
    )


def _is_open(seen: _Seen) -> bool:
    return seen.person is None and seen.live is not None and seen.live.verdict is Verdict.UNSURE


def _among(stratum: Sequence[_Seen]) -> Share:
    """Share of pairs that persons said are one, among those they decided."""
    said = [seen.person for seen in stratum if seen.person is not None]
    return wilson(sum(j.verdict is Verdict.POSITIVE for j in said), len(said))


def _recall(strata: _Strata, precision: Share) -> Share:
    """Joined pairs that are one among all that are: those, the asked that are, and those that only a person joined.
    The interval takes both strata at their worst and best at once, so it is wider than 95 % needs."""
    asked = _among(strata.asked)
    unsaid = sum(seen.person is not None and seen.person.verdict is Verdict.POSITIVE for seen in strata.unsaid)
    if precision.value is None or precision.low is None or precision.high is None:
        return Share(None, None, None, 0)
    missed = (asked.value, asked.low, asked.high) if asked.value is not None else (0.5, 0.0, 1.0)

    def share(right: float, of_asked: float | None) -> float:
        hit = len(strata.joined) * right
        every = hit + len(strata.asked) * (of_asked or 0.0) + unsaid
        return hit / every if every else 1.0

    value, low, high = (
        share(precision.value, missed[0]),
        share(precision.low, missed[2]),
        share(precision.high, missed[1]),
    )
    return Share(value, low, high, precision.seen + asked.seen + unsaid)


def _drift(judgements: Iterable[Judgement], now: datetime) -> float | None:
    """Population stability index of scores, late against early (Siddiqi 2006), a half added to each bin."""
    late, early = [0.5] * (len(BINS) + 1), [0.5] * (len(BINS) + 1)
    counted = {True: 0, False: 0}
    for judgement in judgements:
        recent = _age(judgement, now) <= RECENT
        counted[recent] += 1
        (late if recent else early)[sum(judgement.score >= edge for edge in BINS)] += 1
    if not all(counted.values()):
        return None
    shares = [(a / sum(late), b / sum(early)) for a, b in zip(late, early, strict=True)]
    return sum((a - b) * math.log(a / b) for a, b in shares)


def _age(judgement: Judgement, now: datetime) -> timedelta:
    return now - judgement.at if judgement.at is not None else timedelta(0)


def _what_if(
    born: Mapping[str, int], judgements: Iterable[Judgement], pairs: Mapping[Pair, _Seen], threshold: float
) -> WhatIf:
    live = [j for j in judgements if j.revoked_at is None]
    then = [_at(threshold)(j) for j in live]
    changed = list(zip(live, then, strict=True))
    kept = [
        seen.person
        for seen in pairs.values()
        if seen.person is not None
        and seen.automatic is not None
        and _at(threshold)(seen.automatic).verdict is Verdict.POSITIVE
    ]
    return WhatIf(
        threshold,
        len(set(partition(born, live).values())),
        len(set(partition(born, then).values())),
        sum(a.verdict is Verdict.POSITIVE and b.verdict is Verdict.UNSURE for a, b in changed),
        sum(a.verdict is Verdict.UNSURE and b.verdict is Verdict.POSITIVE for a, b in changed),
        wilson(sum(j.verdict is Verdict.POSITIVE for j in kept), len(kept)),
    )


def _at(threshold: float) -> Callable[[Judgement], Judgement]:
    """What a judgement by likeness would be: joined from the threshold on, asked below it. Rules and persons stay."""

    def judged(judgement: Judgement) -> Judgement:
        if judgement.by in (Author.PERSON, Author.RULE) or judgement.verdict is Verdict.NEGATIVE or judgement.rests_on:
            return judgement
        verdict = Verdict.POSITIVE if judgement.score >= threshold else Verdict.UNSURE
        return judgement if verdict is judgement.verdict else judgement.model_copy(update={"verdict": verdict})

    return judged
