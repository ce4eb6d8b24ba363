"""Paths of a past time: the links, costs and evidence of then, within bounds that are said."""

from collections.abc import Collection
from datetime import datetime, timedelta
from math import log10

import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.reading import reach
from graph.reading.clocks import Clocks
from graph.reading.paths import Paths
from resolution.past import paths as past_paths
from resolution.past.at import paths_at
from resolution.past.paths import Then, paths_then
from tests.factory import person, told
from tests.judging_world import Court, key_of

STEP = timedelta(minutes=10)
ANN, BOB, CY, DINA, EVE = (
    key_of(name) for name in ("Ann Abernathy", "Bob Bondarenko", "Cy Castellan", "Dina Drozdov", "Eve Eskildsen")
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine cuts no search."""
    monkeypatch.setattr(reach, "SECONDS", 20.0)
    monkeypatch.setattr(Then, "seconds", 20.0)


def people(*names: str) -> list[dict[str, object]]:
    """Some persons of one event."""
    return [person(name) for name in names]


def ways(found: Paths) -> list[list[str]]:
    """Names on each path."""
    return [[node.name.split()[0] for node in path.nodes] for path in found.paths]


def test_links_costs_and_evidence_are_those_of_then(graph: Database) -> None:
    """Ann and Eve: through Cy at first; a correction and a merge put Bob and Dina between them, who were two before."""
    court = Court(graph)
    court.take(
        told("ac", "2025-03-01", who=people("Ann Abernathy", "Cy Castellan")),
        told("ce", "2025-03-02", who=people("Cy Castellan", "Eve Eskildsen")),
        told("ab", "2025-03-03", who=people("Ann Abernathy", "Bob Bondarenko")),
        told("de", "2025-03-04", who=people("Dina Drozdov", "Eve Eskildsen")),
    )
    first = court.now
    court.now += STEP
    court.merge(BOB, DINA)
    court.now += STEP
    merged = court.now
    court.now += STEP
    court.take(
        {**told("ac", "2025-03-01", who=people("Ann Abernathy")), "title": "corrected"},
        *(told(f"c{n}", "2025-04-01", who=people("Cy Castellan")) for n in range(3)),
    )
    court.now += STEP
    assert ways(paths_at(graph, ANN, EVE, Clocks())) == [["Ann", "Bob", "Eve"]]
    known = paths_at(graph, ANN, EVE, Clocks(known_at=first, identity_at=first))
    assert ways(known) == [["Ann", "Cy", "Eve"]] and not known.truncated
    (path,) = known.paths
    assert [[event.title for event in hop.evidence] for hop in path.hops] == [["what ac tells"], ["what ce tells"]]
    assert (path.nodes[1].mentions, path.cost) == (2, pytest.approx(2 + 0.47712125))
    # As it was recorded then, by who is who now: both ways; by who was who then alone: none, as recorded now.
    assert ways(paths_at(graph, ANN, EVE, Clocks(known_at=first))) == [["Ann", "Cy", "Eve"], ["Ann", "Bob", "Eve"]]
    assert ways(paths_at(graph, ANN, EVE, Clocks(identity_at=first))) == []
    assert ways(paths_at(graph, ANN, EVE, Clocks(identity_at=merged))) == [["Ann", "Bob", "Eve"]]
    early = Clocks(as_of=datetime.fromisoformat("2025-03-03T12:00Z"), known_at=merged)
    assert ways(paths_at(graph, ANN, EVE, early)) == [["Ann", "Cy", "Eve"]]
    for key, only in ((CY, ["Ann", "Cy", "Eve"]), (DINA, ["Ann", "Bob", "Eve"])):
        assert ways(paths_at(graph, ANN, EVE, Clocks(known_at=merged), via=key)) == [only]
    since = datetime.fromisoformat("2025-03-03T00:00Z")
    assert ways(paths_at(graph, ANN, EVE, Clocks(known_at=merged), since=since)) == [["Ann", "Bob", "Eve"]]
    assert paths_at(graph, EVE, ANN, Clocks(known_at=first, identity_at=first), ordered=True).paths == []
    with pytest.raises(InvalidInput):
        paths_then(graph, BOB, DINA, Clocks(known_at=first))
    assert paths_then(graph, BOB, DINA, Clocks(known_at=first, identity_at=first)).start.key == BOB
    with pytest.raises(NotFound):
        paths_then(graph, ANN, "0" * 64, Clocks(known_at=first))


def test_the_famous_are_counted_only_where_it_matters_and_bounds_are_said(
    graph: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = Court(graph)
    names = {"Cy Castellan": 3, "Dina Drozdov": 6, "Bob Bondarenko": 9}
    news = [told(f"{name}-{n}", f"2025-05-{n + 1:02}", who=people(name)) for name in names for n in range(names[name])]
    for name in names:
        news += [
            told(f"a-{name}", "2025-06-01", who=people("Ann Abernathy", name)),
            told(f"e-{name}", "2025-01-01", who=people("Eve Eskildsen", name)),
        ]
    court.take(*news)
    clocks = Clocks(known_at=court.now)
    found = paths_then(graph, ANN, EVE, clocks, k=2)
    # Who is mentioned least comes first.
    assert ways(found) == [["Ann", "Cy", "Eve"], ["Ann", "Dina", "Eve"]] and not found.truncated
    counted: list[dict[str, int]] = []
    own = Then.counted

    def counting(then: Then, keys: Collection[str]) -> dict[str, int]:
        counted.append(own(then, keys))
        return counted[-1]

    monkeypatch.setattr(Then, "counted", counting)
    monkeypatch.setattr(past_paths, "OFTEN", 2)
    assert paths_then(graph, ANN, EVE, clocks, k=2).paths == found.paths
    assert any(counted)
    # Time is over: what was found is told with its true cost, and that others may be hidden.
    monkeypatch.setattr(Then, "seconds", -1.0)
    hasty = paths_then(graph, ANN, EVE, clocks, k=2)
    assert hasty.truncated and len(hasty.paths) == 2
    assert {path.nodes[1].mentions for path in hasty.paths} < {5, 8, 11}
    for path in hasty.paths:
        assert path.cost == pytest.approx(2 + log10(1 + path.nodes[1].mentions))
    monkeypatch.setattr(reach, "FIRST_BUDGET", 2)
    assert paths_then(graph, ANN, EVE, clocks).truncated
