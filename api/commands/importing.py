"""`pentad import`: a first load of many records into an empty graph."""

from typing import Annotated

import typer
from rich.console import Console

from api.commands.load_reports import (
    INTERRUPTED,
    REJECTS,
    Mapping,
    RejectsFile,
    add,
    bars,
    is_table,
    print_report,
    rejects_to,
    stopping,
)
from api.commands.opening import AsJson, DataDir, opened
from api.commands.servers import plain_failures
from graph.errors import InvalidInput, PentadError
from ingest.importing import Importing
from ingest.lines import open_source
from ingest.loads import Records
from ingest.mapping import told
from ingest.pipeline import Listener
from ingest.report import Report


def import_files(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="NDJSON, JSON list or CSV, plain or gzip; - is NDJSON on stdin."),
    ],
    columns: Mapping = None,
    rejects: RejectsFile = REJECTS,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Load many events into an empty graph: as `pentad ingest`, which adds to any graph, with indexes, boards and
    co-mentions made once, at the end. Cut short, it leaves what was read; go on with `pentad ingest`. Exit code 130
    after Ctrl-C."""
    with plain_failures():
        mapping = told(columns or [])
        console = Console(stderr=True)
        total, failed, stopped = Report(), None, False
        with opened(data_dir, writing=True) as clients, rejects_to(rejects, further=False) as kept:
            importing = Importing(clients.database, clients.boards, clients.clock, clients.room)
            with importing.loading(lambda what: console.print(f"making {what}", highlight=False)) as pipeline:
                for path in paths:
                    with open_source(path) as source:
                        kept.file = source.name
                        table = mapping is not None or is_table(path)
                        records = Records(source, mapping, table)
                        with bars(source) as shown, stopping(records.stop):
                            add(total, pipeline.ingest(records, Listener(kept, shown)))
                    failed, stopped = records.broken, records.stopped
                    if failed or stopped:
                        break
            print_report(total, rejects, None, as_json=as_json)
        _end(failed, stopped)


def _end(failed: InvalidInput | None, stopped: bool) -> None:
    # The call was right and the file was not: that is a failure, not a wrong call.
    if failed is not None:
        raise PentadError(str(failed))
    if stopped:
        raise typer.Exit(INTERRUPTED)
