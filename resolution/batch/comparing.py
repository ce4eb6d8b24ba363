"""What Dedupe's model weighs of two names of one family. Each is a plain function of two values."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from graph.keys import Family
from resolution.names.normalise import normalise
from resolution.names.parts import take_apart
from resolution.score import score, weigh
from resolution.tables import table

Comparison = Callable[..., float]
MOST = 6.0
"""Log-odds beyond this are not told apart."""
FEW = 3
"""Of fewer names told beside one, that none is told beside the other says nothing."""


def likeness(one: str, other: str, family: Family) -> float:
    """Log-odds of the fitted table of the family; the least where something parts the names."""
    found, veto = weigh(take_apart(one, family), take_apart(other, family), family)
    return -MOST if veto else max(-MOST, min(MOST, table(family, found).odds(found)[0]))


def caution(one: str, other: str, family: Family) -> float:
    """Log-odds of the probability that the online path would give the pair, bounded by its caution."""
    value = score(normalise(one, family), normalise(other, family), family).value
    return max(-MOST, min(MOST, math.log(max(value, 1e-9) / max(1.0 - value, 1e-9))))


def kinds(one: str, other: str) -> float:
    """1 where two different kinds are stated, else 0: that they agree says little, as in one family most do."""
    return float(one != other)


def company(one: Sequence[int], other: Sequence[int]) -> float:
    """Share of the names told beside the one with fewer that are told beside the other, too: 0..1; NaN, which Dedupe
    takes for missing, where these are too few to miss any."""
    less, more = sorted((set(one), set(other)), key=len)
    shared = len(less & more)
    return shared / len(less) if shared or len(less) >= FEW else math.nan


def together(one: Sequence[str], other: Sequence[str]) -> float:
    """Events that name both, three at most: who is told of twice in one event is rarely one."""
    return float(min(3, len(set(one) & set(other))))


def of_family(comparison: Comparison, family: Family) -> Comparison:
    """A comparison of names by the rules of a family."""
    return partial(comparison, family=family)
