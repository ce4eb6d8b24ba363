"""The command line as its users meet it: its exit code, what stands on stdout and on stderr.

A process takes seconds to begin, so one journey and one failure are processes of their own; every other call runs the
same command in this one, where an exception that would be a traceback is seen as well.
"""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from typer.testing import CliRunner

from api.cli import app
from graph.database import Database
from graph.embedded import Servers
from ingest import sample
from tests.factory import told

Answer = subprocess.CompletedProcess[str]
Pentad = Callable[..., Answer]


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pentad:
    """`pentad` on a data folder where nothing runs."""
    return here(tmp_path, monkeypatch, {})


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    """`pentad` on the test's servers, on an empty graph."""
    return here(tmp_path, monkeypatch, settings_of(servers))


def settings_of(servers: Servers) -> dict[str, str]:
    return {
        "NEO4J_URI": servers.neo4j_uri,
        "NEO4J_USER": servers.neo4j_user,
        "NEO4J_PASSWORD": servers.neo4j_password,
        "REDIS_URL": servers.redis_url,
    }


def here(folder: Path, monkeypatch: pytest.MonkeyPatch, own: dict[str, str]) -> Pentad:
    """The command line in this process, in a folder and environment of its own."""
    for name, text in environment(folder, own).items():
        monkeypatch.setenv(name, text)
    monkeypatch.chdir(folder)

    def call(*words: str, given: str | None = None) -> Answer:
        done = CliRunner().invoke(app, words, input=given)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(words, done.exit_code, done.stdout, done.stderr)

    return call


def environment(folder: Path, own: dict[str, str]) -> dict[str, str]:
    return {"PENTAD_DATA_DIR": str(folder / "data"), "PENTAD_CONFIG": str(folder / "none.toml"), **own}


def run(folder: Path, own: dict[str, str], *words: str, given: str | None = None) -> Answer:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PENTAD_", "NEO4J_", "REDIS_"))}
    env = {**kept, **environment(folder, own)}
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        env=env,
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_one_line(answer: Answer, code: int, *parts: str) -> None:
    assert answer.returncode == code, answer
    assert answer.stdout == ""
    assert len(answer.stderr.strip().splitlines()) == 1, answer.stderr
    assert all(part in answer.stderr for part in parts), answer.stderr


@pytest.mark.parametrize("words", [("ingest", "x.jsonl"), ("trending", "--json"), ("check",)], ids=" ".join)
def test_without_servers_one_line_says_how_to_start_them(nowhere: Pentad, words: tuple[str, ...]) -> None:
    assert_one_line(nowhere(*words), 1, "does not run", "pentad up")


def test_servers_of_ones_own_that_do_not_answer_are_said_in_one_line(tmp_path: Path) -> None:
    own = {"NEO4J_URI": "bolt://127.0.0.1:1", "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert_one_line(run(tmp_path, own, "search", "Ban"), 1, "Neo4j cannot be reached")


@pytest.mark.parametrize(
    "words",
    [("trending", "--no-such"), ("trending", "--limit", "0"), ("nonsense",), ("ingest",), ("search",)],
    ids=" ".join,
)
def test_a_wrong_call_is_exit_code_2_without_a_traceback(nowhere: Pentad, words: tuple[str, ...]) -> None:
    answer = nowhere(*words)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_events_are_loaded_told_and_found_again(
    pentad: Pentad, tmp_path: Path, servers: Servers, graph: Database
) -> None:
    good = [told("e1", who="Ban Ki-moon", where="Chile"), told("e2", who=["Ban Ki-moon", "Harbour Board"])]
    bad = [told("e3", title="x\x00"), {"id": "e4"}]
    (tmp_path / "news.jsonl").write_text(
        "".join(json.dumps(one) + "\n" for one in [good[0], *bad, good[1]]) + "{broken\n"
    )
    first = run(tmp_path, settings_of(servers), "ingest", "news.jsonl", "--json")
    assert (first.returncode, first.stderr) == (0, "")
    assert json.loads(first.stdout) == {
        "events_new": 2,
        "events_changed": 0,
        "events_unchanged": 0,
        "mentions": 4,
        "entities_new": 3,
        "names_matched": 0,
        "review": 0,
        "rejected": 3,
        "ignored": [],
        "rejects_file": "pentad.rejects.ndjson",
    }
    rejects = [json.loads(line) for line in (tmp_path / "pentad.rejects.ndjson").read_text().splitlines()]
    assert [(one["file"], one["position"], one["field"]) for one in rejects] == [
        ("news.jsonl", 2, "title"),
        ("news.jsonl", 3, "occurred_at"),
        ("news.jsonl", 5, ""),
    ]
    again = run(tmp_path, settings_of(servers), "ingest", "-", given="".join(json.dumps(one) + "\n" for one in good))
    assert again.returncode == 0
    assert "events_unchanged" in again.stdout
    assert_every_read_is_json(pentad)
    assert pentad("check").stdout.strip().endswith("0 differences")


def assert_every_read_is_json(pentad: Pentad) -> None:
    reads = [
        ("trending",),
        ("trending", "--as-of", "2026-02-01"),
        ("trending", "--metric", "risk", "--order", "average"),
        ("trending", "--metric", "sanctions", "--order", "mentions"),
        ("trending", "--formula", "exponential_168h"),
        ("search", "Ban"),
        ("entity", "Ban Ki-moon"),
        ("timeline", "Ban Ki-moon"),
        ("co-mentions", "Ban Ki-moon"),
        ("co-mentions", "Chile", "--via", "Ban Ki-moon"),
        ("neighbourhood", "Ban Ki-moon"),
        ("rank", "Ban Ki-moon"),
        ("rank", "Ban Ki-moon", "--why", "--history", "30"),
        ("history", "Ban Ki-moon"),
        ("event", "e1"),
        ("events", "--who", "Ban Ki-moon"),
        ("keys", "list"),
        ("sync-trending",),
        ("sync-trending", "--days", "30"),
        ("rebuild",),
        ("rebuild", "--metric", "risk"),
    ]
    for words in reads:
        answer = pentad(*words, "--json")
        assert (answer.returncode, answer.stderr) == (0, ""), (words, answer)
        json.loads(answer.stdout)


def test_an_empty_graph_answers_clearly(pentad: Pentad) -> None:
    trending = pentad("trending")
    assert (trending.returncode, trending.stderr) == (0, "")
    assert "pentad ingest" in trending.stdout
    assert json.loads(pentad("trending", "--json").stdout)["rows"] == []
    assert pentad("check").stdout.strip() == "0 differences"
    assert_one_line(pentad("timeline", "Nobody"), 1, "Nobody")
    assert_one_line(pentad("event", "none"), 1, "none")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("ingest", "missing.jsonl"), ("missing.jsonl", "No such file")),
        (("ingest", "."), ("cannot be read",)),
        (("ingest", "bad.jsonl", "--rejects", "no/such/folder"), ("no/such/folder", "cannot be written")),
        (("trending", "--as-of", "yesterday"), ("--as-of", "ISO 8601")),
        (("trending", "--kind", "robot"), ("robot",)),
        (("trending", "--half-life", "3d"), ("3d",)),
        (("trending", "--half-life", "exponential_168h"), ("--formula",)),
        (("trending", "--formula", "cubic"), ("cubic", "exponential_168h")),
        (("trending", "--formula", "exponential_168h", "--half-life", "1d"), ("--formula", "--half-life")),
        (("trending", "--metric", "fame"), ("fame", "sanctions")),
        (("trending", "--order", "average"), ("mentions", "score")),
        (("rebuild", "--metric", "fame"), ("fame", "all")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_what_is_given_wrongly_is_exit_code_2_and_one_line(
    pentad: Pentad, tmp_path: Path, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    (tmp_path / "bad.jsonl").write_text("{broken\n")
    assert_one_line(pentad(*words), 2, *parts)


def test_broken_file_lands_what_was_read_and_is_exit_code_1(pentad: Pentad, tmp_path: Path) -> None:
    noise = random.Random(1)  # what cannot be pressed comes out again evenly
    made = [told(f"cut-{n}", title=noise.randbytes(300).hex()) for n in range(400)]
    packed = gzip.compress(b"".join(json.dumps(one).encode() + b"\n" for one in made))
    (tmp_path / "cut.gz").write_bytes(packed[: len(packed) // 2])
    answer = pentad("ingest", "cut.gz", "--json")
    assert answer.returncode == 1
    assert 0 < json.loads(answer.stdout)["events_new"] < 399
    assert "cut.gz: is broken" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_check_ends_with_1_where_something_differs(pentad: Pentad, tmp_path: Path, graph: Database) -> None:
    (tmp_path / "made.jsonl").write_bytes(b"\n".join(line for line in sample.lines() if b"made-0" in line))
    assert pentad("ingest", "made.jsonl").returncode == 0
    graph.schema("MATCH (x:Entity) WITH x LIMIT 1 SET x.mentions = 999")
    found = pentad("check", "--json")
    assert found.returncode == 1
    assert [one["promise"] for one in json.loads(found.stdout)["faults"]] == ["an entity counts its mentions"]


def test_what_is_logged_on_the_way_of_a_command_stays_out_of_its_answer(
    pentad: Pentad, redis_client: Redis, tmp_path: Path
) -> None:
    """The boards cannot be written: that is the service's to tell, not this answer's."""
    path = tmp_path / "one.ndjson"
    path.write_text('{"id": "full-1", "occurred_at": "2025-01-10", "title": "t", "who": [{"name": "Acme AS"}]}\n')
    held = str(redis_client.config_get("maxmemory")["maxmemory"])
    redis_client.config_set("maxmemory", "1")
    try:
        done = pentad("ingest", str(path), "--json")
    finally:
        redis_client.config_set("maxmemory", held)
    assert done.returncode == 0
    assert json.loads(done.stdout)["events_new"] == 1
