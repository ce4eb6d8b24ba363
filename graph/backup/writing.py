"""Takes a backup that is one moment of the graph, without keeping writers waiting.

Neo4j Community has no snapshots. So all is read page by page while others write; then, in rounds, what they wrote
meanwhile is read again; the last round, the few writes of a second, is read while the gate is held. That moment is the
backup's. At the end the totals of the graph at that moment must be those of the file, else there is none.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from graph.backup.file import FORMAT, Progress, Summary, Writer, unheard
from graph.backup.kinds import EDGES, PAGED, RANKS, READERS, WHOLE, Label, Paged, refuse_unknown
from graph.backup.since import Keys, Rows, changed_since, chunks
from graph.backup.spool import Round, merged
from graph.database import Database, Params, Row, Transaction
from graph.errors import Conflict
from graph.queries import Statement, statement
from graph.schema import steps

PAGE = 1_000
_ROUNDS = 8
_FEW = 1_000
"""Nodes in a round so short that the next one may hold the gate."""
_SHORTER = 0.8


@dataclass(frozen=True, slots=True)
class Backed:
    """What a backup holds, how many rounds that took, and for how many seconds writers waited."""

    summary: Summary
    rounds: int
    held_seconds: float


@dataclass(frozen=True, slots=True)
class _Moment:
    """What stood in the graph while the gate was held."""

    change: int
    counts: dict[str, int]
    whole: Counter[str]
    last: list[Round]
    seconds: float


def backup(
    database: Database,
    out: BinaryIO,
    *,
    version: str,
    now: datetime,
    folder: Path | None = None,
    progress: Progress = unheard,
) -> Backed:
    """Writes a backup to `out`; `folder` is where it is put together (about the size of the backup).

    Raises Conflict where the graph holds what backups do not know, DatabaseUnavailable, BudgetExceeded.
    """
    rows = _patient(database)
    refuse_unknown(_counts(rows))
    with tempfile.TemporaryDirectory(prefix="pentad-backup-", dir=folder) as spool:
        rounds, moment = _read(database, rows, Path(spool), progress)
        summary = _summary(moment, version, now)
        writer = Writer(out, summary)
        for line in merged([*rounds, *moment.last]):
            writer.line(line)
            if writer.lines % 10_000 == 0:
                progress("write the file", writer.lines, summary.total)
        if writer.lines != summary.total:
            raise Conflict(
                f"the backup came to {writer.lines} nodes and edges, the graph had {summary.total}: something wrote"
                " past the gate meanwhile, so no backup was made; begin it again"
            )
        writer.close()
    return Backed(summary, len(rounds), moment.seconds)


def _patient(database: Database) -> Rows:
    def rows(query: Statement, params: Params) -> list[Row]:
        return database.read(query, params, timeout=database.options.job_timeout)

    return rows


def _read(database: Database, rows: Rows, folder: Path, progress: Progress) -> tuple[list[Round], _Moment]:
    since = _change(rows)
    rounds = [Round(folder, "0", keep=False)]
    total = sum(_counts(rows)[kind.label] for kind in PAGED)
    with rounds[0] as first:
        for kind in PAGED:
            _pages(rows, kind, first, lambda done: progress("read", done, total))
    while len(rounds) < _ROUNDS:
        upto = _change(rows)
        with Round(folder, str(len(rounds)), keep=True) as again:
            _take(rows, changed_since(rows, since, upto), again)
        since = upto
        before = rounds[-1].units
        rounds.append(again)
        progress("read what changed", again.units, 0)
        # Under a load that writes as fast as it is read, further rounds would not come out shorter.
        if again.units <= _FEW or again.units > before * _SHORTER:
            break
    day, early = _day(rows), _ranks(rows, folder, "ranks")
    touched, known = _touched(rows), set[str]()
    with Round(folder, "readers", keep=False) as people:
        _pages(rows, READERS, people, lambda _: None, known)

    def hold(tx: Transaction, change: int) -> _Moment:
        # It may run again after a failed commit; then it begins its files anew.
        began = monotonic()
        with Round(folder, "last", keep=True) as last:
            _take(tx.rows, changed_since(tx.rows, since, change), last)
            _again(tx.rows, touched, known, last)
            whole = _bookkeeping(tx, last)
        counts = _counts(tx.rows)
        refuse_unknown(counts)
        same = _day(tx.rows) == day and counts[RANKS.label] == early.units
        ranks = early if same else _ranks(tx.rows, folder, "ranks-last")
        return _Moment(change, counts, whole, [people, last, ranks], monotonic() - began)

    return rounds, database.write(hold, timeout=database.options.job_timeout)


def _ranks(rows: Rows, folder: Path, name: str) -> Round:
    with Round(folder, name, keep=False) as found:
        _pages(rows, RANKS, found, lambda _: None)
    return found


def _touched(rows: Rows) -> int:
    return int(rows(statement("read/backup_readers_touched"), {"touch": None})[0]["touch"])


def _again(rows: Rows, touched: int, known: set[str], into: Round) -> None:
    """Readers that were written since, and those that were forgotten."""
    if _touched(rows) == touched:
        return
    keys = set(rows(statement("read/backup_readers_touched"), {"touch": touched})[0]["keys"])
    there, after = set[str](), ""
    while found := rows(statement(READERS.after), {"after": after, "limit": PAGE}):
        there.update(row["key"] for row in found)
        after = found[-1]["key"]
    for chunk in chunks(keys | known - there):
        into.missed(Label.READER, chunk)
        _put(rows(statement(READERS.units), {"keys": chunk}), into)


def _day(rows: Rows) -> object:
    return rows(statement("read/backup_ranked_day"), {})


def _pages(rows: Rows, kind: Paged, into: Round, progress: Callable[[int], None], seen: set[str] | None = None) -> None:
    """Reads all of a kind; `seen` is told their keys."""
    after = ""
    while found := rows(statement(kind.after), {"after": after, "limit": PAGE}):
        keys = [row["key"] for row in found]
        _put(rows(statement(kind.units), {"keys": keys}), into)
        after = keys[-1]
        if seen is not None:
            seen.update(keys)
        progress(into.units)


def _take(rows: Rows, keys: Keys, into: Round) -> None:
    """Reads these nodes; what is not there any more is noted as gone."""
    for kind in PAGED:
        for chunk in chunks(keys.get(kind.label, set())):
            into.missed(kind.label, chunk)
            _put(rows(statement(kind.units), {"keys": chunk}), into)


def _bookkeeping(tx: Transaction, into: Round) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, row in enumerate(tx.stream(statement("read/backup_whole"))):
        into.put({**row, "key": str(number)})
        counts[row["labels"][0]] += 1
    return counts


def _put(found: Iterable[Row], into: Round) -> None:
    for row in found:
        into.put(row)


def _change(rows: Rows) -> int:
    found = rows(statement("read/gate_change"), {})
    if not found:
        raise Conflict("the graph has no schema yet, or a restore of it is unfinished: there is nothing to back up")
    return int(found[0]["change"])


def _counts(rows: Rows) -> dict[str, int]:
    return {row["name"]: row["n"] for row in rows(statement("read/backup_counts"), {})}


def _summary(moment: _Moment, version: str, now: datetime) -> Summary:
    nodes = {str(kind.label): moment.counts[kind.label] for kind in (*PAGED, RANKS, READERS)}
    nodes |= {str(label): moment.whole[label] for label in WHOLE}
    edges = {type_: moment.counts[type_] for type_ in dict.fromkeys(edge.type for edge in EDGES)}
    return Summary(
        pentad_backup=FORMAT,
        pentad=version,
        schema_step=steps()[-1].number,
        change=moment.change,
        created_at=now,
        nodes={name: n for name, n in nodes.items() if n},
        edges={name: n for name, n in edges.items() if n},
    )
