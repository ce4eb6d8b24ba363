"""`pentad trending | search | entity | timeline | co-mentions | neighbourhood | rank | event | events`."""

from typing import Annotated

import typer

from api.commands.opening import AsJson, AsOf, DataDir, Key, instant, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import NotFound
from graph.keys import Family, W
from graph.moment import epoch_ms
from graph.reading.co_mentions import co_mentions as read_co_mentions
from graph.reading.entities import EntityRow, entity_detail
from graph.reading.events import event_detail, event_list
from graph.reading.neighbourhood import neighbourhood as read_neighbourhood
from graph.reading.search import search as read_search
from graph.reading.timeline import entity_timeline
from graph.reading.via import co_mentions_via
from graph.trending import ALL, DEFAULT_HALF_LIFE
from graph.trending import rank as read_rank
from graph.trending import trending as read_trending
from resolution.names.normalise import normalise

NO_DATA = "nothing yet: load events with `pentad ingest PATH`"
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="Rows at most.")]
Kind = Annotated[
    str | None, typer.Option("--kind", "--type", help="Only this kind, such as person.", show_default=False)
]
Until = Annotated[
    str | None, typer.Option("--until", help="ISO 8601, included: a date to the end of its day.", show_default=False)
]
HalfLife = Annotated[str, typer.Option("--half-life", help="1d, 7d or 30d; with --as-of also exponential_168h.")]


def trending(
    kind: Kind = None,
    half_life: HalfLife = DEFAULT_HALF_LIFE,
    as_of: AsOf = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who and what trends now, or did at a past time."""
    with plain_failures(), opened(data_dir) as clients:
        now, past = epoch_ms(clients.clock()), instant(as_of, "--as-of")
        board = read_trending(
            clients.database,
            clients.boards,
            now,
            kind=kind or ALL,
            half_life=half_life,
            limit=limit,
            as_of=epoch_ms(past) if past else None,
        )
        if as_json:
            print_json(board)
            return
        rows = ((r.rank, r.name, r.type, r.trending_score, r.mention_count, r.last_seen) for r in board.rows)
        print_table(("rank", "name", "kind", "score", "mentions", "last seen"), rows, NO_DATA)


def search(
    text: Annotated[str, typer.Argument(help="Beginning of a name, or words of it, in any script.")],
    kind: Kind = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find entities by name."""
    with plain_failures(), opened(data_dir) as clients:
        rows = _search(clients, text, kind, limit)
        if as_json:
            print_json(rows)
            return
        cells = ((r.name, r.kind, r.mentions, r.alias if r.alias != r.name else None, r.key) for r in rows)
        print_table(("name", "kind", "mentions", "found as", "key"), cells, f"no name begins with or holds {text!r}")


def entity(key: Key, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """One entity with its aliases."""
    with plain_failures(), opened(data_dir) as clients:
        found = entity_detail(clients.database, _key(clients, key))
        if as_json:
            print_json(found)
            return
        row = found.row
        print_line(f"{row.name}  ({row.kind}, {found.kind_source})  {row.mentions} mentions  {row.key}")
        cells = ((a.name, a.family, a.discriminator, a.mentions, a.first_seen, a.last_seen) for a in found.aliases)
        print_table(("alias", "family", "told apart by", "mentions", "first seen", "last seen"), cells, "no alias")


def timeline(
    key: Key,
    since: Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)] = None,
    until: Until = None,
    limit: Limit = 100,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What an entity was in, newest first."""
    with plain_failures(), opened(data_dir) as clients:
        found = entity_timeline(
            clients.database,
            _key(clients, key),
            since=instant(since, "--since"),
            until=instant(until, "--until", last=True),
            limit=limit,
        )
        if as_json:
            print_json(found)
            return
        print_line(f"{found.name}  {found.total_mentions} mentions")
        print_table(
            ("when", "part", "event", "title"),
            ((r.occurred_at, r.role or r.w.lower(), r.event, r.title) for r in found.rows),
            "no mention in that period",
        )


def co_mentions(
    key: Key,
    via: Annotated[
        str | None, typer.Option("--via", help="Who is connected to KEY through this one.", show_default=False)
    ] = None,
    kind: Kind = None,
    limit: Limit = 10,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who and where is named in the same events."""
    with plain_failures(), opened(data_dir) as clients:
        if via is not None:
            _via(clients, _key(clients, key), _key(clients, via), kind, limit, as_json)
            return
        found = read_co_mentions(clients.database, _key(clients, key), limit=limit, kind=kind)
        if as_json:
            print_json(found)
            return
        rows = ((r.n, r.name, r.kind, r.first_at, r.last_at) for r in found.rows)
        print_table(("events", "name", "kind", "first", "last"), rows, f"nobody is named with {found.name}")


def _via(clients: Clients, key: str, via: str, kind: str | None, limit: int, as_json: bool) -> None:
    found = co_mentions_via(clients.database, key, via, limit=limit, kind=kind)
    if as_json:
        print_json(found)
        return
    rows = ((r.other.n, r.other.name, r.other.kind, ", ".join(e.id for e in r.evidence)) for r in found.rows)
    print_table(("events", "name", "kind", "evidence"), rows, "nobody")


def neighbourhood(
    key: Key,
    depth: Annotated[int, typer.Option("--depth", min=1, max=2, help="Steps from the entity.")] = 1,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """The graph around an entity."""
    with plain_failures(), opened(data_dir) as clients:
        found = read_neighbourhood(clients.database, _key(clients, key), depth=depth, limit=limit)
        if as_json:
            print_json(found)
            return
        names = {node.key: node.name for node in found.nodes}
        rows = ((names[edge.source], names[edge.target], edge.n) for edge in found.edges)
        print_table(("one", "other", "events"), rows, "nobody is named with it")


def rank(
    key: Key,
    kind: Kind = None,
    half_life: HalfLife = DEFAULT_HALF_LIFE,
    as_of: AsOf = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Where an entity stands on a board."""
    with plain_failures(), opened(data_dir) as clients:
        past = instant(as_of, "--as-of")
        found = read_rank(
            clients.database,
            clients.boards,
            _key(clients, key),
            epoch_ms(clients.clock()),
            kind=kind or ALL,
            half_life=half_life,
            as_of=epoch_ms(past) if past else None,
        )
        if as_json:
            print_json(found)
            return
        place = "not on the board" if found.rank is None else f"rank {found.rank} of {found.total}"
        print_line(f"{place}, score {found.trending_score:.3f}, {found.half_life} at {found.at.isoformat()}")


def event(
    event_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the event.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """One event with its five W's and who reported it."""
    with plain_failures(), opened(data_dir) as clients:
        found = event_detail(clients.database, event_id)
        if as_json:
            print_json(found)
            return
        print_line(f"{found.row.occurred_at:%Y-%m-%d}  {found.row.title}  (version {found.row.version})")
        rows = ((m.w.lower(), m.surface, m.role, m.name if m.name != m.surface else None) for m in found.mentions)
        print_table(("w", "as written", "role", "is"), rows, "no mention")
        for document in found.documents:
            print_line(f"reported by {document.source or 'unknown'}: {document.url or document.title or ''}")


def events(
    text: Annotated[str | None, typer.Option("--text", help="Words of the title or text.", show_default=False)] = None,
    who: Annotated[str | None, typer.Option("--who", help="Key or name.", show_default=False)] = None,
    where: Annotated[str | None, typer.Option("--where", help="Key or name.", show_default=False)] = None,
    category: Annotated[str | None, typer.Option("--category", show_default=False)] = None,
    since: Annotated[str | None, typer.Option("--since", help="ISO 8601.", show_default=False)] = None,
    until: Until = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Events that meet all that is asked, newest first."""
    with plain_failures(), opened(data_dir) as clients:
        asked = [(w, _key(clients, given)) for w, given in ((W.WHO, who), (W.WHERE, where)) if given]
        found = event_list(
            clients.database,
            mentions=asked,
            text=text,
            category=category,
            since=instant(since, "--since"),
            until=instant(until, "--until", last=True),
            limit=limit,
        )
        if as_json:
            print_json(found)
            return
        rows = ((r.occurred_at, r.id, r.category, r.title) for r in found.rows)
        print_table(("when", "id", "category", "title"), rows, "no event meets that")


def _search(clients: Clients, text: str, kind: str | None, limit: int) -> list[EntityRow]:
    normalised = normalise(text, Family.UNSPECIFIED).normalised if text.strip() else ""
    return read_search(clients.database, text, normalised, kind=kind, limit=limit)


def _key(clients: Clients, given: str) -> str:
    """A key as it is; for anything else the key of the entity that a search finds first. Raises NotFound."""
    if len(given) == 64 and all(c in "0123456789abcdef" for c in given):
        return given
    found = _search(clients, given, None, 1)
    if not found:
        raise NotFound("entity", given)
    return found[0].key
