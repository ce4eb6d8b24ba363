"""Neo4j as a child process: its settings, its first password, its start, and how it is known to be ready.

The settings are those that were measured: loopback only, nothing sent outside, no reading of files or addresses from
Cypher, bounded transactions, locks, memory and logs, and a stop within seconds.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.embedded.awaiting import await_ready, http_get
from graph.embedded.errors import ServerFailed
from graph.embedded.java import Java
from graph.embedded.options import Progress
from graph.embedded.ports import HOST
from graph.embedded.process import ProcessMark, spawn
from graph.embedded.state import DataFolder, write_private

USER = "neo4j"
_ADMIN_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Neo4jSettings:
    """What differs from one Neo4j of ours to another."""

    bolt_port: int
    http_port: int
    heap: str
    page_cache: str
    jvm_flags: tuple[str, ...] = ()


def render_conf(folder: DataFolder, settings: Neo4jSettings) -> str:
    """The text of neo4j.conf. It holds no secret."""
    home = folder.neo4j
    return f"""\
# Written by Pentad at every start: changes made here are lost.
server.directories.data={home / "data"}
server.directories.logs={folder.logs / "neo4j"}
server.directories.run={home / "run"}
server.directories.import={home / "import"}
server.directories.plugins={home / "plugins"}
server.directories.licenses={home / "licenses"}

# Loopback only; what is advertised carries the chosen ports, or Browser would look for Bolt elsewhere.
server.default_listen_address={HOST}
server.default_advertised_address={HOST}
server.bolt.listen_address={HOST}:{settings.bolt_port}
server.bolt.advertised_address={HOST}:{settings.bolt_port}
server.http.listen_address={HOST}:{settings.http_port}
server.http.advertised_address={HOST}:{settings.http_port}
server.https.enabled=false
dbms.security.auth_enabled=true

# Nothing is sent outside. (`browser.allow_outgoing_connections` is a setting of Enterprise; Community refuses it.)
dbms.usage_report.enabled=false
client.allow_telemetry=false

# LOAD CSV reads neither files nor addresses. The second setting is internal: a test watches its effect.
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0

# No query runs, waits or collects without end. Jobs set a longer timeout of their own.
db.transaction.timeout=10s
db.lock.acquisition.timeout=3s
db.transaction.monitor.check.interval=500ms
db.memory.transaction.max={_half(settings.heap)}

# Memory and disk are bounded.
server.memory.pagecache.size={settings.page_cache}
db.tx_log.rotation.size=64M
db.tx_log.rotation.retention_policy=256M size

# Stop in about two seconds instead of ten. `0s` prevents the start; it must be `0`.
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""


def render_java_arguments(folder: DataFolder, jars: list[Path], settings: Neo4jSettings) -> str:
    """An argument file for `java`: flags and class path, which would be 25 kB on the command line."""
    temporary = folder.neo4j / "run" / "tmp"
    lines = [
        f"-Xmx{settings.heap}",
        "-Dfile.encoding=UTF-8",
        "-Dlog4j2.disable.jmx=true",
        # Native parts are unpacked in the data folder: a shared /tmp may forbid running them.
        f"-Djava.io.tmpdir={temporary}",
        f"-Djna.tmpdir={temporary}",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        *settings.jvm_flags,
    ]
    return "\n".join([*map(_quoted, lines), "-cp", _quoted(":".join(map(str, jars)))]) + "\n"


def start_neo4j(folder: DataFolder, java: Java, jars: list[Path], settings: Neo4jSettings) -> ProcessMark:
    """Write the settings, set the password if there is no database yet, and start the server.

    Returns at once; `await_neo4j` waits. Raises ServerFailed when the password cannot be set.
    """
    home = folder.neo4j
    shutil.rmtree(home / "run", ignore_errors=True)
    for place in ("conf", "data", "run/tmp", "import", "plugins", "licenses"):
        (home / place).mkdir(parents=True, exist_ok=True)
    write_private(home / "conf" / "neo4j.conf", render_conf(folder, settings))
    arguments = home / "conf" / "java.args"
    write_private(arguments, render_java_arguments(folder, jars, settings))
    if not (home / "data" / "databases" / "system").exists():
        _set_first_password(folder, java, arguments)
    argv = [
        str(java.executable),
        f"@{arguments}",
        "org.neo4j.server.Neo4jCommunity",
        home_argument(folder),
        f"--config-dir={home / 'conf'}",
    ]
    return spawn(argv, folder.log("neo4j"), cwd=home)


def home_argument(folder: DataFolder) -> str:
    """The argument by which a Neo4j on this data folder is recognised."""
    return f"--home-dir={folder.neo4j}"


def await_neo4j(
    folder: DataFolder, mark: ProcessMark, ports: Mapping[str, int], *, timeout: float, progress: Progress
) -> None:
    """Wait until HTTP (`ports["http"]`) tells a version and a driver can log in on `ports["bolt"]`.

    Raises ServerFailed.
    """
    log = folder.log("neo4j")
    uri, password = bolt_uri(ports["bolt"]), folder.secret("neo4j")

    def answers() -> bool:
        return neo4j_version(ports["http"]) is not None and can_log_in(uri, USER, password)

    try:
        await_ready("neo4j", mark, log, answers, timeout=timeout, progress=progress)
    except AuthError as error:
        raise ServerFailed(
            "neo4j", f"does not take the password in {folder.root / 'neo4j.password'}: it was changed outside", log
        ) from error


def bolt_uri(port: int) -> str:
    """The address that drivers take."""
    return f"bolt://{HOST}:{port}"


def neo4j_version(http_port: int) -> str | None:
    """What the server's HTTP root calls its version; None while it does not answer."""
    body = http_get(http_port, "/")
    if body is None:
        return None
    try:
        told: Any = json.loads(body)
        return str(told["neo4j_version"])
    except (ValueError, KeyError, TypeError):
        return None


def can_log_in(uri: str, user: str, password: str, timeout: float = 5.0) -> bool:
    """Whether a driver can connect and log in. Raises AuthError when the server refuses the login."""
    try:
        with GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=timeout,
            connection_acquisition_timeout=timeout,
            max_transaction_retry_time=0,
            telemetry_disabled=True,
        ) as driver:
            driver.verify_connectivity()
            return True
    except AuthError:
        raise
    except (DriverError, Neo4jError, OSError):
        return False


def _set_first_password(folder: DataFolder, java: Java, arguments: Path) -> None:
    """Neo4j's own admin command, its arguments in a 0600 file: `ps` would show them on the command line."""
    conf = folder.neo4j / "conf"
    secret_arguments = conf / "first-password.args"
    command = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", folder.secret("neo4j")]
    write_private(secret_arguments, arguments.read_text(encoding="utf-8") + "\n".join(map(_quoted, command)) + "\n")
    log = folder.log("neo4j")
    try:
        done = subprocess.run(
            [str(java.executable), f"@{secret_arguments}"],
            env={"NEO4J_HOME": str(folder.neo4j), "NEO4J_CONF": str(conf), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=_ADMIN_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerFailed("neo4j", "took too long to set its first password", log) from error
    finally:
        secret_arguments.unlink(missing_ok=True)
    if done.returncode:
        write_private(log, done.stdout + done.stderr)
        raise ServerFailed("neo4j", "could not set its first password", log)


def _quoted(argument: str) -> str:
    """One argument in a Java argument file: quoted, so that spaces and backslashes in paths survive."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _half(size: str) -> str:
    """Half of a size in Java's units: one transaction may not take the whole heap."""
    number, unit = int(size[:-1]), size[-1].lower()
    return f"{number * 512}{'k' if unit == 'm' else 'm'}" if unit in "mg" else size
