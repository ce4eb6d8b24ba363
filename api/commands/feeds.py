"""`pentad feed add | list | remove`: RSS and Atom feeds that the worker polls."""

from typing import Annotated

import typer

from api.commands.asking import answer
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.fetching import guard_of
from api.settings import load
from graph import feeds
from graph.errors import InvalidInput
from ingest.fetching import FetchError

app = typer.Typer(no_args_is_help=True, help="RSS and Atom feeds: polled by the worker, their pages read.")
LEAST, USUAL, LONGEST = 300, 900, 86_400
Url = Annotated[str, typer.Argument(metavar="URL", help="Address of the feed.")]


@app.command()
def add(
    url: Url,
    every: Annotated[int, typer.Option("--every", min=LEAST, max=LONGEST, help="Seconds between two looks.")] = USUAL,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Poll a feed, or change how often it is polled. The worker looks at it within a minute."""
    with plain_failures():
        try:
            guard_of(load(data_dir=data_dir)).place(url)
        except FetchError as error:
            raise InvalidInput(str(error), "URL") from error
        with opened(data_dir, writing=True) as clients:
            feed = feeds.add(clients.database, url, every, clients.clock())
            if as_json:
                print_json(feed)
            else:
                print_line(f"{feed.url} is looked at every {feed.every} s (id {feed.id})")


@app.command("list")
def list_(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """All feeds, with what came of the last look at each."""
    answer(
        data_dir,
        as_json,
        lambda clients: feeds.feeds(clients.database),
        lambda found: print_table(
            ("feed", "title", "last look", "outcome", "next", "pages"),
            ((one.url, one.title, one.polled_at, one.outcome, one.next_at, one.listed) for one in found),
            "no feed is polled",
        ),
    )


@app.command()
def remove(
    given: Annotated[str, typer.Argument(metavar="URL|ID", help="The feed: its address or id.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Poll a feed no more; what it led to stays."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        feed = feeds.remove(clients.database, given)
        if as_json:
            print_json(feed)
        else:
            print_line(f"{feed.url} is not polled any more")
