"""Where the search for paths learns who is named with whom: what it asks of a source, and the source of now."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.database import Transaction
from graph.keys import W
from graph.queries import statement
from graph.reading.co_mentions import PLAYERS
from graph.reading.instants import BEGINNING, END
from graph.reading.shortest import Link


@dataclass(frozen=True, slots=True)
class Within:
    """Which events connect: by these W's and in this period (epoch ms, both included)."""

    ws: Collection[W] = PLAYERS
    since: int = BEGINNING
    until: int = END

    @property
    def unbounded(self) -> bool:
        """Whether this is what kept co-mentions count."""
        return frozenset(self.ws) == PLAYERS and (self.since, self.until) == (BEGINNING, END)


@dataclass(frozen=True, slots=True)
class Look:
    """How far an entity is looked at: its newest mentions, pairs of event and other of them, events told of a pair."""

    mentions: int
    pairs: int
    few: int


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody named with an entity by `n` distinct events; `events`: time (epoch ms) and id of some, newest first."""

    key: str
    mentions: int
    n: int
    events: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity that was looked at, `whole` or in part."""

    key: str
    whole: bool
    others: list[Other]


class Source(ABC):
    """Who is named with whom. `hubs` are not looked at whole; `seconds` after the ends were looked at the search begins
    no further step. All raise DatabaseUnavailable, BudgetExceeded."""

    hubs: Collection[str] = ()
    seconds: float

    @abstractmethod
    def around(self, keys: list[str], look: Look) -> Iterable[Seen]:
        """With whom the newest events of some entities (their own keys) name them."""

    def kept(self, hub: str, others: list[str]) -> Iterable[tuple[str, Link]]:
        """What is known of a hub and others without looking at its events; nothing where nothing is kept."""
        del hub, others
        return ()

    def counted(self, keys: Collection[str]) -> dict[str, int]:
        """All mentions of those of whom `Other.mentions` were at least so many; nobody where all were."""
        del keys
        return {}


class Live(Source):
    """What is live, by the indexes of now."""

    def __init__(self, tx: Transaction, within: Within, seconds: float, hubs: Collection[str] = ()) -> None:
        self._tx = tx
        self._within = within
        self.seconds = seconds
        self.hubs = hubs

    def around(self, keys: list[str], look: Look) -> Iterable[Seen]:
        """One statement for all."""
        asked = {
            "keys": keys,
            "ws": [str(w) for w in self._within.ws],
            "since": self._within.since,
            "until": self._within.until,
            "budget": look.mentions,
            "most": look.pairs,
            "few": look.few,
        }
        for row in self._tx.rows(statement("read/paths_expand"), asked):
            whole = row["seen"] < look.mentions and row["pairs"] < look.pairs and not row["beside"]
            others = [
                Other(key, mentions, n, list(zip(times, ids, strict=True)))
                for key, mentions, n, ids, times in row["others"]
            ]
            yield Seen(row["key"], whole, others)

    def kept(self, hub: str, others: list[str]) -> Iterable[tuple[str, Link]]:
        """The co-mentions that a hub keeps."""
        for row in self._tx.rows(statement("read/paths_kept"), {"key": hub, "others": others}):
            yield row["key"], Link(row["n"], [], whole=True, last=row["last_ts"])
