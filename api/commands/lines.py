"""NDJSON given to commands that need no server: each line read, or told with its number; the others are answered."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import orjson
import typer

from graph.errors import InvalidInput
from ingest.lines import open_source

T = TypeVar("T")


@contextmanager
def lines_of(path: Path, read: Callable[[bytes], T]) -> Generator[Iterator[T]]:
    """What the lines of a file (also .gz; `-` is stdin) hold, in order; lines that `read` takes for bad are told.

    Ends the command with exit code 2 where the file cannot be read, and 1 at the end if a line was bad.
    """
    bad: list[int] = []
    try:
        with open_source(str(path)) as source:
            yield _each(source.whole_lines(), read, bad)
    except InvalidInput as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    if bad:
        typer.echo(f"{len(bad)} lines could not be read", err=True)
        raise typer.Exit(1)


def object_of(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises ValueError with the reason."""
    try:
        given: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error}") from error
    if not isinstance(given, dict):
        raise ValueError("no object")
    return {**given}


def _each(lines: Iterator[bytes], read: Callable[[bytes], T], bad: list[int]) -> Iterator[T]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read(line)
        except ValueError as error:
            bad.append(number)
            typer.echo(f"line {number}: {error}", err=True)
