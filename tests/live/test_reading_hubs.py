"""The co-mentions that hubs keep are always what a live count says, however the graph got there."""

import random

import pytest

from graph.database import Database
from graph.queries import Statement
from graph.reading.co_mentions import co_mentions
from graph.reading.hub_check import check_hubs
from graph.reading.hub_recount import HubOptions
from graph.reading.hubs import Followed, follow
from tests.reading_world import DAY, NOON, Told, World, key_of

SMALL = HubOptions(promote=10, demote=8, events=7, edges=5)
"""Everything happens at a fiftieth of the usual size, in several transactions."""


def meetings(count: int, seed: int = 1, first: int = 0) -> list[Told]:
    """Events in which 'Hub' meets some of nine others, at times twice in one event."""
    chance = random.Random(seed)
    others = [f"Other {number}" for number in range(9)]
    return [
        Told(
            f"e{first + number}",
            NOON + number * DAY,
            who=("Hub", *chance.sample(others, chance.randint(0, 3))),
            where=("Hub",) if chance.random() < 0.2 else ("Somewhere",),
        )
        for number in range(count)
    ]


def kept(graph: Database, name: str = "Hub") -> dict[str, int]:
    found = co_mentions(graph, key_of(name), limit=100)
    assert found.kept
    return {row.name: row.n for row in found.rows}


def test_nothing_to_follow_is_no_error(graph: Database) -> None:
    assert follow(graph, SMALL) == Followed()
    assert check_hubs(graph, SMALL) == []


def test_bulk_then_single_events_equal_the_live_count(graph: Database) -> None:
    world = World(graph)
    told = meetings(40)
    world.tell(told)
    live = co_mentions(graph, key_of("Hub"), limit=100)
    done = follow(graph, SMALL)
    assert done.promoted >= 1
    assert kept(graph) == {row.name: row.n for row in live.rows}
    for number in range(5):
        world.tell([Told(f"single {number}", NOON, who=("Hub", "Other 1", "Newcomer"))])
        follow(graph, SMALL)
    assert kept(graph)["Newcomer"] == 5
    assert kept(graph)["Other 1"] == {row.name: row.n for row in live.rows}["Other 1"] + 5
    assert check_hubs(graph, SMALL) == []


def test_entity_in_who_and_where_of_one_event_counts_once(graph: Database) -> None:
    world = World(graph)
    world.tell([Told(f"e{n}", NOON, who=("Hub", "Both"), where=("Both", "Hub")) for n in range(12)])
    follow(graph, SMALL)
    world.tell([Told("later", NOON, who=("Hub", "Both"), where=("Both",))])
    follow(graph, SMALL)
    assert kept(graph) == {"Both": 13}


def test_following_twice_changes_nothing(graph: Database) -> None:
    World(graph).tell(meetings(30))
    first = follow(graph, SMALL)
    again = follow(graph, SMALL)
    assert (again.change, again.events, again.promoted) == (first.change, 0, 0)
    assert check_hubs(graph, SMALL) == []


def test_new_version_is_recounted_and_not_added(graph: Database) -> None:
    world = World(graph)
    world.tell(meetings(30))
    follow(graph, SMALL)
    before = kept(graph)
    world.tell([Told("e100", NOON, who=("Hub", "Guest"))])
    world.retell(Told("e100", NOON, who=("Hub", "Guest", "Second guest")))
    world.retell(Told("e100", NOON, who=("Hub", "Second guest")))
    done = follow(graph, SMALL)
    assert done.recounted > 0
    assert kept(graph) == {**before, "Second guest": 1}
    assert check_hubs(graph, SMALL) == []


def test_retracted_events_leave_and_a_shrunken_hub_is_demoted(graph: Database) -> None:
    world = World(graph)
    world.tell([Told(f"e{n}", NOON + n, who=("Hub", f"Other {n % 3}")) for n in range(12)])
    follow(graph, SMALL)
    for number in range(4):
        world.retract(f"e{number}")
    follow(graph, SMALL)
    assert sum(kept(graph).values()) == 8
    world.retract("e4")
    follow(graph, SMALL)
    live = co_mentions(graph, key_of("Hub"))
    assert not live.kept
    assert sum(row.n for row in live.rows) == 7
    assert graph.read(Statement("test/edges", "MATCH ()-[c:CO_MENTIONED]->() RETURN c")) == []
    assert check_hubs(graph, SMALL) == []


def test_merge_recounts_both_ends(graph: Database) -> None:
    world = World(graph)
    world.tell(meetings(30))
    world.tell([Told(f"m{n}", NOON, who=("Other 1", "Other 2", "Hub")) for n in range(3)])
    follow(graph, SMALL)
    world.merge("Other 1", "Other 2")
    done = follow(graph, SMALL)
    assert done.recounted > 0
    assert "Other 1" not in kept(graph)
    assert check_hubs(graph, SMALL) == []


def test_hub_merged_away_keeps_nothing(graph: Database) -> None:
    world = World(graph)
    world.tell([Told(f"a{n}", NOON, who=("Hub", f"Other {n % 3}")) for n in range(12)])
    world.tell([Told(f"b{n}", NOON, who=("Twin", f"Other {n % 4}")) for n in range(12)])
    assert follow(graph, SMALL).promoted == 2
    world.merge("Hub", "Twin")
    follow(graph, SMALL)
    assert sum(kept(graph, "Twin").values()) == 24
    assert check_hubs(graph, SMALL) == []


def test_recount_too_large_for_one_transaction_is_done_by_promotion(graph: Database) -> None:
    world = World(graph)
    world.tell([Told(f"a{n}", NOON, who=("Hub", f"Left {n}")) for n in range(12)])
    world.tell([Told(f"b{n}", NOON, who=("Twin", f"Right {n}")) for n in range(12)])
    follow(graph, SMALL)
    world.merge("Hub", "Twin")
    assert follow(graph, SMALL).promoted == 1
    assert len(kept(graph, "Twin")) == 24
    assert check_hubs(graph, SMALL) == []


def test_lost_outbox_means_counting_all_anew(graph: Database) -> None:
    world = World(graph)
    world.tell(meetings(30))
    follow(graph, SMALL)
    before = kept(graph)
    world.tell([Told("unseen", NOON, who=("Hub", "Guest"))])
    world.tell([Told("seen", NOON, who=("Hub", "Guest"))])
    purge = Statement("test/purge", "MATCH (o:Outbox) WHERE o.change < 3 DELETE o")
    graph.write(lambda tx, _: tx.rows(purge))
    assert follow(graph, SMALL).reset
    assert kept(graph) == {**before, "Guest": 2}
    assert check_hubs(graph, SMALL) == []


def test_changed_kind_reaches_the_kept_edges(graph: Database) -> None:
    world = World(graph)
    world.tell([Told(f"e{n}", NOON, who=("Hub", "Shifting")) for n in range(12)])
    follow(graph, SMALL)
    rename = Statement("test/kind", "MATCH (x:Entity {key: $key}) SET x.kind = 'group'")
    graph.write(lambda tx, _: tx.rows(rename, {"key": key_of("Shifting")}))
    assert [found.other for found in check_hubs(graph, SMALL)] == [key_of("Shifting")]
    world.tell([Told("late", NOON, who=("Nobody",))])
    world.merge("Nobody", "Shifting")
    follow(graph, SMALL)
    assert check_hubs(graph, SMALL) == []
    assert [row.name for row in co_mentions(graph, key_of("Hub"), kind="group").rows] == ["Shifting"]


@pytest.mark.parametrize("seed", range(3))
def test_any_mixture_equals_the_live_count(graph: Database, seed: int) -> None:
    chance, world = random.Random(seed), World(graph)
    told = meetings(30, seed)
    world.tell(told[:15])
    for step in range(12):
        match chance.randrange(4):
            case 0:
                world.tell(meetings(2, seed + step, first=100 + 2 * step))
            case 1:
                changed = chance.choice(told[:15])
                world.retell(Told(changed.id, changed.ts, who=("Hub", f"Other {step % 9}")))
            case 2:
                world.retract(chance.choice(told[:15]).id)
            case _:
                follow(graph, SMALL)
    follow(graph, SMALL)
    assert check_hubs(graph, SMALL) == []
