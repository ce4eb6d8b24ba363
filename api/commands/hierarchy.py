"""`pentad hierarchy`: what a place lies in and what lies in it; the same of dates."""

from typing import Annotated

import typer

from api.commands.asking import Limit, answer, key_of
from api.commands.opening import (
    AsJson,
    AsOf,
    DataDir,
    IdentityAt,
    KnownAt,
    clocks,
    opened,
    print_line,
    print_table,
)
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.reading.hierarchy import DEEPEST, Hierarchy
from ingest.hierarchy import follow
from resolution.past.at import ancestors_at, descendants_at


def hierarchy(
    key: Annotated[str | None, typer.Argument(help="Key or name of a place or date.", show_default=False)] = None,
    below: Annotated[bool, typer.Option("--below", help="What lies in it, instead of what it lies in.")] = False,
    depth: Annotated[int, typer.Option("--depth", min=1, max=DEEPEST, help="With --below: steps at most.")] = 1,
    limit: Limit = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    update: Annotated[
        bool, typer.Option("--update", help="First bring it up to date, as is done every 15 min.")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What a place lies in, or a date is part of, and what lies in it."""
    if update:
        with plain_failures(), opened(data_dir, writing=True) as clients:
            done = follow(clients.database)
            if key is None:
                print_line(f"{done.places:,} places and {done.dates:,} dates lie elsewhere than before")
                return

    def ask(clients: Clients) -> Hierarchy:
        if key is None:
            raise InvalidInput("name a place or date, or --update", "KEY")
        found = key_of(clients, key)
        then = clocks(as_of, known_at, identity_at)
        if below:
            return descendants_at(clients.database, found, then, depth=depth, limit=limit)
        return ancestors_at(clients.database, found, then)

    answer(data_dir, as_json, ask, _show)


def _show(found: Hierarchy) -> None:
    print_line(" > ".join([*found.path, found.name]))
    rows = ((row.depth, row.name, row.kind, row.mentions, row.by, row.key) for row in found.rows)
    print_table(("steps", "name", "kind", "mentions", "by", "key"), rows, "nothing is told of it")
    if found.more:
        print_line("there are more than are shown")
