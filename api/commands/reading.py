"""`pentad search | entity | history | timeline | co-mentions | neighbourhood | event | events`."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.commands.asking import Kind, Limit, answer, key_of, search_names
from api.commands.opening import (
    AsJson,
    AsOf,
    DataDir,
    IdentityAt,
    Key,
    KnownAt,
    clocks,
    instant,
    print_line,
    print_table,
)
from api.wiring import Clients
from graph.keys import W
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import CoMentions
from graph.reading.entities import EntityDetail, EntityRow
from graph.reading.events import EventDetail, EventPage
from graph.reading.history import History
from graph.reading.neighbourhood import Neighbourhood
from graph.reading.structure import standings
from graph.reading.timeline import Timeline
from graph.reading.via import Connections
from resolution.past.at import (
    co_mentions_at,
    connections_at,
    entity_at,
    event_at,
    event_list_at,
    history_at,
    neighbourhood_at,
    timeline_at,
)

Until = Annotated[
    str | None, typer.Option("--until", help="ISO 8601, included: a date to the end of its day.", show_default=False)
]


def search(
    text: Annotated[str, typer.Argument(help="Beginning of a name, or words of it, in any script.")],
    kind: Kind = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find entities by name."""

    def show(rows: list[EntityRow]) -> None:
        cells = ((r.name, r.kind, r.mentions, r.alias if r.alias != r.name else None, r.key) for r in rows)
        print_table(("name", "kind", "mentions", "found as", "key"), cells, f"no name begins with or holds {text!r}")

    def ask(clients: Clients) -> list[EntityRow]:
        return search_names(clients, text, kind, limit, clocks(as_of, known_at, identity_at))

    answer(data_dir, as_json, ask, show)


def entity(
    key: Key,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """One entity with its aliases."""

    def ask(clients: Clients) -> EntityDetail:
        return entity_at(clients.database, key_of(clients, key), clocks(as_of, known_at, identity_at))

    answer(data_dir, as_json, ask, _show_entity)


def _show_entity(found: EntityDetail) -> None:
    row = found.row
    print_line(f"{row.name}  ({row.kind}, {found.kind_source})  {row.mentions} mentions  {row.key}")
    if row.roles:
        print_line(f"roles: {', '.join(row.roles)}")
    for name, value in found.attributes.items():
        print_line(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    cells = ((a.name, a.family, a.discriminator, a.mentions, a.first_seen, a.last_seen) for a in found.aliases)
    print_table(("alias", "family", "told apart by", "mentions", "first seen", "last seen"), cells, "no alias")


def history(
    key: Key,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What became of an entity, newest first: changes, judgements on its names, moves of its names."""

    def ask(clients: Clients) -> History:
        then = clocks(as_of, known_at, identity_at)
        return history_at(clients.database, key_of(clients, key), then, limit=limit)

    def show(found: History) -> None:
        print_line(found.name)
        cells = ((r.at, r.by, r.field, r.old, r.new, r.alias, r.cause) for r in found.rows)
        print_table(
            ("when", "by", "field", "old", "new", "name", "cause"), cells, "nothing changed since it was founded"
        )

    answer(data_dir, as_json, ask, show)


def timeline(
    key: Key,
    since: Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)] = None,
    until: Until = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 100,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What an entity was in, newest first."""

    def ask(clients: Clients) -> Timeline:
        first, last = instant(since, "--since"), instant(until, "--until", last=True)
        then = clocks(as_of, known_at, identity_at)
        return timeline_at(clients.database, key_of(clients, key), then, since=first, until=last, limit=limit)

    def show(found: Timeline) -> None:
        print_line(f"{found.name}  {found.total_mentions} mentions")
        cells = ((r.occurred_at, r.role or r.w.lower(), r.event, r.title) for r in found.rows)
        print_table(("when", "part", "event", "title"), cells, "no mention in that period")

    answer(data_dir, as_json, ask, show)


def co_mentions(
    key: Key,
    via: Annotated[
        str | None, typer.Option("--via", help="Who is connected to KEY through this one.", show_default=False)
    ] = None,
    kind: Kind = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 10,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who and where is named in the same events."""
    if via is not None:
        _via(key, via, clocks(as_of, known_at, identity_at), kind, limit, data_dir, as_json)
        return

    def ask(clients: Clients) -> CoMentions:
        then = clocks(as_of, known_at, identity_at)
        return co_mentions_at(clients.database, key_of(clients, key), then, limit=limit, kind=kind)

    def show(found: CoMentions) -> None:
        rows = ((r.n, r.name, r.kind, r.first_at, r.last_at) for r in found.rows)
        print_table(("events", "name", "kind", "first", "last"), rows, f"nobody is named with {found.name}")

    answer(data_dir, as_json, ask, show)


def _via(key: str, via: str, then: Clocks, kind: str | None, limit: int, data_dir: Path | None, as_json: bool) -> None:
    def ask(clients: Clients) -> Connections:
        ends = key_of(clients, key), key_of(clients, via)
        return connections_at(clients.database, *ends, then, limit=limit, kind=kind)

    def show(found: Connections) -> None:
        rows = ((r.other.n, r.other.name, r.other.kind, ", ".join(e.id for e in r.evidence)) for r in found.rows)
        print_table(("events", "name", "kind", "evidence"), rows, "nobody")

    answer(data_dir, as_json, ask, show)


def neighbourhood(
    key: Key,
    depth: Annotated[int, typer.Option("--depth", min=1, max=3, help="Steps from the entity.")] = 1,
    limit: Limit = 20,
    analysis: Annotated[bool, typer.Option("--analysis", help="Communities and who stands between instead.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """The graph around an entity."""

    def ask(clients: Clients) -> Neighbourhood:
        then = clocks(as_of, known_at, identity_at)
        return neighbourhood_at(clients.database, key_of(clients, key), then, depth=depth, limit=limit)

    def show(found: Neighbourhood) -> None:
        names = {node.key: node.name for node in found.nodes}
        rows = ((names[edge.source], names[edge.target], edge.n) for edge in found.edges)
        print_table(("one", "other", "events"), rows, "nobody is named with it")

    if analysis:
        _analysed(ask, data_dir, as_json)
    else:
        answer(data_dir, as_json, ask, show)


def _analysed(around: Callable[[Clients], Neighbourhood], data_dir: Path | None, as_json: bool) -> None:
    def ask(clients: Clients) -> list[dict[str, object]]:
        found = around(clients)
        told = standings(found)
        ranked = sorted(found.nodes, key=lambda node: (told[node.key].community, -told[node.key].betweenness))
        return [{**asdict(node), **asdict(told[node.key])} for node in ranked]

    def show(rows: list[dict[str, object]]) -> None:
        columns = ("community", "name", "kind", "depth", "betweenness", "strength")
        print_table(columns, ([row[name] for name in columns] for row in rows), "nobody is named with it")

    answer(data_dir, as_json, ask, show)


def event(
    event_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the event.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """One event with its five W's and who reported it."""

    def show(found: EventDetail) -> None:
        print_line(f"{found.row.occurred_at:%Y-%m-%d}  {found.row.title}  (version {found.row.version})")
        rows = ((m.w.lower(), m.surface, m.role, m.name if m.name != m.surface else None) for m in found.mentions)
        print_table(("w", "as written", "role", "is"), rows, "no mention")
        for document in found.documents:
            print_line(f"reported by {document.source or 'unknown'}: {document.url or document.title or ''}")

    def ask(clients: Clients) -> EventDetail:
        return event_at(clients.database, event_id, clocks(as_of, known_at, identity_at))

    answer(data_dir, as_json, ask, show)


def events(
    text: Annotated[str | None, typer.Option("--text", help="Words of the title or text.", show_default=False)] = None,
    who: Annotated[str | None, typer.Option("--who", help="Key or name.", show_default=False)] = None,
    where: Annotated[str | None, typer.Option("--where", help="Key or name.", show_default=False)] = None,
    category: Annotated[str | None, typer.Option("--category", show_default=False)] = None,
    since: Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)] = None,
    until: Until = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Events that meet all that is asked, newest first."""

    def ask(clients: Clients) -> EventPage:
        return event_list_at(
            clients.database,
            clocks(as_of, known_at, identity_at),
            mentions=[(w, key_of(clients, given)) for w, given in ((W.WHO, who), (W.WHERE, where)) if given],
            text=text,
            category=category,
            since=instant(since, "--since"),
            until=instant(until, "--until", last=True),
            limit=limit,
        )

    def show(found: EventPage) -> None:
        rows = ((r.occurred_at, r.id, r.category, r.title) for r in found.rows)
        print_table(("when", "id", "category", "title"), rows, "no event meets that")

    answer(data_dir, as_json, ask, show)
