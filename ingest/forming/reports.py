"""What one page reports, as event forming compares it: its main claims, their time, who they name, their words.

Of a page one group of claims is its report: that with the most claims, each joined to the group where time and names
agree well enough. The others are background; they stay claims of their page. Pure, and the same for the same page.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.forming.traits import names, words

DAY = 86_400_000
"""Milliseconds."""
Vector = dict[str, float]
_COUNTRY, _NUMBER = 0.5, 0.4
"""Weights of traits that many events share; a name weighs 1."""
_SHORT_WORD = 3
_LONG_WORD = 6
_EMPTY = frozenset(
    "the and that this these those with from was were are been being have has had for not but his her its their our"
    " your they them she you him who whom whose which what when where why how after before over into out about than"
    " then also said says say told will would could should may might can there here more most some any all one two"
    " three first last new year years week month day time people other only just now very such very les des une dans"
    " pour sur par aux avec est ont été qui que los las una del por con para fue son este esta uma dos das foi não der"
    " die das und den von mit ist ein eine nicht sich auch nach wurde".split()
)


@dataclass(frozen=True, slots=True)
class FormingOptions:
    """Numbers of event forming: temporal concentration by span in days, its share and that of shared names, the least
    score of a group, claims and entities that an event needs, days of the windows, and the overlaps that decide."""

    within: Sequence[tuple[float, float]] = ((2.0, 0.95), (7.0, 0.8), (14.0, 0.6))
    beyond: float = 0.3
    temporal: float = 0.6
    entities: float = 0.4
    least: float = 0.6
    claims: int = 3
    named: int = 3
    near: float = 2.0
    window: float = 14.0
    same: float = 0.8
    candidate: float = 0.7
    confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as it is grouped: when (epoch milliseconds), whom it is about (entity keys)."""

    id: str
    ts: int
    entities: frozenset[str]
    sentence: str = ""


@dataclass(frozen=True)
class Report:
    """The main claims of a page. `at` is their commonest day (epoch milliseconds); `language` any code."""

    id: str
    at: int
    claims: tuple[Said, ...]
    entities: frozenset[str]
    title: str = ""
    language: str = ""
    published: int = 0
    lead: str = ""
    """What is compared: headline and first sentences that claim something, each once."""

    @cached_property
    def names(self) -> Vector:
        """Names, countries and numbers, weighted, of length 1."""
        return _unit({trait: (1.0 + math.log(n)) * _weight(trait) for trait, n in names(self.lead).items()})

    @cached_property
    def words(self) -> Vector:
        """Words that carry meaning, longer ones more, of length 1."""
        said = words(self.lead).items()
        return _unit({word: (1.0 + math.log(n)) * _length(word) for word, n in said if _means(word)})


def concentration(span: float, options: FormingOptions) -> float:
    """How closely times lie together, by the days that they span."""
    return next((value for days, value in options.within if span < days), options.beyond)


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """Share of the smaller set that both have."""
    least = min(len(one), len(two))
    return len(one & two) / least if least else 0.0


def score(span: float, shared: float, options: FormingOptions) -> float:
    """What speaks for one event: times that lie together, names that are shared."""
    return options.temporal * concentration(span, options) + options.entities * shared


def likeness(one: Report, two: Report) -> float:
    """0..1 by names in any script, and by words where both are of one language."""
    by_names = by_name(one, two)
    if not one.language or one.language != two.language:
        return by_names
    return NAMES * by_names + (1.0 - NAMES) * _cosine(one.words, two.words)


HOLDERS = 500
"""Pages that share a trait, beyond which it brings none of them together: it tells nothing apart."""
LEAD = 14
"""Sentences of a page that are compared, its headline among them."""


def by_name(one: Report, two: Report) -> float:
    """0..1 by names alone, in any script: what stands in for shared entities where the graph knows none yet."""
    return _cosine(one.names, two.names)


NAMES = 0.45
"""Share of names within one language, as in `grouping`."""


def report(
    document: str,
    claims: Sequence[Said],
    options: FormingOptions,
    title: str = "",
    language: str = "",
    published: int = 0,
) -> Report | None:
    """The report of a page, None where no claim has a time. The order of the claims is that of the page."""
    left = list(claims)
    best: list[Said] = []
    # A later group takes the place of an earlier one only if it has more claims, so fewer left cannot.
    while len(left) > len(best):
        group = [left.pop(0)]
        while fitting := [claim for claim in left if _joins(group, claim, options)]:
            group.append(fitting[0])
            left.remove(fitting[0])
        best = max(best, group, key=len)
    if not best:
        return None
    day = Counter(claim.ts // DAY for claim in best)
    main = min(day, key=lambda one: (-day[one], one))
    at = min(claim.ts for claim in best if claim.ts // DAY == main)
    named = frozenset(entity for claim in best for entity in claim.entities)
    lead = "\n".join(list(dict.fromkeys([title, *(claim.sentence for claim in claims)]))[:LEAD])
    in_order = tuple(claim for claim in claims if claim in best)
    return Report(document, at, in_order, named, title, language, published, lead)


def _joins(group: Sequence[Said], claim: Said, options: FormingOptions) -> bool:
    times = [claim.ts, *(one.ts for one in group)]
    named = frozenset(entity for one in group for entity in one.entities)
    shared = overlap(claim.entities, named)
    return shared > 0 and score((max(times) - min(times)) / DAY, shared, options) >= options.least


def coherence(claims: Sequence[Said], options: FormingOptions) -> float:
    """How well claims hold together: their times, and how much each shares with all the others, 0..1."""
    if not claims:
        return 0.0
    told = Counter(entity for claim in claims for entity in claim.entities)
    shared = [
        sum(told[entity] > 1 for entity in claim.entities) / len(claim.entities) for claim in claims if claim.entities
    ]
    span = (max(claim.ts for claim in claims) - min(claim.ts for claim in claims)) / DAY
    return round(score(span, math.fsum(shared) / len(shared) if shared else 0.0, options), 6)


def _weight(trait: str) -> float:
    return {"c": _COUNTRY, "n": _NUMBER}.get(trait[0], 1.0)


def _length(word: str) -> float:
    return min(len(word), _LONG_WORD) / _LONG_WORD if word.isascii() else 1.0


def _means(word: str) -> bool:
    return word not in _EMPTY and (len(word) > _SHORT_WORD or not word.isascii())


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values())) or 1.0
    return {trait: vector[trait] / length for trait in sorted(vector)}


def _cosine(one: Vector, two: Vector) -> float:
    small, large = sorted((one, two), key=len)
    return math.fsum(weight * large[trait] for trait, weight in small.items() if trait in large)


def traits_of(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Reports by the traits that they have, to find those that share any."""
    found: dict[str, list[Report]] = {}
    for one in reports:
        for trait in one.names:
            # Pages that share no more than a country or a number are of one event in no case.
            if trait[0] == "s":
                found.setdefault(trait, []).append(one)
        for entity in one.entities:
            found.setdefault(f"e|{entity}", []).append(one)
    return {trait: holders for trait, holders in found.items() if len(holders) <= HOLDERS}
