"""What is learnt of a site from the attempts at its pages: by which means to begin, and what its pages are worth.

An attempt counts half after a week, so a site that took its wall down is found out about.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.pages.failures import Failure
from ingest.pages.options import Rung

HALF_LIFE = 7 * 86_400.0
PRIOR = 10.0
"""Attempts that a site's first score is worth."""
READ = "extracted"
_WORTH = {READ: 1.0, "low_quality": 0.6, Failure.BOT_DETECTED: 0.5, Failure.PAYWALL: 0.5, Failure.CONSENT: 0.5}
"""What the last outcome of a page says of its site; others say nothing of it."""
_HELPED = (Failure.BOT_DETECTED, Failure.THIN, Failure.CONSENT)
"""Outcomes for which heavier means are there."""

Attempts = Sequence[Mapping[str, Any]]


def domain_score(attempts: Attempts, now: float, prior: float) -> float:
    """0..1: how far pages of the site were worth reading, beginning with `prior`."""
    total, weight = prior * PRIOR, PRIOR
    for one in attempts:
        worth = _WORTH.get(one["outcome"])
        if worth is not None and one.get("last", True):
            share = _share(one, now)
            total, weight = total + worth * share, weight + share
    return total / weight


def first_rung(attempts: Attempts, now: float, rungs: Sequence[Rung]) -> Rung:
    """The lightest means that did not fail oftener than not of late, twice at least, while heavier ones helped."""
    for rung in rungs[:-1]:
        mine = [one for one in attempts if one["rung"] == rung]
        helped = sum(_share(one, now) for one in mine if one["outcome"] in _HELPED)
        read = sum(_share(one, now) for one in mine if one["outcome"] in (READ, "low_quality"))
        heavier = any(one["outcome"] == READ for one in attempts if one["rung"] in rungs[rungs.index(rung) + 1 :])
        if helped < 1.5 or helped <= read or not heavier:
            return rung
    return rungs[-1]


def _share(one: Mapping[str, Any], now: float) -> float:
    return 2.0 ** (-max(0.0, now - float(one["at"])) / HALF_LIFE)
