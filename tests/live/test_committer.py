"""Batches are planned ahead of those that are still being written: what fails or comes between changes no result."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from typing import Any

import pytest
from neo4j import Driver

from graph.database import Database
from graph.errors import DatabaseUnavailable
from ingest.committer import Committer, Prepared
from ingest.payload import parse_record
from ingest.prepare import mentions
from tests.factory import NOW, World, assert_counts, organization, person, some_news, told


def prepared(*records: dict[str, Any]) -> list[Prepared]:
    events = [parse_record(record) for record in records]
    return [Prepared(n, event, event.content_hash, mentions(event)) for n, event in enumerate(events, 1)]


def committer(graph: Database) -> Committer:
    return Committer(graph, lambda: NOW)


def test_second_plan_knows_the_names_of_the_first_before_it_is_written(graph: Database) -> None:
    ours = committer(graph)
    first = ours.plan(prepared(told("a", who=[person("Nadia Sorel")])))
    second = ours.plan(prepared(told("b", who=[person("Nadia Sorel")])))
    for plan in (first, second):
        ours.write(plan)
    assert second.draft is not None
    assert second.draft.batch.identity.founded == []
    assert World(graph).faults() == []


def test_plan_behind_a_failed_one_is_made_anew(graph: Database) -> None:
    class Failing(Committer):
        fails = 1

        def _write(self, *given: Any) -> Any:
            if self.fails:
                self.fails -= 1
                raise DatabaseUnavailable("gone for once")
            return super()._write(*given)

    ours = Failing(graph, lambda: NOW)
    first = ours.plan(prepared(told("a", who=[person("Nadia Sorel")])))
    second = ours.plan(prepared(told("b", who=[person("Nadia Sorel"), organization("Sorel Lines")])))
    with pytest.raises(DatabaseUnavailable):
        ours.write(first)
    assert ours.write(second).written is not None
    assert ours.commit(prepared(told("a", who=[person("Nadia Sorel")]))).written is not None
    world = World(graph)
    assert world.faults() == []
    assert world.take(told("a", who=[person("Nadia Sorel")])).events_unchanged == 1


def test_plan_given_up_keeps_nobody_waiting(graph: Database) -> None:
    ours = committer(graph)
    first = ours.plan(prepared(told("a", who=[person("Nadia Sorel")])))
    second = ours.plan(prepared(told("b", who=[person("Nadia Sorel")])))
    ours.abandon(first)
    assert ours.write(second).written is not None
    assert World(graph).faults() == []


def test_what_another_process_commits_between_plan_and_write_is_seen(graph: Database) -> None:
    ours, theirs = committer(graph), committer(graph)
    mine = ours.plan(prepared(told("a", who=[person("N. Sorel")]), told("same", who=[person("Ada Quist")])))
    behind = ours.plan(prepared(told("c", who=[person("N. Sorel")])))
    theirs.commit(prepared(told("b", who=[person("Nadia Sorel")]), told("same", who=[person("Ada Quist")])))
    outcome = ours.write(mine)
    assert outcome.unchanged == ["same"]
    assert outcome.written is not None
    assert outcome.written.new == ["a"]
    assert ours.write(behind).written is not None
    assert World(graph).faults() == []


def test_same_event_in_two_batches_in_flight_is_decided_in_turn(graph: Database) -> None:
    ours = committer(graph)
    first = ours.plan(prepared(told("a", who=[person("Nadia Sorel")])))
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(ours.commit, prepared(told("a", who=[person("Nadia Sorel")])))
        assert ours.write(first).written is not None
        assert later.result(timeout=30).unchanged == ["a"]


def test_many_threads_on_one_committer_lose_nothing(graph: Database) -> None:
    ours = committer(graph)
    news = some_news(11, 120, versions=False)
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(ours.commit, [prepared(*news[n : n + 10]) for n in range(0, 120, 10)]))
    assert sum(len(o.written.new) for o in outcomes if o.written) == 120
    world = World(graph, now=datetime.now(NOW.tzinfo))
    assert world.faults() == []
    assert world.take(*news).events_unchanged == 120


@pytest.mark.parametrize("seed", range(2))
def test_counts_are_exact_when_two_processes_write_in_turn(graph: Database, driver: Driver, seed: int) -> None:
    """Each remembers what its last batch left, and forgets it when the other has written."""
    chance, crew = Random(seed), [committer(graph), committer(graph)]
    news = some_news(seed, 90)
    for begin in range(0, len(news), 6):
        for record in news[begin : begin + 6]:
            chance.choice(crew).commit(prepared(record))
        unlike = {record["id"]: record for record in news[begin : begin + 6]}
        chance.choice(crew).commit(prepared(*unlike.values()))
    assert_counts(driver)
    assert World(graph).faults() == []


def test_counts_are_exact_after_a_batch_that_was_lost(graph: Database, driver: Driver) -> None:
    class Failing(Committer):
        fails = 0

        def _write(self, *given: Any) -> Any:
            written = super()._write(*given)
            if self.fails:
                self.fails -= 1
                raise DatabaseUnavailable("gone before the commit")
            return written

    ours = Failing(graph, lambda: NOW)
    ours.commit(prepared(told("a", who=[person("Nadia Sorel", role="source")])))
    ours.fails = 1
    with pytest.raises(DatabaseUnavailable):
        ours.commit(prepared(told("b", who=[person("Nadia Sorel", role="target")])))
    ours.commit(prepared(told("c", who=[person("Nadia Sorel", role="target")])))
    assert_counts(driver)
    assert World(graph).faults() == []
