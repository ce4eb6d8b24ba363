"""`pentad audit list | verify | head | export`: who changed what, and whether the log of it is whole."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from graph import audit
from graph.errors import InvalidInput

app = typer.Typer(no_args_is_help=True, help="Who changed what: an append-only log, each record chained to the last.")
HeadFile = Annotated[
    Path | None,
    typer.Option("--head", help="File of heads that were exported, one a line.", show_default=False),
]


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="Records at most.")] = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """The last records, the newest first."""
    with plain_failures(), opened(data_dir) as clients:
        rows = audit.recent(clients.database, limit)
        if as_json:
            print_json(rows)
            return
        columns = ("n", "at", "who", "scope", "what", "target", "change", "effects")
        print_table(columns, ([row[name] for name in columns] for row in rows), "nothing was changed yet")


@app.command()
def head(data_dir: DataDir = None) -> None:
    """The number and hash of the last record, as a line of JSON: keep it elsewhere, `verify --head` takes it."""
    with plain_failures(), opened(data_dir) as clients:
        print_line(orjson.dumps(asdict(audit.head(clients.database))).decode())


@app.command()
def verify(
    log: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="An exported log, instead of the graph's.")
    ] = None,
    head: HeadFile = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read the whole log and tell the first record that is wrong; exit code 1 if there is one.

    Edits, gaps, another order and, against exported heads, a cut end or a chain made anew are found.
    """
    with plain_failures():
        kept = [] if head is None else [_head(row) for row in _lines(head)]
        if log is not None:
            found = audit.verify(_lines(log), kept)
        else:
            with opened(data_dir) as clients:
                found = audit.verify(audit.records(clients.database), kept)
        if as_json:
            print_json({"whole": found.broken_at is None, **asdict(found)})
        elif found.broken_at is None:
            print_line(f"whole: {found.records} records, head {found.head.hash}")
        else:
            print_line(f"broken at record {found.broken_at}: {found.reason}")
    if found.broken_at is not None:
        raise typer.Exit(1)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it, `-` for stdout.")],
    data_dir: DataDir = None,
) -> None:
    """Write the whole log, one record a line as JSON."""
    with plain_failures(), opened(data_dir) as clients:
        into: Any = nullcontext(sys.stdout.buffer) if str(file) == "-" else file.open("wb")
        count = 0
        with into as out:
            for row in audit.records(clients.database):
                out.write(orjson.dumps(row) + b"\n")
                count += 1
        if str(file) != "-":
            print_line(f"{count} records")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        for number, line in enumerate(file.read_bytes().splitlines(), start=1):
            if line.strip():
                row = orjson.loads(line)
                if not isinstance(row, dict):
                    raise InvalidInput(f"line {number} is no record", str(file))
                yield row
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidInput(f"cannot be read: {error}", str(file)) from error


def _head(row: dict[str, Any]) -> audit.Head:
    if not isinstance(row.get("n"), int) or not isinstance(row.get("hash"), str):
        raise InvalidInput("a head has a number `n` and a `hash`", "--head")
    return audit.Head(row["n"], row["hash"], str(row.get("at", "")))
