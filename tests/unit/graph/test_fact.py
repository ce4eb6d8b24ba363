"""What statements of one scope come to: which fact holds, which are contested, which superseded which."""

import random

from graph.fact import Fact, State, Statement, Word, facts_of, settle
from graph.judgement import Verdict


def says(key: str, value: str, since: int, until: int | None = None, confidence: float | None = None) -> Statement:
    return Statement(key, value, since, until, confidence)


def lines(found: list[Fact]) -> list[tuple[str, int, State, int | None]]:
    return [(one.value, one.since, one.state, one.ended) for one in found]


def test_a_newer_fact_supersedes_from_its_own_beginning_on() -> None:
    found = settle([says("1", "ada", 10), says("2", "ada", 12), says("3", "bo", 20)])
    assert lines(found) == [("ada", 10, State.SUPERSEDED, 20), ("bo", 20, State.CURRENT, None)]
    assert found[0].by is found[1]
    assert found[0].holds_at(19)
    assert not found[0].holds_at(20)


def test_what_is_told_again_after_the_other_began_is_contested_on_both_sides() -> None:
    found = settle([says("1", "ada", 10), says("2", "bo", 20), says("3", "ada", 25)])
    assert [one.state for one in found] == [State.CONTESTED, State.CONTESTED]
    assert found[0].against == [found[1]]
    assert found[1].against == [found[0]]


def test_two_that_begin_at_once_are_contested() -> None:
    assert {one.state for one in settle([says("1", "ada", 10), says("2", "bo", 10)])} == {State.CONTESTED}


def test_one_that_calls_itself_unlikely_supersedes_nothing() -> None:
    assert {one.state for one in settle([says("1", "ada", 10), says("2", "bo", 20, None, 0.4)])} == {State.CONTESTED}


def test_what_ended_before_the_next_began_contradicts_nothing() -> None:
    found = settle([says("1", "ada", 10, 20), says("2", "bo", 20, 30), says("3", "ada", 30)])
    assert lines(found) == [
        ("ada", 10, State.CURRENT, None),
        ("bo", 20, State.CURRENT, None),
        ("ada", 30, State.CURRENT, None),
    ]
    assert [one.holds_at(25) for one in found] == [False, True, False]


def test_a_third_supersedes_two_that_contest_each_other() -> None:
    found = settle([says("1", "ada", 10), says("2", "bo", 20), says("3", "ada", 25), says("4", "cy", 40)])
    assert [one.state for one in found] == [State.SUPERSEDED, State.SUPERSEDED, State.CURRENT]


def test_each_is_superseded_by_the_next_alone() -> None:
    found = settle([says("1", "ada", 10), says("2", "bo", 20), says("3", "cy", 30)])
    assert [(one.value, one.ended) for one in found] == [("ada", 20), ("bo", 30), ("cy", None)]


def test_the_word_of_a_person_goes_before_the_rule_both_ways() -> None:
    told = [says("1", "ada", 10), says("2", "bo", 20)]
    assert {one.state for one in settle(told, [Word("1", "2", Verdict.NEGATIVE)])} == {State.CONTESTED}
    turned = settle(told, [Word("2", "1", Verdict.POSITIVE)])
    assert lines(turned) == [("ada", 10, State.CURRENT, None), ("bo", 20, State.SUPERSEDED, 20)]
    both = [*told, says("3", "ada", 25)]
    assert [one.state for one in settle(both, [Word("1", "2", Verdict.POSITIVE)])] == [State.SUPERSEDED, State.CURRENT]


def test_many_may_hold_where_nothing_is_declared() -> None:
    assert {one.state for one in facts_of([says("1", "ada", 10), says("2", "bo", 10)])} == {State.CURRENT}


def test_the_order_of_statements_decides_nothing() -> None:
    chance = random.Random(7)
    for _ in range(200):
        told = [
            says(str(n), chance.choice("abc"), chance.randrange(9), chance.choice((None, None, 9, 12)))
            for n in range(chance.randrange(1, 8))
        ]
        words = [Word(chance.choice(told).id, chance.choice(told).id, Verdict.NEGATIVE)]
        one = lines(settle(told, words))
        assert lines(settle(chance.sample(told, len(told)), words)) == one


def test_a_word_on_facts_that_never_held_together_contests_nothing() -> None:
    told = [says("1", "ada", 10, 15), says("2", "bo", 20)]
    assert {one.state for one in settle(told, [Word("1", "2", Verdict.NEGATIVE)])} == {State.CURRENT}


def test_of_several_that_supersede_one_the_earliest_ends_it() -> None:
    told = [says("1", "ada", 10), says("2", "bo", 20), says("3", "cy", 30)]
    words = [Word("1", "2", Verdict.POSITIVE), Word("1", "3", Verdict.POSITIVE)]
    for order in (words, words[::-1]):
        found = settle(told, order)
        assert (found[0].ended, found[0].by) == (20, found[1])
