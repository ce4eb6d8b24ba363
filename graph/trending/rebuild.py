"""Roll, repair and rebuild are one: a shadow from a scan of the graph, brought up to the gate, swapped in.

Begun at change N. Whatever the scan saw half of was committed after N, so the outbox names it; each member named is
counted anew from the graph, in rounds while others write, the last one while the gate is held. The boards that hold
serve and follow all the while, and nothing that is ingested meanwhile is lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.database import Database, Transaction
from graph.errors import BoardUnavailable
from graph.trending.board import Boards
from graph.trending.members import Rows, of_keys, scan
from graph.trending.names import Group, groups
from graph.trending.outbox import OutboxGap, newest, pages
from graph.trending.shadow import Shadow, ShadowLost

_ATTEMPTS = 3
_ROUNDS = 8
_FEW = 500
"""Members named in a round so short that the next one may hold the gate."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`members` were read; the boards of each group (`mentions:7d` …) are true at the change told, on the landmark
    told."""

    members: int
    changes: dict[str, int]
    landmarks: dict[str, int]


def rebuild(
    database: Database,
    boards: Boards,
    now: int,
    wanted: Sequence[Group] = (),
    progress: Progress = lambda _: None,
) -> Rebuilt:
    """Builds the boards of these groups (all when none is named) from the graph, on the landmark that fits `now`
    (epoch ms).

    `progress` hears how many entities were read so far. Old boards are gone afterwards. Costs one pass over the WHO
    and WHERE mentions. Raises BoardUnavailable, DatabaseUnavailable.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        shadow = Shadow(boards, wanted or groups(), now)
        try:
            members = _build(database, shadow, now, progress)
            changes = {group.name: change for group, change in shadow.swapped.items()}
            return Rebuilt(members, changes, {group.name: landmark for group, landmark in shadow.landmarks.items()})
        except (OutboxGap, ShadowLost) as error:
            if attempt == _ATTEMPTS:
                raise BoardUnavailable(f"the boards could not be rebuilt: {error}") from error
        finally:
            _tidy(shadow)
    raise AssertionError("the last attempt returns or raises")


def _build(database: Database, shadow: Shadow, now: int, progress: Progress) -> int:
    reached = newest(database)
    read = 0
    for page in scan(database, now, shadow.half_lives):
        shadow.put(page, anew=False)
        read += len(page)
        progress(read)
    for _ in range(_ROUNDS):
        latest = newest(database)
        named = _catch_up(database.read, shadow, (reached, latest), now)
        reached = latest
        if named <= _FEW:
            break

    def last_round(tx: Transaction, change: int) -> None:
        # The work may run again after a failed commit: what is swapped by then is true at its own number and stays.
        _catch_up(tx.rows, shadow, (reached, change), now)
        for group in shadow.pending:
            shadow.swap(group, change)

    database.write(last_round, timeout=database.options.job_timeout)
    return read


def _catch_up(rows: Rows, shadow: Shadow, span: tuple[int, int], now: int) -> int:
    """Counts anew every member that the outbox names after span[0] up to span[1]; how many that were."""
    named: set[str] = set()
    for records in pages(rows, *span):
        named.update(key for told in records for key in told.named)
    shadow.put(of_keys(rows, sorted(named), now, shadow.half_lives))
    return len(named)


def _tidy(shadow: Shadow) -> None:
    """Removes what was not swapped, where that is possible; else it expires."""
    try:
        shadow.drop()
    except BoardUnavailable:
        return
