"""`pentad watch entity | pair | query | example | list | show | told | change | judge | retry | drop`."""

from typing import Annotated, Any

import typer

from api.commands.asking import Limit, key_of
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.jobs import woken_by
from api.settings import load
from api.wiring import Clients
from graph import jobs, watches
from graph.errors import InvalidInput, NotFound
from graph.job import JobState
from graph.watch import Occasion, Watch, WatchSort

app = typer.Typer(no_args_is_help=True, help="Watches: entities, pairs, searches and examples that tell what is new.")
AUTHOR = "command line"
WatchId = Annotated[str, typer.Argument(metavar="WATCH", help="Id of the watch, as `list` shows it.")]
Entity = Annotated[str, typer.Argument(help="Key of the entity, of any alias it has, or a name to look for.")]
On = Annotated[
    list[Occasion] | None,
    typer.Option("--on", help="events, rank, merge, split, path, match or score; repeatable.", show_default=False),
]
Url = Annotated[str | None, typer.Option("--url", help="Deliver there, as Standard Webhooks.", show_default=False)]
Name = Annotated[str, typer.Option("--name", help="What to call it.", show_default=False)]
Kind = Annotated[str | None, typer.Option("--kind", help="Only this kind.", show_default=False)]


@app.command()
def entity(
    key: Entity,
    rank_change: Annotated[int, typer.Option("--rank-change", min=1, help="Places, with --on rank.")] = 10,
    on: On = None,
    url: Url = None,
    name: Name = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Watch an entity: new events, merges and splits, its rank."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        spec = {"key": key_of(clients, key), "rank_change": rank_change}
        _make(clients, WatchSort.ENTITY, spec, name, on, url, as_json)


@app.command()
def pair(
    a: Entity,
    b: Entity,
    hops: Annotated[int, typer.Option("--hops", min=1, max=4, help="Steps of a way at most.")] = 3,
    on: On = None,
    url: Url = None,
    name: Name = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Watch two entities: a new way between them."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        spec = {"a": key_of(clients, a), "b": key_of(clients, b), "hops": hops}
        _make(clients, WatchSort.PAIR, spec, name, on, url, as_json)


@app.command()
def query(
    text: Annotated[str, typer.Argument(help="What to search for.")],
    kind: Kind = None,
    on: On = None,
    url: Url = None,
    name: Name = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Watch a search: entities that it did not find before."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        _make(clients, WatchSort.QUERY, {"q": text, "kind": kind}, name, on, url, as_json)


@app.command()
def example(
    names: Annotated[list[str], typer.Argument(help="A name, or several of the same.")],
    kind: Kind = None,
    least: Annotated[float, typer.Option("--least", min=0, max=1, help="Probability of a candidate.")] = 0.5,
    delta: Annotated[float, typer.Option("--delta", min=0.000001, max=1, help="Change that is told.")] = 0.01,
    url: Url = None,
    name: Name = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Watch an example: whom of the graph it may be, as a row of a watchlist."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        spec = {"names": names, "kind": kind, "least": least, "delta": delta}
        _make(clients, WatchSort.EXAMPLE, spec, name, None, url, as_json)


@app.command("list")
def list_(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """All watches."""
    with plain_failures(), opened(data_dir) as clients:
        found = watches.listed(clients.database, limit=watches.MOST)
        if as_json:
            print_json([_plain(one) for one in found])
            return
        for one in found:
            state = "paused" if one.paused else "delivers" if one.url else ""
            print_line(f"{one.id}  {one.sort:<8}  told {one.n:<5}  {one.name}  {state}".rstrip())
        if not found:
            print_line("nothing is watched: `pentad watch entity NAME`")


@app.command()
def show(watch: WatchId, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """One watch; of an example also whom it may mean."""
    with plain_failures(), opened(data_dir) as clients:
        found = watches.get(clients.database, watch)
        if as_json:
            print_json(_plain(found))
            return
        for name, value in _plain(found).items():
            if value not in (None, [], {}):
                print_line(f"{name:<11} {value}")


@app.command()
def told(
    watch: WatchId,
    after: Annotated[int, typer.Option("--after", min=0, help="The last number that is known.")] = 0,
    delivery: Annotated[
        str | None, typer.Option("--delivery", help="Only in this state: dead, queued, done …", show_default=False)
    ] = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What a watch told, in order, and how its deliveries stand."""
    with plain_failures(), opened(data_dir) as clients:
        if delivery is not None and delivery not in set(JobState):
            raise InvalidInput(f"is one of {', '.join(JobState)}", "--delivery")
        watches.get(clients.database, watch)
        rows = watches.fired(clients.database, watch, after=after, delivery=delivery, limit=limit)
        if as_json:
            print_json(rows)
            return
        cells = ((one.n, one.at, one.sort, _said(one.told["data"]), one.delivery, one.cause) for one in rows)
        print_table(("n", "at", "what", "about", "delivery", "cause"), cells, "nothing yet")


@app.command()
def change(
    watch: WatchId,
    pause: Annotated[bool | None, typer.Option("--pause/--resume", help="Stop or go on.", show_default=False)] = None,
    on: On = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Deliver there; empty: nowhere any more.", show_default=False)
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="What to call it.", show_default=False)] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Rename, pause, resume or readdress a watch."""
    from ingest.watching.keeping import change as changed

    with plain_failures(), opened(data_dir, writing=True) as clients:
        before = watches.get(clients.database, watch)
        found = changed(clients.watching, watch, name=name, paused=pause, url=url, on=tuple(on or ()))
        _show_made(found, as_json, secret=found.secret if found.secret != before.secret else None)


@app.command()
def judge(
    watch: WatchId,
    key: Entity,
    verdict: Annotated[str, typer.Argument(help="same, different, or open to take it back.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say of a candidate of an example that it is the one, or is not."""
    from ingest.watching.keeping import judge as judged

    verdicts: dict[str, str | None] = {"same": "positive", "different": "negative", "open": None}
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if verdict not in verdicts:
            raise InvalidInput(f"is one of {', '.join(verdicts)}", "VERDICT")
        found = judged(clients.watching, watch, key_of(clients, key), verdicts[verdict])
        _show_made(found, as_json, secret=None)


@app.command()
def retry(
    watch: WatchId,
    n: Annotated[int, typer.Argument(min=1, help="Number of what was told.")],
    data_dir: DataDir = None,
) -> None:
    """Deliver a dead letter again."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        found = watches.fired(clients.database, watch, after=n - 1, limit=1)
        if not found or found[0].n != n or found[0].job is None:
            raise NotFound("delivery", str(n))
        woken_by(load(data_dir=data_dir))(jobs.retry(clients.database, found[0].job))
        print_line("queued again")


@app.command()
def drop(watch: WatchId, data_dir: DataDir = None) -> None:
    """End a watch; what it told goes with it."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        watches.drop(clients.database, watch)
        print_line("dropped")


def _make(
    clients: Clients,
    sort: WatchSort,
    spec: dict[str, Any],
    name: str,
    on: list[Occasion] | None,
    url: str | None,
    as_json: bool,
) -> None:
    # What keeps watches checks addresses, which takes a while to import: other commands do not wait for it.
    from ingest.watching.keeping import Draft, make

    made = make(clients.watching, Draft(sort, spec, name, tuple(on or ()), url), AUTHOR)
    _show_made(made, as_json, secret=made.secret)


def _show_made(watch: Watch, as_json: bool, *, secret: str | None) -> None:
    if as_json:
        print_json({**_plain(watch), **({"secret": secret} if secret else {})})
        return
    print_line(f"{watch.id}  {watch.sort}  {watch.name}  on {', '.join(watch.on)}")
    if secret:
        print_line(f"secret, shown this once: {secret}")


def _plain(watch: Watch) -> dict[str, Any]:
    shown = ("id", "name", "sort", "spec", "on", "url", "paused", "created_at", "author")
    scores: dict[str, Any] = watch.state.get("scores", {})
    return {**{name: getattr(watch, name) for name in shown}, "told": watch.n, "candidates": scores}


def _said(data: dict[str, Any]) -> str:
    """A firing in one line."""
    if "events" in data:
        return "; ".join(str(one["title"] or one["id"]) for one in data["events"][:3])
    if "paths" in data:
        return "; ".join(" > ".join(node["name"] for node in path["nodes"]) for path in data["paths"])
    if "matches" in data:
        return ", ".join(one["name"] for one in data["matches"][:5])
    if "old_rank" in data:
        return f"{data['entity']['name']}: {data['old_rank']} > {data['rank']}"
    if "old_score" in data:
        return f"{data['entity']['name']}: {data['old_score']:.2f} > {data['score']:.2f} ({data['reason']})"
    names = [one["alias"] for one in (*data.get("gained", ()), *data.get("lost", ()))]
    return ", ".join(names)
