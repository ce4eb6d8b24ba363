"""Opens all clients in one context and closes them at its end. Nothing connects before it is asked something."""

import gc
import os
import secrets
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Lock
from typing import TypeVar

from redis import Redis

from api.rates import RateOptions
from api.services import ApiOptions, Caching, Services, no_worker
from api.settings import Settings
from api.spans import Spans
from api.tokens import TokenOptions, Tokens, scopes_of
from graph import schema
from graph.backup import refuse_unfinished
from graph.breaker import Breaker
from graph.changing import Changing
from graph.database import Database
from graph.database import connect as connect_neo4j
from graph.embedded import connect as connect_servers
from graph.embedding import Embedder, embedder_of
from graph.errors import InvalidInput
from graph.job import Job
from graph.room import Room
from graph.trending import Boards, connect_redis
from ingest.judging import Judging
from ingest.pipeline import Pipeline
from ingest.projections import Projections
from ingest.watching.following import Watching

YOUNG_OBJECTS = 100_000


TURN = 0.0005
"""Seconds that one thread may keep others from running Python."""


def settle_process() -> None:
    """For a process that keeps an index of names and loads: the collector would walk it all every few hundred new
    objects, and the thread that talks to Neo4j would wait Python's usual 5 ms for the one that resolves, at each of
    the dozen answers of a batch."""
    gc.set_threshold(YOUNG_OBJECTS, 50, 100)
    sys.setswitchinterval(TURN)


Clock = Callable[[], datetime]


T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """What is made at the first call and the same from then on, whoever calls."""
    made: list[T] = []
    lock = Lock()

    def get() -> T:
        with lock:
            if not made:
                made.append(make())
        return made[0]

    return get


def utc_now() -> datetime:
    """The clock of the system, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clients:
    """Open clients of one process."""

    database: Database
    boards: Boards
    projections: Projections
    pipeline: Pipeline
    judging: Judging
    clock: Clock
    redis: Redis
    changing: Changing
    room: Room | None = None
    embedder: Embedder | None = None
    redis_url: str = field(default="", repr=False)

    @property
    def watching(self) -> Watching:
        """What looks for watches."""
        return Watching(self.database, self.boards, self.judging, self.clock)


@contextmanager
def open_clients(settings: Settings, clock: Clock = utc_now) -> Generator[Clients]:
    """Clients of the servers that the settings name, or of those that run on the data folder.

    Raises NotRunning when neither is there.
    """
    embedder = embedder_of(settings.embedder)
    servers = connect_servers(settings.embedded())
    options = settings.database(servers.neo4j_uri, servers.neo4j_user, servers.neo4j_password)
    redis: Redis = connect_redis(servers.redis_url)
    changing = Changing(settings.data_dir / "run")
    try:
        with connect_neo4j(options, changing) as database:
            boards = Boards(redis, changing=changing)
            projections = Projections(database, boards, clock)
            room = None if settings.neo4j_uri else Room(settings.data_dir, settings.disk_least, settings.disk_share)
            pipeline = Pipeline(database, clock, projections, room)
            judging = Judging(pipeline, database, clock, projections)
            yield Clients(
                database,
                boards,
                projections,
                pipeline,
                judging,
                clock,
                redis,
                changing,
                room,
                embedder,
                servers.redis_url,
            )
    finally:
        redis.close()
        changing.close()


def prepare(clients: Clients, tell: Callable[[str], None] = lambda _: None) -> int:
    """Brings the graph to this version's schema; the number of steps applied. Raises Unavailable for a graph whose
    restore is unfinished."""
    done = schema.apply(clients.database, clients.clock(), tell)
    refuse_unfinished(clients.database)
    return done


def services(settings: Settings, clients: Clients, woken: Callable[[Job], None] = no_worker) -> Services:
    """What the HTTP door stands on; `woken` is told of jobs that are asked for. Raises InvalidInput for settings of a
    language model that make no sense."""
    # Grammar and dictionaries are loaded at the first text, not with every command.
    from api.ask.retrievers import retrievers_of
    from api.extraction import extraction_of, forming_of
    from api.llm import ask_model_of, llm_of

    breaker = Breaker()
    llm = llm_of(settings, clients.redis, clients.clock)
    database = clients.database.impatient(breaker)
    return Services(
        database=database,
        boards=clients.boards,
        ingest=clients.pipeline,
        judging=clients.judging,
        clock=clients.clock,
        embedder=clients.embedder,
        cursor_secret=cursor_secret(settings),
        woken=woken,
        breaker=breaker,
        room=clients.room,
        options=ApiOptions(
            neo4j_open=settings.neo4j_open, rates=RateOptions(settings.rate_reads, settings.rate_writes)
        ),
        redis_url=clients.redis_url,
        tokens=tokens_of(settings),
        spans=Spans(settings.otel_url, version("pentad")) if settings.otel_url else None,
        extraction=once(lambda: extraction_of(settings, clients)),
        forming=once(lambda: forming_of(settings, clients)),
        llm=llm,
        retrieving=retrievers_of(database, clients.embedder),
        ask_model=ask_model_of(settings, llm, clients.redis, clients.clock),
        caching=Caching(clients.changing, clients.redis, settings.cache()),
    )


def tokens_of(settings: Settings) -> Tokens | None:
    """What reads tokens of the issuer that the settings name, if any. Raises InvalidInput, Unavailable."""
    if not settings.jwt_issuer:
        return None
    if not settings.jwt_audience:
        raise InvalidInput("goes with jwt_issuer: whom a token must be meant for", "setting jwt_audience")
    url = settings.jwt_jwks_url or f"{settings.jwt_issuer.rstrip('/')}/.well-known/jwks.json"
    options = TokenOptions(settings.jwt_issuer, settings.jwt_audience, url, reader_claim=settings.jwt_reader_claim)
    if settings.jwt_scopes:
        options = replace(options, scopes=scopes_of(settings.jwt_scopes))
    return Tokens(options)


def cursor_secret(settings: Settings) -> bytes:
    """The key that signs cursors: the one set, else the data folder's, made at first use (0600)."""
    if settings.cursor_secret is not None:
        return settings.cursor_secret.get_secret_value().encode()
    file = settings.data_dir / "cursor.secret"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_hex(32).encode())
        # A link fails where another process was faster; then its secret holds.
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
        return file.read_bytes()
