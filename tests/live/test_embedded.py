"""The servers we start, as a user and an attacker meet them.

The session's servers serve for what does not disturb them. Lives and deaths are mostly played with Redis alone, which
starts in a moment (Neo4j counts as the user's own there); one test plays them with Neo4j too.
"""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, Neo4jError
from redis import Redis
from redis.exceptions import AuthenticationError

from graph.database import Database
from graph.embedded import (
    AlreadyRunning,
    DataFolderRefused,
    EmbeddedOptions,
    NotRunning,
    PortTaken,
    ServerFailed,
    Servers,
    check_all,
    connect,
    ensure,
    start,
    start_api,
    start_worker,
    status,
    stop,
    touch_alive,
)
from graph.embedded.awaiting import http_get
from graph.embedded.state import DataFolder
from graph.openness import openings
from graph.queries import Statement
from tests.conftest import quick_options
from tests.factory import until

LIVE_API = """
import http.server, sys
class Door(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/livez" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Door).serve_forever()
"""


LIVE_WORKER = """
import pathlib, sys, time
from graph.embedded import touch_alive
touch_alive(pathlib.Path(sys.argv[1]), "worker")
time.sleep(600)
"""


@pytest.fixture
def redis_only(tmp_path: Path) -> Iterator[EmbeddedOptions]:
    """Options of a folder where only Redis (and an API) is started; whatever runs at the end is ended."""
    options = replace(quick_options(tmp_path / "data"), neo4j_uri="bolt://127.0.0.1:1", neo4j_password="none")
    yield options
    stop(options.data_dir)


def pid_of(options: EmbeddedOptions, name: str = "redis") -> int:
    pid = {str(server): seen for server, seen in status(options).by_name.items()}[name].pid
    assert pid is not None
    return pid


def runs(pid: int) -> bool:
    """Whether the process lives; one that ended and waits to be reaped does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    until(lambda: not runs(pid))


# What is open, and to whom.


def test_only_loopback_is_listened_on(servers: Servers) -> None:
    options = quick_options(servers.data_dir)
    for name in ("neo4j", "redis"):
        listening = [
            connection.laddr.ip
            for connection in psutil.Process(pid_of(options, name)).net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert listening
        assert set(listening) <= {"127.0.0.1", "::ffff:127.0.0.1"}


def test_secrets_are_in_private_files_and_nowhere_else(servers: Servers) -> None:
    folder = servers.data_dir
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("neo4j.password", "redis.password", "redis/redis.conf", "neo4j/conf/neo4j.conf", "state.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    secrets = [(folder / f"{name}.password").read_text() for name in ("neo4j", "redis")]
    shown = [
        " ".join(psutil.Process(pid_of(quick_options(folder), name)).cmdline()) + repr(servers)
        for name in ("neo4j", "redis")
    ]
    assert not any(secret in text for secret in secrets for text in shown)
    written = [
        file for file in folder.rglob("*") if file.is_file() and file.suffix in (".log", ".conf", ".args", ".json")
    ]
    holding = {file.name for file in written for secret in secrets if secret.encode() in file.read_bytes()}
    assert holding == {"redis.conf"}


def test_a_wrong_password_is_refused(servers: Servers) -> None:
    with (
        GraphDatabase.driver(servers.neo4j_uri, auth=("neo4j", "wrong")) as stranger,
        pytest.raises(AuthError),
    ):
        stranger.verify_connectivity()
    port = servers.redis_url.rpartition(":")[2].partition("/")[0]
    with Redis(port=int(port), password="wrong") as client, pytest.raises(AuthenticationError):
        client.ping()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_load_csv_reads_nothing(driver: Driver, servers: Servers, scheme: str) -> None:
    browser = servers.browser_url or ""
    (servers.data_dir / "neo4j" / "import" / "x.csv").write_text("a,b\n")
    address = browser if scheme == "http" else "file:///x.csv"
    with driver.session() as session, pytest.raises(Neo4jError, match=r"(?i)blocked|not allowed|disabled|cannot load"):
        session.run("LOAD CSV FROM $address AS row RETURN row", address=address).consume()


def test_the_started_neo4j_passes_the_test_of_itself(database: Database, servers: Servers) -> None:
    (servers.data_dir / "neo4j" / "import" / "pentad-selftest.csv").write_text("a,b\n")
    assert openings(database) == []
    assert database.one(Statement("test/left", "MATCH (n:SelfTest) RETURN count(n) AS n")) == {"n": 0}


def test_what_is_open_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a Neo4j that reads what it should not: here a plain reading stands for the load."""
    harmless = {"LOAD CSV reads files": (Statement("test/harmless", "RETURN 1 AS row"), "")}
    monkeypatch.setattr("graph.openness._TRIED", harmless)
    assert openings(database) == ["LOAD CSV reads files"]


def test_nothing_is_sent_outside_and_everything_is_bounded(driver: Driver) -> None:
    with driver.session() as session:
        settings = {row["name"]: row["value"] for row in session.run("SHOW SETTINGS YIELD name, value")}
    assert settings["dbms.usage_report.enabled"] == "false"
    assert settings["client.allow_telemetry"] == "false"
    assert settings["db.transaction.timeout"] == "10s"
    assert settings["db.lock.acquisition.timeout"] == "3s"


def test_browser_answers_and_is_told_the_chosen_bolt_port(servers: Servers) -> None:
    assert servers.browser_url is not None
    port = int(servers.browser_url.split(":")[2].split("/")[0])
    assert b"<html" in (http_get(port, "/browser/") or b"").lower()
    assert servers.neo4j_uri.encode() in (http_get(port, "/") or b"")


def test_redis_appends_every_write_and_never_evicts(redis_client: Redis) -> None:
    told = redis_client.config_get("appendonly", "maxmemory-policy", "appendfsync")
    assert told == {"appendonly": "yes", "maxmemory-policy": "noeviction", "appendfsync": "everysec"}


def test_the_doctor_finds_running_servers_well(servers: Servers) -> None:
    found = {check.name: check.level for check in check_all(quick_options(servers.data_dir))}
    assert found.pop("disk") in ("ok", "warn")
    assert found.pop("api") == found.pop("worker") == "warn"
    assert set(found.values()) == {"ok"}


# Lives and deaths, with Redis alone.


def test_a_second_start_is_refused_in_one_line_that_names_the_process(redis_only: EmbeddedOptions) -> None:
    start(redis_only)
    with pytest.raises(AlreadyRunning, match=rf"redis pid {pid_of(redis_only)}\b") as refused:
        start(redis_only)
    assert "\n" not in str(refused.value)
    assert ensure(redis_only).started == ()


def test_a_stopped_server_comes_back_on_its_port_with_its_data(redis_only: EmbeddedOptions) -> None:
    first = start(redis_only)
    with Redis.from_url(first.redis_url) as client:
        client.set("kept", "yes")
    assert stop(redis_only.data_dir) == ("redis",)
    assert stop(redis_only.data_dir) == ()
    with pytest.raises(NotRunning, match="redis does not run"):
        connect(redis_only)
    second = start(redis_only)
    assert second.redis_url == first.redis_url
    with Redis.from_url(second.redis_url) as client:
        assert client.get("kept") == b"yes"


@pytest.mark.parametrize("damage", [b"*2\r\n$6\r\nSELE\x00\x00\x00", b"\x00" * 4096], ids=["half a command", "zeros"])
def test_a_file_that_a_power_cut_left_damaged_is_set_aside(redis_only: EmbeddedOptions, damage: bytes) -> None:
    first = start(redis_only)
    with Redis.from_url(first.redis_url) as redis:
        redis.set("kept", "no")
    kill(pid_of(redis_only))
    folder = DataFolder(redis_only.data_dir)
    (file,) = (folder.redis / "appendonlydir").glob("*.incr.aof")
    file.write_bytes(damage + file.read_bytes())
    back = start(redis_only)
    assert back.redis_url == first.redis_url
    with Redis.from_url(back.redis_url) as redis:
        assert redis.get("kept") is None
        redis.set("kept", "yes")
    assert (folder.redis / "appendonlydir.damaged" / file.name).read_bytes().startswith(damage)
    assert "was set aside" in folder.log("redis").read_text()
    stop(redis_only.data_dir)
    with start(redis_only, owned=True) as again, Redis.from_url(again.redis_url) as redis:
        assert redis.get("kept") == b"yes"


def test_a_server_that_was_never_written_down_is_ended_before_the_next(redis_only: EmbeddedOptions) -> None:
    """The starter was killed between starting a server and writing its state."""
    start(redis_only)
    stray = pid_of(redis_only)
    folder = DataFolder(redis_only.data_dir)
    folder.write_state(folder.read_state().without("redis"))
    assert start(redis_only).started == ("redis",)
    assert pid_of(redis_only) != stray
    assert not runs(stray)


def test_owned_servers_end_with_their_block(redis_only: EmbeddedOptions) -> None:
    with start(redis_only, owned=True):
        pid = pid_of(redis_only)
    assert not runs(pid)
    assert status(redis_only).redis.state == "stopped"


def test_a_chosen_port_that_is_taken_is_refused(redis_only: EmbeddedOptions, servers: Servers) -> None:
    port = int(servers.redis_url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(PortTaken, match=rf"port {port} \(redis\) is taken"):
        start(replace(redis_only, redis_port=port))
    assert status(redis_only).redis.state == "stopped"


def test_the_api_is_started_watched_and_stopped(redis_only: EmbeddedOptions) -> None:
    start(redis_only)
    address = start_api(redis_only, lambda port: [sys.executable, "-c", LIVE_API, str(port)], version="1")
    assert status(redis_only).api.addresses == {"api": address}
    with pytest.raises(AlreadyRunning, match="api pid"):
        start_api(redis_only, lambda port: [sys.executable, "-c", LIVE_API, str(port)], version="1")
    kill(pid_of(redis_only, "api"))
    assert status(redis_only).api.state == "crashed"
    again = start_api(redis_only, lambda port: [sys.executable, "-c", LIVE_API, str(port)], version="1")
    assert again == address
    assert stop(redis_only.data_dir) == ("api", "redis")


def test_an_api_that_does_not_start_says_why_and_leaves_the_stores(redis_only: EmbeddedOptions) -> None:
    start(redis_only)
    with pytest.raises(ServerFailed, match=r"api ended while it was starting \(SystemExit: no way\)|no way"):
        start_api(redis_only, lambda _: [sys.executable, "-c", "raise SystemExit('no way')"], version="1")
    seen = status(redis_only)
    assert (seen.redis.state, seen.api.state) == ("running", "stopped")


def test_a_worker_is_started_watched_and_stopped(redis_only: EmbeddedOptions) -> None:
    start(redis_only)
    command = [sys.executable, "-c", LIVE_WORKER, str(redis_only.data_dir)]
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    pid = start_worker(redis_only, command, version="1", env=env)
    assert pid == pid_of(redis_only, "worker")
    assert {check.name: check.level for check in check_all(redis_only)}["worker"] == "ok"
    with pytest.raises(AlreadyRunning, match=f"worker pid {pid}"):
        start_worker(redis_only, command, version="1", env=env)
    kill(pid)
    assert status(redis_only).worker.state == "crashed"
    assert start_worker(redis_only, command, version="1", env=env) != pid
    assert stop(redis_only.data_dir) == ("worker", "redis")
    with pytest.raises(ServerFailed, match=r"worker ended while it was starting .*no way"):
        start_worker(redis_only, [sys.executable, "-c", "raise SystemExit('no way')"], version="1")
    assert status(redis_only).worker.state == "stopped"


def test_what_a_worker_on_other_stores_left_in_the_folder_is_ours(redis_only: EmbeddedOptions) -> None:
    touch_alive(redis_only.data_dir, "worker")
    assert start(redis_only).started == ("redis",)


def test_two_starts_at_once_never_make_two_servers(redis_only: EmbeddedOptions) -> None:
    folder = DataFolder(redis_only.data_dir)
    folder.create()
    with folder.exclusive(), pytest.raises(DataFolderRefused, match=f"pid {os.getpid()}"):
        start(redis_only)


def owner_of(options: EmbeddedOptions) -> "subprocess.Popen[bytes]":
    """Another process that owns Redis on this folder, and has it running."""
    script = (
        "import pathlib, sys, time\n"
        "from graph.embedded import EmbeddedOptions, start\n"
        "start(EmbeddedOptions(data_dir=pathlib.Path(sys.argv[1]), neo4j_uri='bolt://127.0.0.1:1'), owned=True)\n"
        "print('up', flush=True)\n"
        "time.sleep(600)\n"
    )
    root = Path(__file__).parents[2]
    owner = subprocess.Popen([sys.executable, "-c", script, str(options.data_dir)], stdout=subprocess.PIPE, cwd=root)
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"up\n"
    return owner


def test_owned_servers_end_when_their_owner_is_killed(redis_only: EmbeddedOptions) -> None:
    with owner_of(redis_only) as owner:
        left = pid_of(redis_only)
        owner.kill()
    until(lambda: not runs(left))
    until(lambda: status(redis_only).redis.state == "stopped")


def test_what_a_killed_owner_and_guard_leave_is_adopted(redis_only: EmbeddedOptions) -> None:
    with owner_of(redis_only) as owner:
        left = pid_of(redis_only)
        for child in psutil.Process(owner.pid).children():
            if child.pid != left:
                child.kill()
        owner.kill()
    with start(redis_only, owned=True) as adopted:
        assert (adopted.started, pid_of(redis_only)) == (("redis",), left)
    assert not runs(left)


def test_a_killed_neo4j_comes_back_with_its_data_and_stops_quickly(tmp_path: Path) -> None:
    options = quick_options(tmp_path / "data")
    with start(options, owned=True) as first:
        with GraphDatabase.driver(first.neo4j_uri, auth=("neo4j", first.neo4j_password)) as driver:
            driver.execute_query("CREATE (:Kept)")
        kill(pid_of(options, "neo4j"))
        assert status(options).neo4j.state == "crashed"
        back = start(options)
        assert (back.started, back.neo4j_uri) == (("neo4j",), first.neo4j_uri)
        with GraphDatabase.driver(back.neo4j_uri, auth=("neo4j", back.neo4j_password)) as driver:
            assert driver.execute_query("MATCH (n:Kept) RETURN count(n) AS n").records[0]["n"] == 1
        began = time.monotonic()
        assert stop(options.data_dir) == ("neo4j", "redis")
        assert time.monotonic() - began < 10
