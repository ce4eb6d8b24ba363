"""Names by a CoreNLP server, which stands on loopback and speaks its protocol; what it says is MADE."""

import json
from types import SimpleNamespace

import pytest
from neo4j import Driver

from api.extraction import model_of
from api.settings import load
from graph.database import Database
from graph.errors import InvalidInput
from graph.reading.artifacts import artifact
from ingest.semantics.corenlp import CoreNlp
from tests.factory import value
from tests.loopback import Call, Reply, answering
from tests.pages_world import HARBOUR_FR, PagesWorld

TEXT = """Varna signed the goalkeeper Mira Castellan in Oruro on Tuesday. Supporters of Varna welcomed her at the gate.
Mira Castellan promised new goals for Varna next year. The season begins in May."""
SAID = [("Varna", "ORGANIZATION"), ("Mira Castellan", "PERSON"), ("Oruro", "CITY"), ("Tuesday", "DATE")]


def annotate(call: Call) -> Reply:
    """As the server answers: mentions by sentence, with their offsets."""
    wanted = json.loads(call.query["properties"])
    if call.method != "POST" or wanted["outputFormat"] != "json" or "ner" not in wanted["annotators"].split(","):
        return Reply("Could not handle incoming annotation", 500)
    text = call.body.decode()
    mentions = [
        {"text": name, "ner": ner, "characterOffsetBegin": text.find(name), "characterOffsetEnd": text.find(name) + 9}
        for name, ner in [*SAID, ("Sultan of Nowhere", "PERSON")]
    ]
    return Reply({"sentences": [{"index": 0, "entitymentions": mentions, "tokens": []}]})


def test_what_corenlp_names_is_kept_where_the_page_has_it(graph: Database, driver: Driver) -> None:
    with answering(annotate) as port:
        world = PagesWorld(graph, model=CoreNlp(f"http://127.0.0.1:{port}/"))
        page = world.page(TEXT, "A goalkeeper for Varna")
        told = world.stages.read(graph, page)
        assert (told["model"], told["unfounded"]) == ("corenlp", 1)
        names = "MATCH (:Document {id: $id})-[r:NAMES_ENTITY]->() RETURN collect([r.surface, r.w])"
        named = value(driver, names, id=page)
        # By its name it is a town; here it is a club.
        assert {"Varna": "WHO", "Mira Castellan": "WHO", "Oruro": "WHERE"}.items() <= dict(named).items()
        assert world.faults() == []
        french = world.page(HARBOUR_FR, "Accord", language="fr")
        assert world.stages.read(graph, french)["entities"] > 0


def test_where_it_fails_the_page_is_read_without_it(graph: Database) -> None:
    for reply in (Reply("busy", 500), Reply("no JSON"), Reply({"sentences": 7})):
        with answering(lambda _, reply=reply: reply) as port:
            world = PagesWorld(graph, model=CoreNlp(f"http://127.0.0.1:{port}"))
            page = world.page(f"{TEXT} Seen by {reply.packed.decode()}.", "A goalkeeper for Varna")
            told = world.stages.read(graph, page)
        assert told["entities"] > 0
        assert artifact(graph, page).read_failure == told["model_failed"]


def test_its_address_is_that_of_the_settings() -> None:
    world = SimpleNamespace(redis=None, clock=None)
    found = model_of(load(corenlp_url="http://127.0.0.1:9000"), world)  # type: ignore[arg-type]
    assert isinstance(found, CoreNlp)
    assert model_of(load(), world) is None  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="corenlp_url"):
        model_of(load(corenlp_url="localhost"), world)  # type: ignore[arg-type]
