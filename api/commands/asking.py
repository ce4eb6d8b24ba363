"""What every command that asks shares: open, ask, tell as JSON or for people; entities by key or by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from api.commands.opening import opened, print_json
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import NotFound
from graph.keys import Family
from graph.reading.clocks import Clocks
from graph.reading.entities import EntityRow
from resolution.names.normalise import normalise
from resolution.past.at import search_at

Found = TypeVar("Found")
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="Rows at most.")]
Kind = Annotated[
    str | None, typer.Option("--kind", "--type", help="Only this kind, such as person.", show_default=False)
]


def answer(
    data_dir: Path | None, as_json: bool, ask: Callable[[Clients], Found], show: Callable[[Found], None]
) -> None:
    """Opens, asks, and prints as JSON or as `show` does; failures in one line."""
    with plain_failures(), opened(data_dir) as clients:
        found = ask(clients)
        if as_json:
            print_json(found)
        else:
            show(found)


def search_names(clients: Clients, text: str, kind: str | None, limit: int, then: Clocks = Clocks()) -> list[EntityRow]:
    normalised = normalise(text, Family.UNSPECIFIED).normalised if text.strip() else ""
    return search_at(clients.database, text, normalised, then, kind=kind, limit=limit)


def key_of(clients: Clients, given: str) -> str:
    """A key as it is; for anything else the key of the entity that a search finds first. Raises NotFound."""
    if len(given) == 64 and all(c in "0123456789abcdef" for c in given):
        return given
    found = search_names(clients, given, None, 1)
    if not found:
        raise NotFound("entity", given)
    return found[0].key
