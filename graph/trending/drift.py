"""Laws 4 and 5, and the drift report: every member of every board against its definition counted from the graph.

Others may write meanwhile, so a member that seems to differ is looked at again while the gate is held and the boards
are brought up to it: only what differs then is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.database import Database, Transaction
from graph.entity import UNSPECIFIED
from graph.trending import decay
from graph.trending.board import Boards
from graph.trending.members import Member, Rows, of_keys, scan
from graph.trending.names import ALL, BOARDS, Group, groups
from graph.trending.outbox import newest
from graph.trending.projector import advance
from graph.trending.rebuild import Progress, rebuild

_SHOWN = 100
_HALF_LIVES = tuple(decay.HALF_LIVES)


Spot = tuple[Group, str]
"""One board: its group and its kind, or all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One member of one board whose value is not its definition; both as they show at the time of the check."""

    metric: str
    half_life: str
    board: str
    key: str
    held: float
    defined: float

    @property
    def relative(self) -> float:
        """|held - defined| of the larger of both, 0..1."""
        return abs(self.held - self.defined) / max(self.held, self.defined)

    @property
    def spot(self) -> Spot:
        """The board it is about."""
        return Group(self.metric, self.half_life), self.board


@dataclass(slots=True)
class Drift:
    """What a comparison found, true at change number `change`. `compared` counts members of boards; the first 100
    differences are kept."""

    change: int = 0
    compared: int = 0
    differing: int = 0
    missing: int = 0
    extra: int = 0
    largest: float = 0.0
    rebuilt: bool = False
    differences: list[Difference] = field(default_factory=list[Difference])

    @property
    def total(self) -> int:
        """All that is not as defined."""
        return self.differing + self.missing + self.extra

    def note(self, found: Difference) -> None:
        """Counts one difference by its sort."""
        self.missing += found.held == 0
        self.extra += found.defined == 0
        self.differing += found.held != 0 and found.defined != 0
        self.largest = max(self.largest, found.relative)
        if len(self.differences) < _SHOWN:
            self.differences.append(found)


def check_boards(database: Database, boards: Boards, now: int) -> list[Difference]:
    """What is not as the graph defines it, at most 100; empty when laws 4 and 5 hold at `now` (epoch ms)."""
    return check_drift(database, boards, now).differences


def sync_trending(
    database: Database, boards: Boards, now: int, days: float | None = None, progress: Progress = lambda _: None
) -> Drift:
    """`check_drift` with repair: what `pentad sync-trending` and the daily job do."""
    return check_drift(database, boards, now, days=days, repair=True, progress=progress)


def check_drift(
    database: Database,
    boards: Boards,
    now: int,
    *,
    days: float | None = None,
    repair: bool = False,
    progress: Progress = lambda _: None,
) -> Drift:
    """Compares the boards of all metrics with the mentions; with `repair`, rebuilds those groups that drifted.

    `days` compares only entities seen in the last so many days, and members that should not be there; None all.
    Memory stays bounded. Raises BoardUnavailable, DatabaseUnavailable.
    """
    since = None if days is None else now - round(days * decay.DAY * 1000)
    comparison = _Comparison(database, boards, now)
    comparison.run(since, progress)
    if repair and comparison.drifted:
        rebuild(database, boards, now, [group for group in groups() if group in comparison.drifted])
        comparison.drift.rebuilt = True
    return comparison.drift


class _Comparison:
    """Every entity against the boards, then every member that none of them accounts for."""

    def __init__(self, database: Database, boards: Boards, now: int) -> None:
        self.drift = Drift()
        self.drifted: set[Group] = set()
        self._database, self._boards, self._now = database, boards, now
        self._seen: dict[Spot, int] = {(group, board): 0 for group in groups() for board in BOARDS}

    def run(self, since: int | None, progress: Progress) -> None:
        """Fills `drift` and `drifted`."""
        advance(self._database, self._boards, self._now)
        self.drift.change = newest(self._database)
        for page in scan(self._database, self._now, _HALF_LIVES, since):
            cells = list(self._cells(page))
            for cell in cells:
                self._seen[cell.spot] += cell.held > 0
            self.drift.compared += sum(cell.defined >= decay.FLOOR for cell in cells)
            self._note(cells)
            progress(self.drift.compared)
        for group in groups():
            own = self._boards.of(group.metric)
            for board, size in own.sizes(group.half_life).items():
                if size > self._seen[group, board]:
                    for keys in own.members(group.half_life, board):
                        self._note(self._strangers(self._database.read, keys, (group, board)))

    def _note(self, cells: Sequence[Difference]) -> None:
        """Counts the cells that differ, after a second look while nobody can write."""
        doubtful = [cell for cell in cells if not decay.same(cell.held, cell.defined)]
        if not doubtful:
            return

        def look_again(tx: Transaction, _: int) -> list[Difference]:
            advance(self._database, self._boards, self._now)
            members = of_keys(tx.rows, [cell.key for cell in doubtful], self._now, _HALF_LIVES)
            spots = {(cell.spot, cell.key) for cell in doubtful}
            again = [cell for cell in self._cells(members) if (cell.spot, cell.key) in spots]
            elsewhere: dict[Spot, list[str]] = {}
            for spot, key in sorted(spots - {(cell.spot, cell.key) for cell in again}, key=str):
                elsewhere.setdefault(spot, []).append(key)
            for spot, keys in elsewhere.items():
                again += self._strangers(tx.rows, keys, spot)
            return again

        for cell in self._database.write(look_again):
            if not decay.same(cell.held, cell.defined):
                self.drift.note(cell)
                self.drifted.add(cell.spot[0])

    def _cells(self, members: Sequence[Member]) -> Iterator[Difference]:
        """What is held and what is defined for members, on `all` and the board of their kind, by group."""
        kinds = {member.key: member.kind for member in members}
        for group in groups():
            held = self._boards.of(group.metric).held(kinds, group.half_life, self._now)
            for member in members:
                value = member.of(group.metric)[group.half_life]
                defined = value if value >= decay.FLOOR else 0.0
                for board, score in zip((ALL, member.kind), held[member.key], strict=True):
                    yield Difference(group.metric, group.half_life, board, member.key, score, defined)

    def _strangers(self, rows: Rows, keys: Sequence[str], spot: Spot) -> list[Difference]:
        """Members of one board that by definition do not belong there."""
        group, board = spot
        own = self._boards.of(group.metric)
        held = own.held(dict.fromkeys(keys, UNSPECIFIED if board == ALL else board), group.half_life, self._now)
        found: list[Difference] = []
        for member in of_keys(rows, keys, self._now, [group.half_life]):
            value = member.of(group.metric)[group.half_life]
            if board not in (ALL, member.kind) or value < decay.FLOOR:
                score = held[member.key][board != ALL]
                found.append(Difference(group.metric, group.half_life, board, member.key, score, 0.0))
        return found
