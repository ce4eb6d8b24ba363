"""The lock of Neo4j's jars: which files make up the server, to the byte.

The lock names coordinates, sizes and hashes, never a host: where jars come from is decided when they are fetched.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any, cast

from graph.embedded.errors import JarsUnavailable

LOCK_NAME = "neo4j.lock.toml"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LockedJar:
    """One jar; `size` in bytes, `sha256` as 64 hex digits, `classifier` empty for the main jar."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def filename(self) -> str:
        """The file's name by Maven's custom."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.jar"

    @property
    def path(self) -> PurePosixPath:
        """The file's place below a Maven repository."""
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, self.filename)

    def matches(self, file: Path) -> bool:
        """Whether the file is there and is this jar, byte for byte."""
        try:
            return file.stat().st_size == self.size and sha256_of(file) == self.sha256
        except FileNotFoundError:
            return False


@dataclass(frozen=True, slots=True)
class JarLock:
    """All jars of one server version, in class path order."""

    neo4j: str
    browser: str
    jars: tuple[LockedJar, ...]

    @property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(jar.size for jar in self.jars)


def sha256_of(file: Path) -> str:
    """The file's SHA-256 as 64 hex digits, read in pieces of 1 MiB."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def parse_lock(text: str) -> JarLock:
    """Read a lock. Raises JarsUnavailable when it is not one, or names a file twice."""
    try:
        data = tomllib.loads(text)
        jars = tuple(_jar(entry) for entry in cast("list[dict[str, Any]]", data["jars"]))
        lock = JarLock(str(data["neo4j"]), str(data["browser"]), jars)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise JarsUnavailable(f"{LOCK_NAME} cannot be read ({error}): install Pentad again") from error
    if len({jar.path for jar in jars}) != len(jars):
        raise JarsUnavailable(f"{LOCK_NAME} names a jar twice: make it again with graph.embedded.lock_jars")
    return lock


@lru_cache(maxsize=1)
def bundled_lock() -> JarLock:
    """The lock that belongs to this version of Pentad."""
    return parse_lock((files("graph.embedded") / LOCK_NAME).read_text(encoding="utf-8"))


def _jar(entry: dict[str, Any]) -> LockedJar:
    jar = LockedJar(
        group=str(entry["group"]),
        artifact=str(entry["artifact"]),
        version=str(entry["version"]),
        classifier=str(entry.get("classifier", "")),
        sha256=str(entry["sha256"]),
        size=int(entry["size"]),
    )
    if len(jar.sha256) != 64 or jar.size <= 0:
        raise ValueError(f"{jar.filename} has no sha256 or size")
    return jar
