"""What the servers we start can be told. Plain values: this room reads no environment and no files of settings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

Progress = Callable[[str, float, float], None]
"""Called with (step, done, total). Step `jars` counts bytes; every other step counts seconds waited of seconds at
most, and ends with done == total. Called from the thread that asked for the start, except `jars`."""


def quiet(step: str, done: float, total: float) -> None:
    """The progress that nobody watches."""


def default_data_dir() -> Path:
    """The user's data folder for Pentad, by the custom of the system."""
    return user_data_path("pentad", appauthor=False)


def default_cache_dir() -> Path:
    """The user's cache folder for Pentad, by the custom of the system."""
    return user_cache_path("pentad", appauthor=False)


@dataclass(frozen=True, slots=True)
class EmbeddedOptions:
    """Where the servers live and what they may use.

    A port of 0 means: the port of the last start when it is still free, else any free one.
    """

    data_dir: Path = field(default_factory=default_data_dir)
    cache_dir: Path = field(default_factory=default_cache_dir)
    bolt_port: int = 0
    http_port: int = 0
    redis_port: int = 0
    api_port: int = 0
    heap: str = "1g"
    """Java heap, in Java's units (`512m`, `1g`)."""
    page_cache: str = "512m"
    """Neo4j's page cache, in Neo4j's units."""
    jvm_flags: tuple[str, ...] = ("-XX:+UseParallelGC",)
    """More flags for the Java runtime: by default the garbage collector that takes the least of two cores (a load
    takes a third less CPU than with G1, measured), at the price of pauses of some tens of milliseconds."""
    maven_mirror: str | None = None
    """Address of a Maven repository to fetch jars from instead of Central."""
    offline: bool = False
    """Never fetch: what is not cached is an error."""
    start_timeout: float = 120.0
    """Seconds each server may take until it answers."""
    neo4j_uri: str | None = None
    """A Neo4j of the user's own; none is started then."""
    neo4j_user: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    redis_url: str | None = field(default=None, repr=False)
    """A Redis-protocol server of the user's own; none is started then."""
