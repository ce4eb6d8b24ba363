"""`pentad find | path | why | consequences | rising | changes`: who is meant, who connects whom, what is new."""

from collections.abc import Callable
from typing import Annotated

import typer

from api.commands.asking import Kind, Limit, answer, key_of
from api.commands.boards import board_clocks
from api.commands.opening import AsJson, AsOf, DataDir, IdentityAt, KnownAt, clocks, instant, print_line, print_table
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.keys import Family, W
from graph.moment import epoch_ms
from graph.reading.changes import Committed
from graph.reading.changes import changes as read_changes
from graph.reading.finding import Filters, Hits, Near
from graph.reading.paths import Paths
from graph.reading.why import Causation, Direction
from graph.text import clean_name
from graph.trending import ALL, MENTIONS, Rising
from graph.trending import rising as read_rising
from resolution.names.normalise import normalise
from resolution.past.at import causation_at, find_at, paths_at
from resolution.past.rising import rising_then

Since = Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)]
Until = Annotated[
    str | None, typer.Option("--until", help="ISO 8601, included: a date to the end of its day.", show_default=False)
]
One = Annotated[str, typer.Argument(help="Key or name of one.")]
Other = Annotated[str, typer.Argument(help="Key or name of the other.")]


def path(
    one: One,
    other: Other,
    via: Annotated[str | None, typer.Option("--via", help="Only through this one.", show_default=False)] = None,
    w: Annotated[
        list[str] | None, typer.Option("--w", help="W's that connect: who and where if not said.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    k: Annotated[int, typer.Option("-k", min=1, max=10, help="Paths at most.")] = 3,
    hops: Annotated[int, typer.Option("--hops", min=1, max=4, help="Steps at most.")] = 4,
    ordered: Annotated[bool, typer.Option("--ordered", help="Dates must not fall from step to step.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who connects two entities, with the events that say so."""

    def ask(clients: Clients) -> Paths:
        return paths_at(
            clients.database,
            key_of(clients, one),
            key_of(clients, other),
            clocks(as_of, known_at, identity_at),
            via=None if via is None else key_of(clients, via),
            ws=_ws(w),
            since=instant(since, "--since"),
            until=instant(until, "--until", last=True),
            k=k,
            hops=hops,
            ordered=ordered,
        )

    answer(data_dir, as_json, ask, _show)


def _ws(given: list[str] | None) -> list[W]:
    try:
        return [W(name.upper()) for name in given or ("who", "where")]
    except ValueError as error:
        raise InvalidInput(f"choose of {', '.join(w.lower() for w in W)}", "--w") from error


def _show(found: Paths) -> None:
    for path in found.paths:
        print_line(f"{' > '.join(node.name for node in path.nodes)}  (confidence {path.confidence:.2f})")
        rows = (
            (a.name, b.name, f"{'at least ' if hop.at_least else ''}{hop.n}", event.occurred_at, event.id, event.title)
            for a, b, hop in zip(path.nodes, path.nodes[1:], path.hops, strict=False)
            for event in hop.evidence
        )
        print_table(("from", "to", "events", "when", "event", "title"), rows, "no event")
    if not found.paths:
        print_line(f"no path found from {found.start.name} to {found.end.name}")
    if found.truncated:
        print_line("there may be others: not all events on the way were looked at")


EventId = Annotated[str, typer.Argument(metavar="ID", help="Id of the event.")]
Depth = Annotated[int, typer.Option("--depth", min=1, max=5, help="Steps at most.")]


def why(
    event_id: EventId,
    depth: Depth = 3,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What led to an event, and the reasons that it gives."""
    ask = _walk(event_id, Direction.CAUSES, depth, as_of, known_at, identity_at)
    answer(data_dir, as_json, ask, _show_causes)


def consequences(
    event_id: EventId,
    depth: Depth = 3,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What came of an event."""
    ask = _walk(event_id, Direction.CONSEQUENCES, depth, as_of, known_at, identity_at)
    answer(data_dir, as_json, ask, _show_causes)


def _walk(event_id: str, direction: Direction, depth: int, *times: str | None) -> Callable[[Clients], Causation]:
    def ask(clients: Clients) -> Causation:
        return causation_at(clients.database, event_id, direction, clocks(*times), depth=depth)

    return ask


def _show_causes(found: Causation) -> None:
    rows = (
        (one.depth, one.occurred_at, one.id, one.title, "; ".join(reason.surface for reason in one.reasons))
        for one in found.events
    )
    print_table(("steps", "when", "event", "title", "reasons it gives"), rows, "no event")
    if len(found.events) == 1:
        print_line(f"no {found.direction.value} of it were told")
    if found.truncated:
        print_line("there are more than are shown")


def rising(
    metric: Annotated[str, typer.Option("--metric", help="mentions, risk or sanctions.")] = MENTIONS,
    kind: Kind = None,
    least: Annotated[float, typer.Option("--least", min=0, help="Standard deviations above what is usual.")] = 2.0,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who is named more than usual: the last day against the last month."""

    def ask(clients: Clients) -> Rising:
        then, now = board_clocks(as_of, known_at, identity_at), epoch_ms(clients.clock())
        if then.remembers:
            return rising_then(clients.database, now, then, metric=metric, kind=kind or ALL, least=least, limit=limit)
        return read_rising(
            clients.database,
            clients.boards,
            now,
            metric=metric,
            kind=kind or ALL,
            least=least,
            limit=limit,
            as_of=epoch_ms(then.as_of) if then.as_of else None,
        )

    def show(found: Rising) -> None:
        rows = ((r.rank, r.name, r.type, r.short, r.expected, f"{r.z:.1f}", r.mentions) for r in found.rows)
        print_table(("rank", "name", "kind", "score", "usual", "deviations", "mentions"), rows, "nobody rises")

    answer(data_dir, as_json, ask, show)


def changes(
    after: Annotated[
        int | None, typer.Option("--after", min=0, help="Number of the last change known.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="Changes at most.")] = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What was committed, change by change; those of the last day at least."""

    def show(found: list[Committed]) -> None:
        rows = ((one.change, one.at, told.type, len(told.ids), told.ids[0]) for one in found for told in one.feed)
        print_table(("change", "when", "what", "of how many", "such as"), rows, "nothing was committed since")

    answer(data_dir, as_json, lambda clients: read_changes(clients.database, after, limit=limit), show)


def find(
    text: Annotated[str, typer.Argument(help="Beginning of a name, or words of it, with or without slips.")],
    preset: Annotated[str, typer.Option("--preset", help="balanced, exact, forgiving, or about.")] = "balanced",
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    place: Annotated[
        str | None, typer.Option("--place", help="Mentioned there: key or name.", show_default=False)
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", help="LATITUDE,LONGITUDE[,KM]: lies near.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find entities by name with slips, or by what is told of them, kept to kind, period, place and point."""

    def ask(clients: Clients) -> Hits:
        filters = Filters(
            kind,
            instant(since, "--since"),
            instant(until, "--until", last=True),
            None if place is None else key_of(clients, place),
            _near(near),
        )
        then = clocks(as_of, known_at, identity_at)
        cleaned = clean_name(text)
        prefix = normalise(cleaned, Family.UNSPECIFIED).normalised
        return find_at(
            clients.database,
            cleaned,
            prefix,
            then,
            filters=filters,
            limit=limit,
            preset=preset,
            embedder=clients.embedder,
        )

    def show(found: Hits) -> None:
        cells = ((r.row.name, r.row.kind, r.row.mentions, r.row.alias, r.row.key) for r in found.rows)
        print_table(("name", "kind", "mentions", "found as", "key"), cells, f"nobody is found by {text!r}")

    answer(data_dir, as_json, ask, show)


def _near(given: str | None) -> Near | None:
    if given is None:
        return None
    try:
        latitude, longitude, *km = (float(part) for part in given.split(","))
        if abs(latitude) <= 90 and abs(longitude) <= 180 and len(km) < 2:
            return Near(latitude, longitude, km[0] if km else 50.0)
    except ValueError:
        pass
    raise InvalidInput("is LATITUDE,LONGITUDE or LATITUDE,LONGITUDE,KM in degrees", "--near")
