"""Wikidata's API as a polite client asks it: one request at a time, a named agent, `maxlag`, `Retry-After`, a budget.

What was answered is kept with its ETag (in Redis, which may lose it): a day long it is not asked for again, later an
unchanged answer costs an empty one. Everything goes through the one fetcher.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import orjson

from graph.errors import BudgetExceeded, Unavailable
from ingest.fetching import Fetched, FetchError, SafeClient

if TYPE_CHECKING:
    from redis import Redis

AGENT = "Pentad/0.1 (https://example.org/pentad; enrichment)"
FRESH, KEPT = 86_400, 30 * 86_400
"""Seconds that an answer is not asked for again, and is kept."""
IDS = 50
"""Items of one request: what the API takes at most."""
EARTH = "Q2"
"""The globe that coordinates are kept of: there are places on the Moon, too."""
TRIES = 3
LONGEST = 60.0
"""Seconds that one `Retry-After` is waited for; beyond that the service is told to be unavailable."""


@dataclass(frozen=True, slots=True)
class WikidataOptions:
    """`url` of the API, the agent it is asked as, seconds of lag from which it is let be, requests of one run, seconds
    between two of them."""

    url: str = "https://www.wikidata.org/w/api.php"
    agent: str = AGENT
    maxlag: int = 5
    budget: int = 500
    interval: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an item: a property, the item or text that is its value, and from when until when it held."""

    property: str
    value: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its names by language (label first), its English description, statements that are not deprecated."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    description: str
    statements: tuple[Statement, ...]

    def values(self, property_: str) -> list[str]:
        """The values of a property; those of preferred rank first."""
        return [one.value for one in self.statements if one.property == property_]

    @property
    def label(self) -> str:
        """Its English name, else the first one."""
        return next(iter(self.names.get("en", ())), next((one[0] for one in self.names.values() if one), self.id))


@dataclass(slots=True)
class Wikidata:
    """The client. `asked` counts requests that went out."""

    client: SafeClient
    options: WikidataOptions = field(default_factory=WikidataOptions)
    redis: "Redis | None" = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    asked: int = 0
    _last: float = 0.0

    def search(self, name: str, language: str = "en") -> list[str]:
        """Ids of items that a name may mean, the likeliest first. Raises Unavailable, BudgetExceeded."""
        told = self._get(
            {"action": "wbsearchentities", "search": name, "language": language, "uselang": language}
            | {"type": "item", "limit": "10"}
        )
        return [str(one["id"]) for one in told.get("search", ())]

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        """Items by id; those that are not there are left out. Same errors as `search`."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Item] = {}
        for begin in range(0, len(wanted), IDS):
            told = self._get(
                {"action": "wbgetentities", "ids": "|".join(wanted[begin : begin + IDS])}
                | {"props": "labels|aliases|descriptions|claims"}
            )
            for key, entity in told.get("entities", {}).items():
                if "missing" not in entity:
                    found[key] = _item(key, entity)
        return found

    def _get(self, asked: Mapping[str, str]) -> dict[str, Any]:
        query = {**asked, "format": "json", "maxlag": str(self.options.maxlag)}
        url = f"{self.options.url}?{urlencode(sorted(query.items()))}"
        key = f"pentad:wikidata:{hashlib.sha256(url.encode()).hexdigest()[:32]}"
        held = self._held(key)
        if held is not None and self.clock() - held["at"] < FRESH:
            return orjson.loads(held["body"])
        headers = {"User-Agent": self.options.agent, "Accept": "application/json"}
        headers |= {"If-None-Match": held["etag"]} if held and held.get("etag") else {}
        for _ in range(TRIES):
            answer = self._fetch(url, headers)
            wait = _wait(answer)
            if answer.status == 304 and held is not None:
                self._keep(key, {**held, "at": self.clock()})
                return orjson.loads(held["body"])
            if wait is None:
                body = answer.body.decode("utf-8", "replace")
                self._keep(key, {"etag": answer.headers.get("etag"), "body": body, "at": self.clock()})
                return _object(answer)
            if wait > LONGEST:
                raise Unavailable(f"Wikidata asks to wait {wait:g} s")
            self.sleep(wait)
        raise Unavailable(f"Wikidata is busy: {TRIES} requests were put off")

    def _fetch(self, url: str, headers: Mapping[str, str]) -> Fetched:
        if self.asked >= self.options.budget:
            raise BudgetExceeded(f"the budget of {self.options.budget} requests to Wikidata is spent")
        pause = self._last + self.options.interval - self.clock()
        if pause > 0:
            self.sleep(pause)
        self.asked += 1
        self._last = self.clock()
        try:
            answer = self.client.get(url, headers)
        except FetchError as error:
            raise Unavailable(f"Wikidata cannot be reached: {error}") from error
        if answer.status not in (200, 304, 429, 503):
            raise Unavailable(f"Wikidata answered {answer.status}")
        return answer

    def _held(self, key: str) -> dict[str, Any] | None:
        text = self.redis.get(key) if self.redis is not None else None
        return orjson.loads(text) if text else None

    def _keep(self, key: str, value: Mapping[str, Any]) -> None:
        if self.redis is not None:
            self.redis.set(key, orjson.dumps(value).decode(), ex=KEPT)


def _wait(answer: Fetched) -> float | None:
    """Seconds to wait before asking again; None where it was answered. Lag comes as 200 with an error in it."""
    later = answer.headers.get("retry-after", "")
    seconds = float(later) if later.isdigit() else 5.0
    if answer.status in (429, 503):
        return seconds
    if answer.status == 200 and _object(answer).get("error", {}).get("code") == "maxlag":
        return seconds
    return None


def _object(answer: Fetched) -> dict[str, Any]:
    try:
        told: Any = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise Unavailable("Wikidata answered what is no JSON") from error
    if not isinstance(told, dict):
        raise Unavailable("Wikidata answered what is no object")
    return cast(dict[str, Any], told)


def _item(key: str, entity: Mapping[str, Any]) -> Item:
    names: dict[str, tuple[str, ...]] = {}
    for language, label in _dict(entity.get("labels")).items():
        others = [one["value"] for one in _dict(entity.get("aliases")).get(language, ())]
        names[language] = tuple(dict.fromkeys([label["value"], *others]))
    description = _dict(_dict(entity.get("descriptions")).get("en")).get("value", "")
    statements = [
        told
        for property_, claims in _dict(entity.get("claims")).items()
        for claim in sorted(claims, key=lambda one: one.get("rank") != "preferred")
        if claim.get("rank") != "deprecated" and (told := _statement(property_, claim)) is not None
    ]
    return Item(key, names, description, tuple(statements))


def _dict(value: Any) -> dict[str, Any]:
    """An object; where there is nothing, the API answers an empty list instead."""
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def _statement(property_: str, claim: Mapping[str, Any]) -> Statement | None:
    value = _value(_dict(claim.get("mainsnak")))
    if value is None:
        return None
    qualifiers = _dict(claim.get("qualifiers"))
    since, until = (next((_value(one) for one in qualifiers.get(name, ())), None) for name in ("P580", "P582"))
    return Statement(property_, value, since, until)


def _value(snak: Mapping[str, Any]) -> str | None:
    """The id of an item, a text, a day as ISO 8601, or a point on Earth as "latitude,longitude"; None for other sorts
    and for unknown values."""
    value = _dict(snak.get("datavalue")).get("value")
    if isinstance(value, str):
        return value
    told = _dict(value)
    if "id" in told:
        return str(told["id"])
    if "latitude" in told and str(told.get("globe", "")).endswith(f"/{EARTH}"):
        return f"{float(told['latitude'])},{float(told['longitude'])}"
    if "time" in told:
        day = str(told["time"]).lstrip("+")[:10]
        cut = {9: 4, 10: 7}.get(int(told.get("precision", 11)), 10)
        return day[:cut] if int(told.get("precision", 11)) >= 9 and not day.startswith("-") else None
    return None
