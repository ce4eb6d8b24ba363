"""Each request has an id wherever it is spoken of, one line at its end, and no line has what nobody should read."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.logs import masked
from tests.unit.api.made import made_app
from tests.unit.api.test_doors import KEY, KEY_ID, SECRET, Keys

ROOT = Path(__file__).parents[3]


def asked(path: str, headers: dict[str, str] | None = None) -> httpx2.Response:
    async def go() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=made_app(database=Keys()), client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(go())


def test_id_of_the_caller_is_kept_and_told_in_header_and_problem() -> None:
    answer = asked("/nowhere", {"X-Request-ID": "run-17/step:3"})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "run-17/step:3"


@pytest.mark.parametrize("given", ["", "x" * 65, "two words", 'quote"', "{}"])
def test_an_id_that_is_long_or_strange_is_replaced(given: str) -> None:
    first, second = (asked("/livez", {"X-Request-ID": given}).headers["x-request-id"] for _ in range(2))
    assert len(first) == 32 and first != second and first != given


def test_answers_that_went_well_carry_it_too() -> None:
    assert asked("/livez", {"X-Request-ID": "a"}).headers["x-request-id"] == "a"


SCRIPT = """
import asyncio, logging, sys
import httpx2, structlog
from api.logs import configure
from tests.unit.api.made import made_app
from tests.unit.api.test_doors import KEY, Keys
configure()
logging.getLogger("httpx2").setLevel(logging.WARNING)
app = made_app(database=Keys(scopes=["read"]))
@app.get("/fails")
def fails():
    structlog.get_logger("somewhere").warning("about to", cause="redis://:hunter2@cache:6379 refused")
    raise RuntimeError(f"with {KEY} inside")
async def go():
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for path in ("/livez", "/api/entities?q=hush-hush", "/fails", "/hush-hush"):
            await client.get(path, headers={"X-Request-ID": "r-1", "X-API-Key": KEY})
asyncio.run(go())
"""


def logged(tmp_path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stderr


def test_lines_are_json_with_the_id_one_a_request_and_no_secret(tmp_path: Path) -> None:
    text = logged(tmp_path)
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    ends = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in ends] == [
        ("/livez", 200),
        ("/api/entities", 500),
        ("/fails", 500),
        ("unmatched", 404),
    ]
    assert all(line["key"] == KEY_ID and line["ms"] >= 0 and line["timestamp"] for line in ends)
    assert {line.get("request_id") for line in lines} == {"r-1"}
    assert any("RuntimeError" in line.get("exception", "") for line in lines), "an error nobody foresaw is logged"
    assert any(line["event"] == "about to" for line in lines)
    assert not any(secret in text for secret in (SECRET, "hunter2", "hush-hush?", "q=hush"))


def test_a_terminal_gets_lines_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import io, structlog\nfrom api.logs import configure\n"
        "class Tty(io.StringIO):\n    def isatty(self): return True\n"
        "out = Tty()\nconfigure(out)\nstructlog.get_logger().info('schema is current', steps=3)\nprint(out.getvalue())"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "schema is current" in done.stdout and not done.stdout.lstrip().startswith("{")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (f"key {KEY}.", f"key pk_{KEY_ID}_…."),
        ("bolt://neo4j:pass@host:7687 away", "bolt://neo4j:…@host:7687 away"),
        ("redis://:pass@host/0", "redis://:…@host/0"),
        ("see http://127.0.0.1:8600/api at 10:30", "see http://127.0.0.1:8600/api at 10:30"),
    ],
)
def test_secrets_are_masked_wherever_they_stand(told: str, shown: str) -> None:
    assert masked(told) == shown
