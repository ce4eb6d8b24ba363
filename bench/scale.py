"""Growth: the same stream loaded to 10,000, 100,000 and, when all is asked for, a million mentions into stores of its
own. At each size what a mention costs, what is kept, what reads cost; the last run of it is what `pentad plan` knows.
"""

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from api.settings import Settings
from api.wiring import Clients, open_clients, prepare
from bench.figures import Figure, paired, seconds
from bench.reads import profiled
from bench.statements import raw
from bench.world import lines
from graph.backup import backup
from graph.embedded import start
from graph.queries import statement
from graph.reading.co_mentions import co_mentions
from graph.reading.timeline import entity_timeline
from graph.trending import connect_redis
from ingest.importing import Importing

SIZES = (10_000, 100_000)
FULL = (10_000, 100_000, 1_000_000)
NAMES = 0.13
"""Different names a mention: what a Zipf stream of a million mentions was found to have (134,000)."""
MENTIONS_AN_EVENT = 5.0
"""Mentions that a record of the stream has, about."""
WHOLE = 2_000
CONSTANTS = Path(__file__).parents[1] / "api" / "planning.json"


@dataclass(frozen=True, slots=True)
class Size:
    """One point of the curves: counts, mentions a second of the last part, bytes, db hits, milliseconds."""

    mentions: int
    aliases: int
    rate: float
    store: int
    logs: int
    redis: int
    loader: int
    neo4j: int
    hub: int
    hits: dict[str, int]
    ms: dict[str, float]


def measure(settings: Settings, full: bool, constants: bool) -> tuple[list[Figure], list[dict[str, Any]]]:
    """Rows of the table, and the points of the curves; writes the constants of `pentad plan` when asked to."""
    sizes = FULL if full else SIZES
    with start(settings.embedded(), owned=True) as servers, open_clients(settings) as clients:
        prepare(clients)
        start_at = time.perf_counter()
        points = _grow(clients, settings, servers.redis_url, sizes)
        spent = time.perf_counter() - start_at
        kept = settings.data_dir / "bench.backup"
        with kept.open("wb") as out:
            backup(clients.database, out, version="bench", now=clients.clock())
        saved = kept.stat().st_size
    first, last = points[0], points[-1]
    if constants:
        _keep(points, saved, spent, full)
    figures = [
        Figure(
            f"cost a mention, {last.mentions:,} mentions / {first.mentions:,}",
            1e6 / last.rate,
            1e6 / first.rate,
            "us",
            "<= 1.3",
        ),
        Figure("store a mention", _slope(points, "store"), None, "B"),
        Figure("transaction log a mention", last.logs / last.mentions, None, "B"),
        Figure("memory of the loading process, a name", _slope(points, "loader", "aliases"), None, "B"),
    ]
    before = points[-2]
    figures += [
        Figure(f"{name} db hits, hub of {last.hub:,} / of {before.hub:,}", hits, before.hits[name], "db hits")
        for name, hits in last.hits.items()
    ]
    return figures, [asdict(point) for point in points]


def _grow(clients: Clients, settings: Settings, redis_url: str, sizes: tuple[int, ...]) -> list[Size]:
    stream = lines(round(sizes[-1]), seed=23, names=round(sizes[-1] * NAMES))
    points: list[Size] = []
    told = 0
    for size in sizes:
        rates = list[float]()
        while told < size:
            batch = [next(stream) for _ in range(math.ceil(min(10_000, size - told) / MENTIONS_AN_EVENT))]
            report = None

            def load(batch: list[bytes] = batch) -> None:
                nonlocal report
                report = clients.pipeline.ingest(enumerate(batch, 1))

            spent = seconds(load)
            assert report is not None
            told += report.mentions
            # The rest of a step is a few records: their commit would count as their cost.
            rates += [report.mentions / spent] if report.mentions > WHOLE else []
        clients.projections.catch_up()
        points.append(_size(clients, settings, redis_url, told, statistics.median(rates)))
    return points


def _size(clients: Clients, settings: Settings, redis_url: str, told: int, rate: float) -> Size:
    page = {"kind": None, "after": None, "mentions": None, "key": None, "limit": 50}
    listed = clients.database.read(statement("read/entity_list_mentions"), page)[0]["rows"]
    hub = next(row for row in listed if {"WHO", "WHERE"} & set(row["ws"]))
    totals = clients.database.read(raw("scale_totals"))[0]
    neo4j = settings.data_dir / "neo4j" / "data"
    redis = connect_redis(redis_url)
    try:
        memory = int(redis.info("memory")["used_memory"])
    finally:
        redis.close()
    lookup = raw("point_lookup")
    asked: dict[str, Callable[[], object]] = {
        "timeline 100": lambda: entity_timeline(clients.database, hub["key"]),
        "co-mentions 10": lambda: co_mentions(clients.database, hub["key"]),
    }
    ms = {
        name: paired(ask, lambda: clients.database.read(lookup, {"key": hub["key"]}), 30)[0]
        for name, ask in asked.items()
    }
    server = next(one for one in psutil.process_iter(["cmdline"]) if _is_ours(one, settings))
    return Size(
        mentions=told,
        aliases=totals["aliases"],
        rate=rate,
        store=_bytes(neo4j / "databases" / "neo4j"),
        logs=_bytes(neo4j / "transactions" / "neo4j"),
        redis=memory,
        loader=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        neo4j=server.memory_info().rss,
        hub=hub["mentions"],
        hits=profiled(clients, hub),
        ms=ms,
    )


def _is_ours(process: psutil.Process, settings: Settings) -> bool:
    told = " ".join(process.info["cmdline"] or ())
    return str(settings.data_dir / "neo4j") in told and "java" in told


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())


def _slope(points: list[Size], what: str, by: str = "mentions") -> float:
    """Growth between the last two sizes: what is there at the start does not count."""
    before, last = points[-2], points[-1]
    return max(1.0, getattr(last, what) - getattr(before, what)) / max(1, getattr(last, by) - getattr(before, by))


def importing(mentions: int, constants: bool) -> list[Figure]:
    """Seconds of both ways of a first load, each by a process and stores of its own, boards and co-mentions too."""
    taken: dict[str, list[float]] = {"ingest": [], "import": []}
    for _ in range(1 if mentions > 300_000 else 2):
        for way, times in taken.items():
            with tempfile.TemporaryDirectory(prefix="pentad-bench-") as folder:
                command = [sys.executable, "-m", "bench.first_load", way, str(mentions), folder]
                told = subprocess.run(command, check=True, capture_output=True, text=True)
                times.append(float(told.stdout.split()[-1]))
    rates = {way: mentions / statistics.median(times) for way, times in taken.items()}
    if constants:
        known = json.loads(CONSTANTS.read_text())
        ratio = rates["import"] / rates["ingest"]
        CONSTANTS.write_text(json.dumps(known | {"import_to_ingest": round(ratio, 3)}, indent=2) + "\n")
    name = f"`pentad import` / `pentad ingest`, {mentions:,} mentions with boards and co-mentions"
    return [Figure(name, rates["import"], rates["ingest"], "mentions/s")]


def _keep(points: list[Size], saved: int, spent: float, full: bool) -> None:
    last, memory = points[-1], psutil.virtual_memory().total
    known = json.loads(CONSTANTS.read_text()) if CONSTANTS.exists() else {}
    told = {
        "command": "python -m bench --only scale --constants" + (" --full" if full else ""),
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{psutil.cpu_count()} cores, {memory / 1e9:.0f} GB, load {os.getloadavg()[0]:.1f}",
        "loaded": last.mentions,
        "names_a_mention": round(last.aliases / last.mentions, 4),
        "store_a_mention": round(_slope(points, "store"), 1),
        "log_a_mention": round(last.logs / last.mentions, 1),
        "resolver_a_name": round(_slope(points, "loader", "aliases"), 1),
        "redis_a_member": round(_slope(points, "redis", "aliases"), 1),
        "ingest": round(last.mentions / spent, 1),
        "import_to_ingest": known.get("import_to_ingest", 1.0),
        "backup_a_mention": round(saved / last.mentions, 1),
    }
    CONSTANTS.write_text(json.dumps(told, indent=2) + "\n")


def first_load(way: str, mentions: int, settings: Settings) -> float:
    """Seconds of one first load, from the first record to boards and co-mentions that are true."""
    records = list(lines(round(mentions / MENTIONS_AN_EVENT), seed=23, names=round(mentions * NAMES)))
    with start(settings.embedded(), owned=True), open_clients(settings) as clients:
        prepare(clients)

        def by_import() -> None:
            with Importing(clients.database, clients.boards, clients.clock).loading() as pipeline:
                pipeline.ingest(enumerate(records, 1))

        def by_ingest() -> None:
            clients.pipeline.ingest(enumerate(records, 1))
            clients.projections.catch_up()

        return seconds(by_import if way == "import" else by_ingest)
