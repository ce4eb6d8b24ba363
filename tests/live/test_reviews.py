"""The review queue through the real graph: what waits, what it is worth, and what becomes of answers."""

from dataclasses import dataclass
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from api.commands.reviewing import converse
from graph.database import Database
from graph.errors import Conflict, NotFound, StaleVersion
from graph.judgement import Author, Judgement, Verdict
from graph.reading.reviews import Review, ReviewSort, review_detail, review_list
from ingest.judging import Judging, Order
from ingest.reviewing import Answer, Answered, Reviewing
from tests.factory import assert_counts, holder, organization, person, told
from tests.judging_world import Court, dump, key_of, people


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


@pytest.fixture(autouse=True)
def sound(court: Court, driver: Driver) -> Any:
    yield
    assert court.faults() == []
    assert_counts(driver)


@pytest.fixture
def reviewing(court: Court) -> Reviewing:
    return Reviewing(court.judging)


def unsure(court: Court, one: str, other: str, score: float = 0.8) -> None:
    said = Judgement(
        a=key_of(one), b=key_of(other), verdict=Verdict.UNSURE, by=Author.BATCH, score=score, reason="uncertain"
    )
    court.judging.judge([said])


def queue(court: Court, **more: Any) -> list[Review]:
    return review_list(court.graph, **more).rows


def test_pairs_are_ordered_by_the_mentions_an_answer_is_expected_to_put_right(court: Court) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    court.take(*people("Maria Lis", "Maria Lis", "Piotr Zych", prefix="more"))
    unsure(court, "Anna Kowalska", "Zofia Nowak", 0.84)
    unsure(court, "Maria Lis", "Piotr Zych", 0.76)
    rows = queue(court)
    assert [(row.a.name, row.b.name if row.b else None, row.value) for row in rows] == [
        ("Maria Lis", "Piotr Zych", pytest.approx(1.52)),
        ("Anna Kowalska", "Zofia Nowak", pytest.approx(0.84)),
    ]
    first, second = (
        review_list(court.graph, limit=1),
        review_list(court.graph, limit=1, after=(rows[0].value, rows[0].id)),
    )
    assert [row.id for row in (*first.rows, *second.rows)] == [row.id for row in rows]
    assert (first.end, second.end) == ((rows[0].value, rows[0].id), None)
    assert queue(court, kind="organization") == []


def test_same_joins_different_parts_for_good_and_both_leave_the_queue(
    court: Court, reviewing: Reviewing, driver: Driver
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    unsure(court, "Maria Lis", "Piotr Zych")
    before, asked = dump(driver), queue(court)
    by_name = {row.a.name: row for row in asked}
    same = by_name["Anna Kowalska"]
    done = reviewing.answer(Answered(same.id, Answer.SAME, same.expected_version), Order("ann"))
    reviewing.answer(Answered(by_name["Maria Lis"].id, Answer.DIFFERENT), Order("ann"))
    assert holder(driver, "e0", "Anna Kowalska")["key"] == holder(driver, "e1", "Zofia Nowak")["key"]
    assert queue(court) == []
    with pytest.raises(Conflict):
        reviewing.answer(Answered(by_name["Maria Lis"].id, Answer.SAME), Order("ben"))
    assert done.decision is not None
    court.judging.undo(done.decision.id, Order("ann"))
    assert [row.id for row in queue(court)] == [same.id]
    assert [line for line in dump(driver) if "person" not in line or "Judgement" not in line] == [
        line for line in before if "person" not in line or "Judgement" not in line
    ]


def test_a_stale_click_is_refused(court: Court, reviewing: Reviewing) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    (asked,) = queue(court)
    court.merge(key_of("Zofia Nowak"), key_of("Maria Lis"))
    with pytest.raises(StaleVersion):
        reviewing.answer(Answered(asked.id, Answer.SAME, asked.expected_version), Order("ann"))
    with pytest.raises(NotFound):
        reviewing.answer(Answered("f" * 32, Answer.SAME), Order("ann"))


def test_unsure_by_a_person_ends_the_question_and_skip_puts_it_back(court: Court, reviewing: Reviewing) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    (asked,) = queue(court)
    done = reviewing.answer(Answered(asked.id, Answer.SKIP), Order("ann"))
    assert (done.decision, done.skipped) == (None, [asked.id])
    (again,) = queue(court)
    assert again.value == pytest.approx(asked.value / 2)
    reviewing.answer(Answered(asked.id, Answer.UNSURE), Order("ann"))
    assert queue(court) == []


def test_many_answers_are_one_decision_and_what_cannot_be_taken_is_told(
    court: Court, reviewing: Reviewing, driver: Driver
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    unsure(court, "Maria Lis", "Piotr Zych")
    ids = [row.id for row in queue(court)]
    answers = [*(Answered(one, Answer.SAME) for one in ids), Answered("f" * 32, Answer.SAME)]
    before = dump(driver)
    dry = reviewing.answer_all(answers, Order("ann", dry_run=True))
    assert dump(driver) == before
    assert dry.decision is not None and len(dry.decision.merged) == 2 and dry.decision.change is None
    done = reviewing.answer_all(answers, Order("ann"))
    assert (sorted(done.taken), list(done.refused)) == (sorted(ids), ["f" * 32])
    assert done.decision is not None
    court.judging.undo(done.decision.id, Order("ann"))
    assert sorted(row.id for row in queue(court)) == sorted(ids)


def test_persons_who_differ_are_asked_again_and_the_review_ends_it(
    court: Court, reviewing: Reviewing, driver: Driver
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    apart = Judgement(
        a=key_of("Anna Kowalska"),
        b=key_of("Zofia Nowak"),
        verdict=Verdict.NEGATIVE,
        by=Author.PERSON,
        score=1.0,
        reason="two people",
    )
    court.judging.judge([apart], author="ann")
    court.merge(key_of("Anna Kowalska"), key_of("Zofia Nowak"), author="ben")
    (asked,) = queue(court, sort=ReviewSort.CONFLICT)
    assert asked.against is not None and (asked.judgement and asked.judgement.author, asked.against.author) == (
        "ben",
        "ann",
    )
    reviewing.answer(Answered(asked.id, Answer.SAME), Order("cleo"))
    assert holder(driver, "e0", "Anna Kowalska")["key"] == holder(driver, "e1", "Zofia Nowak")["key"]
    assert queue(court) == []


def test_one_name_that_fits_two_entities_judged_different_is_a_conflict(court: Court, reviewing: Reviewing) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
    names = [key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis")]
    said = [(0, 1, Verdict.NEGATIVE, 1.0), (2, 0, Verdict.POSITIVE, 0.95), (2, 1, Verdict.POSITIVE, 0.9)]
    court.judging.judge(
        [Judgement(a=names[a], b=names[b], verdict=v, by=Author.BATCH, score=s, reason="r") for a, b, v, s in said]
    )
    (asked,) = queue(court)
    assert (asked.sort, {asked.a.alias, asked.b.alias if asked.b else ""}) == (
        ReviewSort.CONFLICT,
        {"Maria Lis", "Zofia Nowak"},
    )
    reviewing.answer(Answered(asked.id, Answer.DIFFERENT), Order("ann"))
    assert queue(court) == []


def test_entities_that_may_be_none_are_listed_until_somebody_says(court: Court, reviewing: Reviewing) -> None:
    court.take(
        told("a", who=person("Kowalska")),
        told("b", who=organization("Selwyn Grain Union", relevance=0.4)),
        told("c", who=organization("Harbour Board", relevance=0.9)),
        told("d", who=organization("Harbour Board", relevance=0.2)),
    )
    rows = queue(court, sort=ReviewSort.NEW)
    assert {row.a.name: row.reason for row in rows} == {
        "Kowalska": "one word that matched nothing",
        "Selwyn Grain Union": "mentions of little relevance alone",
    }
    for row in rows:
        reviewing.answer(Answered(row.id, Answer.DIFFERENT, row.expected_version), Order("ann"))
    assert queue(court, sort=ReviewSort.NEW) == []


def test_a_question_shows_events_of_both_sides(court: Court) -> None:
    court.take(told("a", who=[person("Anna Kowalska"), organization("Harbour Board")]), *people("Zofia Nowak"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    found = review_detail(court.graph, queue(court)[0].id)
    assert [(e.id, e.others) for e in found.a.evidence] == [("a", ["Harbour Board"])]
    assert found.b is not None and [e.id for e in found.b.evidence] == ["e0"]
    assert found.open


@dataclass
class Hands:
    """What `converse` needs of open clients."""

    database: Database
    judging: Judging


def test_on_the_command_line_each_key_is_an_answer_and_z_takes_the_last_back(
    court: Court, driver: Driver, capsys: pytest.CaptureFixture[str]
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    unsure(court, "Anna Kowalska", "Zofia Nowak", 0.84)
    unsure(court, "Maria Lis", "Piotr Zych", 0.76)
    before = dump(driver)
    pressed = iter("yznxuq")
    hands: Any = Hands(court.graph, court.judging)
    assert converse(hands, queue(court), lambda: next(pressed)) == 2
    assert holder(driver, "e0", "Anna Kowalska")["key"] != holder(driver, "e1", "Zofia Nowak")["key"]
    assert queue(court) == []
    shown = capsys.readouterr().out
    assert "Anna Kowalska" in shown and "Zofia Nowak" in shown and "taken back" in shown and "2 decided" in shown
    assert len(dump(driver)) == len(before) + 2
