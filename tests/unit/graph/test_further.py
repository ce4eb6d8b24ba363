"""What a batch tells the boards of risk and of sanctions."""

from datetime import UTC, datetime
from typing import Any

import orjson

from graph.batch import EventWrite, Placed
from graph.event import Event
from graph.keys import W
from graph.mention import Mention
from graph.trending.further import further, sanctioned
from graph.trending.members import Member
from graph.trending.record import record

AT = datetime(2026, 1, 10, tzinfo=UTC)
MS = 1_768_003_200_000
LISTED = orjson.dumps([{"list": "OFAC", "id": "1", "score": 0.4}, {"list": "EU", "id": "x", "score": 0.9}]).decode()


def placed(entity: str, w: W = W.WHO, risk: float | None = None, sanctions: str | None = None) -> Placed:
    mention = Mention(w, "x", "", 0, "person", "x", "", "person", "x", risk=risk, sanctions=sanctions)
    return Placed(mention, entity, entity, 1.0)


def write(*told: Placed, boarded: bool = True) -> EventWrite:
    return EventWrite(Event(id="e", occurred_at=AT, title="x"), "", list(told), boarded=boarded)


def told(*events: EventWrite, anew: tuple[Member, ...] = ()) -> dict[str, Any]:
    kinds = {"a": "person", "b": "city", "c": "political"}
    return further(events, kinds, {member.key for member in anew}, anew, MS)


def test_best_match_counts_not_how_many_lists_repeat_it() -> None:
    assert sanctioned(LISTED) == 0.9
    assert sanctioned('[{"list": "UN", "id": "7"}]') == 1.0
    assert sanctioned("[]") == 0.0


def test_batch_without_risk_or_match_tells_nothing() -> None:
    assert told(write(placed("a"), placed("b", risk=0.0))) == {}


def test_risks_of_one_time_are_one_contribution_by_kind() -> None:
    part = told(write(placed("a", risk=0.2), placed("a", W.WHERE, risk=0.3), placed("c", risk=0.5, sanctions=LISTED)))
    assert part["risk"] == {"add": {"person": {"a": [(MS, 0.5)]}, "unspecified": {"c": [(MS, 0.5)]}}}
    assert part["sanctions"] == {"add": {"unspecified": {"c": [(MS, 0.9)]}}}


def test_only_who_and_where_of_events_that_have_happened_count() -> None:
    assert told(write(placed("a", W.WHAT, risk=0.5)), write(placed("a", risk=0.5), boarded=False)) == {}


def test_what_is_counted_anew_is_set_and_not_added() -> None:
    values = {"mentions": {"7d": 1.0}, "risk": {"7d": 0.5}, "sanctions": {"7d": 0.0}}
    part = told(write(placed("a", risk=0.2)), anew=(Member("a", "person", values),))
    assert part["risk"] == {"set": {"a": {"kind": "person", "at": MS, "values": {"7d": 0.5}}}}
    assert part["sanctions"] == {"set": {"a": {"kind": "person", "at": MS, "values": {}}}}
    read = record(1, orjson.dumps(part))
    assert (read.of("risk").sets["a"].values, read.of("sanctions").sets["a"].values) == ({"7d": 0.5}, {})
    assert read.named == {"a"}
