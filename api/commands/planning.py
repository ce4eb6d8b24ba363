"""`pentad plan`: what a graph of some size takes, before there is one."""

from typing import Annotated

import typer

from api.commands.opening import AsJson, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.planning import Plan, constants
from api.planning import plan as planned
from graph.errors import InvalidInput

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def plan(
    mentions: Annotated[str, typer.Option("--mentions", help="Mentions in all, such as 1e9.")],
    names: Annotated[
        str | None,
        typer.Option("--names", help="Different names among them; as in the bench where not said.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Calculate what a graph of so many mentions takes: disk, heap, page cache, memory of names and boards, time to
    load. No server is needed; the constants are those of a bench run (docs/scale.md)."""
    with plain_failures():
        found = planned(_count(mentions, "--mentions"), None if names is None else _count(names, "--names"))
        if as_json:
            print_json({**found.model_dump(), "constants": constants().model_dump()})
            return
        print_table(("what", "size"), _rows(found), "")
        by = constants()
        print_line(f"calculated from {by.loaded:,} mentions measured by `{by.command}` on {by.at}, {by.machine}")
        for one in found.beyond:
            print_line(f"past one machine: {one}")


def _rows(found: Plan) -> list[tuple[str, str]]:
    return [
        ("mentions", f"{found.mentions:,}"),
        ("different names", f"{found.names:,}"),
        ("disk: store", size(found.disk_store)),
        ("disk: transaction logs, if all are kept", size(found.disk_logs)),
        ("disk: one backup", size(found.disk_backup)),
        ("memory: Neo4j's page cache", size(found.page_cache)),
        ("memory: Neo4j's heap", size(found.heap)),
        ("memory: names, in each process that loads", size(found.resolver)),
        ("memory: Redis, all boards", size(found.redis)),
        ("time: pentad ingest", duration(found.ingest_seconds)),
        ("time: pentad import", duration(found.import_seconds)),
    ]


def size(count: float) -> str:
    """Bytes as people read them, in steps of a thousand."""
    step = 0
    while count >= 999.5 and step < len(_UNITS) - 1:
        count /= 1_000
        step += 1
    return f"{count:.3g} {_UNITS[step]}"


def duration(seconds: float) -> str:
    """Seconds as people read them."""
    for length, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= length:
            return f"{seconds / length:.3g} {name}"
    return f"{seconds:.3g} seconds"


def _count(text: str, option: str) -> int:
    try:
        found = float(text.replace(",", "").replace("_", ""))
        return int(found)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(f"{text!r} is no number", option) from error
