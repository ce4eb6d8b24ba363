"""Whom a form that does not identify means here: the bearer that the event's other names and the recent past support.

One rule, frozen. A bearer's odds are `(PRIOR + recent) x (1 + shared) ^ SHARED`, beside `SOMEBODY` for one who is not
known: `recent` are its mentions up to the event's time, halved every `HALF_LIFE` days, `shared` the events in which it
stands with somebody whom this event names, too. Without support nobody is chosen: the mention stays unsure.

What counts are names that stand for themselves, and what persons placed. A mention that was placed by memory or context
supports nobody, so no choice leads to the next one, and the order in which mentions are placed decides nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

PRIOR, SHARED, SOMEBODY = 0.5, 2.0, 1.0
HALF_LIFE = 7.0
"""Days."""
BEARERS = 8
"""Bearers that are weighed for one form; with more of them it says nothing of who is meant."""
BESIDE = 20
"""Other entities of the event that are asked about."""
SUREST = 0.999999
"""A choice is never certain: certain is what is written, or what a person says."""
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what supports these bearers (entity keys) at that time (epoch milliseconds), beside these entities.
    What the event itself says does not count: it may have been written before."""

    event: str
    bearers: tuple[str, ...]
    beside: tuple[str, ...]
    ts: int


@dataclass(frozen=True, slots=True)
class Support:
    """What is known of one bearer: recent mentions (decayed, at least 0) and shared events."""

    recent: float = 0.0
    shared: int = 0

    def with_(self, ts: int, asked: Asked, *, shared: bool) -> "Support":
        """The same with one more event, of that time."""
        age = (asked.ts - ts) / _DAY
        return Support(self.recent + 2.0 ** (-age / HALF_LIFE), self.shared + shared)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what the batch itself knew to it, and whom it led to: asked again under the gate (`stands`)."""

    asked: Asked
    here: Mapping[str, Support]
    chosen: str | None


class Context(Protocol):
    """What the graph knows of bearers; each question is one bounded read."""

    def support(self, asked: Asked) -> Mapping[str, Support]:
        """What supports each bearer; those without any may be left out."""
        ...


def choose(asked: Asked, support: Mapping[str, Support]) -> tuple[str, float] | None:
    """The bearer that is most probably meant, with its probability; None when nothing supports it."""
    nothing = Support()
    odds = {bearer: weight(support.get(bearer, nothing)) for bearer in asked.bearers}
    best = max(sorted(odds), key=lambda bearer: odds[bearer], default=None)
    if best is None or support.get(best, nothing) == nothing:
        return None
    # Rounded, so that one sum taken in another order is no other answer.
    return best, min(round(odds[best] / (sum(sorted(odds.values())) + SOMEBODY), 6), SUREST)


def weight(support: Support) -> float:
    """Odds of one bearer, not yet beside the others'."""
    return (PRIOR + support.recent) * (1.0 + support.shared) ** SHARED


def question(event: str, bearers: Iterable[str], beside: Iterable[str], ts: int) -> Asked | None:
    """What to ask of the graph, None when there are too many bearers, or fewer than two. Of those beside the first
    are taken."""
    several = tuple(sorted(set(bearers)))
    others = [other for other in dict.fromkeys(beside) if other not in several][:BESIDE]
    return Asked(event, several, tuple(sorted(others)), ts) if 1 < len(several) <= BEARERS else None


def told_here(asked: Asked, events: Iterable[tuple[str, int, frozenset[str]]]) -> dict[str, Support]:
    """What supports the bearers in events (id, time, entities) that the graph does not hold yet."""
    found: dict[str, Support] = {}
    beside = frozenset(asked.beside)
    for event, ts, entities in events:
        if ts <= asked.ts and event != asked.event:
            for bearer in asked.bearers:
                if bearer in entities:
                    known = found.get(bearer, Support())
                    found[bearer] = known.with_(ts, asked, shared=not beside.isdisjoint(entities))
    return found


def together(one: Mapping[str, Support], other: Mapping[str, Support]) -> dict[str, Support]:
    """The sum of two supports."""
    found = dict(one)
    for bearer, more in other.items():
        known = found.get(bearer, Support())
        found[bearer] = Support(known.recent + more.recent, known.shared + more.shared)
    return found


def decided(asked: Asked, support: Mapping[str, Support], least: float) -> tuple[str, float] | None:
    """`choose`, where it is at least so probable."""
    found = choose(asked, support)
    return found if found is not None and found[1] >= least else None


def stands(answers: Sequence[Answer], context: Context, least: float) -> bool:
    """True when every question would be answered the same on the graph as it is now."""
    for answer in answers:
        found = decided(answer.asked, together(context.support(answer.asked), answer.here), least)
        if (found[0] if found else None) != answer.chosen:
            return False
    return True
