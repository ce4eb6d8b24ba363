"""Questions on the bundled sample: how good the answers are, what is claimed, and that asking writes nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient
from neo4j import Driver
from redis import Redis

from api.ask.answer import Answer
from api.ask.asking import ask
from api.ask.evaluating import asked_all, bundled, figures, gold_of
from graph.database import Database
from graph.errors import InvalidInput
from graph.reading.clocks import Clocks
from ingest import sample
from tests.conftest import empty
from tests.factory import Json, World, organization, person, told
from tests.unit.api.made import made_app

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def asked(driver: Driver, redis_client: Redis, database: Database) -> Iterator[World]:
    """September 2015 and the made story; nothing here writes, so all tests share it."""
    empty(driver, redis_client)
    world = World(database, redis_client)
    heads = [
        head("a", "Ada Ames", "2025-01-10"),
        head("b", "Bo Berg", "2025-06-10"),
        head("c", "Ada Ames", "2025-07-01"),
    ]
    assert world.take(*sample.lines(sample.EARLY), *heads).rejected == 0
    yield world


def head(event: str, who: str, at: str) -> Json:
    return told(
        event,
        at,
        title=f"{who} speaks for Quillon Works",
        who=[person(who), organization("Quillon Works")],
        relationships=[{"subject": who, "predicate": "chief_executive_of", "object": "Quillon Works"}],
        source={"name": f"Paper {event}", "url": f"https://{event}.example/1"},
    )


def answer(world: World, text: str, **more: Any) -> Answer:
    return ask(world.graph, None, NOW, text, **more)


def cited(found: Answer) -> list[str]:
    return [one.event for one in found.citations]


def test_bundled_set_is_answered_with_the_promised_precision_and_in_time(asked: World) -> None:
    golds = [gold_of(orjson.loads(line)) for line in bundled()]
    answerable = [gold for gold in golds if gold.answerable]
    assert len(golds) >= 60 and len({gold.template for gold in answerable}) >= 7
    # All that have no answer, and every third of the others: the whole set is what `pentad ask --evaluate sample` asks.
    some = [*(gold for gold in golds if not gold.answerable), *answerable[::3]]
    found = asked_all(some, lambda gold: ask(asked.graph, asked.boards, NOW, gold.question, clocks=gold.clocks))
    all_of_it = figures(found)
    assert (all_of_it.precision or 0) >= 0.95, all_of_it
    assert (all_of_it.recall or 0) >= 0.85, all_of_it
    assert (all_of_it.abstained or 0) >= 0.95, all_of_it
    assert all_of_it.p95_ms <= 2_000, all_of_it  # 500 where nothing else runs: docs/ask.md


def test_every_sentence_is_dated_and_cites_events_and_documents(asked: World) -> None:
    found = answer(asked, "What happened to Halden Marine in March 2024?")
    assert found.answered and found.understood.template == "timeline"
    documents = {document.id for one in found.citations for document in one.documents}
    for one in found.sentences:
        assert one.at is not None and one.events and one.documents
        assert set(one.events) <= set(cited(found)) and set(one.documents) <= documents


def test_names_that_nothing_has_are_told_and_nothing_is_claimed(asked: World) -> None:
    found = answer(asked, "What did Zorblax Shipping do in Port Selene?")
    assert not found.answered and not found.sentences and not found.citations
    assert "Zorblax" in found.reason


def test_a_time_of_the_question_is_a_filter_before_all_else(asked: World) -> None:
    inside = answer(asked, "What happened to Kestrel Bank in March 2024?")
    assert cited(inside) == ["made-008"]
    assert not answer(asked, "What happened to Kestrel Bank in February 2024?").answered


def test_as_of_is_asked_by_the_question_or_by_the_clock(asked: World) -> None:
    said = answer(asked, "As of 20 March 2024, what had happened to Kestrel Bank?")
    clocked = answer(asked, "What happened to Kestrel Bank?", clocks=Clocks(datetime(2024, 3, 20, tzinfo=UTC)))
    assert cited(said) == cited(clocked) == ["made-008"]


def test_what_had_not_been_recorded_is_not_told(asked: World) -> None:
    before = Clocks(known_at=datetime(2001, 1, 1, tzinfo=UTC))
    assert not answer(asked, "What happened to Kestrel Bank?", clocks=before).answered
    after = Clocks(known_at=datetime(2100, 1, 1, tzinfo=UTC))
    assert cited(answer(asked, "What happened to Kestrel Bank?", clocks=after)) == ["made-008", "made-017"]


def test_a_path_tells_each_step(asked: World) -> None:
    found = answer(asked, "Who connects Tomas Riel and Kestrel Bank?")
    assert [step.end["name"] for step in found.path] == ["Halden Marine AS", "Kestrel Bank plc"]
    assert all(step.events for step in found.path)


def test_whom_a_name_may_mean_is_told(asked: World) -> None:
    (meant,) = answer(asked, "What did Ana Ferreira do?").understood.names
    assert len(meant.entities) == 2


@pytest.mark.parametrize("office", ["chief executive", "CEO"])
def test_contested_facts_show_both_sides(asked: World, office: str) -> None:
    found = answer(asked, f"Who is the {office} of Quillon Works?")
    assert {one.role for one in found.sentences} == {"contested"}
    assert "Ada Ames" in found.text and "Bo Berg" in found.text
    assert set(cited(found)) == {"a", "b", "c"}


def test_a_fact_is_told_as_of_then(asked: World) -> None:
    found = answer(asked, "As of 1 March 2025, who was the chief executive of Quillon Works?")
    assert [(one.role, one.events) for one in found.sentences] == [("fact", ("a",))]


@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 501])
def test_what_is_no_question_is_refused(asked: World, text: str) -> None:
    with pytest.raises(InvalidInput):
        answer(asked, text)


def state(driver: Driver) -> dict[str, Any]:
    query = """
        MATCH (n) WITH count(n) AS nodes, sum(size(keys(n))) AS properties
        MATCH ()-[r]->() RETURN nodes, properties, count(r) AS edges, sum(size(keys(r))) AS told
    """
    with driver.session() as session:
        return dict(session.run(query).single(strict=True))


def test_asking_writes_nothing(asked: World, driver: Driver) -> None:
    before = state(driver)
    for line in bundled()[::7]:
        answer(asked, orjson.loads(line)["question"])
    assert state(driver) == before


def client(world: World) -> TestClient:
    app = made_app(database=world.graph, clock=lambda: NOW)
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


def test_the_door_answers_as_the_function_does(asked: World) -> None:
    with client(asked) as http:
        found = http.post("/api/ask", json={"question": "Why did Martin Winterkorn resign?"}).json()
        assert [one["event"] for one in found["citations"]] == ["wikicep-56996"]
        assert found["sentences"][0]["documents"] and found["understood"]["template"] == "cause"
        refused = http.post("/api/ask", json={"question": " "})
        assert refused.status_code == 422 and refused.headers["content-type"] == "application/problem+json"
        assert http.post("/api/ask", json={"question": "Who?", "model": "x"}).status_code == 422


def test_the_door_streams_sentence_by_sentence(asked: World) -> None:
    asks = {"question": "Timeline of Kim Davis"}
    with client(asked) as http:
        found = http.post("/api/ask", json=asks, headers={"accept": "text/event-stream"})
    names = [line.removeprefix("event: ") for line in found.text.splitlines() if line.startswith("event: ")]
    assert names == ["understood", *["sentence"] * 4, "answer"]


def test_the_page_links_every_citation_without_a_script(asked: World) -> None:
    found = answer(asked, "Who connects Tomas Riel and Kestrel Bank?")
    with client(asked) as http:
        shown = http.get("/ask", params={"question": found.question}, headers={"accept": "text/html"})
        french = http.get("/ask", params={"question": "Who is Zorblax?", "lang": "fr"}, headers={"accept": "text/html"})
    assert shown.status_code == 200
    links = re.findall(r'<a class="event" href="/event\?id=([^"]+)" aria-label', shown.text)
    assert links == [event for one in found.sentences for event in one.events]
    sources = shown.text.partition('aria-labelledby="sources"')[2]
    assert all(f'href="/event?id={event}"' in sources for event in cited(found))
    assert all(document.url in sources for one in found.citations for document in one.documents if document.url)
    assert "Cela n’est pas connu ici." in french.text and "Zorblax" in french.text


def test_what_a_question_says_is_shown_as_text(asked: World) -> None:
    evil = "Who is <script>alert(1)</script>?"
    with client(asked) as http:
        shown = http.get("/ask", params={"question": evil}, headers={"accept": "text/html"})
    assert "<script>alert" not in shown.text and "&lt;script&gt;" in shown.text
