"""`pentad export`: the graph or a part of it as a file that other programs read."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.asking import key_of
from api.commands.opening import DataDir, instant, opened
from api.commands.servers import plain_failures
from graph.errors import InvalidInput
from graph.exporting import FORMATS, content_of


class FormatName(StrEnum):
    """What other programs read."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    NDJSON = "ndjson"
    JSONLD = "jsonld"
    GEOJSON = "geojson"
    FTM = "ftm"
    STIX = "stix"


def export(
    chosen: Annotated[FormatName, typer.Option("--format", "-f", help="What other programs read.")],
    entity: Annotated[
        str | None, typer.Option("--entity", help="Only around this one: key or name.", show_default=False)
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=3, help="Steps from the entity.")] = 1,
    since: Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="ISO 8601, included: a date to the end of its day.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; stdout if not said.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write everything, a period, or what surrounds an entity; in memory that does not grow with it."""
    with plain_failures(), opened(data_dir) as clients:
        content = content_of(
            clients.database,
            entity=None if entity is None else key_of(clients, entity),
            depth=depth,
            since=instant(since, "--since"),
            until=instant(until, "--until", last=True),
        )
        parts = FORMATS[chosen.value].write(content)
        if output is None:
            sys.stdout.writelines(parts)
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
        except OSError as error:
            raise InvalidInput(f"cannot be written: {error.strerror}", str(output)) from error
