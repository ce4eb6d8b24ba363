"""What the HTTP door stands on. `api/wiring.py` fills it; nothing in here connects to anything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from redis import Redis

from api.caching.options import CacheOptions
from api.rates import RateOptions
from graph.breaker import Breaker
from graph.changing import Changing
from graph.database import Database
from graph.embedding import Embedder
from graph.errors import Unavailable
from graph.job import Job
from graph.room import Room
from graph.trending import Boards, Scans
from ingest.judging import Judging
from ingest.report import Report
from ingest.shapes import Raw

if TYPE_CHECKING:
    from api.ask.model import AskModel
    from api.ask.retrieving import Retrieving
    from api.spans import Spans
    from api.tokens import Tokens
    from ingest.forming.service import Forming
    from ingest.llm import Llm
    from ingest.semantics.extracting import Extraction


class Ingest(Protocol):
    """The one seam to the pipeline: numbered records in, each a line of JSON or a parsed object; a report out.

    Reads the records once, in order, in bounded memory; a bad one is set aside with its position and reason.
    Raises DatabaseUnavailable, BudgetExceeded.
    """

    def ingest(self, records: Iterable[tuple[int, Raw]], /) -> Report: ...


def no_extraction() -> "Extraction":
    """Where nobody reads texts."""
    raise Unavailable("this service reads no texts")


def no_forming() -> "Forming":
    """Where nobody forms events."""
    raise Unavailable("this service forms no events")


def no_worker(_: Job) -> None:
    """Wakes nobody: the sweep does it, seconds later."""


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """Bounds of the HTTP door; times in seconds, sizes in bytes."""

    read_deadline: float = 2.8
    write_deadline: float = 60.0
    stream_deadline: float = 3_600.0
    stream_idle: float = 30.0
    streams: int = 4
    body_limit: int = 1_000_000
    line_limit: int = 1_000_000
    list_limit: int = 1_000
    depth_limit: int = 64
    key_cache: float = 4.0
    neo4j_open: bool = False
    rates: RateOptions = field(default_factory=RateOptions)


@dataclass(frozen=True, slots=True)
class Caching:
    """What answers are kept by: `changing` is what all writers of this machine tell of."""

    changing: Changing
    redis: Redis | None = None
    options: CacheOptions = field(default_factory=CacheOptions)


@dataclass(frozen=True, slots=True)
class Services:
    """Open clients and secrets of one API process. `clock` answers aware UTC times.

    `database` is an impatient one: its reads fail at once while Neo4j is away; `ingest` waits for it. `woken` is
    told of a job that somebody just asked for; `breaker` is that of `database`, to be looked at; `room` is the disk of
    stores on this machine; `llm` is the language model that the operator named, if any; without `caching` no answer is
    kept; `redis_url` is where requests are counted, else in this process alone; `tokens` reads those of an issuer
    elsewhere, `spans` are sent to a collector, where one is set; `retrieving` chooses events
    for questions, where an embedder is set.
    """

    database: Database
    boards: Boards | None
    ingest: Ingest
    judging: Judging
    clock: Callable[[], datetime]
    cursor_secret: bytes = field(repr=False)
    options: ApiOptions = field(default_factory=ApiOptions)
    scans: Scans = field(default_factory=Scans)
    woken: Callable[[Job], None] = no_worker
    breaker: Breaker | None = None
    room: Room | None = None
    embedder: Embedder | None = None
    extraction: Callable[[], "Extraction"] = no_extraction
    forming: Callable[[], "Forming"] = no_forming
    llm: "Llm | None" = None
    ask_model: "AskModel | None" = None
    retrieving: "Retrieving | None" = None
    caching: Caching | None = None
    redis_url: str | None = field(default=None, repr=False)
    tokens: "Tokens | None" = None
    spans: "Spans | None" = None
