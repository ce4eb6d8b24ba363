"""What loads have in common: what they are told, and what they tell while they run and at their end: bars, rejects,
warnings, how it goes on after a stop."""

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api.commands.opening import print_json, print_line, print_table
from graph.errors import InvalidInput
from ingest.lines import Source
from ingest.report import Reject, Report

INTERRUPTED = 130
"""Exit code of a load that was asked to stop: 128 and the number of SIGINT, as shells have it."""
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="For tables: which column is which field, once for each; or one TOML or JSON file that says so.",
        show_default=False,
    ),
]
RejectsFile = Annotated[
    Path, typer.Option("--rejects", help="Where records that cannot be taken are told, one JSON line each.")
]
REJECTS = Path("pentad.rejects.ndjson")
_TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
COUNTED = (
    "events_new",
    "events_changed",
    "events_unchanged",
    "mentions",
    "entities_new",
    "names_matched",
    "review",
    "rejected",
)
_SHOWN = 10
"""Warnings that are printed; --json has all."""


def is_table(path: str) -> bool:
    """Whether a file is a table, by its name."""
    return path.casefold().endswith(_TABLES)


@dataclass(slots=True)
class Rejects:
    """Writes rejects to a file that is only made when there is one, or goes on with one of a load before."""

    path: Path
    stack: ExitStack
    further: bool
    file: str = ""
    out: BinaryIO | None = field(default=None)

    def __call__(self, reject: Reject) -> None:
        if self.out is None:
            try:
                self.out = self.stack.enter_context(self.path.open("ab" if self.further else "wb"))
            except OSError as error:
                raise InvalidInput(f"cannot be written: {error.strerror}", str(self.path)) from error
        told = {"file": self.file, "position": reject.position, "id": reject.id}
        self.out.write(orjson.dumps({**told, "field": reject.field, "reason": reject.reason}) + b"\n")


@contextmanager
def rejects_to(path: Path, *, further: bool) -> Generator[Rejects]:
    """Where rejects are told; with `further`, behind those that are there. Raises InvalidInput for a place where no
    file can be, before anything is loaded."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InvalidInput("cannot be written: no such folder, or no file", str(path))
    with ExitStack() as stack:
        yield Rejects(path, stack, further)


@contextmanager
def bars(source: Source, before: int = 0) -> Generator[Callable[[Report], None]]:
    """Progress on stderr, where that is a terminal; takes the report after each step. `before` records were loaded by
    an earlier run."""
    console = Console(stderr=True)
    progress = Progress(
        TextColumn(f"{Path(source.name).name}"),
        BarColumn(),
        TextColumn("{task.fields[events]} events  {task.fields[rate]}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task(source.name, total=source.total, events=before, rate=0)

        def progressed(report: Report) -> None:
            seconds = progress.tasks[0].elapsed or 1e-9
            rate = round(report.records / seconds)
            progress.update(task, completed=source.done, events=before + report.records, rate=rate)

        yield progressed


@contextmanager
def stopping(stop: Callable[[], None]) -> Generator[None]:
    """Ctrl-C and a request to end first call `stop`, so that what was read still lands; a second one ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def asked(number: int, _: object) -> None:
        stop()
        Console(stderr=True).print("stopping: what was read is being committed (again: at once)", highlight=False)
        signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def print_report(total: Report, rejects: Path, resume: str | None, *, as_json: bool) -> None:
    """The counts, what was passed over, where rejects are, and how a load that was cut short goes on."""
    if as_json:
        told: dict[str, Any] = {name: getattr(total, name) for name in COUNTED}
        told["rejects_file"] = str(rejects) if total.rejected else None
        told["ignored"] = list(total.warnings.values())
        print_json({**told, **({"resume": resume} if resume else {})})
        return
    print_table(("what", "number"), ((name, getattr(total, name)) for name in COUNTED), "")
    for one in list(total.warnings.values())[:_SHOWN]:
        print_line(f"passed over {one.field} in {one.count} records, first in {one.position}: {one.example}")
    if len(total.warnings) > _SHOWN:
        print_line(f"and {len(total.warnings) - _SHOWN} more fields (--json lists them)")
    if total.rejected:
        print_line(f"{total.rejected} records were set aside: see {rejects}")
    if resume:
        print_line(f"not all was loaded; go on with: {resume}")


def add(total: Report, part: Report) -> None:
    """Adds the counts of one file to those of all."""
    for name in COUNTED:
        setattr(total, name, getattr(total, name) + getattr(part, name))
    for one in part.warnings.values():
        known = total.warnings.setdefault(one.field, one)
        if known is not one:
            known.count += one.count
