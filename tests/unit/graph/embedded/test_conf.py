"""What is written for the servers to read, and what is read from their programs."""

import socket
from pathlib import Path

import pytest

from graph.embedded import PortTaken, neo4j_server, redis_server
from graph.embedded.java import parse_version
from graph.embedded.neo4j_server import Neo4jSettings
from graph.embedded.ports import HOST, choose_port
from graph.embedded.redis_server import parse_banner
from graph.embedded.state import DataFolder

FOLDER = DataFolder(Path("/data of mine"))
SETTINGS = Neo4jSettings(bolt_port=7001, http_port=7002, heap="1g", page_cache="512m", jvm_flags=("-XX:+UseSerialGC",))


def neo4j_conf() -> dict[str, str]:
    lines = neo4j_server.render_conf(FOLDER, SETTINGS).splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_neo4j_listens_and_advertises_on_loopback_only() -> None:
    conf = neo4j_conf()
    addresses = [value for name, value in conf.items() if name.endswith(("listen_address", "advertised_address"))]
    assert len(addresses) == 6
    assert {address.split(":")[0] for address in addresses} == {"127.0.0.1"}
    assert conf["server.bolt.advertised_address"] == "127.0.0.1:7001"
    assert conf["server.http.advertised_address"] == "127.0.0.1:7002"


def test_neo4j_is_hardened_and_bounded() -> None:
    expected = {
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "db.transaction.timeout": "10s",
        "db.lock.acquisition.timeout": "3s",
        "db.transaction.monitor.check.interval": "500ms",
        "db.memory.transaction.max": "512m",
        "server.memory.pagecache.size": "512m",
    }
    conf = neo4j_conf()
    assert {name: conf.get(name) for name in expected} == expected


def test_java_arguments_survive_spaces_in_paths() -> None:
    text = neo4j_server.render_java_arguments(FOLDER, [Path("/a b/x.jar"), Path("/c/y.jar")], SETTINGS)
    lines = text.splitlines()
    assert lines[-2:] == ["-cp", '"/a b/x.jar:/c/y.jar"']
    assert '"-Xmx1g"' in lines
    assert '"-XX:+UseSerialGC"' in lines


def test_redis_keeps_everything_and_asks_for_a_password() -> None:
    lines = redis_server.render_conf(FOLDER, 7003, "secret").splitlines()
    expected = ["bind 127.0.0.1", "port 7003", "requirepass secret", "appendonly yes", "maxmemory-policy noeviction"]
    assert [line for line in expected if line not in lines] == []


@pytest.mark.parametrize(
    ("banner", "version"),
    [
        ('openjdk version "25.0.2" 2026-01-20', "25.0.2"),
        ('java version "21" 2023-09-19 LTS', "21"),
        ('openjdk version "1.8.0_402"', "1.8.0"),
        ("The operation couldn't be completed. Unable to locate a Java Runtime.", None),
    ],
)
def test_java_versions_are_read(banner: str, version: str | None) -> None:
    assert parse_version(banner) == version


@pytest.mark.parametrize(
    ("banner", "told"),
    [
        ("Redis server v=7.2.4 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", ("redis", "7.2.4")),
        ("Valkey server v=9.1.2 sha=00000000:1 malloc=libc bits=64", ("valkey", "9.1.2")),
        ("something else", None),
    ],
)
def test_redis_versions_are_read(banner: str, told: tuple[str, str] | None) -> None:
    assert parse_banner(banner) == told


def test_a_taken_port_is_refused_or_avoided() -> None:
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"port {port} \(bolt\) is taken"):
            choose_port("bolt", port)
        assert choose_port("bolt", 0, remembered=port) != port
    assert choose_port("bolt", 0, remembered=port) == port
    assert choose_port("bolt", 0, remembered=port, avoid=frozenset({port})) != port
