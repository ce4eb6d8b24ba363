"""`pentad llm`: the language model that is set, what today cost, and whether it answers."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.settings import load
from graph.errors import InvalidInput


def llm(
    say: Annotated[
        str | None, typer.Option("--say", metavar="TEXT", help="Ask the model this; the text goes out to its service.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """The language model that is set, and what it cost today (UTC), all processes together. Without one (`llm` in
    `pentad settings`) everything works without a model. Exit code 1 where it is asked and does not answer."""
    from api.llm import llm_of
    from ingest.llm import Message

    with plain_failures():
        settings = load(data_dir=data_dir)
        with opened(data_dir) as clients:
            model = llm_of(settings, clients.redis, clients.clock)
            if model is None:
                if say is not None:
                    raise InvalidInput("no language model is set: see `llm` in `pentad settings`")
                print_json({"model": None}) if as_json else print_line("no language model is set")
                return
            said = model.ask([Message("user", say)]) if say is not None else None
            today = model.meter.today()
            told: dict[str, Any] = {
                "protocol": model.options.protocol,
                "model": model.options.model,
                "url": model.options.base,
                "today": asdict(today) | {"left": today.left},
                "said": asdict(said) if said else None,
            }
            if as_json:
                print_json(told)
                return
            print_line(f"{model.options.model} at {model.options.base} ({model.options.protocol})")
            columns = ("day", "calls", "failed", "refused", "tokens_in", "tokens_out", "left", "cost")
            print_table(columns, [[getattr(today, name) for name in columns]], "")
            if said is not None:
                print_line(f"{said.text.strip()}\n({said.tokens_in} + {said.tokens_out} tokens, {said.ms} ms)")
