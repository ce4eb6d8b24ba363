"""What every command shares: its settings, open clients, and how failures and answers are told."""

import dataclasses
import getpass
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import click
import orjson
import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from api.keys import Scope
from api.settings import load
from api.wiring import Clients, open_clients, prepare, settle_process
from graph.audit import Act, acting
from graph.errors import InvalidInput
from graph.moment import parse_instant
from graph.reading.clocks import Clocks

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of data, logs and passwords.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(help="Key of the entity, of any alias it has, or a name to look for.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="ISO 8601 date or time in the past, such as 2015-10-01.", show_default=False),
]

KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="As it was recorded then, ISO 8601.", show_default=False)
]
IdentityAt = Annotated[
    str | None, typer.Option("--identity-at", help="Who was taken for whom then, ISO 8601.", show_default=False)
]


def clocks(as_of: str | None, known_at: str | None, identity_at: str | None) -> Clocks:
    """The three clocks as given: a date is meant to the end of its day. Raises InvalidInput naming the option."""
    given = (("--as-of", as_of), ("--known-at", known_at), ("--identity-at", identity_at))
    return Clocks(*(instant(text, option, last=True) for option, text in given))


@contextmanager
def opened(data_dir: Path | None, *, writing: bool = False) -> Generator[Clients]:
    """Open clients; with `writing`, the graph is first brought to this version's schema."""
    with open_clients(load(data_dir=data_dir)) as clients:
        if writing:
            settle_process()
            prepare(clients)
        with acting(_act() if writing else None):
            yield clients


def _act() -> Act:
    """What the audit log says of a command: who runs it on this machine, and its name without what it was given."""
    context = click.get_current_context(silent=True)
    return Act(f"command {_user()}", str(Scope.ADMIN), "command", context.command_path if context else "pentad")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def instant(text: str | None, option: str, *, last: bool = False) -> datetime | None:
    """A time given as an option; with `last`, the end of it: of the day for a date. Raises InvalidInput naming the
    option."""
    if text is None:
        return None
    try:
        found = parse_instant(text)
        return found.end if last else found.at
    except InvalidInput as error:
        raise InvalidInput(error.reason, option) from error


def print_json(value: object) -> None:
    """JSON to stdout, models and dataclasses as objects."""
    text = orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS)
    sys.stdout.write(text.decode() + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A table to stdout, or the sentence that says why there is none."""
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    count = 0
    for row in rows:
        table.add_row(*("" if cell is None else _cell(cell) for cell in row))
        count += 1
    console = Console()
    if count:
        console.print(table, markup=False, highlight=False)
    else:
        print_line(empty)


def print_line(text: str) -> None:
    """One line to stdout, uncut and uncoloured."""
    Console().print(text, soft_wrap=True, highlight=False, markup=False)


def _cell(value: object) -> Any:
    from rich.text import Text

    if isinstance(value, datetime):
        value = value.isoformat().removesuffix("T00:00:00+00:00").replace("+00:00", "Z")
    if isinstance(value, float):
        value = f"{value:.3f}"
    return Text(str(value))


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, set | frozenset | tuple):
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise TypeError(f"no JSON for {type(value).__name__}")
