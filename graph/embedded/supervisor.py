"""Starting and stopping the servers of one data folder.

There is no watching process: servers live on their own, and the folder's state tells who they are. A start brings
back whatever is missing; a stop ends whatever is there. Both hold the folder's lock, so two of them never mix.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import psutil

from graph.embedded.awaiting import await_ready, http_get
from graph.embedded.errors import AlreadyRunning, NotRunning, ServerFailed
from graph.embedded.guard import dismiss_guard, post_guard
from graph.embedded.jar_lock import bundled_lock
from graph.embedded.jars import fetch_jars
from graph.embedded.java import find_java
from graph.embedded.neo4j_server import (
    USER,
    Neo4jSettings,
    await_neo4j,
    bolt_uri,
    start_neo4j,
)
from graph.embedded.options import EmbeddedOptions, Progress, quiet
from graph.embedded.ports import HOST, choose_port
from graph.embedded.process import ProcessMark, end, find, mark_of, spawn
from graph.embedded.redis_server import await_redis, find_redis, redis_url, set_damaged_aside, start_redis
from graph.embedded.state import DataFolder, FolderState, ServerName, ServerRecord
from graph.embedded.status import addresses_of
from graph.embedded.strays import strays

_STORES: tuple[ServerName, ...] = ("redis", "neo4j")
_CHILD_TIMEOUT_S = 60.0
_CHILDREN: tuple[ServerName, ...] = ("worker", "api")
"""What stands on the stores, and is ended before them."""


@dataclass(frozen=True, slots=True)
class _Child:
    """A process on the stores, to be started; `env` adds to the environment that it inherits."""

    name: ServerName
    argv: Sequence[str]
    ports: dict[str, int]
    version: str
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Servers:
    """How to reach the running stores, and, when they are owned, the means to end them."""

    data_dir: Path
    neo4j_uri: str
    neo4j_user: str
    neo4j_password: str = field(repr=False)
    redis_url: str = field(repr=False)
    browser_url: str | None
    """Neo4j Browser; None for a Neo4j of the user's own."""
    started: tuple[ServerName, ...] = ()
    """What this start brought up; the rest ran already."""
    owned: bool = False

    def close(self) -> None:
        """End what this start began, its API and its worker, if it is owned; other servers go on."""
        if self.owned:
            stop(self.data_dir, (*_CHILDREN, *self.started))
            dismiss_guard(self.data_dir)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start(options: EmbeddedOptions, progress: Progress = quiet, *, owned: bool = False) -> Servers:
    """Bring up Neo4j and Redis, whichever is missing, and wait until both answer.

    With `owned`, `close()` ends them, and so does the end of this process, even by SIGKILL; otherwise they outlive it.
    Stores of the user's own are left alone. When the start fails, what it began is ended again.

    Raises AlreadyRunning when nothing was missing, DataFolderRefused, PortTaken, JavaMissing, JarsUnavailable,
    RedisBinaryMissing or ServerFailed.
    """
    servers = ensure(options, progress, owned=owned)
    wanted = _wanted(options)
    if wanted and not servers.started:
        state = DataFolder(options.data_dir).read_state()
        raise AlreadyRunning(options.data_dir, {name: state.servers[name].process.pid for name in wanted})
    return servers


def ensure(options: EmbeddedOptions, progress: Progress = quiet, *, owned: bool = False) -> Servers:
    """As `start`, but servers that all run already are no error; `started` is empty then, and nothing is owned."""
    wanted = _wanted(options)
    if not wanted:
        return connect(options)
    folder = DataFolder(options.data_dir)
    folder.create()
    with folder.exclusive():
        state, abandoned = _settle(folder, wanted)
        missing: list[ServerName] = [name for name in wanted if name not in state.servers]
        begun: list[ServerName] = []
        # Servers that somebody else started without an owner are not given one behind his back.
        owning = owned and (abandoned or len(missing) == len(wanted))
        if owning:
            state = state.model_copy(update={"owner": mark_of(psutil.Process())})
            folder.write_state(state)
            post_guard(folder.root)
        try:
            if missing:
                jars = _jars(options, progress) if "neo4j" in missing else []
                for name in missing:
                    begun.append(name)
                    record = _launch(name, folder, options, state, jars)
                    state = state.with_server(name, record)
                    folder.write_state(state)
            for name in wanted:
                watch = progress if name in missing else quiet
                state = _awaited(name, folder, state, options, watch)
        except BaseException:
            _end(folder, begun)
            dismiss_guard(folder.root)
            raise
    started: tuple[ServerName, ...] = wanted if abandoned else tuple(missing)
    return connect(options, started=started, owned=owned and bool(started))


def connect(options: EmbeddedOptions, *, started: tuple[ServerName, ...] = (), owned: bool = False) -> Servers:
    """How to reach servers that run already. Raises NotRunning when one is missing."""
    folder = DataFolder(options.data_dir)
    servers = folder.read_state().servers
    for name in _wanted(options):
        if name not in servers or find(servers[name].process) is None:
            raise NotRunning(f"{name} does not run on {folder.root}: start it with `pentad up`")
    own_neo4j = options.neo4j_uri is None
    return Servers(
        data_dir=folder.root,
        neo4j_uri=options.neo4j_uri or bolt_uri(servers["neo4j"].ports["bolt"]),
        neo4j_user=USER if own_neo4j else options.neo4j_user,
        neo4j_password=folder.secret("neo4j") if own_neo4j else options.neo4j_password,
        redis_url=options.redis_url or redis_url(servers["redis"].ports["redis"], folder.secret("redis")),
        browser_url=addresses_of(servers["neo4j"].ports)["browser"] if own_neo4j else None,
        started=started,
        owned=owned,
    )


def start_api(
    options: EmbeddedOptions,
    command: Callable[[int], Sequence[str]],
    *,
    version: str,
    env: Mapping[str, str] | None = None,
    progress: Progress = quiet,
) -> str:
    """Start the API as one more child on this data folder; returns its address once `GET /livez` answers 200.

    `command` gives the arguments, program first, for the chosen port; `env` adds to the inherited environment.
    Raises AlreadyRunning, PortTaken, ServerFailed.
    """
    folder = DataFolder(options.data_dir)
    folder.create()
    with folder.exclusive():
        state = _not_running(folder, "api")
        port = choose_port("api", options.api_port, state.last_ports.get("api"), _used_ports(state))
        child = _Child("api", command(port), {"api": port}, version, env or {})
        _begin(folder, child, lambda _: http_get(port, "/livez") is not None, progress)
    return f"http://{HOST}:{port}"


def start_worker(
    options: EmbeddedOptions,
    command: Sequence[str],
    *,
    version: str,
    env: Mapping[str, str] | None = None,
    progress: Progress = quiet,
) -> int:
    """Start a worker as one more child on this data folder; returns its pid once it tells that it is alive.

    Raises AlreadyRunning, ServerFailed.
    """
    folder = DataFolder(options.data_dir)
    folder.create()
    with folder.exclusive():
        _not_running(folder, "worker")
        alive, child = folder.alive("worker"), _Child("worker", command, {}, version, env or {})
        return _begin(
            folder, child, lambda mark: alive.exists() and alive.read_text().strip() == str(mark.pid), progress
        ).pid


def stop(data_dir: Path, names: Sequence[ServerName] = (*_CHILDREN, *_STORES[::-1])) -> tuple[ServerName, ...]:
    """End the named servers and wait until they are gone; returns those that ran. Data and passwords stay.

    Raises DataFolderRefused while another start or stop is under way.
    """
    folder = DataFolder(data_dir)
    if not folder.is_ours():
        return ()
    with folder.exclusive():
        # Those that stand on the stores first: they should not see them vanish.
        ended = _end(folder, [name for name in names if name in _CHILDREN])
        return (*ended, *_end(folder, [name for name in names if name not in _CHILDREN]))


def _not_running(folder: DataFolder, name: ServerName) -> FolderState:
    state = _forget_dead(folder)
    if name in state.servers:
        raise AlreadyRunning(folder.root, {name: state.servers[name].process.pid})
    return state


def _begin(
    folder: DataFolder, child: _Child, answers: Callable[[ProcessMark], bool], progress: Progress
) -> ProcessMark:
    """Start a child and wait until it answers; one that does not is ended again."""
    name, log = child.name, folder.log(child.name)
    try:
        mark = spawn(child.argv, log, cwd=folder.root, env=child.env)
        folder.write_state(folder.read_state().with_server(name, _record(mark, child.ports, child.version)))
        await_ready(name, mark, log, lambda: answers(mark), timeout=_CHILD_TIMEOUT_S, progress=progress)
    except BaseException:
        _end(folder, [name])
        raise
    return mark


def _wanted(options: EmbeddedOptions) -> tuple[ServerName, ...]:
    external: dict[ServerName, str | None] = {"neo4j": options.neo4j_uri, "redis": options.redis_url}
    return tuple(name for name in _STORES if external[name] is None)


def _settle(folder: DataFolder, wanted: tuple[ServerName, ...]) -> tuple[FolderState, bool]:
    """Make the state true: dead servers forgotten, unwritten ones ended. Also tells whether an owner left them."""
    state = _forget_dead(folder)
    for name in wanted:
        if name not in state.servers:
            end(strays(folder, name))
    abandoned = state.owner is not None and find(state.owner) is None
    if abandoned:
        state = state.model_copy(update={"owner": None})
        folder.write_state(state)
    return state, abandoned


def _forget_dead(folder: DataFolder) -> FolderState:
    state = folder.read_state()
    dead: list[ServerName] = [name for name, record in state.servers.items() if find(record.process) is None]
    if dead:
        state = state.without(*dead)
        folder.write_state(state)
    return state


def _end(folder: DataFolder, names: Sequence[ServerName]) -> list[ServerName]:
    state = folder.read_state()
    ended: list[ServerName] = []
    processes: list[psutil.Process] = []
    for name in names:
        record = state.servers.get(name)
        found = [process] if record and (process := find(record.process)) else strays(folder, name)
        if found:
            ended.append(name)
            processes.extend(found)
    end(processes)
    folder.write_state(state.without(*names))
    return ended


def _jars(options: EmbeddedOptions, progress: Progress) -> list[Path]:
    return fetch_jars(
        bundled_lock(),
        options.cache_dir,
        mirror=options.maven_mirror,
        offline=options.offline,
        progress=progress,
    )


def _launch(
    name: ServerName, folder: DataFolder, options: EmbeddedOptions, state: FolderState, jars: list[Path]
) -> ServerRecord:
    last, used = state.last_ports, _used_ports(state)
    if name == "redis":
        binary = find_redis()
        port = choose_port("redis", options.redis_port, last.get("redis"), used)
        return _record(start_redis(folder, binary, port), {"redis": port}, str(binary))
    java = find_java()
    bolt = choose_port("bolt", options.bolt_port, last.get("bolt"), used)
    http = choose_port("browser", options.http_port, last.get("http"), used | {bolt})
    settings = Neo4jSettings(bolt, http, options.heap, options.page_cache, options.jvm_flags)
    mark = start_neo4j(folder, java, jars, settings)
    return _record(mark, {"bolt": bolt, "http": http}, bundled_lock().neo4j)


def _awaited(
    name: ServerName, folder: DataFolder, state: FolderState, options: EmbeddedOptions, progress: Progress
) -> FolderState:
    """Waits for a server; a Redis that ended over a damaged file is started once more without it."""
    try:
        _await(name, folder, state.servers[name], options, progress)
    except ServerFailed as failure:
        if name != "redis" or not set_damaged_aside(folder, failure):
            raise
        others = {other: record for other, record in state.servers.items() if other != name}
        # Its port is free again, and those who knew it find the new one there.
        last = state.model_copy(update={"servers": others})
        state = last.with_server(name, _launch(name, folder, options, last, []))
        folder.write_state(state)
        _await(name, folder, state.servers[name], options, progress)
    return state


def _await(
    name: ServerName, folder: DataFolder, record: ServerRecord, options: EmbeddedOptions, progress: Progress
) -> None:
    timeout = options.start_timeout
    if name == "redis":
        await_redis(folder, record.process, record.ports["redis"], timeout=timeout, progress=progress)
    else:
        await_neo4j(folder, record.process, record.ports, timeout=timeout, progress=progress)


def _used_ports(state: FolderState) -> frozenset[int]:
    return frozenset(port for record in state.servers.values() for port in record.ports.values())


def _record(mark: ProcessMark, ports: dict[str, int], version: str) -> ServerRecord:
    return ServerRecord(process=mark, ports=ports, version=version, started_at=datetime.now(UTC))
