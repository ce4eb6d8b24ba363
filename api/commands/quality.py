"""`pentad quality`: how good the joins are, as far as persons' decisions show it."""

from dataclasses import asdict
from typing import Annotated

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from graph.reading.quality import whole_ledger
from resolution.quality import Kind, Quality, Share
from resolution.quality import quality as measured


def quality(
    kind: Annotated[str | None, typer.Option("--kind", help="Only names of this kind.")] = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", min=0.5, max=1.0, help="What would be if pairs were joined from here on."),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Estimated precision and recall of the joins by kind, with 95 % intervals; what waits for review; drift of scores.

    Estimated from what persons decided of pairs that were joined or asked. With --threshold the ledger is replayed.
    """
    with plain_failures(), opened(data_dir) as clients:
        ledger = whole_ledger(clients.database, kind)
        found = measured(ledger.kinds, ledger.born, ledger.judgements, clients.clock(), threshold)
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)


def _print(found: Quality) -> None:
    print_line(
        f"{'kind':<14}{'names':>9}{'joined':>9}{'asked':>8}{'seen':>7}  {'precision':<20}{'recall':<20}"
        f"{'waiting':>8}{'load':>7}  {'extraction':<20}drift"
    )
    for row in found.kinds:
        print_line(_row(row))
    print_line(f"{found.decisions_a_day:.1f} decisions of persons a day over 30 days")
    if found.what_if is not None:
        then = found.what_if
        print_line(
            f"joined from {then.threshold:g} on: {then.entities_then:,} entities instead of {then.entities_now:,}, "
            f"{then.asked_instead:,} pairs asked instead, {then.joined_instead:,} joined instead, "
            f"precision {_told(then.precision)}"
        )


def _row(row: Kind) -> str:
    drift = "-" if row.drift is None else f"{row.drift:.2f}"
    return (
        f"{row.kind:<14}{row.names:>9,}{row.joined:>9,}{row.asked:>8,}{row.reviewed:>7,}  {_told(row.precision):<20}"
        f"{_told(row.recall):<20}{row.waiting:>8,}{row.load:>7.1%}  {_told(row.extraction):<20}{drift}"
    )


def _told(share: Share) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "-"
    return f"{share.value:.3f} ({share.low:.2f}-{share.high:.2f})"
