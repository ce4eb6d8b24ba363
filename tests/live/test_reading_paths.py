"""Paths are found through shared events, cheapest first, with evidence, and say what may be hidden."""

import itertools
import random
import time

import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.moment import from_epoch_ms
from graph.reading import reach
from graph.reading.hub_recount import HubOptions
from graph.reading.hubs import follow
from graph.reading.paths import Paths, paths
from graph.reading.shortest import Link, Links, Wanted, shortest
from tests.reading_world import DAY, NOON, Told, World, key_of

ANN, BEN, CAT, DAN, EVA, HUB = (key_of(name) for name in ("Ann", "Ben", "Cat", "Dan", "Eva", "Hub"))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine cuts no search."""
    monkeypatch.setattr(reach, "SECONDS", 20.0)


@pytest.fixture
def told(graph: Database) -> Database:
    """Ann and Eva are joined by the famous Hub, and by Ben, Cat and Dan whom hardly anybody knows."""
    World(graph).tell(
        [
            Told("ab", NOON + 3 * DAY, who=("Ann", "Ben"), what=("Talks",)),
            Told("bc", NOON + 2 * DAY, who=("Ben", "Cat")),
            Told("cd", NOON + 1 * DAY, who=("Cat", "Dan")),
            Told("ce", NOON, who=("Cat", "Eva"), what=("Talks",)),
            Told("ah", NOON, who=("Ann", "Hub")),
            Told("he", NOON + DAY, who=("Hub", "Eva")),
            Told("be", NOON + 4 * DAY, who=("Ben",), where=("Eva",)),
            *(Told(f"h{n}", NOON + n, who=("Hub",)) for n in range(60)),
        ],
        {"Talks": "diplomatic"},
    )
    return graph


def names(found: Paths) -> list[list[str]]:
    return [[node.name for node in path.nodes] for path in found.paths]


def test_least_famous_go_first_with_evidence_on_each_step(told: Database) -> None:
    found = paths(told, ANN, EVA)
    assert names(found) == [["Ann", "Ben", "Eva"], ["Ann", "Hub", "Eva"], ["Ann", "Ben", "Cat", "Eva"]]
    assert [[event.id for event in hop.evidence] for hop in found.paths[0].hops] == [["ab"], ["be"]]
    assert all(hop.n == 1 and not hop.at_least for path in found.paths for hop in path.hops)
    assert found.paths[0].hops[0].evidence[0].occurred_at == from_epoch_ms(NOON + 3 * DAY)
    assert [path.confidence for path in found.paths] == [1.0] * 3
    assert not found.truncated and found.change == 1
    assert found.paths[0].cost < found.paths[1].cost < found.paths[2].cost


def test_steps_via_period_and_ws_are_kept_to(told: Database) -> None:
    assert names(paths(told, ANN, EVA, hops=1)) == []
    assert names(paths(told, ANN, EVA, hops=2)) == [["Ann", "Ben", "Eva"], ["Ann", "Hub", "Eva"]]
    assert names(paths(told, ANN, EVA, via=CAT)) == [["Ann", "Ben", "Cat", "Eva"]]
    assert names(paths(told, ANN, EVA, until=from_epoch_ms(NOON + 2 * DAY))) == [["Ann", "Hub", "Eva"]]
    assert names(paths(told, ANN, EVA, since=from_epoch_ms(NOON + 2 * DAY))) == [["Ann", "Ben", "Eva"]]
    assert names(paths(told, ANN, EVA, ws=[W.WHO], k=1, hops=2)) == [["Ann", "Hub", "Eva"]]
    assert names(paths(told, ANN, CAT, ws=[W.WHAT], hops=2)) == [["Ann", "Talks", "Cat"]]
    assert names(paths(told, key_of("Talks"), DAN, k=1)) == [["Talks", "Cat", "Dan"]]


def test_dates_that_must_not_fall_do_not(told: Database) -> None:
    assert names(paths(told, ANN, EVA, ordered=True)) == [["Ann", "Ben", "Eva"], ["Ann", "Hub", "Eva"]]
    assert names(paths(told, EVA, ANN, ordered=True, hops=3)) == [["Eva", "Cat", "Ben", "Ann"]]


def test_confidence_is_that_of_all_steps(told: Database) -> None:
    from graph.queries import Statement

    halved = Statement("test/halved", "MATCH (e:Event) WHERE e.id IN ['ab', 'be'] SET e.confidence = 0.5")
    told.write(lambda tx, _: tx.rows(halved))
    best = paths(told, ANN, EVA).paths[0]
    assert [hop.confidence for hop in best.hops] == [0.5, 0.5]
    assert best.confidence == 0.25


def test_what_cannot_be_asked_is_refused(told: Database) -> None:
    with pytest.raises(NotFound):
        paths(told, ANN, "0" * 64)
    for wrong in ({"via": ANN}, {"hops": 5}, {"k": 0}, {"ws": []}):
        with pytest.raises(InvalidInput):
            paths(told, ANN, EVA, **wrong)  # pyright: ignore[reportArgumentType]
    with pytest.raises(InvalidInput):
        paths(told, ANN, ANN)


def test_closed_mentions_connect_nobody(told: Database) -> None:
    World(told).retract("ab")
    assert names(paths(told, ANN, EVA, k=1)) == [["Ann", "Hub", "Eva"]]


def test_hubs_are_looked_at_in_part_and_that_is_said(graph: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(graph)
    world.tell([Told("old", NOON, who=("Big", "Huge")), Told("olds", NOON, who=("Big", "Small"))])
    for start in range(0, 400, 100):
        world.tell([Told(f"b{n}", NOON + n + 1, who=("Big", f"Other {n}")) for n in range(start, start + 100)])
        world.tell([Told(f"u{n}", NOON + n + 1, who=("Huge", f"Another {n}")) for n in range(start, start + 100)])
    follow(graph, HubOptions(promote=300, demote=200))
    monkeypatch.setattr(reach, "LATER_BUDGET", 50)
    started = time.monotonic()
    found = paths(graph, key_of("Big"), key_of("Huge"))
    assert time.monotonic() - started < 5
    assert found.truncated and found.expanded <= reach.EXPANDED + reach.STEP
    # The one event that both share is older than what was looked at; what hubs keep of each other tells it.
    assert names(found)[0] == ["Big", "Huge"]
    assert [event.id for event in found.paths[0].hops[0].evidence] == ["old"]
    # From the end that few name, a hub is reached whatever its fame.
    assert names(paths(graph, key_of("Small"), key_of("Big")))[0] == ["Small", "Big"]
    assert names(paths(graph, key_of("Small"), key_of("Huge"), k=1)) == [["Small", "Big", "Huge"]]


@pytest.mark.parametrize("seed", range(6))
def test_no_cheaper_path_is_hidden_in_a_world_that_is_looked_at_whole(graph: Database, seed: int) -> None:
    chance = random.Random(seed)
    people = [f"P{n}" for n in range(14)]
    told = [
        Told(f"e{n}", NOON + chance.randrange(20) * DAY, who=tuple(chance.sample(people, chance.choice((1, 2, 2, 3)))))
        for n in range(26)
    ]
    told += [Told(f"h{n}", NOON, who=(people[n % 3],)) for n in range(40)]
    World(graph).tell(told)
    links = Links({key_of(name): sum(name in event.who for event in told) for name in people})
    for event in told:
        for a, b in itertools.combinations(event.who, 2):
            times = sorted((e.ts for e in told if {a, b} <= set(e.who)), reverse=True)
            links.add(key_of(a), key_of(b), Link(len(times), [(ts, str(ts)) for ts in times]))
    present = [name for name in people if any(name in event.who for event in told)]
    for _ in range(12):
        a, b, c = (key_of(name) for name in chance.sample(present, 3))
        k, hops = chance.choice((1, 3, 5)), chance.randint(1, 4)
        via, ordered = chance.choice((None, c)), chance.random() < 0.4
        found = paths(graph, a, b, via=via, k=k, hops=hops, ordered=ordered)
        wanted, _ = shortest(links, Wanted(a, b, via, k, hops, ordered))
        assert not found.truncated
        assert [path.cost for path in found.paths] == pytest.approx([way.cost for way in wanted])
