"""Ingest beside the raw ceiling: the same events, written by bare UNWIND CREATE and by all of Pentad, in turn."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import psutil

from api.wiring import Clients, settle_memory
from bench import world
from graph import rows
from graph.batch import EventWrite, Placed
from graph.database import Transaction
from graph.event import Event
from graph.mention import Mention
from graph.moment import epoch_ms
from graph.queries import Statement
from ingest.payload import parse_line
from ingest.pipeline import Pipeline
from ingest.prepare import mentions

WARM = 20_000
"""Events before anything is timed: a cold Java runtime is three times slower."""
ROUND = 10_000
BATCH = 1_000


def measure(clients: Clients, rounds: int) -> list[dict[str, Any]]:
    """Rows of the table: mentions a second of each way (median of the rounds), and their ratios."""
    settle_memory()
    raw = Raw(clients)
    warm = list(world.lines(WARM, first=0))
    raw.load("raw_events", raw.bare(warm))
    raw.load("same_events", raw.same(warm))
    _ingest(clients.pipeline, warm)
    rates: dict[str, list[float]] = {"raw": [], "same": [], "whole": [], "replay": []}
    for n in range(1, rounds + 1):
        given = list(world.lines(ROUND, first=WARM + (n - 1) * ROUND))
        bare, same = raw.bare(given), raw.same(given)
        edges = sum(len(row["mentions"]) for row in bare)
        rates["raw"].append(edges / _seconds(lambda bare=bare: raw.load("raw_events", bare)))
        rates["same"].append(edges / _seconds(lambda same=same: raw.load("same_events", same)))
        rates["whole"].append(edges / _seconds(lambda given=given: _ingest(clients.pipeline, given)))
        rates["replay"].append(edges / _seconds(lambda given=given: _ingest(clients.pipeline, given)))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    return [
        _row("whole ingest / bare CREATE of the same data", middle["whole"], middle["same"], "mentions/s", ">= .40"),
        _row("whole ingest / bare CREATE of 4 properties", middle["whole"], middle["raw"], "mentions/s", ""),
        _row("replay / first load", middle["replay"], middle["whole"], "mentions/s", ">= 2"),
        {"figure": "memory of this process", "ours": round(psutil.Process().memory_info().rss / 1e6), "unit": "MB"},
    ]


class Raw:
    """The ceiling: one statement a batch, nodes known beforehand, no index on relationships, no second look.

    Rows are made beforehand: the ceiling does not pay for parsing.
    """

    def __init__(self, clients: Clients) -> None:
        self._database = clients.database
        self._known: set[str] = set()
        self._database.schema(_statement("raw_constraint").text)

    def bare(self, given: list[bytes]) -> list[dict[str, Any]]:
        """Edges with the least that a timeline needs: W, role, surface, time."""
        found: list[dict[str, Any]] = []
        for event, told in _prepared(given):
            ts = epoch_ms(event.occurred_at)
            edges = [{"key": m.alias0, "w": m.w.value, "role": m.role, "surface": m.surface, "ts": ts} for m in told]
            found.append({"id": event.id, "ts": ts, "title": event.title, "mentions": edges})
        return found

    def same(self, given: list[bytes]) -> list[dict[str, Any]]:
        """Events and edges with the very properties that Pentad writes."""
        found: list[dict[str, Any]] = []
        for event, told in _prepared(given):
            placed = [Placed(m, m.alias0, m.alias0, 1.0) for m in told]
            write = EventWrite(event, event.content_hash, placed)
            edges = [rows.mention_row(write, one) for one in placed]
            mentions_of = [{"key": edge["entity"], "props": edge["props"]} for edge in edges]
            found.append({"props": rows.event_row(write, 1)["props"], "mentions": mentions_of})
        return found

    def load(self, name: str, given: list[dict[str, Any]]) -> None:
        """Writes the rows by a statement of `bench/cypher/`."""
        for start in range(0, len(given), BATCH):
            batch = given[start : start + BATCH]
            fresh = {told["key"] for row in batch for told in row["mentions"]} - self._known
            self._known |= fresh

            def write(tx: Transaction, fresh: set[str] = fresh, batch: list[dict[str, Any]] = batch) -> None:
                tx.rows(_statement("raw_entities"), {"keys": sorted(fresh)})
                tx.rows(_statement(name), {"events": batch, "at": datetime.now(UTC)})

            self._database.setup(write)


def _prepared(given: list[bytes]) -> Iterator[tuple[Event, list[Mention]]]:
    for line in given:
        event = parse_line(line)
        yield event, mentions(event)


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
