"""Something that somebody keeps an eye on, and what it had to tell.

A watch names entities by keys of aliases, so it follows merges and splits: it means whoever holds the name now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class WatchSort(StrEnum):
    """What is watched: an entity, two of them, what a search finds, or whom an example may mean."""

    ENTITY = "entity"
    PAIR = "pair"
    QUERY = "query"
    EXAMPLE = "example"


class Occasion(StrEnum):
    """What makes a watch fire."""

    EVENTS = "events"
    RANK = "rank"
    MERGE = "merge"
    SPLIT = "split"
    PATH = "path"
    MATCH = "match"
    SCORE = "score"
    GAP = "gap"
    """Changes were gone before they could be looked at; no watch can do without it."""


OCCASIONS: Mapping[WatchSort, tuple[Occasion, ...]] = MappingProxyType(
    {
        WatchSort.ENTITY: (Occasion.EVENTS, Occasion.RANK, Occasion.MERGE, Occasion.SPLIT),
        WatchSort.PAIR: (Occasion.PATH, Occasion.MERGE, Occasion.SPLIT),
        WatchSort.QUERY: (Occasion.MATCH, Occasion.EVENTS),
        WatchSort.EXAMPLE: (Occasion.SCORE,),
    }
)
"""On what each sort may fire."""
USUAL: Mapping[WatchSort, tuple[Occasion, ...]] = MappingProxyType(
    {
        WatchSort.ENTITY: (Occasion.EVENTS, Occasion.MERGE, Occasion.SPLIT),
        WatchSort.PAIR: (Occasion.PATH, Occasion.MERGE),
        WatchSort.QUERY: (Occasion.MATCH,),
        WatchSort.EXAMPLE: (Occasion.SCORE,),
    }
)
"""On what each sort fires unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch as the graph has it. `spec` says what is watched, `state` what was known of it at the last look; changes
    after `since` count. `revision` rises when somebody changes it, `n` with each firing."""

    id: str
    name: str
    sort: WatchSort
    spec: dict[str, Any]
    on: tuple[Occasion, ...]
    url: str | None
    secret: str | None = field(repr=False)
    paused: bool
    created_at: datetime
    author: str
    since: int
    revision: int
    n: int
    state: dict[str, Any] = field(repr=False)

    @property
    def keys(self) -> list[str]:
        """Alias keys that it names."""
        named = [self.spec[name] for name in ("key", "a", "b", "place") if self.spec.get(name)]
        return [*named, *(one["key"] for one in self.spec.get("judgements", ()))]


@dataclass(frozen=True, slots=True)
class Firing:
    """What a watch has to tell of one change; `about` tells several of one change and occasion apart."""

    watch: str
    sort: Occasion
    change: int
    told: dict[str, Any]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fired:
    """What a watch told: the `n`th thing. `delivery` is the state of the job that delivers it, None where none does."""

    id: str
    n: int
    sort: str
    change: int
    told: dict[str, Any]
    at: datetime
    job: str | None = None
    delivery: str | None = None
    attempts: int | None = None
    cause: str | None = None
