"""Facts of a past time lie between the entities of then, and contradict each other by that."""

from datetime import timedelta
from typing import Any

from graph.database import Database
from graph.fact import State
from graph.reading.clocks import Clocks
from graph.reading.facts import Asked, Facts
from resolution.past.at import facts_at
from tests.factory import Json, organization, person, told
from tests.judging_world import Court, key_of

STEP = timedelta(minutes=10)
ADA, BO = key_of("Ada Ames"), key_of("Bo Berg")
ACME, BOLT = key_of("Acme", "collective"), key_of("Bolt", "collective")


def heads(event: str, who: str, of: str, at: str, *more: Json) -> Json:
    """An event that tells who heads what."""
    told_of: list[Json] = [{"subject": who, "predicate": "chief_executive_of", "object": of}, *more]
    return told(event, at, who=[person(who), organization(of)], relationships=told_of)


def shown(found: Facts) -> dict[tuple[str, str, str], State]:
    """Ends and predicate -> state."""
    return {(row.subject.key, row.predicate, row.object.key): State(row.state) for row in found.rows}


def test_facts_lie_between_the_entities_of_then(graph: Database) -> None:
    court = Court(graph)
    advises: Json = {"subject": "Ada Ames", "predicate": "advises", "object": "Acme"}
    court.take(
        heads("a", "Ada Ames", "Acme", "2025-01-10", advises),
        heads("b", "Bo Berg", "Bolt", "2025-06-10"),
    )
    seen: list[tuple[Any, dict[str, Facts]]] = []

    def look() -> None:
        answers = {key: facts_at(graph, key, court.now, Clocks(), Asked(every=True)) for key in (ADA, BO, ACME, BOLT)}
        seen.append((court.now, answers))
        court.now += STEP

    look()
    first = seen[0][0]
    made = court.merge(ACME, BOLT)
    court.now += STEP
    look()
    both = seen[1][1][BO].rows[0].object.key
    assert shown(seen[1][1][both]) == {
        (ADA, "chief_executive_of", both): State.SUPERSEDED,
        (BO, "chief_executive_of", both): State.CURRENT,
        (ADA, "advises", both): State.CURRENT,
    }
    court.take({**heads("b", "Bo Berg", "Bolt", "2024-06-10"), "title": "earlier than was thought"})
    court.now += STEP
    look()
    court.undo(made)
    court.now += STEP
    look()
    for at, answers in seen:
        for key, answer in answers.items():
            assert facts_at(graph, key, at, Clocks(None, at, at), Asked(every=True)) == answer, (key, at)
    # By who was who then alone: the corrected date, each company with a head of its own.
    merged = seen[2][0]
    assert shown(facts_at(graph, BOLT, court.now, Clocks(identity_at=first), Asked(every=True))) == {
        (BO, "chief_executive_of", BOLT): State.CURRENT
    }
    assert shown(facts_at(graph, BOLT, court.now, Clocks(identity_at=merged), Asked(every=True))) == shown(
        seen[2][1][BOLT]
    )
    assert shown(facts_at(graph, ADA, court.now, Clocks(identity_at=merged), Asked("advises"))) == {
        (ADA, "advises", both): State.CURRENT
    }
