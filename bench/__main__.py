"""`python -m bench`: starts servers of its own on a throwaway folder, measures, prints one table, keeps the JSON."""

import argparse
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.settings import load
from api.wiring import open_clients, prepare
from bench import boards, doors, ingest, pages, reads, resolve, starts
from bench.figures import Figure
from graph.embedded import start, stop
from graph.queries import statement

PARTS = ("starts", "ingest", "reads", "boards", "doors", "resolve", "pages")
UNLOADED = {"starts", "resolve", "pages"}
"""Parts that need no events."""


def main() -> None:
    """Runs what was asked and prints it."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument(
        "--rounds", type=int, default=3, help="rounds of 20,000 events of each way, after 60,000 to warm up"
    )
    asked.add_argument(
        "--only",
        choices=PARTS,
        action="append",
        help=f"these parts alone; all but {', '.join(sorted(UNLOADED))} load events first",
    )
    asked.add_argument("--out", type=Path, default=Path("bench/results"), help="folder of the JSON")
    asked.add_argument("--texts", type=Path, help="articles that the part pages also reads, JSON lines")
    given = asked.parse_args()
    figures = _measured(given.only or list(PARTS), given.rounds, given.texts)
    rows = [figure.row() for figure in figures]
    about = {"at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "load": os.getloadavg(), "figures": rows}
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json").write_text(json.dumps(about, indent=2) + "\n")
    table = Table("figure", "ours", "raw limit", "unit", "ratio", "target", box=None)
    for row in rows:
        table.add_row(*(str(row.get(name, "")) for name in ("figure", "ours", "raw", "unit", "ratio", "target")))
    Console(width=120, file=sys.stdout).print(table)


def _measured(parts: list[str], rounds: int, texts: Path | None) -> list[Figure]:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="pentad-bench-") as folder:
        settings = load(data_dir=Path(folder) / "data", heap="2g", page_cache="1g")
        if "starts" in parts:
            figures += starts.measure(settings)
        if "resolve" in parts:
            figures += resolve.measure()
        if "pages" in parts:
            figures += pages.measure(load(data_dir=Path(folder) / "pages", heap="1g", page_cache="512m"), texts)
        if not set(parts) - UNLOADED:
            return figures
        with start(settings.embedded(), owned=True) as servers, open_clients(settings) as clients:
            prepare(clients)
            loaded = ingest.measure(clients, rounds)
            figures += loaded if "ingest" in parts else []
            if "reads" in parts:
                figures += reads.measure(clients)
            if "boards" in parts:
                figures += boards.measure(clients, servers.redis_url)
            if "doors" in parts:
                page = {"kind": None, "after": None, "mentions": None, "key": None, "limit": 1}
                hub = clients.database.read(statement("read/entity_list_mentions"), page)[0]["rows"][0]["key"]
                try:
                    figures += doors.measure(settings, hub)
                finally:
                    stop(settings.data_dir, ("api",))
    return figures


if __name__ == "__main__":
    main()
