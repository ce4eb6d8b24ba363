"""Files as their users make them: a model's analyses, an analyst's table, packed, over HTTP, cut short, resumed."""

import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from tests.factory import Json, World, graph_lines, told, until
from tests.story.test_api import served
from tests.story.test_cli import Pentad, environment, here, settings_of

SAMPLES = Path(__file__).parents[1] / "samples"
MAPPED = [
    "title=Incident",
    "occurred_at=Date format %d/%m/%Y",
    "who=Actor;Target split semicolon",
    "who.role=Actor role",
    "where=Place",
    "where.lat=Lat",
    "where.lon=Lon",
    "risk_score=Risk",
    "category==incident",
]


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    """`pentad` on the test's servers, in a folder with the samples."""
    for file in SAMPLES.iterdir():
        shutil.copy(file, tmp_path)
    return here(tmp_path, monkeypatch, settings_of(servers))


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


def key_of(pentad: Pentad, name: str) -> str:
    return json.loads(pentad("search", name, "--json").stdout)[0]["key"]


def test_a_models_analyses_are_loaded_told_and_found(pentad: Pentad, graph: Database, api: httpx2.Client) -> None:
    answer = pentad("ingest", "analyses.ndjson", "--json")
    report = json.loads(answer.stdout)
    assert (answer.returncode, report["events_new"], report["rejected"]) == (0, 4, 2)
    assert {one["field"]: one["count"] for one in report["ignored"]} == {
        "sentiment": 1,
        "model": 1,
        "made": 1,
        "sources[].rank": 1,
    }
    rejects = [json.loads(line) for line in Path("pentad.rejects.ndjson").read_text().splitlines()]
    assert [(one["position"], one["field"]) for one in rejects] == [(4, "entities[0].risk_score"), (5, "")]
    event = api.get("/api/events/made-llm-3").json()
    assert {(one["name"], one["kind"], one["risk_score"]) for one in event["who"]} == {
        ("Tomas Riel", "person", 0.9),
        ("Kestrel Bank plc", "organization", 0.9),
    }
    assert event["who"][0]["sanctions"] == [{"list": "EU", "id": "EU.77", "score": 0.95}]
    walkout = api.get("/api/events/made-llm-2").json()
    assert [(one["subject_name"], one["predicate"], one["object_name"]) for one in walkout["relationships"]] == [
        ("Marta Ozola", "works_for", "Halden Marine")
    ]
    key = key_of(pentad, "Marta Ozola")
    entity = api.get(f"/api/entities/{key}").json()
    assert (entity["attributes"]["affiliations"], entity["kind_source"]) == (["Halden Marine"], "stated")
    related = api.get(f"/api/entities/{key}/relationships").json()["items"]
    assert [(one["predicate"], one["outgoing"], one["name"], one["n"]) for one in related] == [
        ("works_for", True, "Halden Marine", 1)
    ]
    assert World(graph).faults() == []
    assert pentad("check").returncode == 0
    again = json.loads(pentad("ingest", "analyses.ndjson", "--json").stdout)
    assert (again["events_unchanged"], again["mentions"]) == (4, 0)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("options", ["file", "inline"])
def test_an_analysts_table_is_loaded_by_its_mapping(
    pentad: Pentad, api: httpx2.Client, packed: bool, options: str
) -> None:
    name = "incidents.csv"
    if packed:
        Path(f"{name}.gz").write_bytes(gzip.compress(Path(name).read_bytes()))
        name += ".gz"
    words = ["incidents.toml"] if options == "file" else MAPPED
    answer = pentad("ingest", name, *(word for one in words for word in ("--map", one)), "--json")
    report = json.loads(answer.stdout)
    assert (report["events_new"], report["rejected"]) == (2, 2), answer
    rejects = [json.loads(line) for line in Path("pentad.rejects.ndjson").read_text().splitlines()]
    assert [(one["position"], one["reason"]) for one in rejects] == [
        (3, "has 11 cells, the header has 10"),
        (5, "is no date of the form %d/%m/%Y"),
    ]
    events = api.get("/api/events", params={"category": "incident"}).json()["items"]
    assert [one["title"] for one in events] == ["Grain freed\nafter talks", 'Tanker "Brim" boarded']
    freed = api.get(f"/api/events/{events[0]['id']}").json()
    assert {one["surface"] for one in freed["who"]} == {"Northern Grain Ltd", "Kestrel Bank", "Marta Ozola"}
    assert [one["surface"] for one in freed["where"]] == ["Vilnius"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("incidents.csv",), "the columns are 'Date', 'Incident'"),
        (("incidents.csv", "--map", "title=Nothing"), "has no column 'Nothing'"),
        (("incidents.csv", "--map", "colour=Date"), "is no field"),
        (("incidents.csv", "--map", "missing.toml"), "cannot be read"),
        (("analyses.ndjson", "-", "--resume"), "cannot be resumed"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(pentad: Pentad, words: tuple[str, ...], reason: str) -> None:
    answer = pentad("ingest", *words)
    assert (answer.returncode, len(answer.stderr.strip().splitlines())) == (2, 1), answer
    assert reason in answer.stderr


def test_over_http_a_table_goes_by_its_map_and_an_analysis_as_json(api: httpx2.Client, graph: Database) -> None:
    table = (SAMPLES / "incidents.csv").read_bytes()
    sent = api.post("/api/events", params={"map": MAPPED}, content=table, headers={"content-type": "text/csv"})
    assert sent.status_code == 201, sent.text
    assert [(one["position"], one["field"]) for one in sent.json()["rejects"]] == [(3, ""), (5, "occurred_at")]
    lines = (SAMPLES / "analyses.ndjson").read_bytes()
    sent = api.post("/api/events", content=lines, headers={"content-type": "application/x-ndjson"})
    assert (sent.json()["events"]["new"], sent.json()["rejected"], len(sent.json()["ignored"])) == (4, 2, 4)
    refused: list[tuple[dict[str, Any], str]] = [
        ({"params": {"map": "colour=Date"}, "content": table, "headers": {"content-type": "text/csv"}}, "is no field"),
        ({"content": table, "headers": {"content-type": "text/csv"}}, "'Incident'"),
        ({"params": {"map": "title=x"}, "json": {"title": "T"}}, "for tables"),
        ({"params": {"other": "x"}, "content": table, "headers": {"content-type": "text/csv"}}, "`map`"),
        ({"params": {"map": "m.toml"}, "content": table, "headers": {"content-type": "text/csv"}}, "FIELD=COLUMN"),
        ({"json": {"id": "a", "date": "2026", "title": "T", "entities": [{"name": 5}]}}, "is no text"),
        ({"json": {"url": "https://a.example"}}, "not part of this version"),
    ]
    for request, reason in refused:
        answer = api.post("/api/events", **request)
        assert (answer.status_code, reason in answer.text) == (422, True), answer.text
    broken = b"title,occurred_at,who\nT,2026,A\nCaf\xe9,2026,B\n"
    sent = api.post("/api/events", content=broken, headers={"content-type": "text/csv"})
    assert sent.json()["events"]["new"] == 1
    assert "is no UTF-8 at byte 34" in sent.json()["rejects"][0]["reason"]
    assert World(graph).faults() == []


def test_a_file_that_breaks_in_the_middle_lands_up_to_there(pentad: Pentad, tmp_path: Path) -> None:
    # Letters by chance, so that a cut leaves some of them and not all.
    lines = [json.dumps(told(f"e{n}", text="".join(map(chr, range(33, 33 + n % 80))) * 20)) for n in range(4_000)]
    packed = gzip.compress("\n".join(lines).encode())
    Path("cut.ndjson.gz").write_bytes(packed[: len(packed) * 2 // 3])
    answer = pentad("ingest", "cut.ndjson.gz", "--json")
    assert answer.returncode == 1
    assert 1_000 < json.loads(answer.stdout)["events_new"] < 4_000
    assert (len(answer.stderr.strip().splitlines()), "cut.ndjson.gz: is broken" in answer.stderr) == (1, True)


def some_file(folder: Path, count: int) -> Path:
    path = folder / "many.ndjson"
    records: Iterator[Json] = (
        told(f"e{n}", f"2026-01-{n % 28 + 1:02}", who=[f"Person {n % 500}", f"Body {n % 90} Ltd"]) for n in range(count)
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill -9"])
def test_a_load_that_is_cut_short_goes_on_where_it_stopped(
    pentad: Pentad, tmp_path: Path, servers: Servers, driver: Driver, way: signal.Signals
) -> None:
    path = some_file(tmp_path, 12_000)
    started = start(tmp_path, servers, "ingest", path.name)
    until(lambda: noted(driver) > 0, 60)
    started.send_signal(way)
    out, err = started.communicate(timeout=60)
    stopped = noted(driver)
    assert 0 < stopped < 12_000
    if way is signal.SIGINT:
        assert started.returncode == 130, err
        assert f"go on with: pentad ingest {path.name} --resume" in out
    answer = pentad("ingest", path.name, "--resume", "--json")
    assert f"many.ndjson resumed at record {stopped + 1}" in answer.stderr
    report = json.loads(answer.stdout)
    assert report["events_new"] + report["events_unchanged"] == 12_000 - stopped
    assert report["events_unchanged"] <= (0 if way is signal.SIGINT else 4_000)
    assert count(driver) == 12_000
    again = pentad("ingest", path.name, "--resume", "--json")
    assert "was loaded whole" in again.stderr
    assert json.loads(again.stdout)["events_unchanged"] == 0


def test_a_file_that_changed_meanwhile_is_noticed(pentad: Pentad, tmp_path: Path, driver: Driver) -> None:
    path = tmp_path / "news.ndjson"
    path.write_text("\n".join(json.dumps(told(f"e{n}")) for n in range(3)))
    assert "is not known from before" in pentad("ingest", "news.ndjson", "--resume").stderr
    with driver.session() as session:
        session.run("MATCH (l:Load) SET l.whole = false, l.records = 2, l.position = 2, l.offset = 0").consume()
    assert "resumed at record 3" in pentad("ingest", "news.ndjson", "--resume").stderr
    with driver.session() as session:
        session.run("MATCH (l:Load) SET l.whole = false, l.records = 2").consume()
    path.write_text("\n".join(json.dumps(told(f"e{n}")) for n in range(4)))
    answer = pentad("ingest", "news.ndjson", "--resume", "--json")
    assert "has changed since its load stopped at record 2: it is loaded from the start" in answer.stderr
    assert json.loads(answer.stdout)["events_unchanged"] == 3


def test_names_are_read_anew_by_the_command(pentad: Pentad, driver: Driver, graph: Database) -> None:
    assert pentad("extract-entities").returncode == 2
    assert pentad("extract-entities", "--all").stdout.startswith("Queued 0 events for entity extraction")
    records = [
        {"id": "a1", "title": "T", "date": "2026-01-10", "entities": ["Oruro"]},
        told("e1", where={"name": "Oruro", "kind": "city"}),
    ]
    Path("two.ndjson").write_text("\n".join(json.dumps(record) for record in records))
    pentad("ingest", "two.ndjson")
    first = pentad("extract-entities", "--all", "--sync-trending")
    assert first.returncode == 0, first
    assert first.stdout.startswith("Queued 2 events for entity extraction")
    assert re.search(r"events_read +2\s", first.stdout)
    assert re.search(r"events_changed +1\s", first.stdout)
    before = graph_lines(driver)
    second = json.loads(pentad("extract-entities", "--days", "100000", "--json").stdout)
    assert second == {"events_read": 2, "events_changed": 0, "mentions_reread": 0, "errors": 0}
    assert graph_lines(driver) == before
    assert World(graph).faults() == []


def start(folder: Path, servers: Servers, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *words],
        env={**environment(folder, settings_of(servers)), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path.cwd())},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def noted(driver: Driver) -> int:
    with driver.session() as session:
        found = session.run("MATCH (l:Load) RETURN sum(l.records) AS n").single(strict=True)
    return found["n"]


def count(driver: Driver) -> int:
    with driver.session() as session:
        return session.run("MATCH (e:Event) RETURN count(e) AS n").single(strict=True)["n"]
