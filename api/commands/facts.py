"""`pentad facts …`: what holds of an entity, what superseded what, and what predicates declare."""

from typing import Annotated

import typer

from api.commands.asking import Limit, answer, key_of
from api.commands.merging import AUTHOR, Reason
from api.commands.opening import (
    AsJson,
    AsOf,
    DataDir,
    IdentityAt,
    Key,
    KnownAt,
    clocks,
    opened,
    print_json,
    print_line,
    print_table,
)
from api.commands.servers import plain_failures
from graph.fact_ledger import FactLedger
from graph.judgement import Verdict
from graph.predicate import Cardinality, Predicate, Scope
from graph.reading.facts import Asked, FactRow, Facts, Judged, fact_judgements, predicates
from resolution.past.at import facts_at

app = typer.Typer(no_args_is_help=True, help="What holds of an entity, what is contested, what superseded what.")
Older = Annotated[str, typer.Argument(metavar="OLDER", help="Id of the older fact.")]
Newer = Annotated[str, typer.Argument(metavar="NEWER", help="Id of the newer fact.")]
OfPredicate = Annotated[
    str | None, typer.Option("--predicate", help="Only of this one, such as president_of.", show_default=False)
]


@app.command("of")
def of_entity(
    key: Key,
    predicate: OfPredicate = None,
    every: Annotated[bool, typer.Option("--every", help="Those that do not hold any more, too.")] = False,
    limit: Limit = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What holds of an entity, now or as of a time; contested facts with their other sides."""
    which = Asked(predicate, every, limit)
    with plain_failures():
        then = clocks(as_of, known_at, identity_at)
    answer(
        data_dir,
        as_json,
        lambda clients: facts_at(clients.database, key_of(clients, key), clients.clock(), then, which),
        _show,
    )


@app.command()
def judgements(
    predicate: OfPredicate = None,
    revoked: Annotated[bool, typer.Option("--revoked", help="Those taken back, too.")] = False,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Which facts superseded others, by rule or by the word of persons."""
    answer(
        data_dir,
        as_json,
        lambda clients: fact_judgements(clients.database, predicate, revoked=revoked, limit=limit),
        _show_judgements,
    )


@app.command()
def supersede(
    older: Older, newer: Newer, reason: Reason = "", data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Tell that one fact superseded another. Undone by `pentad facts undo ID`."""
    _judge(older, newer, Verdict.POSITIVE, reason, data_dir, as_json)


@app.command()
def contest(older: Older, newer: Newer, reason: Reason = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Tell that one fact did not supersede another: both stand, contested. Undone by `pentad facts undo ID`."""
    _judge(older, newer, Verdict.NEGATIVE, reason, data_dir, as_json)


@app.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="ID", help="Id of a judgement.")],
    reason: Reason = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take a judgement back. Of one by rule your word stays that it is not so: the two are contested."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        made = FactLedger(clients.database, clients.clock).undo(judgement, AUTHOR, reason)
        if as_json:
            print_json({"undone": judgement, "judgement": made["id"] if made else None})
        else:
            print_line(f"{judgement} taken back" + (f"; {made['id']} says that it is not so" if made else ""))


@app.command("predicates")
def list_predicates(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """What predicates declare; one that is not listed contradicts nothing."""
    answer(
        data_dir,
        as_json,
        lambda clients: predicates(clients.database),
        lambda found: print_table(
            ("predicate", "holds at once", "for each"),
            ((one.name, one.cardinality.value, one.scope.value) for one in found),
            "nothing is declared",
        ),
    )


@app.command()
def declare(
    name: Annotated[str, typer.Argument(metavar="PREDICATE", help="As facts have it, such as president_of.")],
    cardinality: Annotated[Cardinality, typer.Option("--cardinality", help="How many may hold at once.")],
    scope: Annotated[Scope, typer.Option("--scope", help="For each which end.")] = Scope.SUBJECT,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Declare a predicate: only this decides whether two of its facts contradict each other."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        told = Predicate(name=name, cardinality=cardinality, scope=scope)
        changed = FactLedger(clients.database, clients.clock).declare(told)
        if as_json:
            print_json({**told.model_dump(mode="json"), "changed": changed})
        else:
            print_line(f"{name}: {cardinality.value} for each {scope.value}; {changed} statements got another state")


def _judge(older: str, newer: str, verdict: Verdict, reason: str, data_dir: DataDir, as_json: bool) -> None:
    with plain_failures(), opened(data_dir, writing=True) as clients:
        made = FactLedger(clients.database, clients.clock).judge(older, newer, verdict, AUTHOR, reason)
        if as_json:
            print_json(made)
        else:
            print_line(f"judgement {made['id']}; `pentad facts undo {made['id']}` takes it back")


def _show(found: Facts) -> None:
    print_line(f"{found.name} ({found.kind})")
    columns = ("state", "fact", "since", "until", "events", "origins", "id")
    print_table(columns, (_line(row) for row in found.rows), "nothing that holds is told of it")
    for row in found.rows:
        for side in row.contested_by:
            said = f"{side.subject.name} {row.predicate} {side.object.name}"
            print_line(f"{row.id[:8]} is contested by {said} ({side.id})")
        if row.superseded_by is not None:
            print_line(f"{row.id[:8]} was superseded by {row.superseded_by.id} (judgement {row.judgement})")
    if found.more:
        print_line("There are others: --limit, --predicate.")


def _line(row: FactRow) -> tuple[object, ...]:
    ends = [end for end in (row.until, row.ended_at) if end is not None]
    said = f"{row.subject.name} {row.predicate} {row.object.name}"
    return row.state, said, row.since, min(ends, default=None), row.n, row.origins.independent_origins, row.id


def _show_judgements(found: list[Judged]) -> None:
    print_table(
        ("when", "by", "verdict", "older", "newer", "id"),
        ((one.at, one.author or one.by, one.verdict, one.older_says, one.newer_says, one.id) for one in found),
        "nobody judged of facts",
    )
