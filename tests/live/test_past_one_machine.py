"""What is promised for more than one machine, on one: a Redis Cluster of three nodes, a routed address of Neo4j."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from graph.database import Database, DatabaseOptions, connect
from graph.embedded import Servers
from graph.embedded.redis_server import find_redis
from graph.queries import statement
from graph.trending import connect_redis
from graph.trending.names import groups
from tests.api_processes import api_process
from tests.factory import NOW, World, person, told, until
from tests.judging_world import key_of

NODES = 3
SLOTS = 16_384


def port_pair() -> tuple[int, int]:
    """A port for clients and one for the bus of the cluster."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@contextmanager
def node(folder: Path, port: int, bus: int) -> Iterator[Redis]:
    folder.mkdir()
    options = {
        "port": port,
        "bind": "127.0.0.1",
        "dir": folder,
        "save": "",
        "cluster-enabled": "yes",
        "cluster-port": bus,
        "cluster-node-timeout": 5_000,
        "logfile": folder / "log",
    }
    words = [str(find_redis().executable), *(word for name, value in options.items() for word in (f"--{name}", value))]
    popen = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL)
    client = Redis(port=port, decode_responses=True)
    try:
        until(lambda: answers(client))
        yield client
    finally:
        client.close()
        popen.terminate()
        popen.wait(10)


def answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except OSError:
        return False
    except Exception as error:
        return "Connection" not in type(error).__name__


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    """Three nodes with a third of the slots each, and a client of one of them."""
    root = tmp_path_factory.mktemp("cluster")
    pairs = [port_pair() for _ in range(NODES)]
    with ExitStack() as stack:
        nodes = [stack.enter_context(node(root / str(port), port, bus)) for port, bus in pairs]
        for number, one in enumerate(nodes):
            share = SLOTS // NODES
            last = SLOTS - 1 if number == NODES - 1 else (number + 1) * share - 1
            one.execute_command("CLUSTER", "ADDSLOTSRANGE", number * share, last)
            one.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for port, bus in pairs[1:]:
            nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", port, bus)
        until(lambda: all("cluster_state:ok" in str(one.execute_command("CLUSTER", "INFO")) for one in nodes))
        until(lambda: all(len(str(one.execute_command("CLUSTER", "NODES")).split("connected")) > 3 for one in nodes))
        client = connect_redis(f"redis+cluster://127.0.0.1:{pairs[0][0]}", timeout=5.0)
        yield client
        client.close()


def test_boards_on_a_cluster_are_those_on_one_server(graph: Database, redis_client: Redis, cluster: Redis) -> None:
    """Applied, ranked, rebuilt: every script finds its keys in one slot, and the groups stand on different nodes."""
    at = (NOW - timedelta(days=1)).isoformat()
    names = ("Anna Kowalska", "Zofia Nowak", "Maria Lis")
    here, there = World(graph, redis_client), World(graph, cluster)
    for world in (here, there):
        world.projections.catch_up()
    here.take(*(told(f"e{n}", at, who=[person(name) for name in names[: n % 3 + 1]]) for n in range(9)))
    for world in (here, there):
        world.projections.catch_up()
    assert here.boards and there.boards
    now = round(NOW.timestamp() * 1000)
    for metric in ("mentions", "risk"):
        one = here.boards.of(metric).top("all", "7d", now)
        other = there.boards.of(metric).top("all", "7d", now)
        assert one is not None and other is not None
        assert [(key, rank) for key, _, rank in one.rows] == [(key, rank) for key, _, rank in other.rows]
    assert there.boards.rank(key_of("Anna Kowalska"), "7d", now) == here.boards.rank(key_of("Anna Kowalska"), "7d", now)
    assert there.faults() == []
    whole: Any = cluster
    assert len({whole.keyslot(group.landmark) // (SLOTS // NODES + 1) for group in groups()}) > 1


def test_processes_on_a_routed_address_read_what_they_wrote(
    graph: Database, servers: Servers, redis_client: Redis, tmp_path: Path
) -> None:
    """A process's reads wait for its own writes by bookmarks; here one server answers for the whole cluster."""
    routed = replace(servers, neo4j_uri=servers.neo4j_uri.replace("bolt://", "neo4j://"))
    with connect(DatabaseOptions(routed.neo4j_uri, routed.neo4j_user, routed.neo4j_password)) as database:
        bookmarks = database._bookmarks
        assert bookmarks is not None and not set(bookmarks.get_bookmarks())
        before = database.read(statement("read/gate_change"))[0]["change"]
        World(database).take(told("routed", who=person("Anna Kowalska")))
        assert set(bookmarks.get_bookmarks())
        assert database.read(statement("read/gate_change"))[0]["change"] == before + 1
    at = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    door = f"/api/entities/{key_of('Anna Kowalska')}"
    with (
        api_process(routed, tmp_path / "one", data_dir=tmp_path / "a", cache_check="0.2") as one,
        api_process(routed, tmp_path / "other", data_dir=tmp_path / "b", cache_check="0.2") as other,
    ):
        for number in range(4):
            record = told(f"r{number}", at, who=[person("Anna Kowalska")])
            api = (one, other)[number % 2]
            api.post("/api/events", json=[record]).raise_for_status()
            assert api.get(door).json()["mention_count"] == number + 2
