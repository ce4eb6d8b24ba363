"""The README and the docs, read literally: every command runs, every file they name is there."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver

from graph.database import Database
from graph.embedded import Servers
from ingest import sample

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Fenced blocks of the README."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def documented() -> list[str]:
    """Every `pentad …` line of the README's shell blocks, in order."""
    return [line for block in blocks("sh") for line in block.splitlines() if line.startswith("pentad ")]


@pytest.fixture
def folder(tmp_path: Path, servers: Servers, graph: Database) -> Iterator[Path]:
    """A folder with the README's record as `events.ndjson`, and an environment that leads to the test servers."""
    (tmp_path / "events.ndjson").write_text("".join(blocks("json")), encoding="utf-8")
    yield tmp_path


def pentad(command: str, folder: Path, servers: Servers) -> subprocess.CompletedProcess[str]:
    """Runs one documented command as a user with servers of their own."""
    environment = {
        **os.environ,
        "NEO4J_URI": servers.neo4j_uri,
        "NEO4J_USER": servers.neo4j_user,
        "NEO4J_PASSWORD": servers.neo4j_password,
        "REDIS_URL": servers.redis_url,
        "PENTAD_DATA_DIR": str(folder / "data"),
        "COLUMNS": "200",
    }
    words = shlex.split(command)
    assert words[0] == "pentad"
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *words[1:]],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_every_command_of_the_readme_runs_on_the_sample(folder: Path, servers: Servers, driver: Driver) -> None:
    demo = pentad("pentad demo", folder, servers)
    try:
        assert demo.returncode == 0, demo.stderr
        assert "United States" in demo.stdout
        commands = documented()
        assert len(commands) >= 4
        for command in commands:
            done = pentad(command, folder, servers)
            assert done.returncode == 0, (command, done.stderr)
            assert done.stdout.strip(), command
        assert "Rome" in pentad("pentad event wikicep-57052", folder, servers).stdout
        with driver.session() as session:
            counted = session.run("MATCH (e:Event) RETURN count(e) AS n").single(strict=True)["n"]
        assert counted == len(list(sample.lines())) + 1
        assert pentad("pentad check", folder, servers).stdout.strip().endswith("0 differences")
    finally:
        assert pentad("pentad down", folder, servers).returncode == 0


def test_every_command_named_in_the_tables_exists() -> None:
    named = set(re.findall(r"`pentad ([a-z-]+)", README)) | {"down", "status", "doctor", "check", "sync-trending"}
    shown = subprocess.run(
        [sys.executable, "-m", "api.cli", "--help"], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    ).stdout
    assert not [name for name in named if f" {name} " not in shown]


def test_the_record_of_the_readme_is_one_line_of_json() -> None:
    record = json.loads("".join(blocks("json")))
    assert set(record) >= {"id", "who", "what", "where", "why", "occurred_at"}


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    assert len(README.splitlines()) <= 100
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), (page.name, target)


def test_files_named_in_the_tour_exist() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:graph|resolution|ingest|api|cypher)/[\w/.]+)`", tour)
    assert len(named) > 10
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_tours_event_stands_where_it_says() -> None:
    place = int(re.search(r"line (\d+) of the sample", (ROOT / "docs" / "tour.md").read_text())[1])  # type: ignore[index]
    assert json.loads(list(sample.lines())[place - 1])["id"] == "made-008"


def test_the_makefile_runs_what_the_readme_says() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^run:.*\n\t@.*pentad demo", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
