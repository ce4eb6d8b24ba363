"""`pentad enrich`: what Wikidata knows of entities."""

from typing import Annotated

import typer
from rich.console import Console

from api.commands.asking import key_of
from api.commands.opening import AsJson, DataDir, opened, print_json, print_table
from api.commands.servers import plain_failures
from api.enriching import enriching_of
from api.settings import load
from graph.errors import BudgetExceeded, InvalidInput, Unavailable


def enrich(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY|NAME]…", help="Entities: keys, or names to look for.")
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, max=1_000, help="Those told most that have no item yet.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Look entities up in Wikidata: their item, attributes, facts between entities that the graph knows. Names go out
    to the address in `wikidata_url`. Exit code 1 where Wikidata could not be asked to the end; what was found stays."""
    from ingest.wikidata.enriching import Enriched

    with plain_failures():
        if bool(keys) == (top is not None):
            raise InvalidInput("say which entities: KEY or NAME, or --top N")
        settings = load(data_dir=data_dir)
        with opened(data_dir, writing=True) as clients:
            service = enriching_of(settings, clients, clients.database)
            wanted = [key_of(clients, key) for key in keys or ()] or service.top(top or 0)
            done: list[Enriched] = []
            cut: Unavailable | BudgetExceeded | None = None
            console = Console(stderr=True)
            for number, key in enumerate(wanted, 1):
                try:
                    done.append(service.enrich(key))
                except (Unavailable, BudgetExceeded) as error:
                    cut = error
                    break
                if console.is_terminal:
                    console.print(f"{number} of {len(wanted)}", end="\r")
            if as_json:
                print_json(done)
            else:
                print_table(
                    ("entity", "item", "sure", "facts", "attributes", "asked", "why"),
                    ((e.name, e.item, e.score, e.facts, e.attributes, e.asked, e.reason) for e in done),
                    "no entity to look up",
                )
        if cut is not None:
            raise cut
