"""Facts in the graph: states follow what events tell, what persons say, and who is who; all of it can be taken back."""

from datetime import UTC, datetime

import pytest
from neo4j import Driver

from graph.database import Database
from graph.errors import Conflict, InvalidInput, NotFound
from graph.fact import State
from graph.fact_ledger import FactLedger
from graph.judgement import Verdict
from graph.predicate import Cardinality, Predicate, Scope
from graph.reading.clocks import Clocks
from graph.reading.facts import Asked, FactRow, entity_facts, fact_judgements, predicates
from tests.factory import Json, organization, person, told
from tests.judging_world import Court, key_of

EVERY = Asked(every=True)
ACME = key_of("acme", "collective")


def heads(event: str, who: str, at: str, *, of: str = "Acme", **more: object) -> Json:
    return told(
        event,
        at,
        who=[person(who), organization(of)],
        relationships=[{"subject": who, "predicate": "chief_executive_of", "object": of, **more}],
        source={"name": f"Paper {event}", "url": f"https://{event}.example/1"},
    )


@pytest.fixture
def court(graph: Database) -> Court:
    return Court(graph)


def facts(court: Court, key: str = ACME, clocks: Clocks | None = None, asked: Asked = EVERY) -> list[FactRow]:
    return entity_facts(court.graph, key, court.now, clocks or Clocks(), asked).rows


def short(rows: list[FactRow]) -> dict[str, str]:
    return {row.subject.name: row.state for row in rows}


def ledger(court: Court) -> FactLedger:
    return FactLedger(court.graph, lambda: court.now)


def test_a_newer_fact_supersedes_with_its_event_as_evidence_and_as_of_tells_the_former_one(court: Court) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10"))
    rows = facts(court)
    assert short(rows) == {"Bo Berg": State.CURRENT, "Ada Ames": State.SUPERSEDED}
    ada = rows[1]
    assert ada.ended_at == datetime(2025, 6, 10, tzinfo=UTC)
    assert ada.superseded_by is not None
    assert ada.superseded_by.subject.name == "Bo Berg"
    [judged] = fact_judgements(court.graph)
    assert (judged.id, judged.by, judged.events) == (ada.judgement, "rule", ["b"])
    assert short(facts(court, asked=Asked())) == {"Bo Berg": State.CURRENT}
    then = Clocks(as_of=datetime(2025, 3, 1, tzinfo=UTC))
    assert short(facts(court, clocks=then, asked=Asked())) == {"Ada Ames": State.CURRENT}
    assert court.faults() == []


def test_whichever_came_first_the_facts_are_the_same(court: Court) -> None:
    court.take(heads("b", "Bo Berg", "2025-06-10"))
    court.take(heads("a", "Ada Ames", "2025-01-10"))
    assert short(facts(court)) == {"Bo Berg": State.CURRENT, "Ada Ames": State.SUPERSEDED}
    assert court.faults() == []


def test_contested_facts_show_both_sides_whichever_end_is_asked(court: Court) -> None:
    court.take(
        heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10"), heads("c", "Ada Ames", "2025-07-01")
    )
    for key in (ACME, key_of("Bo Berg")):
        [bo] = [row for row in facts(court, key) if row.subject.name == "Bo Berg"]
        assert bo.state == State.CONTESTED
        assert [side.subject.name for side in bo.contested_by] == ["Ada Ames"]
    assert fact_judgements(court.graph) == []


def test_only_what_a_predicate_declares_contradicts(court: Court) -> None:
    def works(event: str, at: str, of: str) -> Json:
        one = heads(event, "Ada Ames", at, of=of)
        return {**one, "relationships": [{"subject": "Ada Ames", "predicate": "works for", "object": of}]}

    court.take(works("a", "2025-01-10", "Acme"), works("b", "2025-06-10", "Borg"))
    ada = key_of("Ada Ames")
    assert {row.state for row in facts(court, ada)} == {State.CURRENT}
    declared = Predicate(name="works_for", cardinality=Cardinality.ONE, scope=Scope.SUBJECT)
    assert ledger(court).declare(declared) == 1
    assert {row.object.name: row.state for row in facts(court, ada)} == {
        "Borg": State.CURRENT,
        "Acme": State.SUPERSEDED,
    }
    assert declared in predicates(court.graph)
    assert court.faults() == []
    ledger(court).declare(Predicate(name="works_for"))
    assert {row.state for row in facts(court, ada)} == {State.CURRENT}
    assert fact_judgements(court.graph) == []
    assert court.faults() == []


def test_a_supersession_is_undone_and_stays_undone(court: Court) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10"))
    [judged] = fact_judgements(court.graph)
    made = ledger(court).undo(judged.id, "ann")
    assert made is not None
    assert set(short(facts(court)).values()) == {State.CONTESTED}
    court.take(heads("c", "Bo Berg", "2025-07-01"))
    assert set(short(facts(court)).values()) == {State.CONTESTED}
    with pytest.raises(Conflict):
        ledger(court).undo(judged.id, "ann")
    assert ledger(court).undo(made["id"], "ann") is None
    assert short(facts(court)) == {"Bo Berg": State.CURRENT, "Ada Ames": State.SUPERSEDED}
    assert {one.id for one in fact_judgements(court.graph, revoked=True)} > {judged.id, made["id"]}
    assert court.faults() == []


def test_a_person_settles_what_is_contested(court: Court) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-01-10"))
    ids = {row.subject.name: row.id for row in facts(court)}
    ledger(court).judge(ids["Bo Berg"], ids["Ada Ames"], Verdict.POSITIVE, "ann", "sworn in at noon")
    assert short(facts(court)) == {"Ada Ames": State.CURRENT, "Bo Berg": State.SUPERSEDED}
    with pytest.raises(NotFound):
        ledger(court).judge(ids["Bo Berg"], "0" * 32, Verdict.POSITIVE, "ann")
    with pytest.raises(InvalidInput):
        ledger(court).judge(ids["Bo Berg"], ids["Bo Berg"], Verdict.POSITIVE, "ann")


def test_validity_as_stated_keeps_terms_apart(court: Court) -> None:
    court.take(
        heads("a", "Ada Ames", "2025-01-10", since="2010", until="2014"),
        heads("b", "Bo Berg", "2025-01-10", since="2014", until="2018-05-14"),
    )
    rows = facts(court)
    assert set(short(rows).values()) == {State.CURRENT}
    assert [row.holds for row in rows] == [False, False]
    then = Clocks(as_of=datetime(2012, 1, 1, tzinfo=UTC))
    assert list(short(facts(court, clocks=then, asked=Asked()))) == ["Ada Ames"]


def test_a_new_version_that_does_not_say_so_any_more_takes_the_supersession_back(court: Court) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10"))
    known = court.now
    court.now = datetime(2026, 1, 16, tzinfo=UTC)
    court.take(told("b", "2025-06-10", who=[person("Bo Berg"), organization("Acme")]))
    assert short(facts(court)) == {"Ada Ames": State.CURRENT}
    assert fact_judgements(court.graph) == []
    assert short(facts(court, clocks=Clocks(known_at=known))) == {
        "Bo Berg": State.CURRENT,
        "Ada Ames": State.SUPERSEDED,
    }
    assert court.faults() == []


def test_facts_follow_a_merge_and_its_undo(court: Court) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10", of="Acme Works"))
    assert set(short(facts(court)).values()) == {State.CURRENT}
    merged = court.merge(ACME, key_of("acme works", "collective"))
    assert short(facts(court)) == {"Bo Berg": State.CURRENT, "Ada Ames": State.SUPERSEDED}
    assert court.faults() == []
    court.undo(merged)
    assert short(facts(court)) == {"Ada Ames": State.CURRENT}
    assert fact_judgements(court.graph) == []
    assert court.faults() == []


def test_independent_origins_corroborate(court: Court) -> None:
    said = heads("a", "Ada Ames", "2025-01-10")
    copied = {**heads("c", "Ada Ames", "2025-01-12"), "source": said["source"]}
    court.take(said, heads("b", "Ada Ames", "2025-01-11"), copied)
    [row] = facts(court)
    assert (row.n, row.events, row.origins.independent_origins) == (3, ["c", "b", "a"], 2)


def test_a_state_that_its_statements_do_not_give_is_found(court: Court, driver: Driver) -> None:
    court.take(heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10"))
    with driver.session() as session:
        session.run("MATCH ()-[r:RELATED]->() SET r.state = 'current'").consume()
    assert [fault.promise for fault in court.faults()] == ["a fact has the state that its statements give"]
