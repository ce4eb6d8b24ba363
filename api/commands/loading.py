"""`pentad check`: audits the graph and its boards."""

from collections.abc import Iterator

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.wiring import Clients
from graph.checking import Fault, check_graph
from graph.claims import check_claims
from graph.facts import check_facts
from graph.moment import epoch_ms
from graph.page_check import check_pages
from graph.readers import check_readers
from graph.reading.hub_check import check_hubs
from graph.relations import check_relations
from graph.trending import check_boards
from resolution.checking import check_partition


def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Audit the whole graph and its boards against what they promise. Exit code 1 if anything differs."""
    with plain_failures(), opened(data_dir) as clients:
        clients.projections.catch_up()
        now = epoch_ms(clients.clock())
        faults = list(differences(clients, now))
        if as_json:
            print_json({"differences": len(faults), "faults": faults[:1000]})
        else:
            print_table(("promise", "on", "how"), ((f.promise, f.subject, f.detail) for f in faults[:100]), "")
            print_line(f"{len(faults)} differences")
        if faults:
            raise typer.Exit(1)


def differences(clients: Clients, now: int) -> Iterator[Fault]:
    """Everything in which the graph and its boards differ from what they promise, at `now` (epoch ms)."""
    database = clients.database
    yield from check_graph(database)
    yield from check_partition(database)
    for found in check_hubs(database):
        yield Fault("kept co-mentions equal a live count", "hub", str(found))
    yield from check_relations(database)
    yield from check_facts(database)
    yield from check_claims(database)
    yield from check_pages(database)
    yield from check_readers(database)
    for drift in check_boards(database, clients.boards, now):
        told = f"{drift.metric} {drift.board} {drift.half_life}: {drift.held} for {drift.defined}"
        yield Fault("a board holds what its mentions give", drift.key, told)
