"""Wikidata on loopback: it speaks the API (wbsearchentities, wbgetentities, maxlag, Retry-After, ETag); its items are
MADE. `Clerk` asks it as Pentad does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from ingest.fetching import Allowed, Guard, SafeClient
from ingest.wikidata.api import Wikidata, WikidataOptions
from ingest.wikidata.enriching import Enriching
from tests.judging_world import Court
from tests.loopback import Call, Reply, answering

Json = dict[str, Any]


def snak(value: Any) -> Json:
    kind = {"value": {"id": value}} if isinstance(value, str) and value.startswith("Q") else {"value": value}
    return {"snaktype": "value", "datavalue": kind}


def at(latitude: float, longitude: float, globe: str = "Q2") -> Json:
    told = {"latitude": latitude, "longitude": longitude, "precision": 0.01}
    return {"datavalue": {"value": told | {"globe": f"http://www.wikidata.org/entity/{globe}"}}}


def day(value: str) -> Json:
    return {"snaktype": "value", "datavalue": {"value": {"time": f"+{value}T00:00:00Z", "precision": 11}}}


def claim(value: Any, since: str | None = None, rank: str = "normal") -> Json:
    qualifiers = {"P580": [day(since)]} if since else {}
    mainsnak = value if isinstance(value, dict) else snak(value)
    return {"mainsnak": mainsnak, "rank": rank, "qualifiers": qualifiers}


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
        item(
            "Q20",
            {"en": ["Norway"], "fr": ["Norvège"]},
            "country",
            P31=[claim("Q6256")],
            P36=[claim("Q21")],
            P625=[claim(at(65.0, 11.0))],
        ),
        item(
            "Q21",
            {"en": ["Oslo"]},
            "capital of Norway",
            P31=[claim("Q515")],
            P17=[claim("Q20")],
            P131=[claim("Q20")],
            # The crater of that name, a point that is no longer held to be right, and the one that is.
            P625=[
                claim(at(1.0, 2.0, "Q405")),
                claim(at(0.0, 0.0), rank="deprecated"),
                claim(at(59.0, 10.0)),
                claim(at(59.91, 10.75), rank="preferred"),
            ],
        ),
        item("Q30", {"en": ["Mira Castellan"]}, "harbour master from Varna", P31=[claim("Q5")]),
    )
}


@dataclass
class Api:
    """The API on loopback. `lags` answers say that it lags, `busy` ones that it is asked too often; then it answers."""

    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    agents: set[str] = field(default_factory=set[str])
    statuses: list[int] = field(default_factory=list[int])
    lags: int = 0
    busy: list[str] = field(default_factory=list[str])

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

    def reply(self, call: Call) -> Reply:
        self.asked.append(call.query)
        self.agents.add(call.headers["User-Agent"])
        etag = f'"{abs(hash(call.target))}"'
        if self.busy:
            reply = Reply(b"", 429, {"Retry-After": self.busy.pop(0)})
        elif self.lags:
            self.lags -= 1
            reply = Reply({"error": {"code": "maxlag"}}, 200, {"Retry-After": "5"})
        elif call.headers.get("If-None-Match") == etag:
            reply = Reply(b"", 304, {"ETag": etag})
        else:
            reply = Reply(self.answer(call.query), 200, {"ETag": etag})
        self.statuses.append(reply.status)
        return reply


@contextmanager
def serving() -> Iterator[Api]:
    api = Api()
    with answering(api.reply) as port:
        api.port = port
        yield api


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
