"""Pages as their reader meets them: asked for through HTTP, read by a worker or on the command line."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from tests.pages_readers import Readers
from tests.pages_site import TITLES, Site, article, paragraphs, serving
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database, site: Site) -> Pentad:
    settings = {
        **settings_of(servers),
        "PENTAD_FETCH_ALLOW": site.place,
        "PENTAD_PAGE_INTERVAL": "0",
        "PENTAD_PAGE_RUNGS": "light impersonated",
    }
    return here(tmp_path, monkeypatch, settings)


def test_a_stub_is_answered_at_once_and_the_page_when_it_was_read(
    api: httpx2.Client, graph: Database, site: Site
) -> None:
    body = {"url": site.url("/news/en?utm_source=feed")}
    api.post("/api/artifacts", json={"url": site.url("/warm")}).raise_for_status()
    began = time.monotonic()
    answer = api.post("/api/artifacts", json=body)
    took = time.monotonic() - began
    assert answer.status_code == 202
    (stub,) = answer.json()["items"]
    assert (stub["state"], stub["created"]) == ("stub", True)
    # The promise is 100 ms; a machine that runs tests beside it may be slower.
    assert took < 1.0
    assert api.get(f"/api/artifacts/{stub['id']}").json()["state"] == "stub"
    assert api.post("/api/artifacts", json=body).json()["items"] == [{**stub, "created": False, "job": None}]
    readers = Readers(graph, site)
    readers.worker.run(stub["job"])
    page = api.get(f"/api/artifacts/{stub['id']}").raise_for_status().json()
    assert (page["state"], page["title"], page["language"]) == ("extracted", TITLES["en"], "en")
    assert page["text"] == "\n\n".join(paragraphs("en"))
    assert [(one["gate"], one["go"]) for one in page["decisions"]] == [("url", True), ("text", True)]
    assert (page["source_name"], page["url"]) == ("The Selwyn Post", body["url"])
    listed = api.get("/api/artifacts", params={"state": "extracted"}).json()["items"]
    assert [one["id"] for one in listed] == [stub["id"]]
    assert "text" not in listed[0]
    assert api.get("/api/changes").json()["items"][-1]["feed"][0]["type"] == "page.extracted"


def test_of_a_list_the_good_land_and_the_bad_are_told(api: httpx2.Client) -> None:
    wishes = [
        {"url": "https://post.example/1"},
        {"url": "ftp://post.example/"},
        {"text": "  "},
        {"text": "\n".join(paragraphs("fr"))},
        {"html": article("pt"), "url": "https://post.example/2"},
    ]
    answer = api.post("/api/artifacts", json=wishes)
    told = answer.raise_for_status().json()
    assert [one["state"] for one in told["items"]] == ["stub"] * 3
    assert [(one["position"], one["field"]) for one in told["rejected"]] == [(1, "url"), (2, "text")]


@pytest.mark.parametrize(
    "body",
    [{}, [], {"url": "nowhere"}, {"url": 7}, {"text": "x", "html": "y"}, {"link": "https://a.example/"}, [1], "x"],
)
def test_a_wish_that_cannot_be_is_refused(body: Any, api: httpx2.Client) -> None:
    assert api.post("/api/artifacts", json=body).status_code == 422


def test_pages_may_be_as_long_as_pages_are(api: httpx2.Client) -> None:
    assert api.post("/api/artifacts", json={"html": article("en", 12_000)}).status_code == 202
    assert api.post("/api/artifacts", json={"html": "x" * 5_000_001}).status_code == 422
    assert api.post("/api/artifacts", json={"html": "x" * 6_100_000}).status_code == 413
    assert api.post("/api/artifacts", json=[{"url": f"https://a.example/{n}"} for n in range(101)]).status_code == 422


def test_unknown_ids_and_states_are_told(api: httpx2.Client) -> None:
    assert api.get("/api/artifacts/" + "0" * 32).status_code == 404
    assert api.get("/api/artifacts/7").status_code == 422
    assert api.get("/api/artifacts", params={"state": "read"}).status_code == 422
    assert api.get("/api/artifacts").json() == {"next_cursor": None, "items": []}


def test_pages_and_files_are_read_on_the_command_line(pentad: Pentad, site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    saved, text = tmp_path / "saved.html", tmp_path / "note.txt"
    saved.write_text(article("es"), encoding="utf-8")
    text.write_bytes("\n\n".join(paragraphs("fr", 4)).encode("cp1252"))
    done = pentad("read", site.url("/news/en"), str(saved), str(text), "--json")
    assert done.returncode == 0, done.stderr
    pages = json.loads(done.stdout)
    assert [(one["state"], one["language"]) for one in pages] == [
        ("extracted", "en"),
        ("extracted", "es"),
        ("extracted", "fr"),
    ]
    assert done.stderr.count("extracted") == 3
    again = pentad("read", site.url("/news/en"))
    assert (again.returncode, site.times("/news/en")) == (0, 1)
    assert TITLES["en"] in again.stdout
    assert pentad("read", "-", given="\n\n".join(paragraphs("pt"))).returncode == 0


def test_exit_codes_tell_what_was_not_read(pentad: Pentad, site: Site, tmp_path: Path) -> None:
    missing = pentad("read", site.url("/nowhere"))
    assert missing.returncode == 1
    assert "failed not_found" in missing.stdout
    wall = pentad("read", site.url("/wall"))
    assert wall.returncode == 0
    thin = pentad("read", site.url("/thin"))
    assert (thin.returncode, "low_quality thin" in thin.stdout) == (1, True)
    (tmp_path / "file.pdf").write_bytes(b"%PDF-1.7")
    for words in (["no-such-file"], [str(tmp_path / "file.pdf")], ["http://me@a.example/"], [str(tmp_path)]):
        refused = pentad("read", *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
