"""Profiles of events follow their events: made once, made anew with what changes, gone with what is withdrawn."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from neo4j import Driver
from neo4j.exceptions import ClientError
from redis import Redis

from graph.database import Database
from graph.embedding.event_profiles import follow, ready, stands
from graph.embedding.ngrams import NGrams
from graph.lending import ReadingDriver
from graph.retraction import Sort
from ingest.judging import Order
from tests.factory import country, organization, person, told
from tests.judging_world import Court, key_of
from tests.live.test_retraction import NEWS, URL, Desk

EMBEDDER = NGrams(64)


def texts(driver: Driver) -> dict[str, str]:
    with driver.session() as session:
        found = session.run("MATCH (p:EventProfile) RETURN p.key AS key, p.text AS text, size(p.embedding) AS n")
        rows = [(row["key"], row["text"], row["n"]) for row in found]
    assert all(n == EMBEDDER.dimensions for _, _, n in rows)
    return {key: text for key, text, _ in rows}


def test_made_once_and_anew_where_the_event_is_told_anew(graph: Database, driver: Driver) -> None:
    court = Court(graph)
    court.take(
        told("a", title="Bulletin 7", what={"text": "Sell the ferry"}, who=[organization("Acme")], why=["Debts"]),
        told("b", title="Acme opens in Norvia", who=[organization("Acme")], where=[country("Norvia")]),
    )
    assert not stands(graph, EMBEDDER)
    assert (follow(graph, EMBEDDER), follow(graph, EMBEDDER)) == (2, 0)
    assert stands(graph, EMBEDDER) and not stands(graph, NGrams(32))
    assert set(texts(driver)["a"].splitlines()) == {"Bulletin 7", "Sell the ferry", "Debts", "Acme"}
    court.take(told("b", title="Acme opens in Sundermark", who=[organization("Acme")], where=[country("Sundermark")]))
    assert follow(graph, EMBEDDER) == 1
    assert "Norvia" not in texts(driver)["b"] and "Sundermark" in texts(driver)["b"]
    assert court.faults() == []


def test_whom_an_event_names_is_called_as_now(graph: Database, driver: Driver) -> None:
    court = Court(graph)
    court.take(
        *(told(f"a{n}", title=f"Ada {n}", who=[person("Ada Ames")]) for n in range(3)),
        told("b", title="One in a mask speaks", who=[person("Zebulon Quarrell")]),
        told("c", title="Bo walks", who=[person("Bo Berg")]),
    )
    follow(graph, EMBEDDER)
    merged = court.merge(key_of("Zebulon Quarrell"), key_of("Ada Ames"))
    assert follow(graph, EMBEDDER) >= 1 and follow(graph, EMBEDDER) == 0
    assert "Ada Ames" in texts(driver)["b"] and "Zebulon Quarrell" in texts(driver)["b"]
    assert merged and "Ada Ames" not in texts(driver)["c"]


def test_two_processes_make_the_indexes_at_once(graph: Database) -> None:
    for length in (32, 48, 64):
        with ThreadPoolExecutor(4) as pool:
            for made in [pool.submit(ready, graph, NGrams(length)) for _ in range(4)]:
                made.result()
        assert stands(graph, NGrams(length))


def test_another_embedder_makes_all_anew(graph: Database, driver: Driver) -> None:
    Court(graph).take(told("a"), told("b"))
    assert follow(graph, NGrams(32)) == 2
    assert follow(graph, EMBEDDER) == 2
    assert set(texts(driver)) == {"a", "b"}


def test_what_is_withdrawn_is_found_no_more_and_what_is_erased_is_nowhere(
    graph: Database, redis_client: Redis, driver: Driver
) -> None:
    desk = Desk(graph, redis_client)
    desk.take(*NEWS)
    follow(graph, EMBEDDER)
    assert set(texts(driver)) == {"other", "alone", "both", "fact"}
    withdrawn = desk.retracting.apply(Sort.DOCUMENT, URL, "ann")
    assert set(texts(driver)) == {"other", "both"}
    desk.retracting.undo(withdrawn.id)
    # What the other page tells as well was told anew, too.
    assert follow(graph, EMBEDDER) == 3 and set(texts(driver)) == {"other", "alone", "both", "fact"}
    # Who is erased gives the name to an event that stays.
    desk.judging.merge([key_of("Zebulon Quarrell"), key_of("Bo Berg")], Order(author="ann", cause="one"))
    follow(graph, EMBEDDER)
    assert "Zebulon Quarrell" in texts(driver)["both"]
    desk.retracting.erase(Sort.DOCUMENT, URL, "ann")
    assert not any("Quarrell" in text for text in texts(driver).values())
    follow(graph, EMBEDDER)
    assert set(texts(driver)) == {"other", "both"}
    assert not any("Quarrell" in text for text in texts(driver).values())


def test_an_event_that_changed_while_it_was_read_is_left_for_the_next_round(graph: Database, driver: Driver) -> None:
    court = Court(graph)
    court.take(told("a", title="Acme sells"))

    class Slow(NGrams):
        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            court.take(told("a", title="Acme buys"))
            return super().embed(texts)

    follow(graph, Slow(64))
    assert texts(driver) == {}
    assert follow(graph, EMBEDDER) == 1 and "Acme buys" in texts(driver)["a"]


def test_a_lent_graph_only_reads(graph: Database, driver: Driver) -> None:
    ready(graph, EMBEDDER)
    lent = ReadingDriver(graph, 2.0)
    assert lent.execute_query("RETURN $n AS n", {"n": 7}).records[0]["n"] == 7
    for text in ("CREATE (n:Evil)", "MATCH (n) SET n.evil = 1", "DROP INDEX event_profiles"):
        with pytest.raises(ClientError):
            lent.execute_query(text)
    with pytest.raises(TypeError):
        lent.session()
    with driver.session() as session:
        assert session.run("MATCH (n:Evil) RETURN count(n) AS n").single(strict=True)["n"] == 0
