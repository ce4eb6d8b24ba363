"""Who is who through the real graph: each way a name finds its entity, and what follows when more is known."""

from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph import ledger
from graph.alias import Alias
from graph.database import Database, Transaction
from graph.judgement import Author, Judgement, Verdict
from graph.queries import statement
from tests.factory import (
    NOW,
    World,
    assert_counts,
    clusters,
    country,
    holder,
    judged,
    named,
    organization,
    person,
    some_news,
    told,
    value,
)


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


@pytest.fixture(autouse=True)
def sound(world: World, driver: Driver) -> Any:
    """Whatever a test did, the graph keeps its promises."""
    yield
    assert world.faults() == []
    assert_counts(driver)


def of(driver: Driver, event: str, surface: str) -> str:
    return holder(driver, event, surface)["key"]


def negative(world: World, one: str, other: str) -> None:
    """A person parts two names, as a review will."""

    def work(tx: Transaction, change: int) -> None:
        keys = [Alias.of(name, name.casefold(), "person", "", "person").key for name in (one, other)]
        said = Judgement(
            a=keys[0],
            b=keys[1],
            verdict=Verdict.NEGATIVE,
            by=Author.PERSON,
            score=1.0,
            reason="two people",
            change=change + 1,
        )
        ledger.append(tx, [said], NOW)
        tx.rows(statement("write/outbox"), {"change": change + 1, "at": NOW, "payload": "{}"})

    world.graph.write(work)


def test_forms_of_one_full_name_are_one_entity(world: World, driver: Driver) -> None:
    forms = ["Nicolás Maduro", "MADURO, Nicolás", "President Nicolás Maduro", "Nicolas Maduro"]
    world.take(*(told(f"e{n}", who=person(form)) for n, form in enumerate(forms)))
    assert len({of(driver, f"e{n}", form) for n, form in enumerate(forms)}) == 1
    found = holder(driver, "e0", "Nicolás Maduro")
    assert (found["name"], found["kind"], found["kind_source"], found["mentions"]) == (
        "Nicolás Maduro",
        "person",
        "stated",
        4,
    )
    assert found["aliases"] == ["Nicolás Maduro", "Nicolas Maduro"]


def test_a_shared_first_name_joins_nothing(world: World, driver: Driver) -> None:
    world.take(told("a", who=person("Nicolás Maduro")), told("b", who=person("Nicolas Cage")))
    assert of(driver, "a", "Nicolás Maduro") != of(driver, "b", "Nicolas Cage")


@pytest.mark.parametrize("short", ["Maduro", "N. Maduro", "President Maduro"])
@pytest.mark.parametrize("short_first", [True, False])
def test_a_short_form_joins_its_sole_bearer_and_parts_when_a_second_comes(
    world: World, driver: Driver, short: str, short_first: bool
) -> None:
    two = [told("full", who=person("Nicolás Maduro")), told("short", who=person(short))]
    for event in reversed(two) if short_first else two:
        world.take(event)
    assert of(driver, "short", short) == of(driver, "full", "Nicolás Maduro")
    assert world.faults() == []
    assert_counts(driver)
    world.take(told("second", who=person("Norberto Maduro")))
    alone = holder(driver, "short", short)
    assert alone["key"] not in {of(driver, "full", "Nicolás Maduro"), of(driver, "second", "Norberto Maduro")}
    assert alone["mentions"] == 1
    assert holder(driver, "full", "Nicolás Maduro")["mentions"] == 1
    verdicts = sorted((j["verdict"], j["revoked"]) for j in judged(driver, short))
    assert verdicts == [("positive", True), ("unsure", False), ("unsure", False)]


def test_a_shorter_mention_after_a_longer_one_of_its_event_stands_for_it(world: World, driver: Driver) -> None:
    world.take(told("a", who=person("Norberto Maduro")), told("b", who=person("Nicolás Maduro")))
    world.take(told("c", who=[person("Nicolás Maduro"), person("Maduro"), person("N. Maduro")]))
    assert of(driver, "c", "Maduro") == of(driver, "c", "N. Maduro") == of(driver, "b", "Nicolás Maduro")
    assert value(driver, "MATCH ()-[m:WHO {surface: 'Maduro'}]->() RETURN m.alias <> m.alias0") is True
    assert [j["verdict"] for j in judged(driver, "Maduro") if j["mention"]] == ["positive"]


def test_a_shorter_mention_is_placed_by_its_event_wherever_the_longer_one_stands(world: World, driver: Driver) -> None:
    world.take(told("a", who=person("Norberto Maduro")))
    world.take(told("c", who=[person("Maduro"), person("Nicolás Maduro")]))
    assert of(driver, "c", "Maduro") == of(driver, "c", "Nicolás Maduro")


def test_a_placement_holds_as_long_as_its_event_tells_the_longer_name(world: World, driver: Driver) -> None:
    def standing() -> list[str]:
        return [j["verdict"] for j in judged(driver, "Maduro") if j["mention"] and not j["revoked"]]

    world.take(told("a", who=person("Norberto Maduro")), told("b", who=person("Nicolás Maduro")))
    world.take(told("c", who=[person("Nicolás Maduro"), person("Maduro")]))
    world.take(told("c", title="again", who=[person("Nicolás Maduro"), person("Maduro")]))
    assert standing() == ["positive"]
    world.take(told("c", title="without him", who=person("Maduro")))
    assert standing() == []
    assert of(driver, "c", "Maduro") != of(driver, "b", "Nicolás Maduro")
    assert world.faults() == []


def test_two_longer_ones_in_an_event_place_nobody(world: World, driver: Driver) -> None:
    world.take(told("c", who=[person("Nicolás Maduro"), person("Norberto Maduro"), person("Maduro")]))
    assert len({of(driver, "c", name) for name in ("Nicolás Maduro", "Norberto Maduro", "Maduro")}) == 3


def test_an_acronym_joins_the_one_body_that_bears_it(world: World, driver: Driver) -> None:
    world.take(told("a", who=organization("International Monetary Fund")), told("b", who=organization("IMF")))
    assert of(driver, "b", "IMF") == of(driver, "a", "International Monetary Fund")
    world.take(told("c", who=organization("Irish Maritime Federation")))
    assert of(driver, "b", "IMF") != of(driver, "a", "International Monetary Fund")


@pytest.mark.parametrize("untyped_first", [True, False])
def test_an_untyped_name_joins_its_one_typed_namesake_and_leaves_when_a_second_comes(
    world: World, driver: Driver, untyped_first: bool
) -> None:
    two = [told("typed", who=organization("Amazon")), told("bare", who="Amazon")]
    for event in reversed(two) if untyped_first else two:
        world.take(event)
    together = holder(driver, "bare", "Amazon")
    assert together["key"] == of(driver, "typed", "Amazon")
    assert (together["kind"], together["kind_source"]) == ("organization", "stated")
    assert world.faults() == []
    world.take(told("river", where=named("Amazon", "region")))
    assert len({of(driver, event, "Amazon") for event in ("typed", "bare", "river")}) == 3


def test_identifiers_that_agree_join_and_that_clash_part(world: World, driver: Driver) -> None:
    world.take(
        told("a", who=person("Kim Jong Un", qid="Q56226")),
        told("b", who=person("Young Leader", qid="q56226")),
        told("c", who=person("Kim Jong Un", qid="Q999")),
    )
    assert of(driver, "a", "Kim Jong Un") == of(driver, "b", "Young Leader")
    assert of(driver, "c", "Kim Jong Un") != of(driver, "a", "Kim Jong Un")


def test_qualifiers_tell_namesakes_apart(world: World, driver: Driver) -> None:
    names = ["Police (India)", "Police (Nepal)", "Police"]
    world.take(*(told(name, who=organization(name)) for name in names))
    assert len({of(driver, name, name) for name in names}) == 3
    world.take(told("again", who=organization("POLICE (india)")))
    assert of(driver, "again", "POLICE (india)") == of(driver, "Police (India)", "Police (India)")


def test_stated_kinds_that_clash_are_two(world: World, driver: Driver) -> None:
    world.take(told("a", who=person("Jordan")), told("b", where=country("Jordan")))
    assert of(driver, "a", "Jordan") != of(driver, "b", "Jordan")


def test_a_pair_in_the_unsure_band_is_recorded_and_founded_apart(world: World, driver: Driver) -> None:
    one, other = "Pedro Molina", "Pedro Garcia Molena"
    report = world.take(told("a", who=person(one)), told("b", who=person(other)))
    assert report.review == 1
    assert of(driver, "a", one) != of(driver, "b", other)
    (found,) = judged(driver, other)
    assert (found["verdict"], found["by"], found["revoked"]) == ("unsure", "online", False)
    assert 0.75 <= found["score"] < 0.85


def test_no_later_name_joins_what_a_person_parted(world: World, driver: Driver) -> None:
    world.take(told("a", who=person("Anna Kowalska")), told("b", who=person("Hanna Kowalska")))
    negative(world, "Anna Kowalska", "Hanna Kowalska")
    world.take(*(told(f"c{n}", who=person(name)) for n, name in enumerate(["Annna Kowalska", "Hannna Kowalska"])))
    world.take(told("d", who=person("Kowalska, Anna")), by=world.another())
    assert of(driver, "a", "Anna Kowalska") != of(driver, "b", "Hanna Kowalska")


def test_a_sole_bearer_that_a_person_parted_from_the_short_form_is_none(world: World, driver: Driver) -> None:
    world.take(
        told("a", who=person("Nicolás Maduro")),
        told("b", who=person("Norberto Maduro")),
        told("s", who=person("Maduro")),
    )
    negative(world, "Maduro", "Norberto Maduro")
    world.take(told("c", who=[person("Norberto Maduro"), person("Maduro")]))
    assert of(driver, "c", "Maduro") != of(driver, "c", "Norberto Maduro")


def test_two_processes_that_write_in_turn_make_one_partition(world: World, driver: Driver) -> None:
    news = some_news(11, 60, versions=False)
    one, other = world.another(), world.another()
    for n in range(0, 60, 5):
        world.take(*news[n : n + 5], by=(one, other)[n // 5 % 2])
    in_turn = clusters(driver)
    with driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
        session.run("MATCH (g:Gate) SET g.change = 0").consume()
    alone = World(world.graph)
    alone.take(*news)
    assert clusters(driver) == in_turn
    world.boards = None


def test_the_ledger_says_why_each_name_is_where_it_is(world: World, driver: Driver) -> None:
    world.take(*some_news(12, 60))
    joined = value(
        driver,
        "MATCH (a:Alias)-[:NAMES]->(x:Entity) WHERE a.key <> x.key"
        " RETURN count(CASE WHEN NOT EXISTS {(a)<-[:OF]-(j:Judgement {verdict: 'positive'}) WHERE j.revoked_at IS NULL}"
        " THEN 1 END)",
    )
    assert joined == 0


def test_a_surname_of_two_goes_to_the_one_that_its_event_and_the_past_support(world: World, driver: Driver) -> None:
    past = [
        told(f"p{n}", f"2024-05-{n + 10}T00:00:00Z", who=[person("Selma Velde"), person("Ida Brekke")])
        for n in range(3)
    ]
    world.take(told("h", "2023-01-01T00:00:00Z", who=person("Harun Velde")), *past)
    world.take(
        told("now", "2024-05-14T00:00:00Z", who=[person("Velde"), person("Ida Brekke")]),
        told("then", "2021-05-14T00:00:00Z", who=[person("Velde"), person("Ida Brekke")]),
    )
    assert of(driver, "now", "Velde") == of(driver, "p0", "Selma Velde")
    assert of(driver, "then", "Velde") not in {of(driver, "p0", "Selma Velde"), of(driver, "h", "Harun Velde")}
    (placed,) = [j for j in judged(driver, "Velde") if j["mention"]]
    assert (placed["verdict"], placed["by"]) == ("positive", "online")


def test_what_was_planned_ahead_is_asked_again_when_the_batch_before_it_told_more(world: World, driver: Driver) -> None:
    past = [
        told(f"p{n}", f"2024-05-{n + 10}T00:00:00Z", who=[person("Selma Velde"), person("Ida Brekke")])
        for n in range(3)
    ]
    fill = [told(f"f{n}", who=organization("Selwyn Shipping")) for n in range(996)]
    # The batch of 1,000 is being written while the next one is planned.
    world.take(
        told("h", "2023-01-01T00:00:00Z", who=person("Harun Velde")),
        *past,
        *fill,
        told("now", "2024-05-14T00:00:00Z", who=[person("Velde"), person("Ida Brekke")]),
    )
    assert of(driver, "now", "Velde") == of(driver, "p0", "Selma Velde")
