"""Which answers are kept, where, and how long at most."""

from dataclasses import dataclass
from enum import StrEnum

KEPT = "x-kept"
"""What a route says of itself in the description of the doors."""


class Kept(StrEnum):
    """`shared`: in memory and in Redis. `own`: in memory only, since it is of Redis itself, and only as Redis told it,
    not while the graph stands in."""

    SHARED = "shared"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class CacheOptions:
    """`memory`: bytes of answers in one process, 0 for none kept; `life`: seconds that one lives at most; `check`:
    seconds between two questions to the graph for what other machines changed; `redis`: whether Redis keeps them as
    well."""

    memory: int = 64_000_000
    life: float = 60.0
    check: float = 1.0
    redis: bool = True
    largest: int = 1_000_000
    """Bytes of one answer; longer ones are made each time."""
