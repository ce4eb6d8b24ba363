"""`pentad retract document | source | undo | list`: what was told is withdrawn, told again, or erased for good."""

from typing import Annotated

import typer

from api.commands.asking import Limit, answer
from api.commands.merging import AUTHOR, DryRun, Reason
from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.extraction import forming_of
from api.settings import load
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.reading.retractions import Leaning, retractions
from graph.retraction import Retraction, Sort
from ingest.retraction.service import Retracting

app = typer.Typer(
    no_args_is_help=True, help="Withdraw what a document or a source told; undo it; or erase it for good."
)
Erase = Annotated[bool, typer.Option("--erase", help="Delete it for good, with --yes: nothing undoes that.")]
Yes = Annotated[bool, typer.Option("--yes", help="Really erase.")]


@app.command()
def document(
    given: Annotated[str, typer.Argument(metavar="ID|URL", help="The document: its id or address.")],
    reason: Reason = "",
    dry_run: DryRun = False,
    erase: Erase = False,
    yes: Yes = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Withdraw a document: events that nobody else tells stand no more. Undone by `pentad retract undo ID`."""
    _retract(Sort.DOCUMENT, given, reason, (dry_run, erase, yes), data_dir, as_json)


@app.command()
def source(
    given: Annotated[str, typer.Argument(metavar="ID|NAME", help="The source: its id or name.")],
    reason: Reason = "",
    dry_run: DryRun = False,
    erase: Erase = False,
    yes: Yes = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Withdraw all that a source published so far. Undone by `pentad retract undo ID`."""
    _retract(Sort.SOURCE, given, reason, (dry_run, erase, yes), data_dir, as_json)


@app.command()
def undo(
    retraction: Annotated[str, typer.Argument(metavar="ID", help="Id of a retraction.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What was withdrawn stands again, but for what was told anew since."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        _show(_service(clients, data_dir).undo(retraction), as_json)


@app.command("list")
def list_(limit: Limit = 50, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """What was withdrawn, the last first."""
    answer(
        data_dir,
        as_json,
        lambda clients: retractions(clients.database, limit=limit),
        lambda found: print_table(
            ("when", "what", "state", "events", "documents", "by", "id"),
            (
                (one.at, f"{one.sort} {one.name}", one.state, one.events, one.documents, one.author, one.id)
                for one in found
            ),
            "nothing was withdrawn",
        ),
    )


def _retract(
    sort: Sort, given: str, reason: str, how: tuple[bool, bool, bool], data_dir: DataDir, as_json: bool
) -> None:
    dry_run, erase, yes = how
    with plain_failures(), opened(data_dir, writing=not dry_run) as clients:
        service = _service(clients, data_dir)
        if dry_run:
            found = service.leaning(sort, given)
            if as_json:
                print_json(found)
            else:
                _show_leaning(found)
        elif erase:
            if not yes:
                raise InvalidInput("erases for good: look with --dry-run first, then say --yes", "--erase")
            _show(service.erase(sort, given, AUTHOR, reason), as_json)
        else:
            _show(service.apply(sort, given, AUTHOR, reason), as_json)


def _service(clients: Clients, data_dir: DataDir) -> Retracting:
    settings = load(data_dir=data_dir)
    return Retracting(
        clients.database,
        clients.boards,
        clients.judging,
        lambda: forming_of(settings, clients),
        clients.clock,
        clients.projections,
    )


def _show(done: Retraction, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        print_line(
            f"{done.sort} {done.name or '(erased)'}: {done.state}, {done.documents} documents, {done.events} events"
        )
        print_line(f"id {done.id}")


def _show_leaning(found: Leaning) -> None:
    some = "" if found.complete else " (of the first documents alone)"
    print_line(f"{found.target.sort} {found.target.name}: {found.documents} documents{some}")
    print_line(f"{found.n_events} events would stand no more, {found.n_shared} are told by others, too")
    print_table(
        ("event", "title", "would go"), ((e.id, e.title, "yes" if e.withdrawn else "no") for e in found.events), ""
    )
    print_line(f"{found.n_facts} statements of facts")
    print_table(
        ("fact", "state", "told elsewhere"),
        ((f"{one.subject} {one.predicate} {one.object}", one.state, one.others) for one in found.facts),
        "",
    )
    print_line(f"{found.n_merges} judgements of names were made with these events")
    print_table(("name", "taken for", "by"), ((one.a, one.b, one.by) for one in found.merges), "")
    print_line(f"{found.n_ranks} entities lose mentions")
    print_table(
        ("entity", "mentions", "left", "rank", "score", "score left"),
        ((one.name, one.mentions, one.left, one.rank, one.score, one.score_left) for one in found.ranks),
        "",
    )
