"""The ground that drills are held on: stores in a data folder of its own, processes that may be killed, and the look at
what is there afterwards.
"""

import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx2
import psutil
from redis import Redis

from api.drill.model import Broken, must
from api.settings import Settings, bare_environment
from api.wiring import Clients, open_clients, prepare
from graph.embedded import Servers, ensure, status, stop
from graph.queries import statement
from graph.trending import connect_redis

START = 90.0
OVER = frozenset({"done", "dead", "cancelled"})
"""States of a job that nobody will work on any more."""
NOTHING: Mapping[str, str] = {}
READ = "/api/events?limit=1"
"""A read that asks the graph and nothing else."""
WORKER = ("api.cli", "worker", "--beat")
Store = Literal["neo4j", "redis"]


@dataclass(slots=True)
class Process:
    """A process of Pentad that may be killed; `name` is that of its log."""

    name: str
    popen: "subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """SIGKILL, and it is gone."""
        self.popen.kill()
        self.popen.wait(30)

    def end(self, within: float = 30.0) -> float:
        """SIGTERM; the seconds until it was gone. Raises Broken when it is not."""
        started = time.monotonic()
        self.popen.terminate()
        try:
            self.popen.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Broken(f"{self.name} was not gone {within:g} s after SIGTERM") from None
        return time.monotonic() - started

    def signal(self, number: signal.Signals) -> None:
        """Any other signal."""
        self.popen.send_signal(number)

    @property
    def words(self) -> str:
        """All that it logged."""
        return self.log.read_text(errors="replace")

    @property
    def resident(self) -> int:
        """Bytes in memory."""
        return psutil.Process(self.popen.pid).memory_info().rss


@dataclass(slots=True)
class Door(Process):
    """An API and a client of it."""

    client: httpx2.Client

    def get(self, path: str, **params: Any) -> httpx2.Response:
        """An answer, whatever its status."""
        return self.client.get(path, params=params)

    def timed(self, path: str, **params: Any) -> tuple[httpx2.Response, float]:
        """An answer and the seconds until it was there."""
        started = time.monotonic()
        answer = self.get(path, **params)
        return answer, time.monotonic() - started

    def post(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        """An answer to JSON, whatever its status."""
        return self.client.post(path, json=body, headers={name.replace("_", "-"): v for name, v in headers.items()})

    def key(self, name: str) -> str:
        """The key of the entity that bears this very name."""
        return next(one["key"] for one in self.get("/api/entities", q=name).json()["items"] if one["name"] == name)

    def artifacts(self, stubs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What became of pages that were asked for."""
        return [self.get(f"/api/artifacts/{stub['id']}").json() for stub in stubs]

    def jobs(self, stubs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The jobs that read them."""
        return [self.get(f"/api/jobs/{stub['job']}").json() for stub in stubs if stub["job"]]

    def all_over(self, stubs: list[dict[str, Any]]) -> bool:
        """Whether none of these jobs will be worked on any more."""
        return all(job["state"] in OVER for job in self.jobs(stubs))


class Ground:
    """One data folder with its stores. `full` asks for the counts of the slow tier; `logs` is where its processes log
    where that is not the root."""

    def __init__(self, root: Path, settings: Settings, *, full: bool = False, logs: Path | None = None) -> None:
        self.root = root
        self.logs = logs or root
        self.full = full
        self.settings = settings.model_copy(
            update={
                "data_dir": root / "data",
                "neo4j_uri": None,
                "redis_url": None,
                "cursor_secret": None,
                "bolt_port": 0,
                "http_port": 0,
                "redis_port": 0,
                "api_port": 0,
                "heap": "512m",
                "page_cache": "128m",
                "embedder": "",
                "llm": "",
            }
        )
        self.servers: Servers
        self._begun = 0

    def count(self, few: int, many: int) -> int:
        """How often: as the table of goals has it where the drill is `full`."""
        return many if self.full else few

    def start(self) -> None:
        """Brings up whichever store is not there, and waits until both answer."""
        self.servers = ensure(self.settings.embedded(), owned=True)

    def stop(self) -> None:
        """Ends the stores in order."""
        stop(self.settings.data_dir)

    def kill(self, name: Store) -> None:
        """SIGKILL to a store, and it is gone."""
        pid = status(self.settings.embedded()).by_name[name].pid
        if pid is None:
            raise Broken(f"{name} does not run")
        process = psutil.Process(pid)
        process.kill()
        process.wait(30)

    @contextmanager
    def door(self, env: Mapping[str, str] = NOTHING, *, ready: bool = True) -> Generator[Door]:
        """An API as a process of its own; with `ready` it can be asked, else it only lives."""
        port = free_port()
        process = self._begin("api", ["serve", "--port", str(port)], env)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=90, trust_env=False) as client:
            door = Door(process.name, process.popen, process.log, client)
            try:
                path = "/readyz" if ready else "/livez"
                self._await(door, lambda: _answers(client, path))
                yield door
            finally:
                if door.popen.poll() is None:
                    door.kill()

    @contextmanager
    def worker(self, env: Mapping[str, str] = NOTHING, module: tuple[str, ...] = WORKER) -> Generator[Process]:
        """A worker that keeps time, ready."""
        process = self._begin("worker", list(module[1:]), env, module[0])
        try:
            self._await(process, lambda: "worker is ready" in process.words)
            yield process
        finally:
            if process.popen.poll() is None:
                process.signal(signal.SIGCONT)
                process.kill()

    def pentad(self, *words: str, **env: str) -> Any:
        """What a command answers with `--json`. Raises Broken when it fails."""
        done = self.run(*words, "--json", **env)
        must(done.returncode == 0, f"pentad {' '.join(words)}: exit code {done.returncode}: {done.stderr[-500:]}")
        return json.loads(done.stdout)

    def run(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        """A command, run to its end."""
        argv = [sys.executable, "-m", "api.cli", *words]
        return subprocess.run(
            argv, env=self.environment(env), capture_output=True, text=True, timeout=1_800, check=False
        )

    @contextmanager
    def clients(self) -> Generator[Clients]:
        """Clients of the stores for this process."""
        with open_clients(self.settings) as clients:
            yield clients

    @contextmanager
    def redis(self) -> Generator[Redis]:
        """A client of Redis itself."""
        client = connect_redis(self.servers.redis_url)
        try:
            yield client
        finally:
            client.close()

    def prepared(self) -> None:
        """The graph has the schema of this version."""
        with self.clients() as clients:
            prepare(clients)

    def differences(self) -> int:
        """What `pentad check` finds."""
        return int(json.loads(self.run("check", "--json").stdout)["differences"])

    def there(self, tag: str) -> dict[str, tuple[int, int]]:
        """Events of a tag that are in the graph: id -> version, live mentions."""
        with self.clients() as clients:
            rows = clients.database.read(statement("read/drill_events"), {"prefix": f"{tag}-"}, timeout=60)
        return {row["id"]: (row["version"], row["mentions"]) for row in rows}

    def must_hold(self, tag: str, acknowledged: Iterable[str]) -> None:
        """Raises Broken unless every acknowledged event is there, whole, in its first version."""
        there = self.there(tag)
        lost = set(acknowledged) - set(there)
        must(not lost, f"{len(lost)} acknowledged events are lost, such as {min(lost, default='')}")
        twice = [one for one, (version, _) in there.items() if version != 1]
        must(not twice, f"{len(twice)} events have further versions")
        halves = [one for one, (_, mentions) in there.items() if not mentions]
        must(not halves, f"{len(halves)} events stand without their mentions")

    def through(self, **lines: int) -> dict[str, str]:
        """Variables that lead a process to stores by other ports: `neo4j=…`, `redis=…`."""
        neo4j, redis = urlsplit(self.servers.neo4j_uri), urlsplit(self.servers.redis_url)
        bolt = lines.get("neo4j", neo4j.port)
        return {
            "NEO4J_URI": f"bolt://127.0.0.1:{bolt}",
            "NEO4J_USER": self.servers.neo4j_user,
            "NEO4J_PASSWORD": self.servers.neo4j_password,
            "REDIS_URL": redis._replace(
                netloc=f"{redis.netloc.rpartition(':')[0]}:{lines.get('redis', redis.port)}"
            ).geturl(),
        }

    def port(self, name: Store) -> int:
        """Where a store listens."""
        found = urlsplit(self.servers.neo4j_uri if name == "neo4j" else self.servers.redis_url).port
        if found is None:
            raise Broken(f"{name} has no port")
        return found

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """What a process of the ground is told: nothing of the user's own servers."""
        return bare_environment(
            PENTAD_DATA_DIR=str(self.settings.data_dir), PENTAD_CONFIG=str(self.root / "none.toml"), **env
        )

    def _begin(self, kind: str, words: list[str], env: Mapping[str, str], module: str = "api.cli") -> Process:
        self._begun += 1
        name = f"{kind}-{self._begun}"
        log = self.logs / f"{self.root.name}-{name}.log"
        with log.open("wb") as out:
            popen = subprocess.Popen(
                [sys.executable, "-m", module, *words],
                env=self.environment(env),
                cwd=Path(__file__).parents[2],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        return Process(name, popen, log)

    def _await(self, process: Process, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + START
        while not ready():
            must(process.popen.poll() is None, f"{process.name} ended at its start: {process.words[-500:]}")
            must(time.monotonic() < until, f"{process.name} is not ready after {START:g} s: {process.words[-500:]}")
            time.sleep(0.1)


@contextmanager
def grounds(settings: Settings, *, full: bool = False, keep: bool = False) -> Generator[Ground]:
    """A ground in a temporary folder, its stores up; at the end they are ended and, unless `keep`, nothing is left."""
    root = Path(tempfile.mkdtemp(prefix="pentad-drill-"))
    ground = Ground(root, settings, full=full)
    try:
        ground.start()
        ground.prepared()
        yield ground
    finally:
        with suppress(Exception):
            ground.stop()
        if not keep:
            shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(true: Callable[[], bool], within: float, otherwise: str, pause: float = 0.1) -> float:
    """Waits until something is true; the seconds that took. Raises Broken after `within` seconds."""
    started = time.monotonic()
    while not true():
        must(time.monotonic() - started < within, f"{otherwise} after {within:g} s")
        time.sleep(pause)
    return time.monotonic() - started


def _answers(client: httpx2.Client, path: str) -> bool:
    try:
        return client.get(path, timeout=5).status_code == 200
    except httpx2.HTTPError:
        return False
