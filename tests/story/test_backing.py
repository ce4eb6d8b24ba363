"""`pentad backup | restore` as typed: one file, an empty graph, the same answers; killed halfway, run again."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis
from typer.testing import CliRunner

from api.cli import app
from graph.database import Database
from graph.embedded import Servers
from ingest import sample
from tests.factory import World, graph_hash, some_news, value
from tests.live.test_backup import cleared


@pytest.fixture
def told(tmp_path: Path, servers: Servers) -> dict[str, str]:
    """The environment of a command on the test's servers."""
    return {
        "NEO4J_URI": servers.neo4j_uri,
        "NEO4J_USER": servers.neo4j_user,
        "NEO4J_PASSWORD": servers.neo4j_password,
        "REDIS_URL": servers.redis_url,
        "PENTAD_DATA_DIR": str(tmp_path / "data"),
        "PENTAD_CONFIG": str(tmp_path / "none.toml"),
    }


@pytest.fixture
def here(told: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: Driver) -> Iterator[CliRunner]:
    """The command line in this process; a gate left shut is opened afterwards."""
    for name, text in told.items():
        monkeypatch.setenv(name, text)
    monkeypatch.chdir(tmp_path)
    yield CliRunner()
    with driver.session() as session:
        session.run("MATCH (g:Gate {name: 'restoring'}) SET g = {name: 'gate', change: 0}").consume()


def test_backup_and_restore_as_typed(graph: Database, driver: Driver, redis_client: Redis, here: CliRunner) -> None:
    World(graph).take(*some_news(11, 25))
    before = graph_hash(driver)
    made = here.invoke(app, ["backup", "all.pentad"])
    assert made.exit_code == 0 and re.search(r"at change 2; writers waited \d+\.\d+ s$", made.stdout)
    file = Path("all.pentad")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in Path().iterdir() if path.name != "data"] == ["all.pentad"]
    refused = here.invoke(app, ["backup", "all.pentad"])
    assert refused.exit_code == 2 and "is there already" in refused.stderr
    piped = here.invoke(app, ["backup", "-"])
    assert piped.exit_code == 0 and piped.stdout_bytes[:2] == b"\x1f\x8b"
    filled = here.invoke(app, ["restore", "all.pentad"])
    assert filled.exit_code == 1 and "--data-dir NEW" in filled.stderr and len(filled.stderr.splitlines()) == 1

    cleared(driver, redis_client)
    done = here.invoke(app, ["restore", "all.pentad", "--json"])
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["differences"], figures["again"], figures["change"]) == (0, False, 2)
    assert graph_hash(driver) == before
    assert json.loads(here.invoke(app, ["check", "--json"]).stdout)["differences"] == 0
    board = json.loads(here.invoke(app, ["trending", "--json"]).stdout)
    assert (board["source"], board["degraded"]) == ("board", False)


def test_damaged_file_is_one_line_and_exit_code_2(graph: Database, here: CliRunner) -> None:
    Path("cut.pentad").write_bytes(b"\x1f\x8b\x08\x00")
    for name in ("cut.pentad", "nowhere.pentad"):
        done = here.invoke(app, ["restore", name])
        assert done.exit_code == 2 and len(done.stderr.splitlines()) == 1 and name in done.stderr


def test_killed_restore_is_told_and_run_again(
    graph: Database, driver: Driver, redis_client: Redis, told: dict[str, str], here: CliRunner, tmp_path: Path
) -> None:
    World(graph).take(*some_news(12, 60))
    before = graph_hash(driver)
    assert here.invoke(app, ["backup", "all.pentad"]).exit_code == 0
    cleared(driver, redis_client)
    script = (
        "import sys, time\nfrom graph.backup import restoring\nrestoring.BATCH = 100\n"
        "made = restoring._Restore._make_nodes\n"
        "def slow(self):\n    made(self)\n    print('batch', flush=True)\n    time.sleep(0.02)\n"
        "restoring._Restore._make_nodes = slow\n"
        "sys.argv = ['pentad', 'restore', 'all.pentad']\nfrom api.cli import main\nmain()\n"
    )
    root = Path(__file__).parents[2]
    env = {**os.environ, **told, "PYTHONPATH": str(root)}
    with subprocess.Popen(
        [sys.executable, "-c", script], env=env, cwd=tmp_path, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        for _ in range(40):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    deadline = time.monotonic() + 10
    still = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'restore' + '_' RETURN count(*)"
    while value(driver, still):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert value(driver, "MATCH (g:Gate) RETURN g.name") == "restoring"
    assert value(driver, "MATCH (n) RETURN count(n)") > 100
    for command in (["ingest", "all.pentad"], ["backup", "other.pentad"], ["rebuild"]):
        refused = here.invoke(app, command)
        assert refused.exit_code == 1 and "restore unfinished: all.pentad" in refused.stderr, command
    again = here.invoke(app, ["restore", "all.pentad", "--json"])
    assert again.exit_code == 0 and json.loads(again.stdout)["again"] is True
    assert graph_hash(driver) == before


SHORT_FORM = "52e88701aba6ceb7af6b5fb6d157d9e3cd3b2a4801b01bd55f5253cf443d4923"
"""Of the older backup: the key of the alias A. Ferreira, whom a review joined with Ana Ferreira."""
REVIEWS = ("a96da0593c824b79a315fc6e69ec67aa", "2130991a2caf4dde972e28c9cec7d016")
"""That it is not the minister, and that decision; the newer first."""


def test_a_backup_of_an_older_version_is_restored_and_goes_on(
    graph: Database, driver: Driver, redis_client: Redis, here: CliRunner
) -> None:
    """Eighteen schema steps lie between: what was decided, watched and read by that version stands in this one.

    `tests/backups/step-0095.pentad` was written by the version of commit dcf8a7a: `pentad ingest` of its made sample
    and of 120 events of Wikipedia, a merge undone, two reviews, a watch, a page read, a further version of
    made-003, `pentad backup`.
    """

    def pentad(*words: str) -> Any:
        done = here.invoke(app, [*words, "--json"])
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    cleared(driver, redis_client)
    older = Path(__file__).parents[1] / "backups" / "step-0095.pentad"
    figures = pentad("restore", str(older))
    assert (figures["differences"], figures["change"]) == (0, 12)
    assert pentad("check")["differences"] == 0
    captain, minister = (pentad("entity", name) for name in ("Captain Johan Brandt", "Minister Ana Ferreira"))
    ana = pentad("entity", SHORT_FORM)
    assert "Vladimir Putin" not in {alias["name"] for alias in captain["aliases"]}
    assert {"Ana Ferreira", "A. Ferreira"} <= {alias["name"] for alias in ana["aliases"]}
    assert minister["row"]["key"] != ana["row"]["key"]
    assert pentad("event", "made-003")["row"]["version"] == 2
    assert [watch["name"] for watch in pentad("watch", "list")] == ["Captain Johan Brandt"]
    assert value(driver, "MATCH (:Document)-[:MAKES]->(c:Claim) WHERE c.closed_at IS NULL RETURN count(c)") == 9
    board = pentad("trending", "--as-of", "2015-09-20T00:00:00Z")
    assert (board["rows"][0]["name"], board["rows"][0]["mention_count"]) == ("Syria", 7)

    report = pentad("ingest", str(Path(sample.__file__).parent / "made.jsonl"))
    assert (report["events_new"], report["events_changed"], report["rejected"]) == (0, 0, 0)
    for decision in REVIEWS:
        pentad("undo", decision)
    assert {alias["name"] for alias in pentad("entity", SHORT_FORM)["aliases"]} == {"A. Ferreira"}
    assert pentad("check")["differences"] == 0
