"""Ingest beside the raw ceiling: the same events, written by bare UNWIND CREATE and by all of Pentad, in turn."""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psutil

from api.wiring import Clients, settle_process
from bench import world
from bench.figures import Figure, seconds
from bench.statements import raw
from graph import rows
from graph.batch import EventWrite, Placed, Written
from graph.database import Transaction
from graph.event import Event
from graph.mention import Mention
from graph.moment import epoch_ms
from ingest.payload import parse_line
from ingest.pipeline import Pipeline
from ingest.prepare import mentions
from ingest.projections import Projections

WARM = 60_000
"""Events before anything is timed: a cold Java runtime is three times slower, and it compiles our dozen statements for
longer than the one of the ceiling."""
ROUND = 20_000
BATCH = 1_000
EVENT = tuple(
    "id content_hash mentions documents ts title precision category code text confidence impact count story boarded"
    " given_version ended".split()
)
MENTION = tuple("w name id surface weight role relevance score alias0 risk sanctions sanctioned untyped".split())
"""Properties by place, as `cypher/write/events.cypher` takes them."""
NAIVE = 200
"""Events of the naive way, which takes a transaction a mention."""


def measure(clients: Clients, rounds: int) -> list[Figure]:
    """Rows of the table: mentions a second of each way (median of the rounds), and their ratios.

    The co-mentions of hubs are kept behind the ingest, from its outbox: they are timed apart and told both ways.
    """
    settle_process()
    ceiling = Raw(clients)
    warm = list(world.lines(WARM, first=0))
    ceiling.load("raw_events", ceiling.bare(warm))
    ceiling.load("same_events", ceiling.same(warm))
    pipeline = Pipeline(clients.database, clients.clock, _Boards(clients.projections))
    _ingest(pipeline, warm)
    clients.projections.finished()
    rates: dict[str, list[float]] = {"raw": [], "same": [], "whole": [], "hubs": [], "replay": [], "naive": []}
    for n in range(1, rounds + 1):
        given = list(world.lines(ROUND, first=WARM + (n - 1) * ROUND))
        bare, same = ceiling.bare(given), ceiling.same(given)
        edges = sum(len(row["mentions"]) for row in bare)
        few = bare[:NAIVE]
        naive = sum(len(row["mentions"]) for row in few)
        rates["raw"].append(edges / seconds(lambda bare=bare: ceiling.load("raw_events", bare)))
        rates["same"].append(edges / seconds(lambda same=same: ceiling.load("same_events", same)))
        whole = seconds(lambda given=given: _ingest(pipeline, given))
        rates["whole"].append(edges / whole)
        rates["hubs"].append(edges / (whole + seconds(clients.projections.finished)))
        rates["replay"].append(edges / seconds(lambda given=given: _ingest(pipeline, given)))
        rates["naive"].append(naive / seconds(lambda few=few: ceiling.naively(few)))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    whole = middle["whole"]
    return [
        Figure("whole ingest / bare CREATE of the same data", whole, middle["same"], "mentions/s", ">= .40"),
        Figure("the same and co-mentions of hubs / bare CREATE", middle["hubs"], middle["same"], "mentions/s"),
        Figure("whole ingest / bare CREATE of 4 properties", whole, middle["raw"], "mentions/s"),
        Figure("whole ingest / one query a mention", whole, middle["naive"], "mentions/s", ">= 10"),
        Figure("replay / first load", middle["replay"], whole, "mentions/s", ">= 2"),
        Figure("memory of the loading process", psutil.Process().memory_info().rss / 1e6, None, "MB"),
    ]


class _Boards:
    """Follows an ingest with the boards alone."""

    def __init__(self, projections: Projections) -> None:
        self._projections = projections

    def committed(self, written: Written) -> None:
        """Applies the batch to the boards."""
        self._projections.boards_take(written)

    def finished(self) -> None:
        """Nothing: the hubs are timed apart."""


class Raw:
    """The ceiling: one statement a batch, nodes known beforehand, no index on relationships, no second look.

    Rows are made beforehand: the ceiling does not pay for parsing.
    """

    def __init__(self, clients: Clients) -> None:
        self._database = clients.database
        self._known: set[str] = set()
        for constraint in ("raw_constraint", "raw_event_id"):
            self._database.schema(raw(constraint).text)

    def bare(self, given: list[bytes]) -> list[dict[str, Any]]:
        """Edges with the least that a timeline needs: W, role, surface, time."""
        found: list[dict[str, Any]] = []
        for event, told in _prepared(given):
            ts = epoch_ms(event.occurred_at)
            edges = [{"key": m.alias0, "w": m.w.value, "role": m.role, "surface": m.surface, "ts": ts} for m in told]
            found.append({"id": f"raw-{event.id}", "ts": ts, "title": event.title, "mentions": edges})
        return found

    def same(self, given: list[bytes]) -> list[dict[str, Any]]:
        """Events and edges with the very properties that Pentad writes."""
        found: list[dict[str, Any]] = []
        for event, told in _prepared(given):
            placed = [Placed(m, m.alias0, m.alias0, 1.0) for m in told]
            write = EventWrite(event, event.content_hash, placed)
            props = _named(EVENT, rows.event_row(write, [], [])) | {"version": 1, "hashes": [event.content_hash]}
            mentions_of = [{"key": one.entity, "props": _edge(write, one, props["ts"])} for one in placed]
            del props["mentions"], props["documents"]
            found.append({"props": props | {"change": 1}, "mentions": mentions_of})
        return found

    def load(self, name: str, given: list[dict[str, Any]]) -> None:
        """Writes the rows by a statement of `bench/cypher/`."""
        for start in range(0, len(given), BATCH):
            batch = given[start : start + BATCH]
            fresh = {told["key"] for row in batch for told in row["mentions"]} - self._known
            self._known |= fresh

            def write(tx: Transaction, fresh: set[str] = fresh, batch: list[dict[str, Any]] = batch) -> None:
                tx.rows(raw("raw_entities"), {"keys": sorted(fresh)})
                tx.rows(raw(name), {"events": batch, "at": datetime.now(UTC)})

            self._database.setup(write)

    def naively(self, given: list[dict[str, Any]]) -> None:
        """A transaction a mention, as people write first."""
        for row in given:
            for told in row["mentions"]:
                one = {**told, "event": f"naive-{row['id']}", "title": row["title"]}
                self._database.setup(lambda tx, one=one: tx.rows(raw("naive_mention"), one))


def _edge(write: EventWrite, placed: Placed, ts: int) -> dict[str, Any]:
    props = _named(MENTION, rows.mention_row(write, placed, 0))
    del props["w"], props["name"]
    _, kid, aid, alias = rows.name_row(placed.alias, "", placed.entity)
    return props | {"kid": kid, "aid": aid, "alias": alias, "ts": ts}


def _named(names: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=False) if value is not None}


def _prepared(given: list[bytes]) -> Iterator[tuple[Event, list[Mention]]]:
    for line in given:
        event = parse_line(line)
        yield event, mentions(event)


def _ingest(pipeline: Pipeline, given: list[bytes]) -> None:
    pipeline.ingest(enumerate(given, 1))
