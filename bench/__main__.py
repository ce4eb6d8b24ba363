"""`python -m bench`: starts servers of its own on a throwaway folder, measures, prints one table, keeps the JSON."""

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.settings import load
from api.wiring import open_clients, prepare
from bench import ingest, reads
from graph.embedded import start


def main() -> None:
    """Runs what was asked and prints it."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument(
        "--rounds", type=int, default=3, help="rounds of 10,000 events of each way, after 20,000 to warm up"
    )
    asked.add_argument("--out", type=Path, default=Path("bench/results"), help="folder of the JSON")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pentad-bench-") as folder:
        settings = load(data_dir=Path(folder) / "data", heap="2g", page_cache="1g")
        with start(settings.embedded(), owned=True), open_clients(settings) as clients:
            prepare(clients)
            rows = [*ingest.measure(clients, given.rounds), *reads.measure(clients)]
    given.out.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (given.out / f"{stamp}.json").write_text(json.dumps(rows, indent=2) + "\n")
    table = Table("figure", "ours", "raw limit", "unit", "ratio", "target", box=None)
    for row in rows:
        table.add_row(*(str(row.get(name, "")) for name in ("figure", "ours", "raw", "unit", "ratio", "target")))
    Console(width=120, file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
