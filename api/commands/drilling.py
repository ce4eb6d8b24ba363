"""`pentad drill`: faults on purpose, on servers of its own."""

from typing import Annotated

import typer
from rich.console import Console

from api import settings
from api.commands.opening import AsJson, print_json, print_line, print_table
from api.commands.servers import plain_failures
from graph.errors import InvalidInput


def drill(
    only: Annotated[
        str | None, typer.Option("--only", metavar="N,N…", help="Only these numbers.", show_default=False)
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="As often as the table of goals has it; takes long.")] = False,
    soak: Annotated[
        float | None,
        typer.Option(
            "--soak", metavar="MINUTES", min=0.5, help="Instead: mixed load with a fault a minute.", show_default=False
        ),
    ] = None,
    load: Annotated[
        float | None,
        typer.Option(
            "--load",
            metavar="MINUTES",
            min=0.1,
            help="Instead: 100 events and 80 reads a second, then three times the clients.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List the drills and hold none.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the folder with data and logs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put faults to a Pentad of its own (kill -9, silent servers, lost replies, full disks …) and audit what is left.

    Your servers and data are never touched: all is done in a temporary folder. Exit code 1 if a promise was broken.
    """
    # The drills stand on clients that no other command needs.
    from api.drill import DRILLS, Result, State
    from api.drill import drill as hold
    from api.drill.drills import loading, soaking
    from api.drill.ground import grounds

    with plain_failures():
        alone = [(name, one) for name, one in (("--soak", soak), ("--load", load)) if one is not None]
        if alone and (only is not None or len(alone) > 1):
            raise InvalidInput("is a drill of its own: leave --only and the other out", alone[0][0])
        chosen = [one for one in DRILLS if one.number in _numbers(only, {one.number for one in DRILLS})]
        if soak is not None:
            chosen = [soaking(soak)]
        if load is not None:
            chosen = [loading(load)]
        if show:
            if as_json:
                print_json([{"number": one.number, "fault": one.fault, "outcome": one.outcome} for one in chosen])
            else:
                print_table(("#", "fault", "outcome"), ((d.number, d.fault, d.outcome) for d in chosen), "no drills")
            return
        aside = Console(stderr=True)
        with grounds(settings.load(), full=full, keep=keep) as ground:
            aside.print(f"drilling in {ground.root}", highlight=False, soft_wrap=True)
            results: list[Result] = []
            for one in hold(ground, chosen):
                results.append(one)
                if not as_json:
                    print_line(f"{one.number or '':>2} {one.state:<8} {one.seconds:6.1f} s  {one.fault}: {one.figure}")
        if as_json:
            print_json(results)
        broken = sum(one.state is State.BROKEN for one in results)
        missing = sum(one.state is State.NOT_HERE for one in results)
        aside.print(
            f"{len(results) - broken - missing} kept, {broken} broken, {missing} not possible here", highlight=False
        )
        if broken:
            raise typer.Exit(1)


def _numbers(only: str | None, known: set[int]) -> set[int]:
    """The numbers that are asked for. Raises InvalidInput."""
    if only is None:
        return known
    parts = [part.strip() for part in only.split(",")]
    if not all(part.isdecimal() and int(part) in known for part in parts):
        raise InvalidInput(f"takes numbers of {min(known)} to {max(known)}, commas between", "--only")
    return {int(part) for part in parts}
