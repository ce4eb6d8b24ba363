"""What the servers need and whether it is there: one short finding a need, so that a user can mend it alone."""

import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from neo4j.exceptions import AuthError
from pydantic import BaseModel, ConfigDict

from graph.embedded.awaiting import http_get
from graph.embedded.errors import EmbeddedError
from graph.embedded.jar_lock import bundled_lock
from graph.embedded.jars import cached_jars, jar_folder
from graph.embedded.java import find_java
from graph.embedded.neo4j_server import USER, can_log_in
from graph.embedded.options import EmbeddedOptions
from graph.embedded.ports import is_free
from graph.embedded.redis_server import can_ping, find_redis, redis_url
from graph.embedded.state import DataFolder
from graph.embedded.status import ServerStatus, status

Level = Literal["ok", "warn", "fail"]

_GIB = 1 << 30
_SILENT_S = 30.0
_PYTHON = (3, 11)


class Check(BaseModel):
    """One finding. `fail` means that `pentad up` cannot work, or that a server which should answer does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    level: Level
    detail: str


def check_all(options: EmbeddedOptions) -> list[Check]:
    """All findings, in the order in which a start would meet them. Changes nothing; takes at most some seconds."""
    looks: dict[str, Callable[[EmbeddedOptions], tuple[Level, str]]] = {
        "python": _python,
        "java": _java,
        "neo4j jars": _jars,
        "redis program": _redis,
        "data folder": _data_folder,
        "disk": _disk,
        "ports": _ports,
        "neo4j": _neo4j_answers,
        "redis": _redis_answers,
        "api": _api_answers,
        "worker": _worker_lives,
    }
    found: list[Check] = []
    for name, look in looks.items():
        try:
            level, detail = look(options)
        except (EmbeddedError, OSError) as error:
            level, detail = "fail", str(error)
        found.append(Check(name=name, level=level, detail=detail))
    return found


def _python(_: EmbeddedOptions) -> tuple[Level, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    return ("ok", version) if sys.version_info >= _PYTHON else ("fail", f"{version}: Pentad needs 3.11 or later")


def _java(options: EmbeddedOptions) -> tuple[Level, str]:
    if options.neo4j_uri:
        return "ok", "not needed: NEO4J_URI is set"
    java = find_java()
    return "ok", f"{java.version} ({java.executable})"


def _jars(options: EmbeddedOptions) -> tuple[Level, str]:
    if options.neo4j_uri:
        return "ok", "not needed: NEO4J_URI is set"
    lock = bundled_lock()
    cached = cached_jars(lock, options.cache_dir)
    told = f"{len(cached)}/{len(lock.jars)} of Neo4j {lock.neo4j} in {jar_folder(options.cache_dir)}"
    if len(cached) == len(lock.jars):
        return "ok", told
    to_fetch = (lock.size - sum(jar.size for jar in cached)) / 1e6
    if options.offline:
        return "fail", f"{told}; {to_fetch:.0f} MB are missing and fetching is off"
    return "warn", f"{told}; `pentad up` fetches {to_fetch:.0f} MB"


def _redis(options: EmbeddedOptions) -> tuple[Level, str]:
    if options.redis_url:
        return "ok", "not needed: REDIS_URL is set"
    binary = find_redis()
    return "ok", f"{binary} ({binary.executable})"


def _data_folder(options: EmbeddedOptions) -> tuple[Level, str]:
    folder = options.data_dir
    if not folder.exists():
        return "ok", f"{folder} (made by the first `pentad up`)"
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        return "warn", f"{folder} is open to others ({mode:o}): `pentad up` closes it"
    return "ok", f"{folder} ({mode:o})"


def _disk(options: EmbeddedOptions) -> tuple[Level, str]:
    free = shutil.disk_usage(_existing(options.data_dir)).free / _GIB
    told = f"{free:.1f} GiB free for {options.data_dir}"
    if free < 1:
        return "fail", f"{told}: Neo4j stops taking writes when it runs out"
    return ("ok" if free >= 5 else "warn"), told


def _ports(options: EmbeddedOptions) -> tuple[Level, str]:
    wanted = {
        "bolt": options.bolt_port,
        "browser": options.http_port,
        "redis": options.redis_port,
        "api": options.api_port,
    }
    chosen = {purpose: port for purpose, port in wanted.items() if port}
    ours = {
        _port(address)
        for server in status(options).by_name.values()
        if server.state == "running"
        for address in server.addresses.values()
    }
    taken = {purpose: port for purpose, port in chosen.items() if port not in ours and not is_free(port)}
    if taken:
        return "fail", "taken by another program: " + ", ".join(f"{port} ({name})" for name, port in taken.items())
    return "ok", ", ".join(f"{port} ({name})" for name, port in chosen.items()) or "any free ones"


def _neo4j_answers(options: EmbeddedOptions) -> tuple[Level, str]:
    server = status(options).neo4j
    if server.state in ("stopped", "crashed"):
        return _absent(server)
    address = server.addresses["bolt"]
    own = options.neo4j_uri is None
    password = DataFolder(options.data_dir).secret("neo4j") if own else options.neo4j_password
    try:
        answers = can_log_in(options.neo4j_uri or address, USER if own else options.neo4j_user, password)
    except AuthError:
        return "fail", f"{address} refuses the user and password"
    return ("ok", f"{address} answers") if answers else ("fail", f"{address} does not answer")


def _redis_answers(options: EmbeddedOptions) -> tuple[Level, str]:
    server = status(options).redis
    if server.state in ("stopped", "crashed"):
        return _absent(server)
    address = server.addresses["redis"]
    url = options.redis_url or redis_url(_port(address), DataFolder(options.data_dir).secret("redis"))
    return (
        ("ok", f"{address} answers") if can_ping(url) else ("fail", f"{address} does not answer or refuses the login")
    )


def _api_answers(options: EmbeddedOptions) -> tuple[Level, str]:
    server = status(options).api
    if server.state != "running":
        return _absent(server)
    address = server.addresses["api"]
    if http_get(_port(address), "/livez") is None:
        return "fail", f"{address} does not answer; its log: {server.log}"
    return "ok", f"{address} answers"


def _worker_lives(options: EmbeddedOptions) -> tuple[Level, str]:
    server = status(options).worker
    if server.state != "running":
        return _absent(server)
    silent = time.time() - DataFolder(options.data_dir).alive("worker").stat().st_mtime
    if silent > _SILENT_S:
        return "fail", f"has awaited no job for {silent:.0f} s; its log: {server.log}"
    return "ok", f"pid {server.pid} awaits jobs"


def _absent(server: ServerStatus) -> tuple[Level, str]:
    if server.state == "crashed":
        return "fail", f"ended without being asked; its log: {server.log}"
    return "warn", "does not run: `pentad up` starts it"


def _port(address: str) -> int:
    return urlsplit(address).port or 0


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
