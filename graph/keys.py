"""Canonical keys and ids: pure hashes of what they name, so that any worker, shard or replay computes the same."""

import hashlib
from enum import StrEnum
from functools import lru_cache

UNIT_SEPARATOR = "\u241f"
"""␟ between the parts of a hashed text: no normalised name can hold it, so parts never run together."""


class W(StrEnum):
    """The five questions; the value is the relationship type in the graph."""

    WHO = "WHO"
    WHAT = "WHAT"
    WHERE = "WHERE"
    WHEN = "WHEN"
    WHY = "WHY"


class Family(StrEnum):
    """What may share an alias: stated kinds fall into person, collective and place, guesses into none of them."""

    PERSON = "person"
    COLLECTIVE = "collective"
    PLACE = "place"
    UNSPECIFIED = "unspecified"
    WHAT = "what"
    WHEN = "when"
    WHY = "why"


RESOLVED = frozenset({Family.PERSON, Family.COLLECTIVE, Family.PLACE, Family.UNSPECIFIED})
"""Families that are resolved fuzzily; WHAT, WHEN and WHY go by exact key alone."""


def _digest(*parts: str) -> str:
    return hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()


@lru_cache(maxsize=1 << 16)
def canonical_key(family: str, normalised: str, discriminator: str = "") -> str:
    """Key of an alias: 64 hex digits of `sha256(family ␟ normalised name ␟ discriminator)`."""
    return fresh_key(family, normalised, discriminator)


def fresh_key(family: str, normalised: str, discriminator: str = "") -> str:
    """The same, worked out anew: for what is asked once, and would only push out what is asked again."""
    return _digest(family, normalised, discriminator)


def short_id(key: str) -> int:
    """61-bit integer of a canonical key: an index prefix (`kid`, `aid`), no authority: two keys may share one."""
    return int(key[:16], 16) >> 3


def mention_id(event_id: str, w: str, surface: str, role: str, nth: int) -> str:
    """Id of a mention, 32 hex digits; `nth` counts equal mentions of one event from 0.

    Its address is (event id, mention id): versions of one event share the ids of the mentions they share.
    """
    return _digest(event_id, w, surface, role, str(nth))[:32]
