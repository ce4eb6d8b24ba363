"""The data folder: private, whole, and held by one start or stop at a time."""

import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from graph.embedded import DataFolderRefused, EmbeddedOptions, status, stop
from graph.embedded.process import ProcessMark, end, find, mark_of, spawn
from graph.embedded.state import DataFolder, FolderState, ServerRecord, write_private

MOMENT = datetime(2026, 11, 21, tzinfo=UTC)


def record(pid: int, created: float = 1.0, **ports: int) -> ServerRecord:
    mark = ProcessMark(pid=pid, created=created, arguments=("x",))
    return ServerRecord(process=mark, ports=ports, version="1", started_at=MOMENT)


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_folder_and_secrets_are_their_owners_only(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    secret = folder.secret("neo4j")
    assert len(secret) == 64
    assert folder.secret("neo4j") == secret != folder.secret("redis")
    assert mode(folder.root) == 0o700
    assert {mode(folder.root / f"{name}.password") for name in ("neo4j", "redis")} == {0o600}


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    before = mode(tmp_path)
    with pytest.raises(DataFolderRefused, match="holds other files"):
        DataFolder(tmp_path).create()
    assert mode(tmp_path) == before
    assert stop(tmp_path) == ()


def test_state_reads_back_and_remembers_ports(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    state = FolderState().with_server("redis", record(1, redis=7001)).with_server("neo4j", record(2, bolt=7002))
    folder.write_state(state)
    assert folder.read_state() == state
    stopped = state.without("redis", "neo4j")
    assert (stopped.servers, stopped.last_ports) == ({}, {"redis": 7001, "bolt": 7002})


@pytest.mark.parametrize("text", ["", "{", '{"format": 2}', '{"servers": 3}', '{"unknown": 1}'])
def test_a_state_that_is_not_understood_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "state.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataFolderRefused, match="not a state that this version understands"):
        DataFolder(tmp_path).read_state()


def test_a_busy_folder_names_who_holds_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with (
        folder.exclusive(),
        pytest.raises(DataFolderRefused, match=rf"pid {os.getpid()}\) is starting or stopping"),
        DataFolder(folder.root).exclusive(),
    ):
        pass
    with folder.exclusive():
        pass


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, "new")
    assert (file.read_text(), mode(file)) == ("new", 0o600)
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]


def test_a_recycled_pid_is_not_ours() -> None:
    mine = mark_of(psutil.Process())
    assert find(mine) is not None
    assert find(mine.model_copy(update={"created": mine.created - 60})) is None
    assert find(mine.model_copy(update={"arguments": ("another",)})) is None


def test_status_tells_a_crash_from_a_stop(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.write_state(FolderState().with_server("redis", record(os.getpid(), redis=7001)))
    seen = status(EmbeddedOptions(data_dir=folder.root))
    assert (seen.redis.state, seen.redis.pid) == ("crashed", None)
    assert (seen.neo4j.state, seen.api.state) == ("stopped", "stopped")


def test_status_of_own_servers_hides_passwords(tmp_path: Path) -> None:
    options = EmbeddedOptions(
        data_dir=tmp_path, neo4j_uri="neo4j+s://db.example:7687", redis_url="redis://u:geheim@cache.example:6379/0"
    )
    seen = status(options)
    assert seen.neo4j.addresses == {"bolt": "neo4j+s://db.example:7687"}
    assert seen.redis.addresses == {"redis": "redis://cache.example:6379/0"}
    assert "geheim" not in repr(options) + seen.model_dump_json()


def test_a_child_is_started_logged_and_ended(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    script = "import time; print('hello', flush=True); time.sleep(60)"
    mark = spawn([sys.executable, "-c", script], log, cwd=tmp_path)
    process = find(mark)
    assert process is not None
    assert os.getsid(mark.pid) == mark.pid
    deadline = time.monotonic() + 10
    while "hello" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert mode(log) == 0o600
    end([process], grace=5)
    assert find(mark) is None


def test_a_child_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    script = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=tmp_path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"deaf\n"
        end([psutil.Process(child.pid)], grace=0.2)
        assert child.wait() == -9
