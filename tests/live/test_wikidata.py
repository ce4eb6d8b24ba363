"""Wikidata: asked politely, chosen by name and company, kept as facts and questions. The server is on loopback and
speaks the API (wbsearchentities, wbgetentities, maxlag, Retry-After, ETag); its items are MADE."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import BudgetExceeded, Unavailable
from graph.reading.clocks import Clocks
from graph.reading.facts import Asked, entity_facts
from graph.reading.reviews import review_list
from ingest.fetching import Allowed, Guard, SafeClient
from ingest.wikidata.api import Wikidata, WikidataOptions
from ingest.wikidata.enriching import Enriching
from tests.factory import country, organization, person, told
from tests.judging_world import Court, key_of

Json = dict[str, Any]


def snak(value: Any) -> Json:
    kind = {"value": {"id": value}} if isinstance(value, str) and value.startswith("Q") else {"value": value}
    return {"snaktype": "value", "datavalue": kind}


def day(value: str) -> Json:
    return {"snaktype": "value", "datavalue": {"value": {"time": f"+{value}T00:00:00Z", "precision": 11}}}


def claim(value: Any, since: str | None = None, rank: str = "normal") -> Json:
    qualifiers = {"P580": [day(since)]} if since else {}
    return {"mainsnak": snak(value), "rank": rank, "qualifiers": qualifiers}


def item(key: str, names: dict[str, list[str]], description: str = "", **claims: list[Json]) -> Json:
    return {
        "id": key,
        "labels": {language: {"language": language, "value": one[0]} for language, one in names.items()},
        "aliases": {language: [{"value": name} for name in one[1:]] for language, one in names.items() if one[1:]},
        "descriptions": {"en": {"value": description}} if description else [],
        "claims": claims or [],
    }


ITEMS = {
    one["id"]: one
    for one in (
        item(
            "Q1",
            {"en": ["Ada Ames", "A. Ames"], "ru": ["Ада Эймс"]},
            "politician",
            P31=[claim("Q5")],
            P108=[claim("Q10")],
        ),
        item("Q2", {"en": ["Ada Ames"]}, "chess player from Chile", P31=[claim("Q5")]),
        item("Q3", {"en": ["Ada Ames"]}, "ship", P31=[claim("Q11446")]),
        item(
            "Q10",
            {"en": ["Acme Works"], "de": ["Akme Werke"]},
            "company",
            P31=[claim("Q783794")],
            P17=[claim("Q20")],
            P169=[claim("Q99", rank="deprecated"), claim("Q1", "2015-03-01")],
        ),
        item("Q20", {"en": ["Norway"], "fr": ["Norvège"]}, "country", P31=[claim("Q6256")], P36=[claim("Q21")]),
        item(
            "Q21", {"en": ["Oslo"]}, "capital of Norway", P31=[claim("Q515")], P17=[claim("Q20")], P131=[claim("Q20")]
        ),
    )
}


class Api:
    """The API on loopback."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.statuses: list[int] = []
        self.lags = 0
        self.busy: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/w/api.php"

    def answer(self, query: dict[str, str]) -> Json:
        assert query["format"] == "json"
        assert query["maxlag"] == "5"
        if query["action"] == "wbsearchentities":
            name = query["search"].casefold()
            found = [
                key
                for key, one in ITEMS.items()
                if any(name == label["value"].casefold() for label in one["labels"].values())
            ]
            return {"search": [{"id": key} for key in found], "success": 1}
        ids = query["ids"].split("|")
        assert len(ids) <= 50
        return {"entities": {key: ITEMS.get(key, {"id": key, "missing": ""}) for key in ids}, "success": 1}


@contextmanager
def serving() -> Iterator[Api]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            api.asked.append(query)
            api.agents.add(self.headers["User-Agent"])
            etag = f'"{abs(hash(self.path))}"'
            body, status, headers = b"", 200, {"ETag": etag}
            if api.busy:
                status, headers = 429, {"Retry-After": api.busy.pop(0)}
            elif api.lags:
                api.lags -= 1
                body, headers = json.dumps({"error": {"code": "maxlag"}}).encode(), {"Retry-After": "5"}
            elif self.headers.get("If-None-Match") == etag:
                status = 304
            else:
                body = json.dumps(api.answer(query)).encode()
            api.statuses.append(status)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = Api(server.server_address[1])
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


class Clerk:
    """Who enriches, at a clock that only the test moves; `slept` is what it would have waited."""

    def __init__(self, api: Api, redis: Redis | None, court: Court | None = None, **options: Any) -> None:
        self.slept: list[float] = []
        self.at = 1_000_000.0
        client = SafeClient(Guard(Allowed.of([f"127.0.0.1:{api.port}"])))
        told_ = WikidataOptions(url=api.url, **{"interval": 0.0, **options})
        self.wikidata = Wikidata(client, told_, redis, sleep=self.slept.append, clock=lambda: self.at)
        if court is not None:
            self.enriching = Enriching(court.graph, self.wikidata, court.judging, lambda: court.now)


def test_the_client_is_named_waits_and_asks_an_unchanged_answer_by_its_etag(clean: None, redis_client: Redis) -> None:
    with serving() as api:
        clerk = Clerk(api, redis_client)
        api.lags, api.busy = 1, ["7"]
        assert clerk.wikidata.search("Ada Ames") == ["Q1", "Q2", "Q3"]
        assert clerk.slept == [7.0, 5.0]
        assert all("Pentad" in agent for agent in api.agents)
        clerk.wikidata.search("Ada Ames")
        assert len(api.asked) == 3
        clerk.at += 90_000
        assert clerk.wikidata.search("Ada Ames") == ["Q1", "Q2", "Q3"]
        assert api.statuses[-1] == 304
        api.busy = ["1", "1", "1"]
        with pytest.raises(Unavailable, match="busy"):
            clerk.wikidata.search("Acme Works")
        api.busy = ["3600"]
        with pytest.raises(Unavailable, match="wait"):
            clerk.wikidata.search("Acme Works")


def test_the_budget_of_a_run_is_kept(clean: None) -> None:
    with serving() as api:
        clerk = Clerk(api, None, budget=2)
        clerk.wikidata.search("Ada Ames")
        clerk.wikidata.search("Oslo")
        with pytest.raises(BudgetExceeded):
            clerk.wikidata.search("Norway")
        assert len(api.asked) == 2


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    made = Court(graph)
    made.take(
        told("a", who=[person("Ada Ames"), organization("Acme Works")], where=[country("Norway")]),
        told("c", "2026-01-11", who=[person("Ada Ames")]),
        told("b", who=[person("Ада Эймс"), person("Bo Berg")], where=[{"name": "Oslo", "kind": "city"}]),
    )
    return made


def test_an_entity_gets_its_item_attributes_facts_and_questions_never_a_merge(
    court: Court, redis_client: Redis, driver: Driver
) -> None:
    ada, acme = key_of("Ada Ames"), key_of("acme works", "collective")
    with serving() as api:
        clerk = Clerk(api, redis_client, court)
        found = [clerk.enriching.enrich(key) for key in clerk.enriching.top(10)]
        by_name = {one.name: one for one in found}
        assert {name: by_name[name].item for name in ("Acme Works", "Norway", "Oslo", "Bo Berg")} == {
            "Acme Works": "Q10",
            "Norway": "Q20",
            "Oslo": "Q21",
            "Bo Berg": None,
        }
        # Three bear the name, one is a ship; of two humans one works for whom she is told with.
        assert by_name["Ada Ames"].item == "Q1"
        again = clerk.enriching.enrich(acme)
        assert again.item == "Q10"
    rows = entity_facts(court.graph, acme, court.now, Clocks(), Asked()).rows
    assert {(row.subject.name, row.predicate, row.object.name) for row in rows} >= {
        ("Ada Ames", "chief_executive_of", "Acme Works"),
        ("Acme Works", "in_country", "Norway"),
    }
    [led] = [row for row in rows if row.predicate == "chief_executive_of"]
    assert (led.since.year, led.records, led.n) == (2015, ["wikidata:Q10"], 0)
    with driver.session() as session:
        shown = session.run("MATCH (x:Entity {key: $key}) RETURN x", key=acme).single(strict=True)["x"]
        assert (shown["wikidata"], shown["country"]) == ("Q10", "Norway")
    asked = {(row.a.name, row.b.name) for row in review_list(court.graph).rows}
    # Two entities may be one item: a person is asked, nobody merges them.
    assert by_name["Ada Ames"].key != by_name["Ада Эймс"].key
    assert {"Ada Ames", "Ада Эймс"} in [set(pair) for pair in asked]
    assert court.faults() == []
    edges = "MATCH ()-[r:RELATED]->() RETURN count(r) AS n"
    with driver.session() as session:
        before = session.run(edges).single(strict=True)["n"]
    with serving() as api:
        clerk = Clerk(api, redis_client, court)
        for key in (ada, acme):
            clerk.enriching.enrich(key)
    with driver.session() as session:
        assert session.run(edges).single(strict=True)["n"] == before


def test_two_that_fit_alike_are_not_chosen_between(graph: Database, redis_client: Redis) -> None:
    court = Court(graph)
    court.take(told("a", who=[person("Ada Ames")]))
    with serving() as api:
        found = Clerk(api, redis_client, court).enriching.enrich(key_of("Ada Ames"))
    assert found.item is None
    assert "fit alike" in found.reason
