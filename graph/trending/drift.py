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
from graph.trending.names import ALL, BOARDS
from graph.trending.projector import advance
from graph.trending.rebuild import Progress, rebuild

_SHOWN = 100
_HALF_LIVES = tuple(decay.HALF_LIVES)


@dataclass(frozen=True, slots=True)
class Difference:
    """One member of one board whose value is not its definition; both as they show at the time of the check."""

    half_life: str
    board: str
    key: str
    held: float
    defined: float

    @property
    def relative(self) -> float:
        """|held - defined| of the larger of both, 0..1."""
        return abs(self.held - self.defined) / max(self.held, self.defined)


@dataclass(slots=True)
class Drift:
    """What a comparison found. `compared` counts members of boards; the first 100 differences are kept."""

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
    return compare(database, boards, now).differences


def sync_trending(
    database: Database, boards: Boards, now: int, days: float | None = None, progress: Progress = lambda _: None
) -> Drift:
    """Compares the boards with the mentions and, where they drifted, rebuilds them from those.

    `days` compares only entities seen in the last so many days; None all, and members that should not be there.
    Raises BoardUnavailable, DatabaseUnavailable.
    """
    since = None if days is None else now - round(days * decay.DAY * 1000)
    drift = compare(database, boards, now, since, progress)
    if drift.total:
        rebuild(database, boards, now)
        drift.rebuilt = True
    return drift


def compare(
    database: Database, boards: Boards, now: int, since: int | None = None, progress: Progress = lambda _: None
) -> Drift:
    """Every entity against the boards, then every member that none of them accounts for; in bounded memory."""
    drift, seen = Drift(), dict.fromkeys(((name, board) for name in _HALF_LIVES for board in BOARDS), 0)
    advance(database, boards, now)
    for page in scan(database, now, _HALF_LIVES, since):
        cells = list(_cells(boards, page, now))
        for cell in cells:
            seen[cell.half_life, cell.board] += cell.held > 0
        drift.compared += sum(cell.defined >= decay.FLOOR for cell in cells)
        _note(drift, database, boards, cells, now)
        progress(drift.compared)
    for half_life in _HALF_LIVES:
        for board, size in boards.sizes(half_life).items():
            if size > seen[half_life, board]:
                for keys in boards.members(half_life, board):
                    strangers = _strangers(database.read, boards, keys, half_life, board, now)
                    _note(drift, database, boards, strangers, now)
    return drift


def _note(drift: Drift, database: Database, boards: Boards, cells: Sequence[Difference], now: int) -> None:
    """Counts the cells that differ, after a second look while nobody can write."""
    doubtful = [cell for cell in cells if not decay.same(cell.held, cell.defined)]
    if not doubtful:
        return

    def look_again(tx: Transaction, _: int) -> list[Difference]:
        advance(database, boards, now)
        members = of_keys(tx.rows, [cell.key for cell in doubtful], now, _HALF_LIVES)
        spots = {(cell.half_life, cell.board, cell.key) for cell in doubtful}
        again = [cell for cell in _cells(boards, members, now) if (cell.half_life, cell.board, cell.key) in spots]
        here = {(cell.half_life, cell.board, cell.key) for cell in again}
        for half_life, board in {(name, board) for name, board, _ in spots - here}:
            keys = [key for name, kind, key in spots - here if (name, kind) == (half_life, board)]
            again += _strangers(tx.rows, boards, keys, half_life, board, now)
        return again

    for cell in database.write(look_again):
        if not decay.same(cell.held, cell.defined):
            drift.note(cell)


def _cells(boards: Boards, members: Sequence[Member], now: int) -> Iterator[Difference]:
    """What is held and what is defined for members, on `all` and the board of their kind, by half-life."""
    kinds = {member.key: member.kind for member in members}
    for half_life in _HALF_LIVES:
        held = boards.held(kinds, half_life, now)
        for member in members:
            for board, score in zip((ALL, member.kind), held[member.key], strict=True):
                yield Difference(half_life, board, member.key, score, _floored(member.values[half_life]))


def _strangers(
    rows: Rows, boards: Boards, keys: Sequence[str], half_life: str, board: str, now: int
) -> list[Difference]:
    """Members of one board that by definition do not belong there."""
    held = boards.held(dict.fromkeys(keys, UNSPECIFIED if board == ALL else board), half_life, now)
    found: list[Difference] = []
    for member in of_keys(rows, keys, now, [half_life]):
        belongs = board in (ALL, member.kind) and member.values[half_life] >= decay.FLOOR
        if not belongs:
            found.append(Difference(half_life, board, member.key, held[member.key][board != ALL], 0.0))
    return found


def _floored(value: float) -> float:
    return value if value >= decay.FLOOR else 0.0
