"""`pentad check | rebuild | sync-trending`: what audits the graph and its boards, and what brings these up to date."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TextColumn

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from graph.checking import Fault, check_graph
from graph.database import Database
from graph.moment import epoch_ms
from graph.reading.hub_check import check_hubs
from graph.relations import check_relations
from graph.trending import check_boards
from graph.trending import rebuild as rebuild_boards
from graph.trending import sync_trending as sync_boards
from resolution.checking import check_partition


def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Audit the whole graph and its boards against what they promise. Exit code 1 if anything differs."""
    with plain_failures(), opened(data_dir) as clients:
        clients.projections.catch_up()
        now = epoch_ms(clients.clock())
        faults = [*check_graph(clients.database), *check_partition(clients.database), *_hubs(clients.database)]
        faults += check_relations(clients.database)
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


@contextmanager
def _counter(what: str) -> Generator[Callable[[int], None]]:
    console = Console(stderr=True)
    with Progress(TextColumn("{task.completed} " + what), console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done: bars.update(task, completed=done)
