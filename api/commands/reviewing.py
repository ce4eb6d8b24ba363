"""`pentad review`: what waits to be decided, side by side, one key an answer; `decide`, `show`, `undo` for scripts."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.commands.asking import Kind, Limit
from api.commands.merging import AUTHOR, Reason, show_decision
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.errors import Conflict, InvalidInput
from graph.reading.reviews import Review, ReviewSort, Side, review_detail, review_list
from ingest.judging import Order
from ingest.reviewing import Answer, Answered, Reviewed, Reviewing

app = typer.Typer(help="What waits for a person to decide, worth most first: side by side, keys y n u s, z undoes.")
ReviewId = Annotated[str, typer.Argument(metavar="ID", help="Id of the question, as the list shows it.")]
KEYS = {"y": Answer.SAME, "n": Answer.DIFFERENT, "u": Answer.UNSURE, "s": Answer.SKIP}
_HELP = "y same  n different  u unsure  s skip  z undo the last  q end"


@app.callback(invoke_without_command=True)
def list_(
    context: typer.Context,
    sort: Annotated[
        str | None, typer.Option("--sort", help=f"One of {', '.join(ReviewSort)}.", show_default=False)
    ] = None,
    kind: Kind = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Decide one question after the other; without a terminal, or with --json, list them."""
    if context.invoked_subcommand is not None:
        return
    talks = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
    with plain_failures(), opened(data_dir, writing=talks) as clients:
        rows = review_list(clients.database, sort=_sort(sort), kind=kind, limit=limit).rows
        if as_json:
            print_json([_plain(row) for row in rows])
        elif talks:
            converse(clients, rows, typer.getchar)
        else:
            for row in rows:
                print_line(_line(row))
            if not rows:
                print_line("nothing waits to be decided")


@app.command()
def show(review: ReviewId, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """One question side by side, with the newest events that speak of each."""
    with plain_failures(), opened(data_dir) as clients:
        found = review_detail(clients.database, review)
        if as_json:
            print_json(_plain(found))
        else:
            _show(found)


@app.command()
def decide(
    review: ReviewId,
    verdict: Annotated[Answer, typer.Argument(help="same, different, unsure or skip.")],
    expected_version: Annotated[
        str, typer.Option("--expected-version", help="As it was seen: refused when it changed meanwhile.")
    ] = "",
    reason: Reason = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Decide one question."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        order = Order(AUTHOR, cause=reason)
        done = Reviewing(clients.judging).answer(Answered(review, verdict, expected_version), order)
        if done.decision is not None:
            show_decision(clients, done.decision, as_json)
        elif as_json:
            print_json({"taken": done.taken, "skipped": done.skipped})
        else:
            print_line("put back for later")


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="ID", help="Id of the decision.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take a decision back; its questions are asked again."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        show_decision(clients, clients.judging.undo(decision, Order(AUTHOR, cause="taken back")), as_json)


def converse(clients: Clients, rows: list[Review], read: Callable[[], str]) -> int:
    """Shows one question after the other and takes a key for each; answers how many were decided. `read` answers the
    next key."""
    done: list[Reviewed] = []
    place = 0
    reviewing = Reviewing(clients.judging)
    while place < len(rows):
        found = review_detail(clients.database, rows[place].id)
        if not found.open:
            place += 1
            continue
        _show(found)
        print_line(f"[{place + 1}/{len(rows)}]  {_HELP}")
        key = read().lower()
        if key in ("q", "\x03", "\x04", "\x1b"):
            break
        if key == "z":
            place = _undo_last(clients, done, place)
        elif key in KEYS:
            try:
                order = Order(AUTHOR, cause="reviewed")
                done.append(reviewing.answer(Answered(found.id, KEYS[key], found.expected_version), order))
            except Conflict as error:
                print_line(f"not taken: {error}")
                continue
            print_line(KEYS[key])
            place += 1
    print_line(f"{sum(bool(one.taken) for one in done)} decided, {sum(bool(one.skipped) for one in done)} put back")
    return sum(bool(one.taken) for one in done)


def _undo_last(clients: Clients, done: list[Reviewed], place: int) -> int:
    """Takes the last answer back and answers the place of its question."""
    if not done:
        print_line("nothing to take back")
        return place
    last = done.pop()
    if last.decision is not None:
        clients.judging.undo(last.decision.id, Order(AUTHOR, cause="taken back"))
    print_line("taken back")
    return place - 1


def _show(found: Review) -> None:
    print_line("")
    print_line(
        f"{found.sort}  {found.id}  p {found.score:.2f}  worth {found.value:.1f}  {found.reason} (by {found.by})"
    )
    if found.against is not None:
        print_line(f"against it: {found.against.by} {found.against.author} {found.against.reason}")
    table = Table(show_header=False, box=None, pad_edge=False, expand=True)
    sides = [side for side in (found.a, found.b) if side is not None]
    for _ in sides:
        table.add_column(ratio=1, overflow="fold")
    table.add_row(*(Text(_told(side)) for side in sides))
    Console().print(table)
    for judgement in found.said:
        print_line(f"said: {judgement.verdict} by {judgement.author or judgement.by}")


def _told(side: Side) -> str:
    seen = f"{side.first_seen:%Y-%m-%d} to {side.last_seen:%Y-%m-%d}" if side.first_seen and side.last_seen else "never"
    lines = [
        side.alias,
        f"of {side.name} ({side.kind}), {side.mentions} mentions, {seen}",
        *([f"roles: {', '.join(side.roles)}"] if side.roles else []),
        *([f"also: {', '.join(name for name in side.aliases if name != side.alias)}"] if len(side.aliases) > 1 else []),
    ]
    for event in side.evidence:
        when = f"{event.occurred_at:%Y-%m-%d}" if event.occurred_at else ""
        with_whom = f"  with {', '.join(event.others)}" if event.others else ""
        lines.append(f"- {when} {event.title or event.id} [{event.surface}]{with_whom}")
    return "\n".join(lines)


def _line(row: Review) -> str:
    names = row.a.alias if row.b is None else f"{row.a.alias}  |  {row.b.alias}"
    return f"{row.id}  {row.sort:<8}  p {row.score:.2f}  worth {row.value:7.1f}  {names}  ({row.reason})"


def _plain(row: Review) -> dict[str, object]:
    told = {name: getattr(row, name) for name in Review.__dataclass_fields__ if name not in ("judgement",)}
    return {**told, "expected_version": row.expected_version, "open": row.open}


def _sort(text: str | None) -> ReviewSort | None:
    try:
        return None if text is None else ReviewSort(text)
    except ValueError as error:
        raise InvalidInput(f"is one of {', '.join(ReviewSort)}", "--sort") from error
