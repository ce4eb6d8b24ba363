"""Causes, reasons and histories of a past time: in the order of then, by whom names meant then."""

from datetime import datetime, timedelta

import pytest

from graph.database import Database
from graph.errors import NotFound
from graph.reading.clocks import Clocks
from graph.reading.why import Direction
from resolution.past.at import causation_at, history_at
from tests.factory import person, told
from tests.judging_world import Court, key_of

STEP = timedelta(minutes=10)


def test_causes_stand_in_the_order_of_then_and_reasons_mean_whom_they_meant(graph: Database) -> None:
    court = Court(graph)
    court.take(
        told("a", "2025-03-01", why={"text": "hunger"}),
        told("c", "2025-01-01"),
        told("b", "2025-03-03", why=[{"text": "famine"}, {"event": "a"}, {"event": "c"}]),
    )
    first = court.now
    court.now += STEP

    def why(clocks: Clocks) -> tuple[list[str], dict[str, tuple[str, str, int]]]:
        found = causation_at(graph, "b", Direction.CAUSES, clocks)
        reasons = {one.surface: (one.key, one.name, one.mentions) for event in found.events for one in event.reasons}
        return [one.id for one in found.events], reasons

    order, before = why(Clocks())
    assert order == ["b", "a", "c"]
    court.merge(before["hunger"][0], before["famine"][0])
    court.now += STEP
    court.take({**told("c", "2025-03-02"), "title": "later than was thought"})
    court.now += STEP
    order, now = why(Clocks())
    assert order == ["b", "c", "a"]
    assert now["hunger"] == now["famine"] and now["famine"][2] == 2
    assert why(Clocks(first, first, first)) == (["b", "a", "c"], before)
    assert why(Clocks(known_at=first)) == (["b", "a", "c"], now)
    assert why(Clocks(identity_at=first)) == (["b", "c", "a"], before)
    # Of then is also what had happened: by the dates that were known then.
    early = datetime.fromisoformat("2025-02-01T00:00Z")
    after_c = causation_at(graph, "c", Direction.CONSEQUENCES, Clocks(as_of=early, known_at=first))
    assert [one.id for one in after_c.events] == ["c"]
    for clocks in (Clocks(as_of=early, known_at=first), Clocks(known_at=first - STEP)):
        with pytest.raises(NotFound):
            causation_at(graph, "b", Direction.CAUSES, clocks)


def test_a_history_is_that_of_the_names_held_together_then(graph: Database) -> None:
    court = Court(graph)
    ann, bob = key_of("Ann Abernathy"), key_of("Bob Bondarenko")
    court.take(
        told("e1", "2025-03-01", who=[person("Ann Abernathy")]),
        told("e2", "2025-03-01", who=[person("Bob Bondarenko")]),
    )
    first, was = court.now, history_at(graph, bob, Clocks())
    court.now += STEP
    court.take(told("e3", "2025-03-02", who=[person("Bob Bondarenko", affiliations=["Acme"])]))
    court.now += STEP
    told_of, amid = court.now, history_at(graph, bob, Clocks())
    court.now += STEP
    made = court.merge(ann, bob)
    court.now += STEP
    merged, joined = court.now, history_at(graph, bob, Clocks())
    court.now += STEP
    court.undo(made)
    court.now += STEP
    assert history_at(graph, bob, Clocks(None, first, first)) == was
    assert history_at(graph, bob, Clocks(None, told_of, told_of)) == amid
    assert history_at(graph, bob, Clocks(None, merged, merged)) == joined and joined.key == ann
    assert {row.sort for row in joined.rows} >= {"merge", "judgement"}
    # What was recorded later of the names of then is told; what was judged later is not.
    later = history_at(graph, bob, Clocks(identity_at=first))
    assert {row.id for row in later.rows} >= {row.id for row in amid.rows} and later.key == bob
    assert amid.rows and {row.sort for row in later.rows} == {"change"}
    assert {row.sort for row in history_at(graph, bob, Clocks()).rows} >= {"judgement", "revocation"}
    # Pages meet.
    rows, after = list[str](), None
    while True:
        page = history_at(graph, bob, Clocks(None, merged, merged), after=after, limit=2)
        rows += [row.id for row in page.rows]
        after = page.end
        if after is None:
            break
    assert rows == [row.id for row in joined.rows]
