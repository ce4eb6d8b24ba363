"""Ingest beside the raw ceiling: the same events, written by bare UNWIND CREATE and by all of Pentad, in turn."""

import statistics
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import psutil

from api.wiring import Clients, settle_memory
from bench import world
from graph.queries import Statement
from ingest.payload import parse_line
from ingest.pipeline import Pipeline
from ingest.prepare import mentions

ROUND = 5_000
BATCH = 1_000


def measure(clients: Clients, rounds: int) -> list[dict[str, Any]]:
    """Rows of the table: mentions a second of each way (median of the rounds), and their ratios."""
    settle_memory()
    raw, whole, replay = Raw(clients), clients.pipeline, clients.pipeline
    warm = list(world.lines(ROUND, first=0))
    raw.load(raw.rows(warm))
    _ingest(whole, warm)
    rates: dict[str, list[float]] = {"raw": [], "whole": [], "replay": []}
    for n in range(1, rounds + 1):
        given = list(world.lines(ROUND, first=n * ROUND))
        rows = raw.rows(given)
        edges = sum(len(row["mentions"]) for row in rows)
        rates["raw"].append(edges / _seconds(lambda rows=rows: raw.load(rows)))
        rates["whole"].append(edges / _seconds(lambda given=given: _ingest(whole, given)))
        rates["replay"].append(edges / _seconds(lambda given=given: _ingest(replay, given)))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    return [
        _row("whole ingest / raw UNWIND CREATE", middle["whole"], middle["raw"], "mentions/s", ">= .40"),
        _row("replay / first load", middle["replay"], middle["whole"], "mentions/s", ">= 2"),
        {"figure": "memory of this process", "ours": round(psutil.Process().memory_info().rss / 1e6), "unit": "MB"},
    ]


class Raw:
    """The ceiling: one statement a batch, nodes known beforehand, no index on relationships, no second look."""

    def __init__(self, clients: Clients) -> None:
        self._database = clients.database
        self._known: set[str] = set()
        self._database.schema(_statement("raw_constraint").text)

    def rows(self, given: list[bytes]) -> list[dict[str, Any]]:
        """The events as rows, parsed beforehand: the ceiling does not pay for that."""
        found: list[dict[str, Any]] = []
        for line in given:
            event = parse_line(line)
            ts = int(event.occurred_at.timestamp() * 1000)
            told = [
                {"key": m.alias0, "w": m.w.value, "role": m.role, "surface": m.surface, "ts": ts}
                for m in mentions(event)
            ]
            found.append({"id": event.id, "ts": ts, "title": event.title, "mentions": told})
        return found

    def load(self, rows: list[dict[str, Any]]) -> None:
        """Writes the rows."""
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            fresh = {told["key"] for row in batch for told in row["mentions"]} - self._known
            self._known |= fresh

            def write(tx: Any, fresh: set[str] = fresh, batch: list[dict[str, Any]] = batch) -> None:
                tx.rows(_statement("raw_entities"), {"keys": sorted(fresh)})
                tx.rows(_statement("raw_events"), {"events": batch})

            self._database.setup(write)


def _ingest(pipeline: Pipeline, given: list[bytes]) -> None:
    pipeline.ingest(enumerate(given, 1))


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _statement(name: str) -> Statement:
    text: Any = files("bench").joinpath(f"cypher/{name}.cypher").read_text(encoding="utf-8")
    return Statement(name, text)


def _row(figure: str, ours: float, other: float, unit: str, target: str) -> dict[str, Any]:
    return {
        "figure": figure,
        "ours": round(ours),
        "raw": round(other),
        "unit": unit,
        "ratio": round(ours / other, 2),
        "target": target,
    }
