"""`python -m bench`: starts servers of its own on a throwaway folder, measures, prints one table, keeps the JSON."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from api.settings import Settings, load
from api.wiring import open_clients, prepare
from bench import (
    answers,
    boards,
    degrees,
    doors,
    drawing,
    ingest,
    leaderboard,
    pages,
    peers,
    reads,
    resolve,
    scale,
    starts,
    unkept,
)
from bench.figures import Figure
from graph.embedded import start, stop

APART = ("answers", "unkept", "resolve", "pages", "degrees", "leaderboard", "peers")
"""Parts with stores of their own, or none."""
PARTS = ("starts", "ingest", "reads", "boards", "doors", *APART, "scale", "import")
UNLOADED = {"starts", *APART, "scale", "import"}
"""Parts that need no events loaded before."""
LARGE: Mapping[str, str] = {"heap": "2g", "page_cache": "1g"}
MEMORY: Mapping[str, Mapping[str, str]] = {
    "answers": {},
    "unkept": {},
    "pages": {"heap": "1g", "page_cache": "512m"},
    "leaderboard": {"heap": "512m", "page_cache": "128m"},
}
"""What Neo4j has of memory in a part that is not like the others."""
COLUMNS = ("figure", "ours", "raw", "peer", "unit", "ratio", "target", "spread", "note")


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
    asked.add_argument("--full", action="store_true", help="the part scale up to a million mentions, not 100,000")
    asked.add_argument("--constants", action="store_true", help="the part scale writes what `pentad plan` reckons with")
    asked.add_argument("--json", action="store_true", help="print the JSON, not the table")
    asked.add_argument("--draw", type=Path, metavar="JSON", help="measure nothing: draw the curves of a run, as SVG")
    given = asked.parse_args()
    if given.draw:
        sys.stdout.write(drawing.curves(json.loads(given.draw.read_text())))
        return
    about = {"at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "load_before": os.getloadavg()}
    figures, growth = _measured(given)
    rows = [figure.row() for figure in figures]
    about |= {"load": os.getloadavg(), "figures": rows, "growth": growth}
    text = json.dumps(about, indent=2) + "\n"
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json").write_text(text)
    if given.json:
        sys.stdout.write(text)
        return
    table = Table(*("raw limit" if name == "raw" else name for name in COLUMNS), box=None)
    for row in rows:
        table.add_row(*(str(row.get(name, "")) for name in COLUMNS))
    Console(width=160, file=sys.stdout).print(table)


def _measured(given: argparse.Namespace) -> tuple[list[Figure], list[dict[str, Any]]]:
    parts: list[str] = given.only or [part for part in PARTS if part not in ("scale", "import") or given.full]
    figures: list[Figure] = []
    growth: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="pentad-bench-") as folder:
        settings = load(data_dir=Path(folder) / "data", **LARGE)
        if "starts" in parts:
            figures += starts.measure(settings)
        measured: dict[str, Callable[[Settings], list[Figure]]] = {
            "answers": answers.measure,
            "unkept": unkept.measure,
            "resolve": lambda _: resolve.measure(),
            "pages": lambda own: pages.measure(own, given.texts),
            "degrees": degrees.measure,
            "leaderboard": leaderboard.measure,
            "peers": peers.measure,
        }
        for part in APART:
            if part in parts:
                figures += measured[part](load(data_dir=Path(folder) / part, **MEMORY.get(part, LARGE)))
        if "scale" in parts:
            own = load(data_dir=Path(folder) / "scale", **LARGE)
            more, growth = scale.measure(own, given.full, given.constants)
            figures += more
        if "import" in parts:
            figures += scale.importing(1_000_000 if given.full else 60_000, given.constants)
        if set(parts) - UNLOADED:
            figures += _on_events(settings, parts, given.rounds)
    return figures, growth


def _on_events(settings: Settings, parts: list[str], rounds: int) -> list[Figure]:
    """Parts that ask a graph with events in it."""
    figures: list[Figure] = []
    with start(settings.embedded(), owned=True) as servers, open_clients(settings) as clients:
        prepare(clients)
        loaded = ingest.measure(clients, rounds)
        figures += loaded if "ingest" in parts else []
        if "reads" in parts:
            figures += reads.measure(clients)
        if "boards" in parts:
            figures += boards.measure(clients, servers.redis_url)
        if "doors" in parts:
            try:
                figures += doors.measure(settings, answers.hub_of(clients))
            finally:
                stop(settings.data_dir, ("api",))
    return figures


if __name__ == "__main__":
    main()
