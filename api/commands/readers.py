"""`pentad reader read | interests | feed | settings | choose | forget`: what somebody reads, and may want to read."""

from typing import Annotated

import typer

from api.commands.asking import Limit
from api.commands.opening import AsJson, DataDir, instant, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from graph import readers
from graph.errors import InvalidInput
from graph.reading.readers import feed as read_feed
from graph.reading.readers import interests as read_interests
from graph.reading.readers import reader_settings
from graph.text import clean_name
from ingest.readers import tell_read

app = typer.Typer(no_args_is_help=True, help="Readers: what they read, their interests, a feed with reasons.")
Reader = Annotated[str, typer.Argument(metavar="READER", help="Id of the reader.")]
Language = Annotated[str | None, typer.Option("--lang", help="en, fr, es, zh or pt.", show_default=False)]


@app.command()
def read(
    reader: Reader,
    content: Annotated[str, typer.Argument(metavar="CONTENT", help="Id of a document, as `pentad event` shows it.")],
    at: Annotated[str | None, typer.Option("--at", help="When it was read; now, if not told.")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Tell that somebody read a content."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        done = tell_read(clients.database, _id(reader), content, instant(at, "--at"), clients.clock())
        if as_json:
            print_json(done)
        elif done.counted:
            print_line(f"counted for {len(done.entities)} entities")
        else:
            print_line("was told before")


@app.command()
def interests(reader: Reader, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """What a reader often reads about."""
    with plain_failures(), opened(data_dir) as clients:
        rows = read_interests(clients.database, _id(reader), clients.clock())
        if as_json:
            print_json(rows)
            return
        cells = ((one.score, one.name, one.kind, one.read_count, one.last_seen) for one in rows)
        print_table(("score", "name", "kind", "reads", "last read"), cells, "no interests yet")


@app.command()
def feed(
    reader: Reader,
    lang: Language = None,
    also_read: Annotated[bool, typer.Option("--read", help="Also what was read.")] = False,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Contents that may interest a reader, with the reasons."""
    with plain_failures(), opened(data_dir) as clients:
        found = read_feed(clients.database, _id(reader), clients.clock(), language=lang, read=also_read, limit=limit)
        if as_json:
            print_json(found)
            return
        cells = ((one.score, one.title or one.url or one.id, one.source, one.because) for one in found.items)
        print_table(("points", "title", "source", "why"), cells, "nothing yet: read something, or choose themes")


@app.command()
def settings(reader: Reader, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """What a reader chose."""
    with plain_failures(), opened(data_dir) as clients:
        found = reader_settings(clients.database, _id(reader))
        if as_json:
            print_json(found)
            return
        chosen = found.chosen
        for name in ("themes", "topics", "sources"):
            print_line(f"{name:<9} {', '.join(getattr(chosen, name)) or 'none'}")
        print_line(f"language  {chosen.language or 'en'}")


@app.command()
def choose(
    reader: Reader,
    theme: Annotated[list[str] | None, typer.Option("--theme", help="A category of events; repeatable.")] = None,
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Words of titles; repeatable.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="A publisher; repeatable.")] = None,
    lang: Language = None,
    data_dir: DataDir = None,
) -> None:
    """Put these settings in place of a reader's former ones."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if lang is not None and lang not in readers.LANGUAGES:
            raise InvalidInput(f"is one of {', '.join(readers.LANGUAGES)}", "--lang")
        themes, topics, sources = (tuple(clean_name(one) for one in given or ()) for given in (theme, topic, source))
        readers.choose(clients.database, _id(reader), readers.Chosen(themes, topics, sources, lang), clients.clock())
        print_line("kept")


@app.command()
def forget(reader: Reader, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Forget a reader: nothing of them is left in the store."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        done = readers.forget(clients.database, _id(reader), clients.clock())
        if as_json:
            print_json(done)
        else:
            print_line(f"forgotten: {done.reads} reads, {done.interests} interests, {done.keys} keys")


def _id(given: str) -> str:
    found = clean_name(given)
    if not 1 <= len(found) <= 200:
        raise InvalidInput("has 1 to 200 characters", "READER")
    return found
