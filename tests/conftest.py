"""Fixtures that need real servers.

Strategy: one Neo4j and one Redis-protocol server for the whole session, started by the code that users start them
with, on a data folder of their own that is removed at the end, with a Java runtime set for a quick start. A test that
asks for `clean` (or `graph`, which asks for it) finds both empty: data is deleted, the schema stays, since making its
indexes again would cost more than the test. Servers are never shared between sessions. Jars come from the user's
cache, so only the first run on a machine fetches them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity, Query
from redis import Redis

from graph import schema
from graph.database import Database, DatabaseOptions, connect
from graph.embedded import EmbeddedOptions, Servers, start
from graph.trending import BoardOptions, Boards, connect_redis

QUICK_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LASTING_JVM = ("-XX:+UseSerialGC",)


def quick_options(data_dir: Path, jvm_flags: tuple[str, ...] = QUICK_JVM) -> EmbeddedOptions:
    """Small servers that start quickly, on free ports."""
    return EmbeddedOptions(
        data_dir=data_dir,
        heap="512m",
        page_cache="64m",
        jvm_flags=jvm_flags,
        maven_mirror=os.environ.get("PENTAD_MAVEN_MIRROR"),
    )


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Iterator[Servers]:
    """Running stores, ended with the session. Hours of slow tests pay for a JVM that compiles well."""
    root = Path(tempfile.mkdtemp(prefix="pentad-tests-"))
    flags = LASTING_JVM if pytestconfig.getoption("-m") == "slow" else QUICK_JVM
    try:
        with start(quick_options(root / "data", flags), owned=True) as running:
            yield running
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="session")
def driver(servers: Servers) -> Iterator[Driver]:
    """A plain driver: what any other program would use to look at the graph."""
    with GraphDatabase.driver(
        servers.neo4j_uri,
        auth=(servers.neo4j_user, servers.neo4j_password),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    ) as opened:
        yield opened


@pytest.fixture(scope="session")
def redis_client(servers: Servers) -> Iterator[Redis]:
    """The client as the boards use it."""
    client = connect_redis(servers.redis_url, timeout=5.0)
    yield client
    client.close()


@pytest.fixture(scope="session")
def database(servers: Servers) -> Iterator[Database]:
    """The door to Neo4j, the schema applied. Empty only for tests that ask for `clean` or `graph` too."""
    options = DatabaseOptions(servers.neo4j_uri, servers.neo4j_user, servers.neo4j_password)
    with connect(options) as opened:
        schema.apply(opened, datetime.now(UTC))
        yield opened


def empty(driver: Driver, redis_client: Redis) -> None:
    """Deletes all data of both stores; the schema stays."""
    with driver.session() as session:
        for text in (
            "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS",
            "MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
            "MATCH (g:Gate) SET g = {name: 'gate', change: 0}",
        ):
            session.run(Query(text, timeout=300)).consume()
    redis_client.flushall()


@pytest.fixture
def clean(driver: Driver, redis_client: Redis, database: Database) -> None:
    """Both stores empty: no data, change number 0, the schema as applied."""
    empty(driver, redis_client)


@pytest.fixture
def graph(clean: None, database: Database) -> Database:
    """The door to an empty graph."""
    return database


@pytest.fixture
def boards(redis_client: Redis) -> Boards:
    """Boards that a failure does not keep waiting."""
    return Boards(redis_client, BoardOptions(rest=0))
