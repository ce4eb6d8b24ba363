"""A timeline is all live mentions, newest first, page after page, as of any time."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.database import Database
from graph.errors import NotFound
from graph.keys import W
from graph.queries import Statement
from graph.reading.timeline import Timeline, entity_timeline
from tests.reading_world import DAY, NOON, Told, World, key_of

START = datetime(2018, 10, 2, 12, tzinfo=UTC)
ANN = key_of("Ann")


@pytest.fixture
def told(graph: Database) -> Database:
    """Thirty events, three at a time, Ann in WHO of each and in WHERE of every fifth."""
    World(graph).tell(
        Told(f"e{n:02}", NOON + n // 3 * DAY, who=("Ann", "Ben"), where=("Ann",) if n % 5 == 0 else ("Rome",))
        for n in range(30)
    )
    return graph


def addresses(found: Timeline) -> list[tuple[int, str]]:
    return [(row.ts, row.mention) for row in found.rows]


def test_unknown_key_is_not_found(graph: Database) -> None:
    with pytest.raises(NotFound):
        entity_timeline(graph, "0" * 64)


def test_all_mentions_stand_once_newest_first(told: Database) -> None:
    found = entity_timeline(told, ANN)
    assert found.total_mentions == len(found.rows) == 36
    assert addresses(found) == sorted(addresses(found), reverse=True)
    assert len(set(addresses(found))) == 36
    assert found.end is None


@pytest.mark.parametrize("limit", [1, 2, 5, 35])
def test_pages_hold_what_the_whole_holds_also_within_one_instant(told: Database, limit: int) -> None:
    paged: list[tuple[int, str]] = []
    found = entity_timeline(told, ANN, limit=limit)
    while True:
        paged += addresses(found)
        if found.end is None:
            break
        found = entity_timeline(told, ANN, limit=limit, after=found.end)
    assert paged == addresses(entity_timeline(told, ANN))


def test_what_is_written_between_pages_neither_repeats_nor_hides_a_row(told: Database) -> None:
    whole = addresses(entity_timeline(told, ANN))
    first = entity_timeline(told, ANN, limit=4)
    World(told).tell([Told("e99", NOON + 9 * DAY, who=("Ann",)), Told("z", NOON + 20 * DAY, who=("Ann",))])
    rest = entity_timeline(told, ANN, after=first.end)
    assert addresses(first) + addresses(rest) == whole


def test_keeps_to_the_ws_asked_for(told: Database) -> None:
    assert len(entity_timeline(told, ANN, ws=[W.WHERE]).rows) == 6
    assert entity_timeline(told, ANN, ws=[W.WHAT]).rows == []


def test_since_and_until_are_included(told: Database) -> None:
    found = entity_timeline(told, ANN, ws=[W.WHO], since=START + timedelta(days=2), until=START + timedelta(days=3))
    assert {row.event for row in found.rows[:3]} == {"e09", "e10", "e11"}
    assert {row.event for row in found.rows[3:]} == {"e06", "e07", "e08"}
    assert entity_timeline(told, ANN, until=START - timedelta(milliseconds=1)).rows == []


def test_closed_mentions_are_gone(told: Database) -> None:
    World(told).retract("e29")
    assert "e29" not in {row.event for row in entity_timeline(told, ANN).rows}


def test_another_entity_with_the_same_short_id_stays_out(told: Database) -> None:
    collide = Statement(
        "test/collide",
        """
        MATCH (a:Entity {key: $a}), (b:Entity {key: $b})<-[m:WHO]-() SET b.kid = a.kid, m.kid = a.kid
        RETURN count(*) AS n
        """,
    )
    told.write(lambda tx, _: tx.rows(collide, {"a": ANN, "b": key_of("Ben")}))
    assert len(entity_timeline(told, ANN, ws=[W.WHO]).rows) == 30
