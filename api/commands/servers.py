"""`pentad up | down | status | doctor`: the servers of one data folder, from the command line.

Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 failed, 2 wrongly called.
"""

import sys
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from api.commands.leaderboard import leaderboard
from api.settings import load
from graph.embedded import (
    AlreadyRunning,
    EmbeddedOptions,
    Servers,
    ServersStatus,
    ServerStatus,
    check_all,
    ensure,
    start_api,
    start_worker,
)
from graph.embedded import status as status_of
from graph.embedded import stop as stop_servers
from graph.errors import InvalidInput, PentadError

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of data, logs and passwords.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_MARKS = {"ok": "green", "warn": "yellow", "fail": "red", "running": "green", "external": "green", "crashed": "red"}


def up(
    data_dir: DataDir = None,
    api_port: Annotated[int | None, typer.Option("--port", help="Port of the API.", show_default=False)] = None,
    bolt_port: Annotated[int | None, typer.Option("--bolt-port", help="Port of Bolt.", show_default=False)] = None,
    http_port: Annotated[
        int | None, typer.Option("--browser-port", help="Port of Neo4j Browser.", show_default=False)
    ] = None,
    redis_port: Annotated[int | None, typer.Option("--redis-port", help="Port of Redis.", show_default=False)] = None,
) -> None:
    """Start Neo4j, Redis, the API and a worker, whichever does not run; they go on until `pentad down`."""
    with plain_failures():
        options = load(
            data_dir=data_dir, api_port=api_port, bolt_port=bolt_port, http_port=http_port, redis_port=redis_port
        ).embedded()
        bring_up(options)
        print_status(status_of(options))


def down(data_dir: DataDir = None) -> None:
    """Stop the worker, the API, Neo4j and Redis; the data stays, and a job cut short goes on at the next start."""
    with plain_failures():
        options = load(data_dir=data_dir).embedded()
        ended = stop_servers(options.data_dir)
        _line(f"stopped: {', '.join(ended)}" if ended else f"nothing runs on {options.data_dir}")


def status(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show what runs and where: addresses, processes, versions, data and logs. Exit code 1 if a server crashed."""
    with plain_failures():
        options = load(data_dir=data_dir).embedded()
        seen, board = status_of(options), leaderboard(options)
        if as_json:
            _json({**seen.model_dump(mode="json"), "leaderboard": board.model_dump() if board else None})
        else:
            print_status(seen)
            if board is not None:
                for one in board.boards:
                    _line(f"board     {one.metric:<9} {one.key}  landmark {one.landmark}")
                _line(f"          {board.formula}")
        if any(server.state == "crashed" for server in seen.by_name.values()):
            raise typer.Exit(1)


def doctor(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check everything the servers need; each line says what to do. Exit code 1 if something fails."""
    with plain_failures():
        checks = check_all(load(data_dir=data_dir).embedded())
        if as_json:
            _json([check.model_dump() for check in checks])
        else:
            _rows((check.level, check.name, check.detail) for check in checks)
        if any(check.level == "fail" for check in checks):
            raise typer.Exit(1)


def bring_up(options: EmbeddedOptions) -> Servers:
    """Start what is missing of stores, API and worker, with progress on stderr. On stores of the user's own no worker
    is started: it would do the jobs of everybody who shares them.

    Raises AlreadyRunning when nothing is missing, and what `graph.embedded.start` raises.
    """
    for name, server in status_of(options).by_name.items():
        if server.state == "external":
            _notice(f"{name}: using {_addresses(server)}, starting none")
    own, told = version("pentad"), api_environment(options)
    with watched() as progress:
        servers = ensure(options, progress)
        seen = status_of(options)
        missing = [server for server in (seen.api, seen.worker) if server.state != "running"]
        if seen.api in missing:
            start_api(options, api_command, version=own, env=told, progress=progress)
        if works_here(options) and seen.worker in missing:
            start_worker(options, worker_command(), version=own, env=told, progress=progress)
        elif not servers.started and seen.api not in missing:
            running = status_of(options).by_name
            raise AlreadyRunning(
                options.data_dir, {name: server.pid for name, server in running.items() if server.pid is not None}
            )
    return servers


def works_here(options: EmbeddedOptions) -> bool:
    """Whether `pentad up` starts a worker: where it starts a store."""
    return options.neo4j_uri is None or options.redis_url is None


def api_command(port: int) -> list[str]:
    """The API's own process: this Python, whatever the PATH says."""
    return [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]


def worker_command() -> list[str]:
    """The worker's own process, which keeps time as well."""
    return [sys.executable, "-m", "api.cli", "worker", "--beat"]


def api_environment(options: EmbeddedOptions) -> dict[str, str]:
    """What API and worker cannot inherit: the data folder of this call, by which they find the stores."""
    return {"PENTAD_DATA_DIR": str(options.data_dir)}


def print_status(seen: ServersStatus) -> None:
    """The servers to stdout, one a line, then the folders."""
    _rows((server.state, name, _told(server)) for name, server in seen.by_name.items())
    _line(f"data      {seen.data_dir}")
    _line(f"logs      {seen.logs_dir}")


@contextmanager
def plain_failures() -> Generator[None]:
    """Errors of ours as one line on stderr: exit code 2 for what was given wrongly, 1 for the rest."""
    try:
        yield
    except PentadError as error:
        Console(stderr=True).print(Text.assemble(("pentad: ", "bold red"), str(error)), soft_wrap=True)
        raise typer.Exit(2 if isinstance(error, InvalidInput) else 1) from error


@contextmanager
def watched() -> Generator["StartProgress"]:
    """Progress on stderr: bars on a terminal, one line a step elsewhere."""
    console = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bars:
        yield StartProgress(console, bars)


@dataclass(slots=True)
class StartProgress:
    """Shows the steps of a start. Called from several threads while jars are fetched."""

    console: Console
    bars: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict[str, TaskID])
    finished: set[str] = field(default_factory=set[str])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, step: str, done: float, total: float) -> None:
        """As `graph.embedded.Progress` says: bytes for `jars`, seconds for servers."""
        with self.lock:
            if step not in self.tasks:
                self.tasks[step] = self.bars.add_task(step, total=total, amount="")
                if step == "jars":
                    self.console.print(f"fetching Neo4j ({total / 1e6:.0f} MB, once)", highlight=False)
            amount = f"{done / 1e6:.0f}/{total / 1e6:.0f} MB" if step == "jars" else "starting"
            self.bars.update(self.tasks[step], completed=done, amount=amount)
            if done >= total and step not in self.finished:
                self.finished.add(step)
                self.console.print(f"{step}: {'fetched' if step == 'jars' else 'ready'}", highlight=False)


def _told(server: ServerStatus) -> str:
    parts = [
        _addresses(server),
        f"pid {server.pid}" if server.pid else "",
        server.version or "",
        f"its log: {server.log}" if server.state == "crashed" else "",
    ]
    return "  ".join(part for part in parts if part)


def _addresses(server: ServerStatus) -> str:
    return "  ".join(server.addresses.values())


def _rows(rows: Iterable[tuple[str, str, str]]) -> None:
    """State, name and detail in columns; never cut, whatever the width."""
    console = Console()
    for state, name, detail in rows:
        line = Text.assemble((f"{state:<10}", _MARKS.get(state, "dim")), f"{name:<14}", detail)
        console.print(line, soft_wrap=True, highlight=False)


def _line(text: str) -> None:
    Console().print(text, soft_wrap=True, highlight=False, markup=False)


def _notice(text: str) -> None:
    Console(stderr=True).print(text, soft_wrap=True, highlight=False, markup=False)


def _json(value: object) -> None:
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")
