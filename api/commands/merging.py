"""`pentad merge | split | undo | explain`: entities made one or parted, taken back, and why two are or are not one."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from api.commands.asking import answer, key_of
from api.commands.opening import AsJson, DataDir, Key, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.waterfall import moving
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.judgement import Judgement
from graph.reading.entities import entity_detail, entity_rows
from graph.reading.explain import Facing, facing
from ingest.judging import Decision, Order
from resolution.explaining import Explanation, explain

AUTHOR = "command line"
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger and told in history.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would become of it, and write nothing.")]


def merge(
    keys: Annotated[
        list[str], typer.Argument(metavar="A B…", help="Entities that are one: keys, or names to look for.")
    ],
    reason: Reason = "",
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make entities one, by a person's word. Undone by `pentad undo ID`."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        order = Order(AUTHOR, cause=reason, dry_run=dry_run)
        done = clients.judging.merge([key_of(clients, key) for key in keys], order)
        show_decision(clients, done, as_json)


def split(
    key: Key,
    alias: Annotated[
        list[str] | None,
        typer.Option("--alias", help="A name of it (or its key) that is somebody else; several may be."),
    ] = None,
    mention: Annotated[
        list[str] | None, typer.Option("--mention", help="A single mention that is: EVENT_ID:MENTION_ID.")
    ] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Part names or single mentions of an entity from the rest: they are somebody else."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if not alias and not mention:
            raise InvalidInput("say which: --alias or --mention", "--alias")
        aliases = _aliases(clients, key_of(clients, key), alias or []) if alias else []
        mentions = [_address(one) for one in mention or []]
        done = clients.judging.split(aliases, mentions, Order(AUTHOR, cause=reason, dry_run=dry_run))
        show_decision(clients, done, as_json)


def undo(
    decision: Annotated[str, typer.Argument(metavar="ID", help="Id of a merge, a split or a review's decision.")],
    reason: Reason = "",
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take a merge, a split or a review's decision back; what came later stays with its name."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        order = Order(AUTHOR, cause=reason or "taken back", dry_run=dry_run)
        show_decision(clients, clients.judging.undo(decision, order), as_json)


def explain_pair(key: Key, other: Key, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Why two are or are not one: the judgements between them, how alike their names are, what parts them."""

    def ask(clients: Clients) -> dict[str, Any]:
        found = facing(clients.database, key_of(clients, key), key_of(clients, other))
        return {"facing": found, "told": explain(found)}

    def show(answered: dict[str, Any]) -> None:
        _show_explanation(answered["facing"], answered["told"])

    answer(data_dir, as_json, ask, show)


def show_decision(clients: Clients, done: Decision, as_json: bool) -> None:
    """What a decision did, as JSON or for people."""
    if as_json:
        print_json(done)
        return
    keys = [*done.merged, *(key for keys in done.merged.values() for key in keys), *done.split, *done.entities]
    names = {key: row["name"] for key, row in entity_rows(clients.database, keys).items()}
    if not (done.made or done.revoked):
        print_line("nothing to do: it is said already")
        return
    for key, gone in done.merged.items():
        print_line(f"one now: {names.get(key, key)}  {key}  ({len(gone)} went into it)")
    for key, parts in done.split.items():
        print_line(f"parted: {names.get(key, key)}  into {', '.join(parts)}")
    if done.placed:
        print_line(f"{done.placed} mentions stand on another name")
    for conflict in done.conflicts:
        who = conflict.negative.author or conflict.negative.by
        print_line(f"not joined: {who} says that they are two; it is in the review queue")
    if done.change is None:
        print_line("nothing was written: a dry run")
    else:
        print_line(f"decision {done.id}  (pentad undo {done.id})")


def _aliases(clients: Clients, key: str, given: Sequence[str]) -> list[str]:
    """Keys of an entity's aliases, each given by its key or its name as it is shown."""
    known = entity_detail(clients.database, key).aliases
    found: list[str] = []
    for one in given:
        matching = [alias.key for alias in known if one in (alias.key, alias.name, alias.normalised)]
        if not matching:
            names = ", ".join(alias.name for alias in known[:10])
            raise InvalidInput(f"no such name of it: {one!r}; it has {names}", "--alias")
        found += matching
    return found


def _address(text: str) -> tuple[str, str]:
    event, colon, mention = text.rpartition(":")
    if not colon or not event:
        raise InvalidInput("is written EVENT_ID:MENTION_ID", "--mention")
    return event, mention


def _show_explanation(found: Facing, told: Explanation) -> None:
    print_line(f"{found.a.name}  |  {found.b.name}")
    print_line(told.verdict)
    for title, judgements in (("chain", told.chain), ("parting", told.parting), ("also", told.others)):
        for judgement in judgements:
            print_line(f"  {title:<8} {_judgement(found, judgement)}")
    for one in told.compared:
        why = f"  ({one.why})" if one.why else ""
        print_line(f"  {one.probability:.3f} {one.verdict:<9} {one.a.name}  |  {one.b.name}{why}")
        for name, value in moving(one.log_odds)[:6]:
            print_line(f"           {value:+6.2f}  {name}")


def _judgement(found: Facing, judgement: Judgement) -> str:
    names = {alias.key: alias.name for one in (found.a, found.b) for alias in one.aliases}
    who = f"{judgement.by} {judgement.author}".strip()
    ends = f"{names.get(judgement.a, judgement.a)} = {names.get(judgement.b, judgement.b)}"
    return f"{ends}: {judgement.verdict} {judgement.score:.2f} by {who}, {judgement.reason}"
