"""From the outbox to the boards: everything in order, once; where that cannot be, the boards are rebuilt.

Any number of processes may do this at once and die at any point: the script that applies a record checks the boards'
own sequence and moves it in the same stroke, so a record is in or it is not.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

from graph.database import Database
from graph.trending import decay
from graph.trending.board import Boards
from graph.trending.line import Call
from graph.trending.names import REBUILDING, Group, groups
from graph.trending.outbox import OutboxGap, newest, pages
from graph.trending.rebuild import rebuild
from graph.trending.record import Record, record

_LEASE = 60.0
_WEIGHT = 20_000
"""Board values in one script at most, if more than one record is in it: some 50 ms of the server."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What was done: the boards are true at `change` now.

    `applied` counts records (known to all boards already: 0), `rebuilt` names groups (`mentions:7d` …). `waiting`
    tells that boards need a rebuild which another process is at: they are not true at `change` yet.
    """

    change: int
    applied: int = 0
    rebuilt: tuple[str, ...] = ()
    waiting: bool = False


def apply_record(database: Database, boards: Boards, change: int, payload: str | bytes, now: int) -> Followed:
    """Applies the record just committed, one script a group, in one round trip unless the batch is a full one; falls
    back to `follow` when others are missing.

    Raises BoardUnavailable: what was committed stays committed, and the next call catches up.
    """
    calls: list[Call] = []
    told = record(change, payload)
    for group in groups():
        own = boards.of(group.metric)
        landmark = own.line.landmark(group.half_life)
        if landmark is None or decay.must_roll(landmark, now, group.seconds):
            return follow(database, boards, now)
        calls.append(own.applying(told, group.half_life, landmark, now))
    # The server answers none of several scripts before it has run them all: a full batch goes one by one.
    together = sum(len(part.named) for part in told.parts.values()) <= _WEIGHT / len(calls)
    replies = boards.line.scripts(calls) if together else (boards.line.script(*call) for call in calls)
    if any(reply[0] not in ("applied", "known") for reply in replies):
        return follow(database, boards, now)
    return Followed(change, applied=1)


def follow(database: Database, boards: Boards, now: int) -> Followed:
    """Brings all boards to the last change committed when it was called. `now` in epoch ms; memory stays bounded.

    A group that is lost, ahead of the graph, short of records that are no longer kept, or due for a new landmark is
    rebuilt. Raises BoardUnavailable, DatabaseUnavailable.
    """
    broken, applied = advance(database, boards, now)
    if not broken:
        return Followed(newest_of(boards), applied)
    with _lease(boards) as renew:
        if renew is None:
            return Followed(newest_of(boards), applied, waiting=True)
        # Another process may have finished between our look and our lease.
        broken, more = advance(database, boards, now)
        if broken:
            rebuild(database, boards, now, broken, progress=lambda _: renew())
    return Followed(newest_of(boards), applied + more, tuple(group.name for group in broken))


def advance(database: Database, boards: Boards, now: int) -> tuple[list[Group], int]:
    """Applies what the outbox holds: groups that a rebuild must help, and how many records were applied.

    A group that is only due for a new landmark is followed nevertheless.
    """
    reached, due, target = _looked_at(database, boards, now)
    start, applied = min(reached.values(), default=target), 0
    while reached and min(reached.values()) < target:
        try:
            page = next(pages(database.read, min(reached.values()), target))
        except OutboxGap:
            stuck = [group for group in reached if reached[group] == min(reached.values())]
            due += stuck
            for group in stuck:
                del reached[group]
            continue
        for group in list(reached):
            news = [told for told in page if told.change > reached[group]]
            change = _apply(boards, group, news, now) if news else reached[group]
            if change < 0:
                due.append(group)
                del reached[group]
            else:
                applied = max(applied, change - start)
                reached[group] = change
    return [group for group in groups() if group in due], applied


def newest_of(boards: Boards) -> int:
    """The change at which all boards are true; -1 when a group is not there."""
    states = [boards.of(group.metric).state(group.half_life) for group in groups()]
    return min(-1 if state is None else state.change for state in states)


def _looked_at(database: Database, boards: Boards, now: int) -> tuple[dict[Group, int], list[Group], int]:
    """How far each group that can be followed is, which groups are due for a rebuild, and how far there is to go."""
    states = {group: boards.of(group.metric).state(group.half_life) for group in groups()}
    # Asked after the boards: they may only be at what is committed by now. A board that is ahead of that is the board
    # of another graph, one that was restored or begun anew.
    target = newest(database)
    reached: dict[Group, int] = {}
    due: list[Group] = []
    for group, state in states.items():
        if state is None or state.change > target or not decay.usable(state.landmark, now, group.seconds):
            due.append(group)
            continue
        reached[group] = state.change
        if decay.must_roll(state.landmark, now, group.seconds):
            due.append(group)
    return reached, due, target


def _apply(boards: Boards, group: Group, page: Sequence[Record], now: int) -> int:
    """Where the group is afterwards, also when another process was faster or rebuilt it meanwhile; -1 when lost."""
    own, change = boards.of(group.metric), -1
    for run in _runs(page, group.metric):
        told = own.apply(run, group.half_life, now)
        change = told.change
        if told.outcome != "applied":
            break
    return change


def _runs(page: Sequence[Record], metric: str) -> Iterator[list[Record]]:
    """Consecutive records that go into one script together."""
    run: list[Record] = []
    weight = 0
    for told in page:
        size = len(told.of(metric).named)
        if run and weight + size > _WEIGHT:
            yield run
            run, weight = [], 0
        run.append(told)
        weight += size
    if run:
        yield run


@contextmanager
def _lease(boards: Boards) -> Generator[Callable[[], None] | None]:
    """Leaves a note that we rebuild, with a way to renew it; None when another's is there.

    It keeps others from the same work; that both rebuild would do no harm.
    """
    line, key, token = boards.line, REBUILDING, token_hex(8)
    term = int(_LEASE * 1000)
    if line.command("SET", key, token, "NX", "PX", term) is None:
        yield None
        return
    try:
        yield lambda: line.command("SET", key, token, "XX", "PX", term)
    finally:
        if line.command("GET", key) == token:
            line.command("DEL", key)
