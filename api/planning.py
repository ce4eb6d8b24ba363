"""How large a graph becomes: what so many mentions take in disk, memory and time, by constants that the bench measured.

Everything is linear in mentions or in names, which the bench shows up to the size that it loaded; beyond that the plan
is a calculation, and says so.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import InvalidInput

BOARDS_A_MEMBER = 2
"""Sorted sets that hold an entity in each group of boards: that of all, and that of its kind."""
_BASE_HEAP = 1_000_000_000
_HEAP_MOST = 31_000_000_000
"""Beyond it Java's references take twice the room."""
_CACHED = 0.6
"""Share of the store that a machine should hold in memory: nodes, live edges and their indexes, not the texts."""
MACHINE = 256_000_000_000
"""Memory of one large machine, in bytes: beyond it the graph is for more than one."""

Positive = Annotated[float, Field(gt=0)]


class Constants(BaseModel):
    """What the bench measured, and how. Bytes and mentions a second."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str
    at: str
    machine: str
    loaded: int = Field(description="Mentions that the bench loaded.")
    names_a_mention: Positive
    store_a_mention: Positive
    log_a_mention: Positive
    resolver_a_name: Positive
    redis_a_member: Positive
    ingest: Positive
    import_to_ingest: Positive
    backup_a_mention: Positive


class Plan(BaseModel):
    """What one graph takes: bytes, seconds, counts."""

    model_config = ConfigDict(frozen=True)

    mentions: int
    names: int
    disk_store: int
    disk_logs: int
    disk_backup: int
    page_cache: int
    heap: int
    resolver: int
    redis: int
    ingest_seconds: float
    import_seconds: float
    beyond: list[str] = Field(description="What no single machine should be asked to do, and what does it then.")
    measured_up_to: int


@lru_cache(maxsize=1)
def constants() -> Constants:
    """Those that came with this version."""
    return Constants.model_validate_json(files("api").joinpath("planning.json").read_bytes())


def plan(mentions: int, names: int | None = None, by: Constants | None = None) -> Plan:
    """What so many mentions of so many different names take; names as in the bench's stream unless told.

    Raises InvalidInput for counts that cannot be.
    """
    by = by or constants()
    if not 1 <= mentions <= 10**13:
        raise InvalidInput("must be 1 to 1e13", "--mentions")
    named = round(mentions * by.names_a_mention) if names is None else names
    if not 1 <= named <= mentions:
        raise InvalidInput("must be 1 to the number of mentions", "--names")
    store = round(mentions * by.store_a_mention)
    resolver = round(named * by.resolver_a_name)
    cache = round(store * _CACHED)
    found = Plan(
        mentions=mentions,
        names=named,
        disk_store=store,
        disk_logs=round(mentions * by.log_a_mention),
        disk_backup=round(mentions * by.backup_a_mention),
        page_cache=cache,
        heap=min(_HEAP_MOST, round(_BASE_HEAP + 0.05 * store)),
        resolver=resolver,
        redis=round(named * by.redis_a_member),
        ingest_seconds=mentions / by.ingest,
        import_seconds=mentions / by.ingest / by.import_to_ingest,
        beyond=[],
        measured_up_to=by.loaded,
    )
    return found.model_copy(update={"beyond": _beyond(found)})


def _beyond(found: Plan) -> list[str]:
    told: list[str] = []
    if found.page_cache + found.heap > MACHINE:
        told.append("the graph: Neo4j Enterprise with replicas or property shards behind one neo4j:// address")
    if found.resolver > MACHINE / 4:
        told.append("names in memory: Splink on Spark for all names at once, ingest by shards of names")
    if found.redis > MACHINE / 4:
        told.append("boards: Redis Cluster, whose slots the keys are made for")
    if found.import_seconds > 7 * 86_400:
        told.append("the first load: neo4j-admin import of tables that Spark writes")
    return told
