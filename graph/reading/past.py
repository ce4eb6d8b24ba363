"""What was recorded by a time: mentions by name, events in the version of then, placements that came or went since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import ledger
from graph.database import Row, Transaction
from graph.errors import BudgetExceeded
from graph.judgement import Judgement
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.instants import BEGINNING

MOVED = 20_000
"""Mentions that were placed elsewhere since a past time, at most."""
Address = tuple[str, str]
"""Event id and mention id."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as it was recorded: `alias0` is its own name, `alias` the one that it stands on now; ts is epoch
    milliseconds."""

    event: str
    mention: str
    ts: int
    w: str
    alias: str
    alias0: str
    surface: str = ""
    role: str | None = None
    relevance: float | None = None
    weight: float | None = None
    risk: float | None = None

    @property
    def address(self) -> Address:
        """Where it stands."""
        return self.event, self.mention


@dataclass(frozen=True, slots=True)
class Counted:
    """Mentions of one name in one W and role; times are epoch milliseconds."""

    key: str
    w: str
    role: str
    mentions: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Window:
    """Which mentions: the W's, the times (epoch milliseconds, both included), those left out by their id."""

    ws: Sequence[str]
    since: int = BEGINNING
    until: int = 0
    but: Sequence[str] = ()

    def holds(self, told: Told) -> bool:
        """Whether a mention lies in it."""
        return told.w in self.ws and self.since <= told.ts <= self.until

    def asked(self, clocks: Clocks) -> dict[str, Any]:
        """Parameters of the statements."""
        return {
            "ws": list(self.ws),
            "since": self.since,
            "until": self.until,
            "known": clocks.known,
            "but": list(self.but),
        }


def mentions(
    tx: Transaction, keys: Collection[str], clocks: Clocks, window: Window, limit: int, before: str | None = None
) -> list[Told]:
    """The newest mentions of these names, ties by id, falling; `before` is a mention id at the window's end."""
    asked = {**window.asked(clocks), "keys": list(keys), "mention": before, "limit": limit}
    found = tx.rows(statement("read/past_mentions"), asked) if keys else []
    return [Told(**row) for row in found[0]["rows"]] if found else []


def counted(tx: Transaction, keys: Collection[str], clocks: Clocks, window: Window) -> list[Counted]:
    """All mentions of these names, by W and role."""
    asked = {**window.asked(clocks), "keys": list(keys)}
    return [Counted(**row) for row in tx.rows(statement("read/past_counts"), asked)] if keys else []


def often(
    tx: Transaction, keys: Collection[str], clocks: Clocks, window: Window, most: int
) -> dict[tuple[str, str], int]:
    """(name, W) -> mentions up to the window's end in all W's; at least so many from `most` on."""
    asked = {"keys": list(keys), "until": window.until, "known": clocks.known, "but": list(window.but), "most": most}
    rows = tx.rows(statement("read/past_often"), asked) if keys else []
    return {(row["key"], row["w"]): row["mentions"] for row in rows}


def companions(tx: Transaction, events: Collection[str], ws: Collection[str], clocks: Clocks) -> list[Told]:
    """All that these events mentioned."""
    asked = {"events": list(events), "ws": list(ws), "known": clocks.known}
    return [Told(**row) for row in tx.rows(statement("read/past_companions"), asked)] if events else []


def sure(tx: Transaction, events: Collection[str], clocks: Clocks) -> list[tuple[Told, float]]:
    """All that these events mentioned, with the score that each mention has now, 0..1."""
    asked = {"events": list(events), "known": clocks.known}
    rows = tx.rows(statement("read/past_sure"), asked) if events else []
    return [(Told(**{name: row[name] for name in row if name != "score"}), float(row["score"])) for row in rows]


def placed(tx: Transaction, addresses: Collection[Address], clocks: Clocks) -> list[Told]:
    """Single mentions."""
    rows = [{"event": event, "mention": mention} for event, mention in addresses]
    asked = {"rows": rows, "known": clocks.known}
    return [Told(**row) for row in tx.rows(statement("read/past_placed"), asked)] if rows else []


def placements(tx: Transaction, keys: Collection[str] | None, clocks: Clocks) -> dict[Address, list[Judgement]]:
    """Mentions that were placed on these names (None: on any), or taken off them, since the identity asked for; with
    all that was ever said of where each stands. Raises BudgetExceeded."""
    if clocks.identity_at is None:
        return {}
    asked: dict[str, Any] = {"at": clocks.identity_at, "limit": MOVED}
    if keys is None:
        rows = tx.rows(statement("read/past_placements_all"), asked)
    else:
        rows = tx.rows(statement("read/past_placements"), {**asked, "keys": list(keys)})
    if len(rows) >= MOVED:
        raise BudgetExceeded(f"{MOVED:,} mentions or more were placed elsewhere since then")
    return {(row["event"], row["mention"]): [ledger.of_properties(j) for j in row["placements"]] for row in rows}


def heads(tx: Transaction, ids: Collection[str], clocks: Clocks) -> dict[str, Row]:
    """Properties of events in the version of then, by id; those that were not recorded by then are left out."""
    found = tx.rows(statement("read/past_heads"), {"ids": list(ids), "known": clocks.known})
    return {row["id"]: {**row["event"], "id": row["id"]} for row in found}


def events(tx: Transaction, asked: Mapping[str, Any]) -> list[tuple[int, str]]:
    """(ts, id) of events, newest first, ties by id, falling; both those that stand and those whose version of then was
    closed later."""
    names = ("read/past_event_list", "read/past_version_list")
    found = {(row["ts"], row["id"]) for name in names for row in tx.rows(statement(name), asked)}
    return sorted(found, reverse=True)[: asked["limit"]]
