"""Pages before anything is asked: who gets one, in which language, under which policy, and what they are made of."""

import gzip
import hashlib
import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from api.access import scope_of
from api.app import PAGES
from api.explorer.doors import local_path, wants_page
from api.explorer.rendering import FILES, bundled, web_address
from api.explorer.words import ENGLISH, NAMES, Words, catalogue, chosen
from api.keys import Scope
from graph.entity import KINDS
from graph.errors import BudgetExceeded, DatabaseUnavailable
from graph.job import JobState
from tests.unit.api.test_doors import KEY, SECRET, Failing, Keys, ask

BUNDLE = Path(__file__).parents[3] / "bundle"
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TEMPLATES = {
    Path(str(one)).name: one.read_text("utf-8") for one in files("api.explorer").joinpath("templates").iterdir()
}


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (HTML["accept"], True),
        ("text/html", True),
        ("TEXT/HTML; q=0.9, application/json; q=0.5", True),
        ("application/json, text/html;q=0.9", False),
        ("application/json", False),
        ("*/*", False),
        ("", False),
        ("text/html;q=0", False),
        ("text/html;q=x", False),
    ],
)
def test_browsers_get_the_page_and_programs_the_doors(accept: str, page: bool) -> None:
    assert wants_page(accept) is page
    answer = ask("GET", "/", client="10.0.0.7", headers={"accept": accept})
    assert answer.headers["content-type"].startswith("text/html" if page else "application/json")
    assert answer.status_code == (401 if page else 200)


def test_every_page_has_a_scope_and_only_the_way_in_is_public() -> None:
    scopes = {route.operation_id: scope_of(route) for router in PAGES for route in router.routes}  # type: ignore[attr-defined]
    public = {name for name, scope in scopes.items() if scope is Scope.PUBLIC}
    assert public == {"loginPage", "login", "logout", "explorerFile"}
    deeds = {route.operation_id for router in PAGES for route in router.routes if "POST" in route.methods}  # type: ignore[attr-defined]
    assert {scopes[name] for name in deeds - public} == {Scope.REVIEW}


@pytest.mark.parametrize("path", ["/login", f"/entities/{'0' * 64}", "/event?id=x", "/explorer/explorer.js"])
def test_every_answer_is_under_the_policy(path: str) -> None:
    answer = ask("GET", path, headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy


def test_pages_hold_no_script_or_style_of_their_own() -> None:
    for name, text in TEMPLATES.items():
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|https?://|\|\s*safe\b", text), name
        assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", text)), name


def test_bundle_is_small_and_cached_by_what_is_in_it() -> None:
    sizes = {name: len(gzip.compress(bundled(name).content)) for name in FILES}
    assert sum(sizes.values()) < 500_000
    assert sum(sizes[name] for name in ("explorer.css", "explorer.js", "icon.svg")) < 20_000
    answer = ask("GET", "/explorer/explorer.css", client="10.0.0.7")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert ask("GET", "/explorer/words.py").status_code == 404


@pytest.mark.parametrize("key", ["0" * 64, "xyz", "0" * 63, "%00", "..%2f..%2fetc"])
def test_unknown_key_is_a_page_that_says_so(key: str) -> None:
    answer = ask("GET", f"/entities/{key}", headers=HTML)
    assert answer.status_code == 404
    assert "Not found" in answer.text if answer.headers["content-type"].startswith("text/html") else key.count("%2f")


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (DatabaseUnavailable("bolt://secret-host refused"), 503, "Neo4j does not answer"),
        (BudgetExceeded("x"), 504, "Ask for less"),
    ],
)
def test_failures_are_pages_that_tell_nothing_of_the_inside(error: Exception, status: int, says: str) -> None:
    answer = ask("GET", f"/entities/{'0' * 64}", headers=HTML, database=Failing(error))
    assert answer.status_code == status and says in answer.text and "secret" not in answer.text
    assert "retry-after" in answer.headers


def test_silent_store_of_keys_is_told_as_a_page() -> None:
    class Away(Keys):
        def read(self, *_: Any, **__: Any) -> Any:
            raise DatabaseUnavailable("gone")

    answer = ask("GET", "/", headers=HTML, database=Away())
    assert answer.status_code == 503 and "<h1>" in answer.text


@pytest.mark.parametrize("query", ["half_life=5d", "kind=alien", "as_of=soon", "offset=-1", "metric=x"])
def test_wrong_query_is_a_page_that_does_not_repeat_it(query: str) -> None:
    answer = ask("GET", f"/?{query}", headers=HTML)
    assert answer.status_code == 422 and "Invalid input" in answer.text


OWN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
PLAIN = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://localhost.evil.example"}, 403),
        ({"origin": "http://localhost"}, 404),
        ({"sec-fetch-site": "same-origin"}, 404),
        (OWN, 404),
    ],
)
def test_a_form_counts_only_from_a_page_of_ours(headers: dict[str, str], status: int) -> None:
    body = "sort=nothing&id=x"
    assert ask("POST", "/undo", headers={**PLAIN, **headers}, content=body).status_code == status


def test_a_valid_key_is_kept_where_no_script_reads_it() -> None:
    stored = Keys(name="one")
    answer = ask("POST", "/login", headers={**PLAIN, **OWN}, content=f"key={KEY}&next=/jobs", database=stored)
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie
    behind = {**PLAIN, "host": "pentad.example", "origin": "https://pentad.example"}
    there = ask("POST", "/login", client="10.0.0.7", headers=behind, content=f"key={KEY}", database=stored)
    assert "Secure" in there.headers["set-cookie"]
    wrong = ask("POST", "/login", headers={**PLAIN, **OWN}, content=f"key={KEY}x", database=stored)
    assert wrong.status_code == 401 and "set-cookie" not in wrong.headers and SECRET not in wrong.text


def test_the_cookie_opens_pages_alone_never_the_doors_of_programs() -> None:
    stored, headers = Keys(name="one"), {**HTML, "cookie": f"pentad_key={KEY}"}
    key = "0" * 64
    assert ask("GET", f"/entities/{key}", headers=headers, client="10.0.0.7", database=stored).status_code == 404
    assert ask("GET", f"/api/entities/{key}", headers=headers, client="10.0.0.7", database=stored).status_code == 401
    assert ask("GET", f"/entities/{key}", headers=HTML, client="10.0.0.7", database=stored).status_code == 401
    denied = ask("POST", "/undo", headers={**headers, **PLAIN, **OWN}, content="sort=x", database=stored)
    assert denied.status_code == 403 and "review" in denied.text


def test_a_form_is_bounded() -> None:
    assert ask("POST", "/undo", headers={**PLAIN, **OWN}, content="x=" + "y" * 300_000).status_code == 413
    assert ask("POST", "/undo", headers={**PLAIN, **OWN}, content="a=1&" * 3_000).status_code == 422
    assert ask("POST", "/undo", headers={**PLAIN, **OWN}, content=b"\xff\xfe").status_code == 422


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/jobs?state=dead", "/jobs?state=dead"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_one_is_sent_on_to_pages_of_ours_only(text: str, path: str) -> None:
    assert local_path(text) == path


def test_only_addresses_of_the_web_stand_behind_links() -> None:
    assert web_address("https://news.example/1") == "https://news.example/1"
    assert [web_address(one) for one in ("javascript:alert(1)", "data:text/html,x", "//x", "http://[", "", None)] == [
        None
    ] * 6


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "language"),
    [
        (None, None, "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        (None, None, "de, en;q=0.5, fr;q=0.4", "en"),
        (None, None, "de", "en"),
        (None, None, "fr;q=0, en;q=x", "en"),
        (None, "fr", "en", "fr"),
        ("en", "fr", "fr", "en"),
        ("xx", None, "fr", "fr"),
    ],
)
def test_language_is_the_one_asked_for_then_kept_then_accepted(
    asked: str | None, kept: str | None, accepted: str, language: str
) -> None:
    assert chosen(asked, kept, accepted) == language


@pytest.mark.parametrize("language", [code for code in NAMES if code != ENGLISH])
def test_every_text_of_every_page_is_translated_with_its_values(language: str) -> None:
    known = catalogue(language)
    said = {
        found
        for text in TEMPLATES.values()
        for pair in re.findall(r"""(?<![\w.])t\((?:"([^"]+)"|'([^']+)')""", text)
        for found in pair
        if found
    }
    said |= {kind for kinds in KINDS.values() for kind in kinds} | {str(state) for state in JobState} | {"unspecified"}
    assert sorted(said - known.keys()) == []
    fields = re.compile(r"\{\w+\}")
    assert [text for text in known if sorted(fields.findall(text)) != sorted(fields.findall(known[text]))] == []


def test_numbers_and_days_are_said_as_the_reader_says_them() -> None:
    english, french = Words("en"), Words("fr")
    assert (english.number(1234.5, 2), french.number(1234.5, 2)) == ("1,234.50", "1\u202f234,50")
    assert english.day(date(2018, 10, 2), "month") == "October 2018"
    assert french.day(date(2018, 10, 2)) == "2 oct. 2018"
    assert french.text("Mentions: {n}", n="3") == "Mentions : 3"
    assert english.text("time_range") == "time range"


def test_what_is_bundled_was_made_from_what_is_there() -> None:
    """`make bundle` writes the sums of what it read and of what it made; neither may change alone."""
    made: dict[str, str] = json.loads((BUNDLE / "made.json").read_text(encoding="utf-8"))
    found = {name: hashlib.sha256((BUNDLE / name).read_bytes()).hexdigest() for name in made}
    assert found == made


def test_what_is_bundled_names_its_licences() -> None:
    told = bundled("LICENSES.txt").content.decode()
    script = bundled("graph.js").content.decode()[:500]
    for name in ("cytoscape", "cytoscape-fcose", "cose-base", "layout-base"):
        assert name in told and f"{name} (MIT)" in script
    assert "world-atlas" in told and "Natural Earth" in told
