"""Co-mentions count distinct events; connections and neighbourhoods follow from them, with evidence."""

import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.reading.co_mentions import co_mentions
from graph.reading.hub_recount import HubOptions
from graph.reading.hubs import follow
from graph.reading.neighbourhood import neighbourhood
from graph.reading.via import EVIDENCE_NEAR, co_mentions_via
from tests.reading_world import DAY, NOON, Told, World, key_of

ANN, BEN, CAT, DAN = (key_of(name) for name in ("Ann", "Ben", "Cat", "Dan"))


@pytest.fixture
def told(graph: Database) -> Database:
    World(graph).tell(
        [
            Told("e1", NOON, who=("Ann", "Ben"), where=("Rome", "Ann"), what=("Talks",)),
            Told("e2", NOON + DAY, who=("Ann", "Ben"), where=("Ben",), what=("Talks",)),
            Told("e3", NOON + 2 * DAY, who=("Ben", "Cat"), where=("Oslo",), what=("Strike",)),
            Told("e4", NOON + 3 * DAY, who=("Ben", "Cat", "Dan")),
        ],
        {"Rome": "city", "Oslo": "city", "Talks": "diplomatic", "Strike": "economic"},
    )
    return graph


def test_unknown_keys_are_not_found(told: Database) -> None:
    for ask in (lambda key: co_mentions(told, key), lambda key: neighbourhood(told, key)):
        with pytest.raises(NotFound):
            ask("0" * 64)
    with pytest.raises(NotFound):
        co_mentions_via(told, ANN, "0" * 64)


def test_distinct_events_are_counted_and_nobody_is_named_with_oneself(told: Database) -> None:
    found = co_mentions(told, ANN)
    assert [(row.name, row.n) for row in found.rows] == [("Ben", 2), ("Rome", 1)]
    assert (found.rows[0].last_at - found.rows[0].first_at).days == 1
    assert found.exact and not found.kept and found.change == 1


def test_kind_and_ws_are_kept_to(told: Database) -> None:
    assert [row.name for row in co_mentions(told, ANN, kind="city").rows] == ["Rome"]
    assert [(row.name, row.n) for row in co_mentions(told, ANN, ws=[W.WHAT]).rows] == [("Talks", 2)]
    assert {row.name for row in co_mentions(told, key_of("Strike")).rows} == {"Oslo", "Cat", "Ben"}


def test_kept_and_live_answers_are_the_same(told: Database) -> None:
    live = [co_mentions(told, BEN, kind=kind).rows for kind in (None, "city", "person")]
    follow(told, HubOptions(promote=5, demote=4))
    found = co_mentions(told, BEN)
    assert found.kept and found.exact and found.change == 1
    kept = [co_mentions(told, BEN, kind=kind).rows for kind in (None, "city", "person")]
    assert [[(row.key, row.n, row.first_at, row.last_at) for row in rows] for rows in kept] == [
        [(row.key, row.n, row.first_at, row.last_at) for row in rows] for rows in live
    ]


@pytest.mark.parametrize("hubs", [False, True])
def test_connections_through_another_are_ranked_with_evidence(told: Database, hubs: bool) -> None:
    if hubs:
        follow(told, HubOptions(promote=2, demote=1))
    found = co_mentions_via(told, ANN, BEN)
    assert (found.link, [event.id for event in found.link_evidence]) == (2, ["e2", "e1"])
    assert [(row.other.name, row.other.n) for row in found.rows] == [("Cat", 2), ("Dan", 1), ("Oslo", 1), ("Rome", 1)]
    assert [[event.id for event in row.evidence] for row in found.rows] == [["e4", "e3"], ["e4"], ["e3"], ["e1"]]


def test_evidence_is_found_behind_many_other_events(graph: Database) -> None:
    """Ann and Ben were named together twice, the second time long before the newest events of either."""
    last = 3 * EVIDENCE_NEAR
    pairs = {0: ("Ann", "Ben"), last: ("Ann", "Ben"), last + 1: ("Ben", "Cat"), last + 2: ("Ann", "Dan")}
    others = (("Ann", f"A{n}") if n % 2 else ("Ben", f"B{n}") for n in range(last + 3))
    World(graph).tell(
        [Told(f"e{n:03}", NOON + n * 60_000, who=pairs.get(n, other)) for n, other in enumerate(others)], {}
    )
    found = co_mentions_via(graph, CAT, BEN)
    assert found.link == 1
    assert [[event.id for event in row.evidence] for row in found.rows if row.other.key == ANN] == [
        [f"e{last}", "e000"]
    ]


def test_nothing_is_connected_through_one_that_is_not_named_with_it(told: Database) -> None:
    found = co_mentions_via(told, ANN, CAT)
    assert (found.link, found.link_evidence, found.rows) == (0, [], [])
    with pytest.raises(InvalidInput):
        co_mentions_via(told, ANN, ANN)


@pytest.mark.parametrize("hubs", [False, True])
def test_neighbourhood_grows_by_rings_and_says_what_it_leaves_out(told: Database, hubs: bool) -> None:
    if hubs:
        follow(told, HubOptions(promote=2, demote=1))
    near = neighbourhood(told, ANN)
    assert {(node.name, node.depth) for node in near.nodes} == {("Ann", 0), ("Ben", 1), ("Rome", 1)}
    assert not near.truncated
    wide = neighbourhood(told, ANN, depth=2)
    assert {node.name for node in wide.nodes if node.depth == 2} == {"Cat", "Dan", "Oslo"}
    assert len({frozenset((edge.source, edge.target)) for edge in wide.edges}) == len(wide.edges)
    one = neighbourhood(told, ANN, limit=1)
    assert one.truncated and [node.name for node in one.nodes] == ["Ann", "Ben"]
