"""`pentad trending | rank | rebuild | sync-trending`: the boards asked, built anew, and audited."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TextColumn

from api.commands.asking import Kind, Limit, answer, key_of
from api.commands.opening import (
    AsJson,
    AsOf,
    DataDir,
    IdentityAt,
    Key,
    KnownAt,
    clocks,
    instant,
    opened,
    print_json,
    print_line,
    print_table,
)
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.reading.clocks import Clocks
from graph.trending import (
    ALL,
    DEFAULT_HALF_LIFE,
    EXPONENTIAL_168H,
    MENTIONS,
    METRICS,
    STORY_FORMULAS,
    Order,
    Rank,
    Trending,
    groups,
    trending_as_story,
    trending_by_origins,
    trending_within,
    with_origins,
)
from graph.trending import rank as read_rank
from graph.trending import rebuild as rebuild_boards
from graph.trending import sync_trending as sync_boards
from graph.trending import trending as read_trending
from graph.trending.standings import Which
from resolution.past.boards import board_then, rank_then
from resolution.past.weighing import How

NO_DATA = "nothing yet: load events with `pentad ingest PATH`"
BARS = "▁▂▃▄▅▆▇█"
HalfLife = Annotated[str | None, typer.Option("--half-life", help="1d, 7d (default) or 30d.", show_default=False)]
Formula = Annotated[
    str | None,
    typer.Option(
        "--formula",
        help="exponential_168h; of trending also reddit_hot, hacker_news: computed from the graph.",
        show_default=False,
    ),
]


class Weigh(StrEnum):
    """What a mention counts by."""

    MENTIONS = "mentions"
    ORIGINS = "origins"


Metric = Annotated[str, typer.Option("--metric", help="mentions, risk or sanctions.")]


def trending(
    metric: Metric = MENTIONS,
    order: Annotated[
        Order, typer.Option("--order", help="By average (of the risk) or mentions (of those on sanctions lists).")
    ] = Order.SCORE,
    kind: Kind = None,
    half_life: HalfLife = None,
    formula: Formula = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    within: Annotated[
        str | None,
        typer.Option("--within", help="Only what happened in this place: key or name.", show_default=False),
    ] = None,
    weigh: Annotated[
        Weigh, typer.Option("--weigh", help="By origins: a mention weighs as often as its event has independent ones.")
    ] = Weigh.MENTIONS,
    origins: Annotated[
        bool, typer.Option("--origins", help="Also sources and independent origins of each row's newest mentions.")
    ] = False,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Who and what trends now, or did at a past time."""

    def ask(clients: Clients) -> Trending:
        then, story = board_clocks(as_of, known_at, identity_at), formula if formula in STORY_FORMULAS else None
        _fits(within, weigh, story, half_life, order)
        place = None if within is None else key_of(clients, within)
        which = Which(metric, kind or ALL, _decay(half_life, None if story else formula))
        if then.remembers:
            how = How(place, "origins" if weigh is Weigh.ORIGINS else "mentions", story)
            now = epoch_ms(clients.clock())
            part = {"limit": limit, "offset": 0}
            return board_then(clients.database, which, now, then, **part, order=order, how=how, origins=origins)
        board = weighed(clients, which, place, story)
        return with_origins(clients.database, board) if origins else board

    def weighed(clients: Clients, which: Which, place: str | None, story: str | None) -> Trending:
        now = epoch_ms(clients.clock())
        asked: dict[str, Any] = {"metric": metric, "kind": which.kind, "as_of": _past(as_of), "limit": limit}
        if story is not None:
            return trending_as_story(clients.database, story, now, **asked)
        asked["half_life"] = which.half_life
        if weigh is Weigh.ORIGINS:
            return trending_by_origins(clients.database, now, **asked)
        if place is not None:
            return trending_within(clients.database, place, now, **asked)
        return read_trending(clients.database, clients.boards, now, order=order, **asked)

    def show(board: Trending) -> None:
        average = ("average",) if board.order is Order.AVERAGE else ()
        told = ("sources", "origins") if origins else ()
        rows = (
            (
                *(r.rank, r.name, r.type, r.trending_score, *((r.average,) if average else ())),
                *(r.mention_count, r.last_seen, *((r.sources, r.independent_origins) if told else ())),
            )
            for r in board.rows
        )
        print_table(("rank", "name", "kind", "score", *average, "mentions", "last seen", *told), rows, NO_DATA)
        if board.degraded:
            print_line("computed from the graph: Redis is away or holds no boards yet")

    answer(data_dir, as_json, ask, show)


def rank(
    key: Key,
    metric: Metric = MENTIONS,
    kind: Kind = None,
    half_life: HalfLife = None,
    formula: Formula = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    why: Annotated[bool, typer.Option("--why", help="Also the events that contribute most.")] = False,
    history: Annotated[
        int | None, typer.Option("--history", min=1, max=400, help="Also the last days.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Where an entity stands on a board, why, and where it stood before."""

    def ask(clients: Clients) -> Rank:
        then = board_clocks(as_of, known_at, identity_at)
        if then.remembers:
            past, now = Which(metric, kind or ALL, _decay(half_life, formula)), epoch_ms(clients.clock())
            return rank_then(clients.database, key_of(clients, key), past, now, then, why=why, history=history)
        return read_rank(
            clients.database,
            clients.boards,
            key_of(clients, key),
            epoch_ms(clients.clock()),
            metric=metric,
            kind=kind or ALL,
            half_life=_decay(half_life, formula),
            as_of=_past(as_of),
            why=why,
            history=history,
        )

    answer(data_dir, as_json, ask, _show_rank)


def _show_rank(found: Rank) -> None:
    place = "not on the board" if found.rank is None else f"rank {found.rank} of {found.total}"
    print_line(f"{place}, score {found.trending_score:.3f}, {found.half_life} at {found.at.isoformat()}")
    if found.why is not None:
        rows = ((event.share, event.occurred_at, event.event, event.title) for event in found.why.events)
        print_table(("share", "when", "event", "title"), rows, "no event counts")
    if found.history is not None:
        rows = ((past.day.isoformat(), past.rank, past.trending_score) for past in found.history)
        print_line(sparkline([past.rank for past in found.history]))
        print_table(("day", "rank", "score"), rows, "no snapshot of these days holds it")


def sparkline(ranks: Sequence[int]) -> str:
    """Ranks as bars, the best the highest; between equals it does not move."""
    worst, best = max(ranks, default=0), min(ranks, default=0)
    steps = len(BARS) - 1
    return "".join(BARS[steps - round((rank - best) * steps / ((worst - best) or 1))] for rank in ranks)


def rebuild(
    metric: Annotated[str, typer.Option("--metric", help="mentions, risk, sanctions or all.")] = ALL,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Build boards anew from the graph."""
    if metric not in (ALL, *METRICS):
        with plain_failures():
            raise InvalidInput(f"no such metric: {metric!r}; choose {ALL} or one of {', '.join(METRICS)}", "--metric")
    wanted = groups() if metric == ALL else groups([metric])
    with plain_failures(), opened(data_dir, writing=True) as clients, _counter("entities read") as told:
        done = rebuild_boards(clients.database, clients.boards, epoch_ms(clients.clock()), wanted, told)
        if as_json:
            print_json(done)
        else:
            print_line(f"boards rebuilt from {done.members} entities, true at change {min(done.changes.values())}")


def sync_trending(
    days: Annotated[
        float | None, typer.Option("--days", min=0, help="Only entities seen in the last days.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Compare the boards of all metrics with the mentions, tell the drift, and rebuild those where there is any."""
    with plain_failures(), opened(data_dir, writing=True) as clients, _counter("values compared") as told:
        drift = sync_boards(clients.database, clients.boards, epoch_ms(clients.clock()), days, told)
        if as_json:
            print_json(drift)
            return
        found = f"{drift.differing} differ, {drift.missing} missing, {drift.extra} extra"
        print_line(f"{drift.compared} values compared: {found}, largest drift {drift.largest:.2e}")
        print_line("boards rebuilt" if drift.rebuilt else "boards are as the mentions say")


@contextmanager
def _counter(what: str) -> Generator[Callable[[int], None]]:
    console = Console(stderr=True)
    with Progress(TextColumn("{task.completed} " + what), console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done: bars.update(task, completed=done)


def _past(as_of: str | None) -> int | None:
    past = instant(as_of, "--as-of")
    return epoch_ms(past) if past else None


def board_clocks(as_of: str | None, known_at: str | None, identity_at: str | None) -> Clocks:
    """The clocks of a board: it is of the beginning of a day, known by its end."""
    known = clocks(None, known_at, identity_at)
    return Clocks(instant(as_of, "--as-of"), known.known_at, known.identity_at)


def _fits(within: str | None, weigh: Weigh, story: str | None, half_life: str | None, order: Order) -> None:
    """Raises InvalidInput for what is not asked together."""
    if order is not Order.SCORE and (within is not None or story):
        raise InvalidInput("this board is ranked by its score alone", "--order")
    if weigh is Weigh.ORIGINS and (within is not None or story or order is not Order.SCORE):
        raise InvalidInput("this board is of everywhere, by half-life and score", "--weigh")
    if story and (within is not None or half_life is not None):
        raise InvalidInput("has no half-life and no places", "--formula")


def _decay(half_life: str | None, formula: str | None) -> str:
    """The half-life, or the formula that has one of its own. Raises InvalidInput."""
    if formula is None:
        if half_life == EXPONENTIAL_168H:
            raise InvalidInput(f"is a formula: --formula {EXPONENTIAL_168H}", "--half-life")
        return half_life or DEFAULT_HALF_LIFE
    if formula != EXPONENTIAL_168H:
        raise InvalidInput(f"no such formula: {formula!r}; there is {EXPONENTIAL_168H}", "--formula")
    if half_life is not None:
        raise InvalidInput("has a half-life of its own: leave --half-life out", "--formula")
    return formula
