"""Decisions through the real graph: merge, split, judge, revoke; what follows them, and that undo leaves no trace."""

from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import Conflict, InvalidInput, NotFound, StaleVersion
from graph.judgement import Author, Judgement, Verdict
from graph.reading.history import entity_history
from tests.factory import assert_counts, holder, judged, person, told, value
from tests.judging_world import Court, dump, key_of, people


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


@pytest.fixture(autouse=True)
def sound(court: Court, driver: Driver) -> Any:
    """Whatever a test did, the graph keeps its promises."""
    yield
    assert court.faults() == []
    assert_counts(driver)


def of(driver: Driver, event: str, surface: str) -> str:
    return holder(driver, event, surface)["key"]


def said(one: str, other: str, verdict: str = "negative", by: str = "person", **more: Any) -> Judgement:
    return Judgement(
        a=key_of(one),
        b=key_of(other),
        verdict=Verdict(verdict),
        by=Author(by),
        score=1.0,
        reason=more.pop("reason", "test"),
        **more,
    )


def test_a_merge_joins_names_mentions_counts_and_boards_and_undo_leaves_no_trace(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Anna Kowalska"))
    before = dump(driver)
    decision = court.merge(key_of("Zofia Nowak"), key_of("Anna Kowalska"))
    assert decision.merged == {key_of("Anna Kowalska"): [key_of("Zofia Nowak")]}
    assert (decision.mentions, decision.behind, decision.conflicts) == (1, False, [])
    found = holder(driver, "e1", "Zofia Nowak")
    assert (found["key"], found["mentions"]) == (key_of("Anna Kowalska"), 3)
    assert found["aliases"] == ["Anna Kowalska", "Zofia Nowak"]
    assert court.faults() == []
    undone = court.undo(decision)
    assert undone.split == {key_of("Anna Kowalska"): [key_of("Anna Kowalska"), key_of("Zofia Nowak")]}
    assert dump(driver) == before


def test_a_merge_of_one_entity_or_of_nobody_is_refused(court: Court) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    with pytest.raises(InvalidInput):
        court.merge(key_of("Anna Kowalska"))
    with pytest.raises(NotFound):
        court.merge(key_of("Anna Kowalska"), key_of("Nobody Here"))
    court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))
    with pytest.raises(InvalidInput):
        court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))


def test_undo_twice_and_undo_of_nothing_are_refused(court: Court) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    decision = court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))
    court.undo(decision)
    with pytest.raises(Conflict):
        court.undo(decision)
    with pytest.raises(NotFound):
        court.judging.undo("f" * 32, court_order())


def court_order() -> Any:
    from ingest.judging import Order

    return Order(author="ann")


def test_a_stale_click_is_refused_and_changes_nothing(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
    keys = [key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis")]
    court.merge(*keys[:2])
    before = dump(driver)
    for stale in ({keys[0]: 1}, {keys[1]: 1}):
        with pytest.raises(StaleVersion):
            court.merge(keys[0], keys[2], expected=stale)
    assert dump(driver) == before


def test_a_dry_run_tells_and_writes_nothing(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    before = dump(driver)
    decision = court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"), dry_run=True)
    assert decision.change is None
    assert decision.merged == {key_of("Anna Kowalska"): [key_of("Zofia Nowak")]}
    assert dump(driver) == before
    court.take(told("later", who=person("Zofia Nowak")))
    assert of(driver, "later", "Zofia Nowak") == key_of("Zofia Nowak")


def test_mentions_after_a_merge_go_with_their_alias_when_it_is_undone(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    decision = court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))
    court.take(*people("Zofia Nowak", "Zofia Nowak", prefix="later"), by=court.another())
    assert holder(driver, "later0", "Zofia Nowak")["mentions"] == 4
    court.undo(decision)
    assert holder(driver, "later1", "Zofia Nowak")["mentions"] == 3


def test_a_split_of_aliases_parts_them_for_good(court: Court, driver: Driver) -> None:
    court.take(*people("Nicolás Maduro", "Nicolas Maduro", "Nicolás Maduro"))
    assert of(driver, "e0", "Nicolás Maduro") == of(driver, "e1", "Nicolas Maduro")
    before = dump(driver)
    decision = court.split(key_of("Nicolas Maduro"))
    assert of(driver, "e0", "Nicolás Maduro") != of(driver, "e1", "Nicolas Maduro")
    court.take(*people("Nicolas Maduro", "Nicolás Maduro", prefix="later"))
    assert of(driver, "later0", "Nicolas Maduro") == of(driver, "e1", "Nicolas Maduro")
    assert of(driver, "later1", "Nicolás Maduro") == of(driver, "e0", "Nicolás Maduro")
    court.undo(decision)
    assert of(driver, "later0", "Nicolas Maduro") == of(driver, "later1", "Nicolás Maduro")
    assert len(before) > 0


def test_a_split_of_all_names_or_of_two_entities_is_refused(court: Court) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    with pytest.raises(InvalidInput):
        court.split(key_of("Anna Kowalska"))
    with pytest.raises(InvalidInput):
        court.split(key_of("Anna Kowalska"), key_of("Zofia Nowak"))


def test_the_split_of_a_middle_link_leaves_what_rested_on_it_apart(court: Court, driver: Driver) -> None:
    names = ["Anna Kowalska", "Zofia Nowak", "Maria Lis"]
    court.take(*people(*names))
    keys = [key_of(name) for name in names]
    court.judging.judge([said(names[0], names[1], "positive", "batch"), said(names[1], names[2], "positive", "batch")])
    assert len({of(driver, f"e{n}", name) for n, name in enumerate(names)}) == 1
    decision = court.split(keys[1])
    assert sorted(decision.split[keys[0]]) == sorted(keys)
    court.undo(decision)
    assert len({of(driver, f"e{n}", name) for n, name in enumerate(names)}) == 1


def test_single_mentions_split_from_an_entity_found_a_name_of_their_own(court: Court, driver: Driver) -> None:
    court.take(
        told("a", who=[person("Anna Kowalska"), person("Zofia Nowak")]),
        told("b", who=person("Anna Kowalska")),
        told("c", who=person("Anna Kowalska")),
    )
    before = dump(driver)
    mention = value(driver, "MATCH (:Event {id: 'b'})-[m:WHO]->() RETURN m.id")
    decision = court.judging.split((), [("b", mention)], court_order())
    assert decision.placed == 1
    assert of(driver, "b", "Anna Kowalska") != of(driver, "a", "Anna Kowalska") == of(driver, "c", "Anna Kowalska")
    assert value(driver, "MATCH (:Event {id: 'b'})-[m:WHO]->() RETURN m.alias0") == key_of("Anna Kowalska")
    court.undo(decision)
    assert of(driver, "b", "Anna Kowalska") == of(driver, "a", "Anna Kowalska")
    # The alias that was founded for it stays, without mentions.
    (founded,) = decision.founded
    left = [line for line in dump(driver) if founded.key not in line and not line.startswith("Entity")]
    left = [line for line in left if not (line.startswith("Judgement") and founded.discriminator in line)]
    assert left == [line for line in before if not line.startswith("Entity")]


def test_a_mention_is_split_off_again_after_an_undo(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Anna Kowalska"))
    mention = value(driver, "MATCH (:Event {id: 'e1'})-[m:WHO]->() RETURN m.id")
    first = court.judging.split((), [("e1", mention)], court_order())
    court.undo(first)
    again = court.judging.split((), [("e1", mention)], court_order())
    assert (len(first.founded), len(again.founded), again.placed) == (1, 0, 1)
    assert of(driver, "e1", "Anna Kowalska") != of(driver, "e0", "Anna Kowalska")


def test_relationships_follow_a_placed_mention(court: Court, driver: Driver) -> None:
    court.take(
        told(
            "a",
            who=[person("Anna Kowalska"), person("Zofia Nowak")],
            relationships=[{"subject": "Anna Kowalska", "predicate": "met", "object": "Zofia Nowak"}],
        ),
        told("b", who=person("Anna Kowalska")),
    )
    mention = value(driver, "MATCH (:Event {id: 'a'})-[m:WHO {surface: 'Anna Kowalska'}]->() RETURN m.id")
    court.judging.split((), [("a", mention)], court_order())
    assert value(driver, "MATCH (s)-[:RELATED]->() RETURN s.key") == of(driver, "a", "Anna Kowalska")


def test_a_person_beats_automatic_and_automatic_never_beats_a_person(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    court.judging.judge([said("Anna Kowalska", "Zofia Nowak", "negative", "batch")])
    decision = court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))
    assert of(driver, "e0", "Anna Kowalska") == of(driver, "e1", "Zofia Nowak")
    assert [j.verdict for j in decision.revoked] == [Verdict.NEGATIVE]
    court.undo(decision)
    assert of(driver, "e0", "Anna Kowalska") != of(driver, "e1", "Zofia Nowak")
    court.judging.judge([said("Anna Kowalska", "Zofia Nowak", "positive", "rule")])
    assert of(driver, "e0", "Anna Kowalska") != of(driver, "e1", "Zofia Nowak")


def test_two_persons_who_differ_are_a_conflict_and_nothing_is_joined(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    court.judging.judge([said("Anna Kowalska", "Zofia Nowak")], author="ann")
    decision = court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"), author="ben")
    assert [(c.positive.author, c.negative.author) for c in decision.conflicts] == [("ben", "ann")]
    assert of(driver, "e0", "Anna Kowalska") != of(driver, "e1", "Zofia Nowak")


def test_who_thinks_better_of_it_takes_the_own_word_back(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    court.judging.judge([said("Anna Kowalska", "Zofia Nowak")], author="ann")
    assert court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"), author="ann").conflicts == []
    assert of(driver, "e0", "Anna Kowalska") == of(driver, "e1", "Zofia Nowak")


@pytest.mark.parametrize("merged_first", [True, False])
def test_short_forms_are_asked_again_when_their_bearers_become_one_or_two(
    court: Court, driver: Driver, merged_first: bool
) -> None:
    court.take(*people("Nicolás Maduro", "Norberto Maduro"))
    keys = [key_of("Nicolás Maduro"), key_of("Norberto Maduro")]
    if not merged_first:
        court.take(told("short", who=person("Maduro")))
        assert of(driver, "short", "Maduro") not in {of(driver, "e0", "Nicolás Maduro")}
    before = dump(driver) if not merged_first else None
    decision = court.merge(*keys)
    if merged_first:
        court.take(told("short", who=person("Maduro")))
    assert of(driver, "short", "Maduro") == of(driver, "e0", "Nicolás Maduro")
    court.undo(decision)
    assert of(driver, "short", "Maduro") not in {
        of(driver, "e0", "Nicolás Maduro"),
        of(driver, "e1", "Norberto Maduro"),
    }
    live = sorted((j["verdict"], j["by"]) for j in judged(driver, "Maduro") if not j["revoked"])
    assert live == [("unsure", "online"), ("unsure", "online")]
    if before is not None:
        assert dump(driver) == before


def test_another_process_sees_a_decision_before_its_next_batch(court: Court, driver: Driver) -> None:
    other = court.another()
    court.take(*people("Anna Kowalska", "Zofia Nowak"), by=other)
    court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"))
    court.take(told("later", who=person("Zofia Nowak")), by=other)
    assert of(driver, "later", "Zofia Nowak") == key_of("Anna Kowalska")


def test_a_bulk_of_the_batch_is_one_change(court: Court, driver: Driver) -> None:
    names = [f"{first} {last}" for first in ("Anna", "Zofia", "Maria") for last in ("Kowalska", "Nowak", "Lis")]
    court.take(*people(*names))
    pairs = [said(names[n], names[n + 1], "positive", "batch") for n in range(0, 8, 2)]
    decision = court.judging.judge(pairs, author="dedupe", cause="a run")
    assert len(decision.merged) == 4
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == decision.change
    again = court.judging.judge([], [j.id for j in decision.made], author="dedupe")
    assert len(again.split) == 4
    with pytest.raises(InvalidInput):
        court.judging.judge([pairs[0], pairs[0]])


def test_mentions_that_their_event_explains_are_asked_again_when_a_person_speaks(court: Court, driver: Driver) -> None:
    court.take(
        told("other", who=person("Norberto Maduro")),
        told("a", who=[person("Nicolás Maduro"), person("Maduro")]),
        told("b", who=person("Maduro")),
    )
    assert of(driver, "a", "Maduro") == of(driver, "a", "Nicolás Maduro") != of(driver, "b", "Maduro")
    before = dump(driver)
    said_apart = court.judging.judge([said("Maduro", "Nicolás Maduro")], author="ann")
    assert said_apart.placed == 1
    assert of(driver, "a", "Maduro") == of(driver, "b", "Maduro") != of(driver, "a", "Nicolás Maduro")
    assert court.faults() == []
    court.undo(said_apart)
    assert dump(driver) == before


def test_the_word_of_a_person_on_a_mention_outlives_new_versions_of_its_event(court: Court, driver: Driver) -> None:
    court.take(*people("Anna Kowalska", "Anna Kowalska"))
    mention = value(driver, "MATCH (:Event {id: 'e1'})-[m:WHO]->() RETURN m.id")
    court.judging.split((), [("e1", mention)], court_order())
    own = of(driver, "e1", "Anna Kowalska")
    for by in (None, court.another()):
        court.take({**told("e1", who=person("Anna Kowalska")), "title": f"told anew {by is None}"}, by=by)
        assert of(driver, "e1", "Anna Kowalska") == own != of(driver, "e0", "Anna Kowalska")
        assert court.faults() == []


def test_merges_splits_and_conflicts_stand_in_the_history_of_both_sides(court: Court) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    anna, zofia = key_of("Anna Kowalska"), key_of("Zofia Nowak")
    merged = court.merge(anna, zofia)
    told_once = [(row.sort, row.new) for row in entity_history(court.graph, anna).rows if row.sort == "merge"]
    assert told_once == [("merge", [zofia])]
    court.undo(merged)
    splits = [row.new for row in entity_history(court.graph, anna).rows if row.sort == "split"]
    assert splits == [sorted([anna, zofia], key=lambda key: key != anna)]
    assert [row.sort for row in entity_history(court.graph, zofia).rows].count("move") == 2
    court.judging.judge([said("Anna Kowalska", "Zofia Nowak")], author="ann")
    court.merge(anna, zofia, author="ben")
    assert [row.new for row in entity_history(court.graph, anna).rows if row.sort == "conflict"] == [zofia]
