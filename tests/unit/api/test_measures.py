"""What is counted is counted once, under labels from closed sets, and docs/operations.md lists all of it."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from api.measures import ASKED
from graph.breaker import Breaker
from graph.errors import BoardUnavailable, DatabaseUnavailable
from graph.trending import groups
from ingest.llm import Usage
from ingest.report import Report
from tests.unit.api.made import made_app
from tests.unit.api.test_doors import KEY, Keys, Taken

PAGE = Path(__file__).parents[3] / "docs" / "operations.md"


class Graph(Keys):
    """A store that answers the scrape, too."""

    def read(self, query: Any, *_: Any, **__: Any) -> list[dict[str, Any]]:
        if query.name == "read/metrics_graph":
            return [{"change": 9, "followed": 7, "jobs": [["queued", 2], ["dead", 1]]}]
        return super().read(query, *_, **__)


class Away(Keys):
    def read(self, query: Any, *_: Any, **__: Any) -> list[dict[str, Any]]:
        if query.name == "read/metrics_graph":
            raise DatabaseUnavailable("away")
        return super().read(query, *_, **__)


class Held:
    """Boards that followed up to 8."""

    change = 8

    def of(self, _: str) -> "Held":
        return self

    def state(self, _: str) -> "Held":
        return self


class Lost(Held):
    def state(self, _: str) -> "Held":
        raise BoardUnavailable("away")


def scraped(*before: tuple[str, str], **services: Any) -> dict[tuple[str, str], float]:
    """The figures after some requests, by name and labels."""

    async def go() -> str:
        app = made_app(**{"database": Graph(), "boards": Held(), **services})
        transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for method, path in before:
                await client.request(method, path, json={} if method == "POST" else None)
            answer = await client.get("/metrics")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        return answer.text

    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(asyncio.run(go()))
        for sample in family.samples
    }


def test_requests_are_counted_by_route_template_not_by_path() -> None:
    found = scraped(
        ("GET", "/livez"), ("GET", "/api/events/a"), ("GET", "/api/events/b"), ("GET", "/a/b"), ("BREW", "/x")
    )
    assert found["pentad_http_requests_total", "GET,/livez,200"] == 1
    assert found["pentad_http_requests_total", "GET,/api/events/{event_id:path},404"] == 2
    assert found["pentad_http_requests_total", "GET,unmatched,404"] == 1
    assert found["pentad_http_requests_total", "other,unmatched,404"] == 1
    assert found["pentad_http_request_seconds_count", "GET,/livez"] == 1
    assert found["pentad_http_requests_in_flight", ""] == 1


def test_what_is_taken_in_is_counted() -> None:
    report = Report(events_new=3, events_changed=2, events_unchanged=1, rejected=4, mentions=17)
    found = scraped(("POST", "/api/events"), ("POST", "/api/events"), ingest=Taken(report))
    told = {outcome: found["pentad_ingest_events_total", outcome] for outcome in ("new", "changed", "rejected")}
    assert told == {"new": 6, "changed": 4, "rejected": 8}
    assert found["pentad_ingest_mentions_total", ""] == 34


def test_stores_lags_and_jobs_are_asked_at_the_scrape() -> None:
    found = scraped()
    assert (found["pentad_neo4j_up", ""], found["pentad_redis_up", ""], found["pentad_gate_change", ""]) == (1, 1, 9)
    lags = {labels: value for (name, labels), value in found.items() if name == "pentad_projection_lag"}
    assert lags == {"co_mentions": 2, **{group.name: 1 for group in groups()}}
    assert (found["pentad_jobs", "queued"], found["pentad_jobs", "dead"]) == (2, 1)
    assert found["process_resident_memory_bytes", ""] > 1_000_000


def test_stores_that_are_away_are_told_and_nothing_is_made_up() -> None:
    breaker = Breaker()
    breaker.failed("refused")
    found = scraped(database=Away(), boards=Lost(), breaker=breaker)
    assert (found["pentad_neo4j_up", ""], found["pentad_redis_up", ""]) == (0, 0)
    assert found["pentad_neo4j_breaker_open", ""] == 1
    assert not {"pentad_gate_change", "pentad_projection_lag", "pentad_jobs"} & {name for name, _ in found}


class Model:
    """A model that was asked twice today."""

    def __init__(self, today: Any) -> None:
        self.meter = self
        self._today = today

    def today(self) -> Usage:
        return self._today()


def test_the_language_model_of_the_day_is_told_where_one_is_set_and_counted() -> None:
    found = scraped(llm=Model(lambda: Usage("2026-11-30", 2, 1, 0, 30, 12, budget=100, cost=0.5)))
    told = {(name, labels): value for (name, labels), value in found.items() if name.startswith("pentad_llm_")}
    assert told["pentad_llm_calls_today", "answered"] == 2
    assert (told["pentad_llm_tokens_today", "in"], told["pentad_llm_tokens_today", "out"]) == (30, 12)
    assert (told["pentad_llm_tokens_left", ""], told["pentad_llm_cost_today", ""]) == (58, 0.5)

    def away() -> Usage:
        raise BoardUnavailable("away")

    for silent in (None, Model(away)):
        assert not [name for name, _ in scraped(llm=silent) if name.startswith("pentad_llm_")]


def test_a_key_is_needed_once_there_are_any() -> None:
    async def go(headers: dict[str, str]) -> int:
        app = made_app(database=Graph(scopes=["read"]))
        transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.get("/metrics", headers=headers)).status_code

    assert asyncio.run(go({})) == 401
    assert asyncio.run(go({"Authorization": f"Bearer {KEY}"})) == 200


def test_two_applications_count_apart() -> None:
    assert scraped(("GET", "/livez")).keys() == scraped(("GET", "/livez")).keys()
    assert scraped(("GET", "/livez"))["pentad_http_requests_total", "GET,/livez,200"] == 1


def test_page_lists_every_metric_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(pentad_\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    counted = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in made_app().state.measures.registry.collect()
        if family.name.startswith("pentad_")
    }
    assert listed == counted | set(ASKED)


def test_the_dashboard_draws_metrics_that_there_are_by_labels_that_they_have() -> None:
    families = {
        **{name: set(labels) for name, (_, labels) in ASKED.items()},
        **{
            family.name + ("_total" if family.type == "counter" else ""): set(
                getattr(collector, "_labelnames", getattr(family, "_labelnames", ()))
            )
            for collector in set(made_app().state.measures.registry._collector_to_names)  # pyright: ignore
            for family in collector.collect()
        },
    }
    drawn = json.loads(PAGE.with_name("grafana.json").read_text(encoding="utf-8"))
    expressions = [target["expr"] for panel in drawn["panels"] for target in panel["targets"]]
    used = set(re.findall(r"\b((?:pentad|process)_\w+)", " ".join(expressions)))
    assert {name.removesuffix("_bucket") for name in used} <= set(families)
    assert {name for name in families if name.startswith("pentad_")} <= {name.removesuffix("_bucket") for name in used}
    for expression in expressions:
        name = re.findall(r"\b((?:pentad|process)_\w+)", expression)[0].removesuffix("_bucket")
        asked = set(re.findall(r"(\w+)=~?\"", expression))
        asked |= {label.strip() for by in re.findall(r"by \(([^)]*)\)", expression) for label in by.split(",")}
        assert asked <= families[name] | {"le"}, expression
