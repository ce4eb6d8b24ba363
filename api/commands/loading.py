"""`pentad ingest | check | rebuild | sync-trending`: what changes the graph and its boards, and what audits them."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from graph.checking import Fault, check_graph
from graph.database import Database
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.reading.hub_check import check_hubs
from graph.trending import check_boards
from graph.trending import rebuild as rebuild_boards
from graph.trending import sync_trending as sync_boards
from ingest.lines import Source, open_source
from ingest.pipeline import Listener, Pipeline
from ingest.report import Reject, Report
from resolution.checking import check_partition


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="NDJSON or JSON list, plain or gzip; - is stdin.")
    ],
    rejects: Annotated[
        Path, typer.Option("--rejects", help="Where records that cannot be taken are told, one JSON line each.")
    ] = Path("pentad.rejects.ndjson"),
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Load events in the 5-W shape. Loading the same again changes nothing; a load cut short is simply repeated."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        total = Report()
        with _rejects(rejects) as told:
            for path in paths:
                with open_source(path) as source:
                    told.file = source.name
                    _sum(total, _load(clients.pipeline, source, told))
        if as_json:
            print_json({**_counts(total), "rejects_file": str(rejects) if total.rejected else None})
            return
        print_table(("what", "number"), _counts(total).items(), "")
        if total.rejected:
            print_line(f"{total.rejected} records were set aside: see {rejects}")


def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Audit the whole graph and its boards against what they promise. Exit code 1 if anything differs."""
    with plain_failures(), opened(data_dir) as clients:
        clients.projections.catch_up()
        now = epoch_ms(clients.clock())
        faults = [*check_graph(clients.database), *check_partition(clients.database), *_hubs(clients.database)]
        faults += [
            Fault("a board holds what its mentions give", d.key, f"{d.board} {d.half_life}: {d.held} for {d.defined}")
            for d in check_boards(clients.database, clients.boards, now)
        ]
        if as_json:
            print_json({"differences": len(faults), "faults": faults[:1000]})
        else:
            print_table(("promise", "on", "how"), ((f.promise, f.subject, f.detail) for f in faults[:100]), "")
            print_line(f"{len(faults)} differences")
        if faults:
            raise typer.Exit(1)


def rebuild(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Build all boards anew from the graph."""
    with plain_failures(), opened(data_dir, writing=True) as clients, _counter("entities read") as told:
        done = rebuild_boards(clients.database, clients.boards, epoch_ms(clients.clock()), progress=told)
        if as_json:
            print_json(done)
        else:
            print_line(f"boards rebuilt from {done.members} entities, true at change {min(done.changes.values())}")


def sync_trending(
    days: Annotated[
        float | None, typer.Option("--days", min=0, help="Only entities seen in the last days.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Compare the boards with the mentions, tell the drift, and rebuild where there is any."""
    with plain_failures(), opened(data_dir, writing=True) as clients, _counter("values compared") as told:
        drift = sync_boards(clients.database, clients.boards, epoch_ms(clients.clock()), days, told)
        if as_json:
            print_json(drift)
            return
        found = f"{drift.differing} differ, {drift.missing} missing, {drift.extra} extra"
        print_line(f"{drift.compared} values compared: {found}, largest drift {drift.largest:.2e}")
        print_line("boards rebuilt" if drift.rebuilt else "boards are as the mentions say")


def _hubs(database: Database) -> Iterator[Fault]:
    for found in check_hubs(database):
        yield Fault("kept co-mentions equal a live count", "hub", str(found))


@dataclass(slots=True)
class _Rejects:
    """Writes rejects to a file that is only made when there is one."""

    path: Path
    stack: ExitStack
    file: str = ""
    out: BinaryIO | None = field(default=None)

    def __call__(self, reject: Reject) -> None:
        if self.out is None:
            try:
                self.out = self.stack.enter_context(self.path.open("wb"))
            except OSError as error:
                raise InvalidInput(f"cannot be written: {error.strerror}", str(self.path)) from error
        told = {"file": self.file, "position": reject.position, "id": reject.id}
        self.out.write(orjson.dumps({**told, "field": reject.field, "reason": reject.reason}) + b"\n")


@contextmanager
def _rejects(path: Path) -> Generator[_Rejects]:
    with ExitStack() as stack:
        yield _Rejects(path, stack)


def _load(pipeline: Pipeline, source: Source, told: _Rejects) -> Report:
    console = Console(stderr=True)
    bars = Progress(
        TextColumn(f"{Path(source.name).name}"),
        BarColumn(),
        TextColumn("{task.fields[events]} events  {task.fields[rate]}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bars:
        task = bars.add_task(source.name, total=source.total, events=0, rate=0)

        def progressed(report: Report) -> None:
            seconds = bars.tasks[0].elapsed or 1e-9
            bars.update(task, completed=source.done, events=report.records, rate=round(report.records / seconds))

        return pipeline.ingest(enumerate(source.lines(), 1), Listener(told, progressed))


@contextmanager
def _counter(what: str) -> Generator[Callable[[int], None]]:
    console = Console(stderr=True)
    with Progress(TextColumn("{task.completed} " + what), console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done: bars.update(task, completed=done)


def _sum(total: Report, part: Report) -> None:
    for name in _COUNTED:
        setattr(total, name, getattr(total, name) + getattr(part, name))


_COUNTED = (
    "events_new",
    "events_changed",
    "events_unchanged",
    "mentions",
    "entities_new",
    "names_matched",
    "review",
    "rejected",
)


def _counts(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in _COUNTED}
