"""Mentions that follow a decision in batches: reads are right meanwhile, a killed process is gone on from, and nothing
is lost when others write at the same time."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph import merging
from graph.database import Database
from graph.embedded import Servers
from graph.errors import Conflict, InvalidInput, NotFound
from graph.reading.co_mentions import co_mentions
from graph.reading.timeline import entity_timeline
from tests.factory import assert_counts, holder, person, told, value
from tests.judging_world import Court, dump, key_of, people

ANNA, ZOFIA, MARIA = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
ROOT = Path(__file__).parents[2]


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


@pytest.fixture
def slow_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision takes two mentions along; the others follow when somebody asks."""
    monkeypatch.setattr(merging, "FOLLOW", 2)
    monkeypatch.setattr("ingest.judging.AT_ONCE", 0)


def many(court: Court, each: int) -> None:
    """Anna with Maria in some events, Zofia alone and with Maria in others."""
    for n in range(each):
        who = [person("Anna Kowalska"), person("Maria Lis")]
        court.take(
            told(f"a{n}", f"2025-11-{n + 1:02}", who=who),
            told(f"z{n}", f"2025-12-{n + 1:02}", who=person("Zofia Nowak")),
        )
    court.take(told("zm", "2025-12-28", who=[person("Zofia Nowak"), person("Maria Lis")]))


def test_reads_are_right_while_mentions_follow(court: Court, driver: Driver, slow_follow: None) -> None:
    many(court, 6)
    alone = [row.event for row in entity_timeline(court.graph, ZOFIA).rows]
    decision = court.judging.merge([ANNA, ZOFIA], court_order())
    assert decision.behind and merging.is_behind(court.graph)
    steps = 0
    while True:
        found = entity_timeline(court.graph, ZOFIA)
        assert (found.key, found.total_mentions, len(found.rows)) == (ANNA, 13, 13)
        page = entity_timeline(court.graph, ANNA, limit=5)
        assert page.end is not None
        rest = entity_timeline(court.graph, ANNA, after=page.end)
        assert [row.event for row in (*page.rows, *rest.rows)] == [row.event for row in found.rows]
        assert [(row.name, row.n) for row in co_mentions(court.graph, ANNA).rows] == [("Maria Lis", 7)]
        assert co_mentions(court.graph, MARIA).rows[0].n <= 7
        if not merging.is_behind(court.graph):
            break
        assert merging.follow(court.graph, lambda: court.now, most=1) <= 2
        steps += 1
    assert steps >= 4
    assert court.faults() == []
    assert_counts(driver)
    assert value(driver, "MATCH (x:Entity) WHERE x.beside IS NOT NULL RETURN count(x)") == 0
    parted = court.undo(decision)
    assert parted.behind
    assert [row.event for row in entity_timeline(court.graph, ZOFIA).rows] == alone
    assert entity_timeline(court.graph, ANNA).total_mentions == 6
    court.judging.resume()
    assert court.faults() == []
    assert_counts(driver)


def court_order(author: str = "ann") -> Any:
    from ingest.judging import Order

    return Order(author=author)


def test_what_is_written_while_mentions_follow_is_counted(court: Court, driver: Driver, slow_follow: None) -> None:
    many(court, 5)
    before = dump(driver)
    decision = court.judging.merge([ANNA, ZOFIA], court_order())
    merging.follow(court.graph, lambda: court.now, most=1)
    # New versions lose mentions on both sides, new events bring some, by another process, too.
    court.take(told("z0", who=person("Maria Lis")), told("a1", who=person("Zofia Nowak")), by=court.another())
    court.take(told("new", who=person("Zofia Nowak")))
    court.judging.resume()
    assert court.faults() == []
    assert_counts(driver)
    court.undo(decision)
    court.judging.resume()
    assert court.faults() == []
    assert_counts(driver)
    assert len(dump(driver)) > len(before)


def test_a_decision_is_taken_back_while_its_mentions_still_follow(
    court: Court, driver: Driver, slow_follow: None
) -> None:
    many(court, 5)
    before = dump(driver)
    decision = court.judging.merge([ANNA, ZOFIA], court_order())
    merging.follow(court.graph, lambda: court.now, most=1)
    court.undo(decision)
    court.judging.resume()
    assert court.faults() == []
    assert dump(driver) == before


_FOLLOWER = """
import sys, time
from datetime import UTC, datetime
from graph import merging
from graph.database import DatabaseOptions, connect
merging.FOLLOW = 2
uri, user, password = sys.argv[1:4]
with connect(DatabaseOptions(uri, user, password)) as database:
    while True:
        moved = merging.follow(database, lambda: datetime.now(UTC), most=1)
        print("moved", flush=True)
        time.sleep(0.05)
"""


def test_a_process_killed_while_mentions_follow_is_gone_on_from(
    court: Court, driver: Driver, slow_follow: None, servers: Servers
) -> None:
    many(court, 20)
    before = dump(driver)
    decision = court.judging.merge([ANNA, ZOFIA], court_order())
    arguments = [servers.neo4j_uri, servers.neo4j_user, servers.neo4j_password]
    for nth in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", _FOLLOWER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(nth + 1):
            assert process.stdout.readline() == "moved\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert merging.is_behind(court.graph)
    assert entity_timeline(court.graph, ZOFIA).total_mentions == 41
    court.projections.catch_up()
    assert court.faults() == []
    assert_counts(driver)
    court.undo(decision)
    court.judging.resume()
    assert court.faults() == []
    assert dump(driver) == before


def test_two_who_follow_at_once_do_no_harm(court: Court, driver: Driver, slow_follow: None) -> None:
    many(court, 20)
    court.judging.merge([ANNA, ZOFIA], court_order())
    threads = [threading.Thread(target=court.judging.resume) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert court.faults() == []
    assert_counts(driver)


def test_merges_of_each_with_the_other_at_once_end_as_one(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    outcomes: list[str] = []

    def merge(one: str, other: str) -> None:
        # Each as another process: an index of its own.
        try:
            court.judge_by(court.another()).merge([one, other], court_order(one[:4]))
            outcomes.append("merged")
        except InvalidInput:
            outcomes.append("one already")

    threads = [threading.Thread(target=merge, args=pair) for pair in ((ANNA, ZOFIA), (ZOFIA, ANNA)) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["merged"] + ["one already"] * 5
    assert holder(driver, "e0", "Anna Kowalska")["key"] == holder(driver, "e1", "Zofia Nowak")["key"] == ANNA
    assert court.faults() == []


def test_decisions_in_the_middle_of_an_ingest_lose_nothing(court: Court, driver: Driver) -> None:
    names = ["Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"]
    court.take(*people(*names))
    stop = threading.Event()
    decided: list[str] = []

    def decide() -> None:
        judging = court.judge_by(court.another())
        while not stop.is_set():
            for one, other in ((0, 1), (2, 3), (1, 2)):
                try:
                    done = judging.merge([key_of(names[one]), key_of(names[other])], court_order("ben"))
                    decided.append(done.id)
                    time.sleep(0.02)
                    judging.undo(done.id, court_order("ben"))
                except (InvalidInput, Conflict, NotFound):
                    continue

    thread = threading.Thread(target=decide)
    thread.start()
    try:
        for batch in range(12):
            court.take(*people(*(names * 3), prefix=f"b{batch}-"))
    finally:
        stop.set()
        thread.join()
    assert len(decided) > 3
    assert court.faults() == []
    assert_counts(driver)
    assert value(driver, "MATCH (e:Event) RETURN count(e)") == 12 * 12 + 4
    assert value(driver, "MATCH ()-[m:WHO]->() WHERE m.kid IS NOT NULL RETURN count(m)") == 12 * 12 + 4
    assert len({holder(driver, f"e{n}", name)["key"] for n, name in enumerate(names)}) == 4
