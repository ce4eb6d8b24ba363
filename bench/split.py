"""Figures of a split: one edge of a cluster of 1,000 aliases is taken out, then put back.

    python -m bench.split [--aliases 1000] [--mentions 20]

Aliases are founded by the batch one to the next (a chain, the worst case for a middle link), each mentioned some times.
Told are the partition alone (median of 9, in process), a revocation of the middle edge as a whole (decision, counts,
boards, mentions that follow) for each moved mention.
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from graph import schema
from graph.alias import Alias
from graph.database import DatabaseOptions, connect
from graph.embedded import EmbeddedOptions, start
from graph.judgement import Author, Judgement, Verdict
from graph.ledger import since
from graph.trending import Boards, connect_redis
from ingest.judging import Decision, Judging
from ingest.pipeline import Pipeline
from ingest.projections import Projections
from resolution.clusters import partition

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def events(aliases: int, mentions: int) -> list[dict[str, object]]:
    return [
        {
            "id": f"e{n}-{m}",
            "title": f"event {n} {m}",
            "occurred_at": f"2025-{m % 12 + 1:02}-{n % 28 + 1:02}",
            "who": name(n),
        }
        for m in range(mentions)
        for n in range(aliases)
    ]


def name(n: int) -> dict[str, str]:
    # Identifiers that differ in scheme neither join nor part them: only the batch's judgements hold them together.
    return {"name": f"Name{n:05} Of{n * 7919 % 99991:05}", "kind": "person"}


def key(n: int) -> str:
    text = name(n)["name"]
    return Alias.of(text, text.casefold(), "person", "", "person").key


def chain(aliases: int) -> list[Judgement]:
    return [
        Judgement(a=key(n), b=key(n + 1), verdict=Verdict.POSITIVE, by=Author.BATCH, score=0.9, reason="bench")
        for n in range(aliases - 1)
    ]


def run(aliases: int, mentions: int) -> None:
    with tempfile.TemporaryDirectory(prefix="pentad-bench-") as folder:
        options = EmbeddedOptions(data_dir=Path(folder) / "data", heap="1g", page_cache="256m")
        with start(options, owned=True) as servers:
            asked = DatabaseOptions(servers.neo4j_uri, servers.neo4j_user, servers.neo4j_password)
            with connect(asked) as database:
                schema.apply(database, NOW)
                projections = Projections(database, Boards(connect_redis(servers.redis_url)), clock)
                pipeline = Pipeline(database, clock, projections)
                measure(Judging(pipeline, database, clock, projections), pipeline, database, aliases, mentions)


def measure(judging: Judging, pipeline: Pipeline, database, aliases: int, mentions: int) -> None:
    report = pipeline.ingest(enumerate(events(aliases, mentions), 1))
    print(f"{report.mentions} mentions of {report.entities_new} entities")
    begun = time.perf_counter()
    joined = judging.judge(chain(aliases), author="bench")
    judging.resume()
    print(f"joined {len(joined.moved)} aliases in {time.perf_counter() - begun:.2f} s")
    ledger = database.reading(lambda tx: list(since(tx, -1)))
    born = {key(n): n for n in range(aliases)}
    middle = next(j for j in joined.made if j.a == key(aliases // 2 - 1))
    rest = [j for j in ledger if j.id != middle.id]
    alone = statistics.median(timed(lambda: partition(born, rest)) for _ in range(9))
    print(f"partition of {aliases} aliases without the middle edge: {alone * 1000:.1f} ms")
    for nth in range(3):
        moved, spent = split_once(judging, middle, aliases, mentions)
        print(f"split {nth}: {spent * 1000:.0f} ms, {moved} mentions moved, {spent / moved * 1e6:.0f} us each")
        middle = next(
            j for j in database.reading(lambda tx: list(since(tx, -1))) if j.a == middle.a and not j.revoked_at
        )


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def split_once(judging: Judging, middle: Judgement, aliases: int, mentions: int) -> tuple[int, float]:
    begun = time.perf_counter()
    done: Decision = judging.judge([], [middle.id], author="bench")
    judging.resume()
    spent = time.perf_counter() - begun
    assert len(done.moved) == aliases - aliases // 2
    judging.judge([middle.model_copy(update={"change": 0, "revoked_at": None, "at": None})], author="bench")
    judging.resume()
    return len(done.moved) * mentions, spent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aliases", type=int, default=1_000)
    parser.add_argument("--mentions", type=int, default=20)
    given = parser.parse_args()
    run(given.aliases, given.mentions)
