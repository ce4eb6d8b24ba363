"""Others at the same work in the same run: Graphiti, nomenklatura's matchers, Splink, Celery.

Graphiti and nomenklatura stand in an environment of their own (`make peers`), since they want other versions than ours;
one that is not there is a row that says so. Plain Redis beside the boards is in `bench.leaderboard`, naive Cypher in
`bench.ingest` and `bench.degrees`.
"""

import csv
import random
import statistics
import sys
from collections import Counter
from pathlib import Path
from threading import Thread
from time import process_time
from typing import Any
from uuid import uuid4

import structlog

from api.settings import Settings
from api.wiring import Clients, open_clients, prepare, settle_process
from bench.beside import ROOT, beside
from bench.figures import Figure, seconds, spread
from bench.many_names import Maker, written_otherwise
from bench.records import COLUMNS, records
from bench.resolve import WAYS
from bench.statements import raw
from bench.world import lines
from graph import jobs
from graph.embedded import Servers, start
from graph.job import Asked, JobState
from graph.keys import Family
from ingest.job_kinds import Kind, registry
from ingest.worker import Outcome, Worker
from resolution.matching import match
from resolution.records.linking import link
from resolution.records.reading import records_of

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
ABSENT = "not installed: make peers"
ROUNDS = 3
PAIRS, WARMING, RECORDS, JOBS, JOB_ROUNDS = 2_200, 200, 20_000, 500, 7
LOADED, EVENTS, BULK = 60_000, 20_000, 5_000
"""Events that ours has loaded before it is timed, of a timed round of ours, and of Graphiti's."""
MATCHERS = ("name-based", "logic-v1", "logic-v2")
SCHEMAS = {Family.PERSON: "Person", Family.COLLECTIVE: "Organization", Family.PLACE: "Address"}
BELIEVED = 0.7
"""From which score on nomenklatura's maintainers take a pair for one."""


def measure(settings: Settings) -> list[Figure]:
    """Rows of the table, on stores of their own."""
    settle_process()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    figures: list[Figure] = []
    with start(settings.embedded(), owned=True) as servers, open_clients(settings) as clients:
        prepare(clients)
        figures += _jobs(clients, servers)
        figures += _graphs(settings, clients)
    return [*figures, *_names(), *_records(settings.data_dir)]


def _jobs(clients: Clients, servers: Servers) -> list[Figure]:
    """Jobs a second that do nothing: a node, a lease and a log each, beside Celery's tasks, which have none.

    Each alone, as of a kind that may take long, and several under one lease, as of a brief one.
    """
    rates: dict[tuple[bool, int], list[float]] = {(brief, threads): [] for brief in (False, True) for threads in (1, 2)}
    theirs = list[float]()
    for brief in (False, True):
        # Neo4j compiles what it runs: the first thousand are slower than any later ones.
        for _ in range(2):
            _worked(clients, [_asked(clients)], brief)
    for _ in range(JOB_ROUNDS):
        for (brief, threads), found in rates.items():
            ids = _asked(clients)
            shares = [ids[nth::threads] for nth in range(threads)]
            found.append(JOBS / seconds(lambda shares=shares, brief=brief: _worked(clients, shares, brief)))
        with beside(sys.executable, "peer_celery", servers.redis_url) as ask:
            theirs.append(JOBS / ask(JOBS) if ask is not None else 0.0)
    peer = statistics.median(theirs)
    figures: list[Figure] = []
    for (brief, threads), found in rates.items():
        how = f"durable jobs{', several a lease' if brief else ''}, {('one thread', 'two threads')[threads - 1]}"
        target = ">= .5" if brief else ">= .2"
        figures.append(
            Figure(f"{how} / Celery solo", statistics.median(found), None, "1/s", target, peer, spread(found))
        )
    return figures


def _asked(clients: Clients) -> list[str]:
    lot = uuid4().hex
    asked = [Asked("nothing", f"{lot}:{number}", {}) for number in range(JOBS)]
    return clients.database.write(lambda tx, _: [jobs.ask_in(tx, one)[0].id for one in asked], timeout=60, shown=False)


def _worked(clients: Clients, shares: list[list[str]], brief: bool) -> None:
    """Each job is woken for once, as by its message; all are done at the end."""
    done: list[str] = []
    worker = Worker(clients.database, registry([Kind("nothing", lambda job: done.append(job.job.id), brief=brief)]))
    outcomes: list[Outcome] = []
    threads = [Thread(target=lambda ids=ids: outcomes.extend(worker.run(one) for one in ids)) for ids in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(one for share in shares for one in share)
    assert set(outcomes) <= {Outcome.DONE, Outcome.NONE}
    for state in (JobState.QUEUED, JobState.RUNNING):
        assert jobs.list_jobs(clients.database, kind="nothing", state=state, limit=1).rows == []


def _graphs(settings: Settings, clients: Clients) -> list[Figure]:
    """Mentions a second, whole ingest beside Graphiti's bulk write with no model in it, each on a Neo4j of its own."""
    apart = settings.model_copy(update={"data_dir": settings.data_dir.with_name("graphiti")})
    ours, theirs = list[float](), list[float]()
    with start(apart.embedded(), owned=True) as other:
        access = other.neo4j_uri, other.neo4j_user, other.neo4j_password
        with beside(str(PYTHON), "peer_graphiti", *access) as ask:
            clients.pipeline.ingest(enumerate(lines(LOADED), 1))
            if ask is not None:
                ask([line.decode() for line in lines(BULK)])
            for n in range(ROUNDS):
                given = list(lines(EVENTS, first=LOADED + n * EVENTS))
                before = clients.database.one(raw("live_mentions"), {})
                taken = seconds(lambda given=given: clients.pipeline.ingest(enumerate(given, 1)))
                after = clients.database.one(raw("live_mentions"), {})
                assert before and after
                ours.append((after["n"] - before["n"]) / taken)
                if ask is not None:
                    taken, edges = ask([line.decode() for line in lines(BULK, first=BULK * (n + 1))])
                    theirs.append(edges / taken)
    peer, note = (statistics.median(theirs), "") if theirs else (None, ABSENT)
    label = "whole ingest / Graphiti bulk write without a model"
    return [Figure(label, statistics.median(ours), None, "mentions/s", ">= 5", peer, spread(ours), note)]


def _names() -> list[Figure]:
    """Pairs a second of CPU, and the share of right verdicts; half the pairs are one name written otherwise."""
    pairs, truth = _pairs()
    kinds = {Family.PERSON: "person", Family.COLLECTIVE: "organization", Family.PLACE: "place"}

    def ours(some: list[tuple[str, str, Family]]) -> list[bool]:
        return [match(one, other, kinds[family]).verdict == "positive" for one, other, family in some]

    ours(pairs[:WARMING])
    start_at = process_time()
    said = ours(pairs[WARMING:])
    rate = len(said) / (process_time() - start_at)
    right = _share(said, truth[WARMING:])
    told = [(one, other, SCHEMAS[family]) for one, other, family in pairs]
    figures: list[Figure] = []
    with beside(str(PYTHON), "peer_nomenklatura", told, WARMING) as ask:
        for matcher in MATCHERS:
            note = "" if ask is not None else ABSENT
            peer, peer_right = None, None
            if ask is not None:
                taken, scores = ask(matcher)
                verdicts = [score >= BELIEVED for score in scores]
                peer, peer_right = len(scores) / taken, _share(verdicts, truth[WARMING:])
            label = f"pairs of names scored, first time / nomenklatura {matcher}"
            figures.append(Figure(label, rate, None, "1/s cpu", "", peer, note=note))
            label = f"right verdicts on them / nomenklatura {matcher}"
            figures.append(Figure(label, right, None, "share", "", peer_right, note=note))
    return figures


def _pairs() -> tuple[list[tuple[str, str, Family]], list[bool]]:
    chance = random.Random(13)
    made = [one for one in Maker().names(20_000) if one[1] is not Family.PLACE]
    pairs: list[tuple[str, str, Family]] = []
    truth: list[bool] = []
    while len(pairs) < PAIRS:
        (name, family), (other, same) = chance.choice(made), chance.choice(made)
        near = written_otherwise(name, chance.choice(WAYS), chance)
        if near is not None and family is same and name != other:
            pairs += [(name, near, family), (name, other, family)]
            truth += [True, False]
    return pairs, truth


def _share(said: list[bool], truth: list[bool]) -> float:
    return sum(one == other for one, other in zip(said, truth, strict=True)) / len(truth)


def _records(folder: Path) -> list[Figure]:
    """A table of people told apart: seconds of CPU, and F1 of the pairs, beside Splink as its examples set it up."""
    path = folder.with_name("people.csv")
    made = list(records(RECORDS))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [name for name in COLUMNS if name != "cluster"], extrasaction="ignore")
        table.writeheader()
        table.writerows(made)
    truth = {record["id"]: record["cluster"] for record in made}
    groups: dict[str, str] = {}

    def ours() -> None:
        read = records_of(path, None)
        linked = link(read.table)
        groups.update(zip(read.ids, map(str, linked.group.tolist()), strict=True))

    times: list[float] = []
    for _ in range(ROUNDS):
        start_at = process_time()
        ours()
        times.append(process_time() - start_at)
    with beside(sys.executable, "peer_splink", str(path)) as ask:
        told = [ask("cluster") for _ in range(ROUNDS)] if ask is not None else []
    note = "" if told else "not installed: pip install 'pentad[splink]'"
    peer = statistics.median(one for one, _ in told) if told else None
    peer_f1 = _f1(told[-1][1], truth) if told else None
    label = f"{RECORDS:,} records told apart / Splink"
    return [
        Figure(label, statistics.median(times), None, "s cpu", "", peer, spread(times), note),
        Figure("F1 of the pairs of that / Splink", _f1(groups, truth), None, "share", "", peer_f1, note=note),
    ]


def _f1(groups: dict[str, str], truth: dict[str, str]) -> float:
    """Of pairs of records, those in one group beside those that are one person."""
    found, real = (_pairs_in(Counter(of.values())) for of in (groups, truth))
    both = _pairs_in(Counter((groups.get(one), person) for one, person in truth.items()))
    return 2 * both / (found + real)


def _pairs_in(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
