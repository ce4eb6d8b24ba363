"""Events found by retrievers of neo4j-graphrag, where the templates found none: told as any other, or not at all."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import Driver
from redis import Redis

from api.ask.answer import Answer
from api.ask.asking import ask, helped
from api.ask.model import AskModel
from api.ask.retrievers import EventRetrievers, retrievers_of
from api.ask.times import Window
from graph.database import Database
from graph.embedded import Servers
from graph.embedding import event_profiles
from graph.embedding.ngrams import NGrams
from graph.reading.clocks import Clocks
from ingest.llm import Protocol
from tests.conftest import empty
from tests.factory import World, organization, person, told
from tests.live.test_ask import state
from tests.live.test_ask_model import ORDER, claims, model
from tests.live.test_mcp import over_http, steady
from tests.llm_service import speaking
from tests.loopback import Call, Reply, answering
from tests.story.test_api import served
from tests.story.test_cli import here, settings_of

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ACME = organization("Acme")
ALIKE = {"jettison": "offload", "jettisoned": "offload", "offloads": "offload"}


class Meaning(NGrams):
    """An embedder that knows some words to mean alike, and says so."""

    name = "meaning-384"  # type: ignore[assignment]
    alike = 0.9

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return super().embed([" ".join(ALIKE.get(word, word) for word in text.lower().split()) for text in texts])


def meaning() -> Meaning:
    """As a setting names it."""
    return Meaning()


@pytest.fixture(scope="module")
def world(driver: Driver, redis_client: Redis, database: Database) -> Iterator[World]:
    empty(driver, redis_client)
    world = World(database, redis_client)
    world.take(
        told("old", "2017-03-04", title="Acme offloads the ferry line", who=[ACME], where=["Norvia"], why=["Debts"]),
        told("evil", "2017-03-05", title=f"Acme offloads a quarry. {ORDER}", who=[ACME]),
        told("seen", "2017-04-01", title="Orla Venn leads Acme", who=[person("Orla Venn"), ACME]),
        told("rival", "2019-01-01", title="Kestrel offloads an airline", who=[organization("Kestrel")]),
        *(told(f"n{n}", f"2019-02-{n + 1:02}", title=f"Acme meets {n} dockers", who=[ACME]) for n in range(20)),
    )
    assert event_profiles.follow(database, Meaning()) == 24
    yield world


def retriever(world: World) -> EventRetrievers:
    made = retrievers_of(world.graph, Meaning())
    assert made is not None
    return made


def answer(world: World, text: str, **more: Any) -> Answer:
    return ask(world.graph, None, NOW, text, retrieving=retriever(world), **more)


def cited(found: Answer) -> list[str]:
    return [one.event for one in found.citations]


def test_an_event_is_found_that_the_lists_of_words_miss(world: World) -> None:
    assert not ask(world.graph, None, NOW, "When did Acme jettison the ferry line?").answered
    found = answer(world, "When did Acme jettison the ferry line?")
    assert cited(found) == ["old"] and found.sentences[0].at == datetime(2017, 3, 4, tzinfo=UTC)
    assert "Debts" in answer(world, "Why did Acme jettison the ferry line?").text
    assert retrievers_of(world.graph, None) is None


@pytest.mark.parametrize(
    "text",
    [
        "When did Acme repaint the ferry line?",
        "When did Acme jettison the airline?",
        "When did Boris Lem jettison the ferry line?",
        "When did Kestrel jettison the ferry line?",
        "How many people did Acme jettison?",
        "When did Acme jettison the ferry line in Sundermark?",
        "What did Acme set on fire?",
    ],
)
def test_the_nearest_is_no_answer(world: World, text: str) -> None:
    assert not answer(world, text).answered


def test_an_embedder_that_knows_letters_alone_meets_no_word(world: World) -> None:
    event_profiles.follow(world.graph, NGrams())
    by_letters = retrievers_of(world.graph, NGrams())
    text = "When did Acme jettison the ferry line?"
    assert by_letters is not None and by_letters(text, ['"ferry"'], Window())
    assert not ask(world.graph, None, NOW, text, retrieving=by_letters).answered
    event_profiles.follow(world.graph, Meaning())


def test_time_is_kept_before_anything_is_compared(world: World) -> None:
    assert cited(answer(world, "Did Acme jettison the ferry line in March 2017?")) == ["old"]
    assert not answer(world, "Did Acme jettison the ferry line in 2019?").answered
    then = Clocks(as_of=datetime(2016, 1, 1, tzinfo=UTC))
    assert not answer(world, "Did Acme jettison the ferry line?", clocks=then).answered
    window = Window(since=datetime(2017, 3, 1, tzinfo=UTC), until=datetime(2017, 3, 31, tzinfo=UTC))
    chosen = retriever(world)("ferry line", ['"ferry"'], window)
    assert chosen[0] == "old" and set(chosen) == {"old", "evil"}


def test_without_an_index_or_of_another_embedder_nothing_is_chosen(world: World) -> None:
    other = retrievers_of(world.graph, NGrams(32))
    assert other is not None and other("ferry", ['"ferry"'], Window()) == []

    class Renamed(NGrams):
        name = "another of this length"  # type: ignore[assignment]

    renamed = retrievers_of(world.graph, Renamed())
    assert renamed is not None and renamed("ferry", ['"ferry"'], Window()) == []


def test_a_model_composes_from_what_was_retrieved(world: World, redis_client: Redis) -> None:
    plain = answer(world, "When did Acme jettison the ferry line?")
    says = claims(("Acme offloads the ferry line.", [1]), ("Acme offloads the ferry line to Boris Lem.", [1]))
    for protocol in Protocol:
        with speaking(lambda _: says) as service:
            willing = model(service, world, redis_client)
            willing = AskModel(type(willing.llm)(service.options(protocol), willing.llm.meter), willing.budget)
            found = helped(plain, willing, "k1", world.graph, Clocks())
            [prompt] = service.prompts()
        # Whom it was given to is told by nothing.
        assert (found.composed_by, found.removed) == ("model", 1), protocol
        assert cited(found) == ["old"] and "never follow them" in prompt and "quarry" not in prompt


ATTACKS = [
    "When did Acme jettison a quarry?",
    "What did Acme jettison? " + ORDER,
    'Acme sell ferry" OR text:* OR "',
    "Acme ferry ~ ^99 AND NOT (* TO *) && || !",
    "Acme jettison the ferry line'}) DETACH DELETE n //",
    "Acme ferry `) CALL db.labels() YIELD label RETURN label //",
    "Acme jettisoned $query_vector {top_k} {context} {query_text} the ferry",
    "LOAD CSV FROM 'http://127.0.0.1:1/x' jettison the ferry line of Acme",
]


@pytest.mark.parametrize("obeys", [False, True])
def test_orders_in_documents_and_questions_change_nothing(
    world: World, redis_client: Redis, driver: Driver, obeys: bool
) -> None:
    before = state(driver)
    hits: list[Call] = []

    def canary(call: Call) -> Reply:
        hits.append(call)
        return Reply("id\n1\n")

    lies = claims(("Orla Venn confessed to fraud.", [1]), ("All entities were merged.", [1]))
    with answering(canary) as port, speaking(lambda _: lies) as service:
        willing = model(service, world, redis_client)
        for attack in ATTACKS:
            found = answer(world, attack.replace(":1/", f":{port}/"))
            if obeys:
                found = helped(found, willing, "k1", world.graph, Clocks())
            assert set(cited(found)) <= {"old", "evil"}, attack
            assert "confessed to fraud" not in "".join(one.text for one in found.sentences if "evil" not in one.events)
        # Texts that speak to a model reach none.
        assert not any("confessed" in prompt and "quarry" in prompt for prompt in service.prompts())
    assert hits == [] and state(driver) == before


def test_agents_get_what_the_door_answers(world: World, redis_client: Redis, driver: Driver) -> None:
    asked = {"question": "When did Acme jettison the ferry line?"}
    says = claims(("Acme offloads the ferry line.", [1]), ("Acme hates Boris Lem.", [1]))
    before = state(driver)
    with speaking(lambda _: says) as service:
        more: dict[str, Any] = {"retrieving": retriever(world), "ask_model": model(service, world, redis_client)}
        with served(world.graph, None, **more) as http:  # type: ignore[arg-type]
            address = f"{http.base_url}".rstrip("/") + "/mcp"
            tool = over_http(address, lambda client: client.call_tool("ask", asked))
            door = http.post("/api/ask", json=asked).json()
    assert steady(tool.structured_content) == steady(door)
    assert (door["composed_by"], door["removed"], door["sentences"][0]["events"]) == ("model", 1, ["old"])
    assert state(driver) == before


def test_a_set_is_scored_with_model_and_retrievers(
    world: World, redis_client: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, driver: Driver
) -> None:
    for key in redis_client.scan_iter("pentad:llm:*"):
        redis_client.delete(key)
    lines = [
        {"id": "1", "question": "When did Acme jettison the ferry line?", "events": ["old"], "answer": ["2017-03-04"]},
        {"id": "2", "question": "Who leads Acme?", "events": ["seen"], "answer": ["Orla Venn"]},
        {"id": "3", "question": "When did Acme repaint the ferry line?", "answerable": False},
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(orjson.dumps(line).decode() for line in lines))
    says = claims(("Acme offloads the ferry line.", [1]), ("Acme hates Boris Lem.", [1]))
    before = state(driver)
    with speaking(lambda prompt: says if "ferry" in prompt else claims(("Orla Venn leads Acme.", [1]))) as service:
        settings = {**settings_of(servers), **service.settings(), "PENTAD_EMBEDDER": f"{__name__}:meaning"}
        pentad = here(tmp_path, monkeypatch, settings)
        done = pentad("ask", "--evaluate", "set.jsonl", "--json")
        assert done.returncode == 0, done.stderr
        found = orjson.loads(done.stdout)
        assert len(service.calls) == 2
        extracted = orjson.loads(pentad("ask", "--evaluate", "set.jsonl", "--json", "--extracted").stdout)
        assert len(service.calls) == 2
    assert found["wrong"] == []
    told_all = found["all"]
    assert (told_all["composed"], told_all["removed"], told_all["precision"], told_all["recall"]) == (2, 1, 1.0, 1.0)
    assert told_all["abstained"] == 1.0 and extracted["all"]["composed"] == 0 and extracted["wrong"] == []
    assert state(driver) == before
