"""`pentad ingest | extract-entities`: what brings events into the graph, and what reads stored ones anew."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from api.commands.load_reports import (
    INTERRUPTED,
    REJECTS,
    Mapping,
    Rejects,
    RejectsFile,
    add,
    bars,
    is_table,
    print_report,
    rejects_to,
    stopping,
)
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import BudgetExceeded, InvalidInput, PentadError, Unavailable
from graph.moment import epoch_ms
from graph.trending import sync_trending
from ingest.backfill import Backfill, Reread
from ingest.feeds import ADAPTERS, Format
from ingest.lines import Source, open_source
from ingest.loads import Load, Place, Records
from ingest.mapping import Columns, told
from ingest.pipeline import Listener
from ingest.report import Report


@dataclass(slots=True)
class _Run:
    """A load of some files, so far. `cut` says what cut it short, None while nothing did."""

    clients: Clients
    columns: Columns | None
    form: Format | None
    resume: bool
    told: Rejects
    total: Report
    cut: PentadError | None = None
    stopped: bool = False


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH…", help="NDJSON, JSON list or CSV, plain or gzip; - is NDJSON on stdin."),
    ],
    columns: Mapping = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="A format of others, see docs/feeds.md.", show_default=False),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an earlier load of the same files was cut short.")
    ] = False,
    rejects: RejectsFile = REJECTS,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Load events of any shape of docs/shapes.md. Loading the same again changes nothing; a load that is cut short is
    repeated or resumed. Exit code 130 after Ctrl-C, 1 when a file or a server failed; what was read until then stays.
    """
    with plain_failures():
        mapping = told(columns or [])
        if form and columns:
            raise InvalidInput("a format says itself which column is which", "--map")
        if resume and "-" in paths:
            raise InvalidInput("standard input cannot be resumed", "--resume")
        with opened(data_dir, writing=True) as clients, rejects_to(rejects, further=resume) as kept:
            run = _Run(clients, mapping, form, resume, kept, Report())
            for path in paths:
                with open_source(path) as source:
                    kept.file = source.name
                    _load(run, path, source)
                if run.cut or run.stopped:
                    break
            short = run.stopped or isinstance(run.cut, Unavailable | BudgetExceeded)
            again = _again(paths, columns or [], form) if short and "-" not in paths else None
            print_report(run.total, rejects, again, as_json=as_json)
        if run.cut is not None:
            raise run.cut
        if run.stopped:
            raise typer.Exit(INTERRUPTED)


def _load(run: _Run, path: str, source: Source) -> None:
    load = Load(run.clients.database, run.clients.clock, path, run.columns) if source.total is not None else None
    start = _start(run, path, load)
    if start is None:
        return
    report = Report()

    def progressed(now: Report) -> None:
        nonlocal report
        report = now
        shown(now)
        if load is not None:
            load.note(records.place(now.records))

    try:
        table = run.form is None and (run.columns is not None or is_table(path))
        records = Records(source, run.columns, table, start, ADAPTERS[run.form] if run.form else None)
        with bars(source, start.records) as shown, stopping(records.stop if load else _at_once):
            report = run.clients.pipeline.ingest(records, Listener(run.told, progressed))
    except KeyboardInterrupt:
        run.stopped = True
    except PentadError as error:
        run.cut = error
    else:
        # The call was right and the file was not: that is a failure, not a wrong call.
        run.cut = PentadError(str(records.broken)) if records.broken else None
        run.stopped = records.stopped
        if load is not None:
            load.keep(records.place(report.records), whole=not (records.broken or records.stopped))
    add(run.total, report)


def _at_once() -> None:
    raise KeyboardInterrupt


def _start(run: _Run, path: str, load: Load | None) -> Place | None:
    """Where to begin, None where there is nothing to do; says what it found."""
    if not run.resume or load is None:
        return Place()
    known = load.known()
    console = Console(stderr=True)
    if known is None:
        before = load.changed()
        why = "is not known from before" if before is None else f"has changed since its load stopped at record {before}"
        console.print(f"{path} {why}: it is loaded from the start", highlight=False, markup=False, soft_wrap=True)
        return Place()
    if known.whole:
        console.print(f"{path} was loaded whole", highlight=False, markup=False, soft_wrap=True)
        return None
    at = f"{path} resumed at record {known.place.records + 1}"
    console.print(at, highlight=False, markup=False, soft_wrap=True)
    return known.place


def _again(paths: Sequence[str], columns: Sequence[str], form: Format | None) -> str:
    how = ("--format", form.value) if form else ()
    words = ["pentad", "ingest", *paths, *how, *(word for one in columns for word in ("--map", one)), "--resume"]
    return shlex.join(words)


def extract_entities(
    days: Annotated[
        float | None,
        typer.Option("--days", min=0, help="Events that occurred within the last days.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All events.")] = False,
    sync: Annotated[
        bool, typer.Option("--sync-trending", help="Compare the boards with the mentions afterwards.")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read the names of stored events anew: those that would be read differently today are written again, all others
    are left alone. Exit code 1 if an event failed; its error is logged, the others went on."""
    with plain_failures():
        if every == (days is not None):
            raise InvalidInput("say which events: --days N or --all", "--days")
        with opened(data_dir, writing=True) as clients:
            done = _reread(clients, days, quiet=as_json)
            if sync:
                drift = sync_trending(clients.database, clients.boards, epoch_ms(clients.clock()), days)
                print_line(f"{drift.compared} board values compared: {drift.differing} differed")
            if as_json:
                print_json(done)
            else:
                print_table(("what", "number"), ((name, getattr(done, name)) for name in done.__slots__), "")
        if done.errors:
            raise typer.Exit(1)


def _reread(clients: Clients, days: float | None, *, quiet: bool) -> Reread:
    since = None if days is None else clients.clock() - timedelta(days=days)
    backfill = Backfill(clients.database, clients.pipeline)
    queued = backfill.count(since)
    if not quiet:
        print_line(f"Queued {queued} events for entity extraction")
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.completed} of {task.total} events"),
        BarColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as shown:
        task = shown.add_task("events", total=queued)
        return backfill.run(since, lambda done: shown.update(task, completed=done.events_read))
