"""`pentad dedupe`: who is who, thought through anew for the whole graph."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.settings import load
from graph.errors import InvalidInput
from ingest.dedupe_asked import Asked, Engine, Report, Strategy

Told = Callable[[str, int, int], None]


def dedupe(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only names of this kind: person, organization, place.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Work everything out again, also what is known.")] = False,
    strategy: Annotated[
        Strategy, typer.Option("--strategy", help="What joined entities are called: told most, or fullest.")
    ] = Strategy.HIGHEST_CONFIDENCE,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Who compares: Dedupe, or Splink for graphs beyond its reach.")
    ] = Engine.DEDUPE,
    export: Annotated[
        Path | None, typer.Option("--export", help="With Splink: put names and settings for Spark here, write nothing.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help="With Splink: take the pairs that Spark scored from this folder.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would become of it, write nothing.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Think who is who through anew: Dedupe's model and groups over the pairs that blocking brings, trained by reviews.

    What the online path and earlier runs judged is superseded; persons and rules are not. Only what is new is worked
    out. Done nightly by the worker, too.
    """
    # Dedupe takes a while to import, which no other command should wait for.
    from ingest.deduping import Deduping

    dry_run = dry_run or export is not None
    asked = Asked(kind=kind, full=full, dry_run=dry_run, strategy=strategy, engine=engine, out=export, pairs=pairs)
    with plain_failures(), opened(data_dir, writing=not dry_run) as clients:
        if engine is not Engine.SPLINK and (export or pairs):
            raise InvalidInput("--export and --pairs are for --engine splink")
        folder = load(data_dir=data_dir).data_dir / "dedupe"
        with _shown() as told:
            report = Deduping(clients.judging, clients.database, clients.clock, folder).run(asked, told)
    if as_json:
        print_json(asdict(report))
    else:
        _print(report)


def _print(report: Report) -> None:
    print_line(
        f"run        {report.run} by {report.engine}{'  (dry run: nothing is written)' if report.dry_run else ''}"
    )
    print_line(f"pairs      {report.pairs:,} brought together, {report.scored:,} scored, {report.fresh:,} of them new")
    print_line(f"clusters   {report.clusters:,} of two names or more")
    print_line(f"merges     {report.merges:,} entities into others, {report.splits:,} fell apart")
    print_line(f"review     {report.review:,} pairs are newly asked about")
    print_line(f"placed     {report.placed:,} mentions of short names went to another name")
    print_line(f"ledger     {report.made:,} judgements made, {report.revoked:,} taken back")
    sure = "no joins" if report.precision is None else f"{report.precision:.3f} expected of its joins"
    print_line(f"precision  {sure}, {report.labels:,} decisions of persons trained it")


@contextmanager
def _shown() -> Generator[Told]:
    """Progress on stderr, on a terminal."""
    console = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bars:
        tasks: dict[str, int] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=total or None)  # type: ignore[arg-type]

        yield told
