"""The batch on a real graph: what it joins and parts, that it can be run again, and that persons keep the last word."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from neo4j import Driver
from redis import Redis

from graph import ledger
from graph.database import Database
from graph.errors import InvalidInput
from graph.judgement import Author, Judgement, Verdict
from graph.queries import statement
from ingest.dedupe_asked import Asked, Report
from ingest.deduping import Deduping
from ingest.judging import Order
from tests.factory import organization, person, told
from tests.judging_world import Court, key_of

NAMES = (
    *("Rosalind Ostrovsky", "OSTROVSKY, Rosalind", "Rosalind Ostrovskiy", "Tomasz Wronkovic", "Tomas Wronkovic"),
    *("Wilhelmina Aaldering", "Aaldering, Wilhelmina", "Yusuf Karamanli", "Youssef Karamanly", "Piet Verhulst"),
    *("Karl Verhulst", "Rosalind Orlovsky"),
)


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


@pytest.fixture(autouse=True)
def sound(court: Court) -> Iterator[None]:
    """Whatever a test did, the graph keeps its promises."""
    yield
    assert court.faults() == []


def run(court: Court, folder: Path | None = None, **asked: object) -> Report:
    return Deduping(court.judging, court.graph, lambda: court.now, folder).run(Asked(**asked))  # type: ignore[arg-type]


def judgements(court: Court) -> list[Judgement]:
    """All of the ledger."""
    return court.graph.reading(lambda tx: list(ledger.since(tx, -1)))


def entities(court: Court) -> set[frozenset[str]]:
    """Names of each entity."""
    rows = court.graph.read(statement("read/dedupe_aliases"), {"families": ["person", "collective"]})
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["entity"], set()).add(row["name"])
    return {frozenset(names) for names in found.values()}


def events(names: Sequence[str]) -> list[dict[str, object]]:
    return [told(f"e{n}", who=person(name)) for n, name in enumerate(names)]


def test_a_run_brings_the_ledger_to_it_and_a_second_changes_nothing(court: Court, tmp_path: Path) -> None:
    court.take(*events(NAMES))
    report = run(court, tmp_path)
    groups = entities(court)
    assert any({"Rosalind Ostrovsky", "Ostrovsky, Rosalind", "OSTROVSKY, Rosalind"} & group for group in groups)
    assert all(not {"Piet Verhulst", "Karl Verhulst"} <= group for group in groups)
    assert report.made > 0
    assert report.precision is not None
    assert 0.8 < report.precision <= 1.0
    automatic = {j.by for j in judgements(court) if j.revoked_at is None}
    assert Author.ONLINE not in automatic
    again = run(court, tmp_path)
    assert (again.made, again.revoked, again.fresh, again.decisions) == (0, 0, 0, [])
    assert entities(court) == groups


def test_any_order_of_events_ends_in_the_same_partition(graph: Database, driver: Driver) -> None:
    ends: list[set[frozenset[str]]] = []
    for seed in range(2):
        told_of = events(NAMES)
        random.Random(seed).shuffle(told_of)
        court = Court(graph)
        for event in told_of:
            court.take(event)
        run(court)
        # Which of the writings of one alias was told first shows in its name, not in who is who.
        ends.append({frozenset(" ".join(sorted(re.findall("[a-z]+", n.lower()))) for n in g) for g in entities(court)})
        with driver.session() as session:
            session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
            session.run("MATCH (g:Gate) SET g.change = 0").consume()
    assert ends[0] == ends[1]
    assert max(map(len, ends[0])) > 1


def test_new_names_are_worked_out_alone_and_end_the_same(court: Court, tmp_path: Path) -> None:
    court.take(*events(NAMES[:8]))
    run(court, tmp_path)
    court.take(told("later", who=[person(name) for name in NAMES[8:]]))
    report = run(court, tmp_path)
    assert report.fresh < report.scored
    groups = entities(court)
    full = run(court, tmp_path, full=True)
    assert (full.made, full.revoked) == (0, 0)
    assert full.fresh == full.scored
    assert entities(court) == groups


def test_no_automatic_step_joins_what_a_person_parted(court: Court) -> None:
    court.take(*events(["Rosalind Ostrovsky", "Ostrovsky, Rosalind Maria", "Rosalind Ostrovskiy"]))
    one, other = key_of("Rosalind Ostrovsky"), key_of("Rosalind Ostrovskiy")
    court.judging.judge(
        [Judgement(a=one, b=other, verdict=Verdict.NEGATIVE, by=Author.PERSON, score=1.0, reason="test")], author="ann"
    )
    run(court)
    assert all(not {"Rosalind Ostrovsky", "Rosalind Ostrovskiy"} <= group for group in entities(court))


def test_what_persons_say_trains_the_model(court: Court) -> None:
    court.take(*events(NAMES))
    court.judging.merge([key_of("Piet Verhulst"), key_of("Karl Verhulst")], Order(author="ann"))
    report = run(court)
    assert report.labels == 1
    assert {"Piet Verhulst", "Karl Verhulst"} in [set(group) for group in entities(court)]


def test_a_dry_run_writes_nothing(court: Court) -> None:
    court.take(*events(NAMES))
    before, length = entities(court), len(judgements(court))
    report = run(court, dry_run=True)
    assert report.made > 0
    assert (entities(court), len(judgements(court))) == (before, length)


def test_one_kind_leaves_the_others_alone(court: Court) -> None:
    court.take(told("e", who=[organization("Nordlicht Holding GmbH"), organization("Nordlicht Holdings")]))
    before = entities(court)
    assert run(court, kind="person").pairs == 0
    assert entities(court) == before
    with pytest.raises(InvalidInput, match="not compared"):
        run(court, kind="motive")


VELDES = (
    *(told(f"v{day}", f"2025-03-{day:02}", who=[person("Selma Velde"), person("Ida Brekke")]) for day in (3, 4, 5)),
    told("h", "2025-01-02", who=[person("Harun Velde"), person("Omar Aziz")]),
    told("short", "2025-03-06", who=[person("Velde"), person("Ida Brekke")]),
)
"""Two Veldes; the last event names one of them by the family name, beside somebody whom Selma stood with."""


def stands_on(court: Court, event: str, name: str) -> str:
    """The alias of a mention, and by whom it was placed there."""
    rows = court.graph.read(statement("read/placing_events"), {"ids": [event]})
    names = {
        row["key"]: row["name"] for row in court.graph.read(statement("read/dedupe_aliases"), {"families": ["person"]})
    }
    (one,) = [mention for mention in rows[0]["mentions"] if names[mention["alias0"]] == name]
    placed = [j["by"] for j in rows[0]["placements"] if j["mention"] == one["id"]]
    return " ".join([names[one["alias"]], *placed])


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (3, 4, 0, 2, 1)])
def test_short_names_are_placed_the_same_whatever_order_events_came_in(court: Court, order: Sequence[int]) -> None:
    for n in order:
        court.take(VELDES[n])
    report = run(court)
    assert stands_on(court, "short", "Velde") == "Selma Velde batch"
    assert report.placed == (order[-1] != 4)
    again = run(court)
    assert (again.made, again.revoked, again.placed) == (0, 0, 0)


def test_a_placement_supports_no_other(court: Court) -> None:
    """What counts for a bearer are full names, not short ones that were placed on it before."""
    court.take(*VELDES)
    court.take(
        *(told(f"more{n}", f"2025-03-{n:02}", who=[person("Velde"), person("Ida Brekke")]) for n in range(7, 28))
    )
    court.take(told("late", "2025-06-20", who=[person("Velde"), person("Ida Brekke")]))
    run(court)
    # Twenty short mentions of the weeks before would have carried it; the three full ones are too long ago.
    assert stands_on(court, "late", "Velde") == "Velde"
    assert stands_on(court, "more7", "Velde") == "Selma Velde batch"
    court.take(told("full", "2025-06-19", who=[person("Selma Velde"), person("Ida Brekke")]))
    run(court)
    assert stands_on(court, "late", "Velde") == "Selma Velde batch"


def test_what_a_person_placed_stays_and_a_dry_run_places_nothing(court: Court) -> None:
    court.take(*reversed(VELDES))
    assert run(court, dry_run=True).placed == 1
    assert stands_on(court, "short", "Velde") == "Velde"
    rows = court.graph.read(statement("read/placing_events"), {"ids": ["short"]})
    velde = key_of("Velde")
    (mention,) = [one["id"] for one in rows[0]["mentions"] if one["alias"] == velde]
    court.take(told("other", "2025-03-06", who=[person("Velde")]))
    court.split_mentions(("short", mention))
    assert run(court).placed == 0
    assert stands_on(court, "short", "Velde") == "Velde person"
