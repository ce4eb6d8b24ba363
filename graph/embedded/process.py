"""Child processes that outlive us and are found again: started in a session of their own, known by more than a pid.

A pid alone is never believed: the system gives a dead process's number to another. A process is ours when its start
time and its arguments are those that were written down. Nothing else is ever signalled.
"""

import atexit
import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict

_CLOCK_SLACK_S = 2.0
_LOG_LIMIT = 10 << 20
_EXEC_S = 2.0

# A dropped handle of a live child warns, and an unreaped child stays a zombie: so the handles of this process's own
# children are kept here until they ended.
_own_children: dict[int, "subprocess.Popen[bytes]"] = {}


@atexit.register
def _let_go() -> None:
    """Children outlive us on purpose; a handle that is collected while its child runs would call that a leak."""
    for child in _own_children.values():
        if child.poll() is None:
            child.returncode = 0


class ProcessMark(BaseModel):
    """What tells one process from any other: pid, start time (seconds since 1970) and arguments after the program."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    created: float
    arguments: tuple[str, ...]


def spawn(argv: Sequence[str], log: Path, *, cwd: Path, env: Mapping[str, str] | None = None) -> ProcessMark:
    """Start a child in its own session, so that neither Ctrl-C nor our end reaches it; its output goes to the log.

    `env` adds to the environment that the child inherits. The log (0600) is appended to; one of 10 MiB or more is set
    aside as `.1` first. Raises OSError.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size >= _LOG_LIMIT:
        log.replace(log.with_name(log.name + ".1"))
    log.touch(mode=0o600)
    with log.open("ab") as output:
        child = subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
    _own_children[child.pid] = child
    return _mark_of_new(child, argv)


def mark_of(process: psutil.Process) -> ProcessMark:
    """The mark of a running process. Raises psutil.Error when it is gone or not ours to look at."""
    return ProcessMark(pid=process.pid, created=process.create_time(), arguments=tuple(process.cmdline()[1:]))


def find(mark: ProcessMark) -> psutil.Process | None:
    """The live process that bears the mark; None when it ended, is a zombie, or its pid went to another."""
    if _reaped(mark.pid):
        return None
    try:
        process = psutil.Process(mark.pid)
        seen = mark_of(process)
    except psutil.Error:  # gone, or a zombie that another process has yet to reap
        return None
    same = abs(seen.created - mark.created) <= _CLOCK_SLACK_S and seen.arguments == mark.arguments
    return process if same else None


def find_by_argument(argument: str) -> list[psutil.Process]:
    """Our user's live processes with exactly this argument: children whose start was never written down."""
    me = psutil.Process().uids().real
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        try:
            if process.uids().real == me and argument in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found


def end(processes: Iterable[psutil.Process], grace: float = 20.0) -> None:
    """Ask processes to end by SIGTERM, all at once; those still there after `grace` seconds get SIGKILL."""
    asked = list(processes)
    for process in asked:
        _signal(process, kill=False)
    for process in _await_end(asked, grace):
        _signal(process, kill=True)
    _await_end(asked, 5.0)


def _mark_of_new(child: "subprocess.Popen[bytes]", argv: Sequence[str]) -> ProcessMark:
    """The mark of a child that was just started.

    Its arguments are empty for a moment: the system tells us that the new program runs before it has set them (seen
    on a busy machine). One that ended at once gets a mark that no process bears: the caller finds out, and reads the
    log.
    """
    deadline = time.monotonic() + _EXEC_S
    while child.poll() is None:
        with suppress(psutil.Error):
            mark = mark_of(psutil.Process(child.pid))
            if mark.arguments or time.monotonic() >= deadline:
                return mark
        time.sleep(0.002)
    return ProcessMark(pid=child.pid, created=time.time(), arguments=tuple(argv[1:]))


def _await_end(processes: Iterable[psutil.Process], timeout: float) -> list[psutil.Process]:
    deadline = time.monotonic() + timeout
    waiting = list(processes)
    while True:
        waiting = [process for process in waiting if _alive(process)]
        if not waiting or time.monotonic() >= deadline:
            return waiting
        time.sleep(0.05)


def _alive(process: psutil.Process) -> bool:
    if _reaped(process.pid):
        return False
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _reaped(pid: int) -> bool:
    """Whether this was our own child and has ended; it is reaped then, and its handle dropped."""
    child = _own_children.get(pid)
    if child is None or child.poll() is None:
        return False
    del _own_children[pid]
    return True


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except psutil.NoSuchProcess:
        return
