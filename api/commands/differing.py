"""`pentad diff`: what became different between two times, of the boards or of one entity."""

from datetime import datetime
from typing import Annotated

import typer

from api.commands.asking import Kind, Limit, answer, key_of
from api.commands.opening import AsJson, DataDir, instant, print_line, print_table
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.trending import ALL, DEFAULT_HALF_LIFE, MENTIONS
from graph.trending.standings import Which
from resolution.past.differing import Between, Clock, EntityDiff, LandscapeDiff, Moved, entity_diff, landscape_diff


def diff(
    before: Annotated[str, typer.Argument(metavar="FROM", help="The first time, ISO 8601: a date to its end.")],
    after: Annotated[str, typer.Argument(metavar="TO", help="The later time.")],
    entity: Annotated[
        str | None, typer.Option("--entity", help="Of this one, key or name, instead of a board.", show_default=False)
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", help="Clocks set to both times: as_of (default), known_at, identity_at.", show_default=False
        ),
    ] = None,
    metric: Annotated[str, typer.Option("--metric", help="mentions, risk or sanctions.")] = MENTIONS,
    half_life: Annotated[str, typer.Option("--half-life", help="1d, 7d or 30d.")] = DEFAULT_HALF_LIFE,
    kind: Kind = None,
    limit: Limit = 20,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What became different between two times: who came, went, rose and fell, or what changed of one entity."""

    def times() -> Between:
        return Between(_time(before, "FROM"), _time(after, "TO"), _clocks(by))

    def of_entity(clients: Clients) -> EntityDiff:
        return entity_diff(clients.database, key_of(clients, entity or ""), times(), limit)

    def of_board(clients: Clients) -> LandscapeDiff:
        which = Which(metric, kind or ALL, half_life)
        return landscape_diff(clients.database, which, times(), epoch_ms(clients.clock()), limit)

    if entity is None:
        answer(data_dir, as_json, of_board, _show_board)
    else:
        answer(data_dir, as_json, of_entity, _show_entity)


def _time(given: str, argument: str) -> datetime:
    found = instant(given, argument, last=True)
    if found is None:
        raise InvalidInput("is no time", argument)
    return found


def _clocks(given: list[str] | None) -> tuple[Clock, ...]:
    try:
        return tuple(dict.fromkeys(Clock(name) for name in given or (Clock.AS_OF,)))
    except ValueError as error:
        raise InvalidInput(f"choose of {', '.join(Clock)}", "--by") from error


def _show_board(found: LandscapeDiff) -> None:
    rows = (
        (row.rank_after, row.rank_before, moved(row), row.name, row.kind, row.score_after, row.score_before)
        for row in found.rows
    )
    print_table(("rank", "before", "moved", "name", "kind", "score", "before"), rows, "nobody stood on either board")
    print_line(
        f"{found.total_before:,} on the board before, {found.total_after:,} after:"
        f" {found.entered:,} came, {found.left:,} went"
    )


def moved(row: Moved) -> str:
    """Such as `+3`, `new` or `gone`."""
    if row.rank_before is None or row.rank_after is None:
        return "new" if row.rank_before is None else "gone"
    return f"{row.rank_before - row.rank_after:+d}" if row.rank_before != row.rank_after else "="


def _show_entity(found: EntityDiff) -> None:
    print_line(f"{found.name} ({found.kind})")
    print_table(
        ("what", "before", "after"), ((s.field, s.before, s.after) for s in found.shifts), "the same of both times"
    )
    for word, names in (("new names", found.names_gained), ("names used before alone", found.names_lost)):
        if names:
            print_line(f"{word}: {', '.join(name.name for name in names)}")
    rows = ((c.name, c.kind, c.n_before, c.n_after) for c in found.companions)
    print_table(("named with", "kind", "before", "after"), rows, "named with the same as often")
    if not found.exact:
        print_line("counted over its newest mentions alone")
    print_table(("when", "w", "event", "title"), ((e.occurred_at, e.w, e.event, e.title) for e in found.events), "")
