"""`pentad backup | restore`: the whole graph as one file, and back into empty stores."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.commands.loading import differences
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.settings import load
from api.wiring import Clients, open_clients
from graph import schema
from graph.backup import Backed, Summary
from graph.backup import backup as write_backup
from graph.backup import restore as restore_backup
from graph.backup.file import Progress as Told
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.reading import hubs
from graph.trending import rebuild


def backup(
    path: Annotated[str, typer.Argument(metavar="PATH", help="File to write, which must not be there; - for stdout.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write the whole graph to one file, as it stands at one moment, while others go on writing."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if path == "-":
            done = _backed(clients, sys.stdout.buffer, None)
            sys.stdout.buffer.flush()
            Console(stderr=True).print(_told(done), soft_wrap=True, highlight=False, markup=False)
            return
        with _made_whole(Path(path)) as out:
            done = _backed(clients, out, Path(path).absolute().parent)
        if as_json:
            print_json({**done.summary.model_dump(mode="json"), "held_seconds": done.held_seconds, "path": path})
        else:
            print_line(f"{path}: {_told(done)}")


def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file that `pentad backup` wrote.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty graph, rebuild the boards, check all of it. Exit code 1 if anything differs."""
    with plain_failures(), open_clients(load(data_dir=data_dir)) as clients:
        database, now = clients.database, epoch_ms(clients.clock())
        # Not `opened(writing=True)`: that refuses a graph whose restore was cut short, which is wanted here.
        schema.apply(database, clients.clock())
        with _bars() as told:
            done = restore_backup(database, path, clients.clock(), told)
            hubs.follow(database)
            rebuild(database, clients.boards, now, progress=lambda read: told("rebuild the boards", read, 0))
            told("check", 0, 0)
            differing = sum(1 for _ in differences(clients, now))
        if as_json:
            print_json({**done.summary.model_dump(mode="json"), "again": done.again, "differences": differing})
        else:
            print_line(f"restored {_amounts(done.summary)}; boards rebuilt; {differing} differences")
        if differing:
            raise typer.Exit(1)


def _backed(clients: Clients, out: BinaryIO, folder: Path | None) -> Backed:
    with _bars() as told:
        return write_backup(
            clients.database, out, version=version("pentad"), now=clients.clock(), folder=folder, progress=told
        )


@contextmanager
def _made_whole(path: Path) -> Generator[BinaryIO]:
    """A file beside the one wanted, for its owner alone, that takes its name once it is whole and on the disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if path.exists():
        raise InvalidInput("is there already; a backup never overwrites", str(path))
    try:
        file = os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror or error}", str(path)) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror or error}", str(path)) from error
    finally:
        draft.unlink(missing_ok=True)


def _told(done: Backed) -> str:
    return f"{_amounts(done.summary)}; writers waited {done.held_seconds:.2f} s"


def _amounts(summary: Summary) -> str:
    nodes, edges = sum(summary.nodes.values()), sum(summary.edges.values())
    return f"{nodes} nodes and {edges} edges at change {summary.change}"


@contextmanager
def _bars() -> Generator[Told]:
    """Progress on stderr, on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        tasks: dict[str, TaskID] = {}

        def told(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = shown.add_task(step, total=total or None)
            shown.update(tasks[step], completed=done)

        yield told
