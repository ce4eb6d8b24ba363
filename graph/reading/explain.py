"""The names of two entities and what was judged of them, for telling why they are or are not one."""

from dataclasses import dataclass

from graph import ledger
from graph.database import Database, Transaction
from graph.errors import NotFound
from graph.judgement import Judgement
from graph.queries import statement

NAMES = 200
"""Names of one entity that are looked at, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class NamedAlias:
    """One name of an entity."""

    key: str
    name: str
    family: str
    discriminator: str
    kind: str
    mentions: int


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity with its names, the one asked for first."""

    key: str
    name: str
    kind: str
    version: int
    alias_count: int
    aliases: list[NamedAlias]


@dataclass(frozen=True, slots=True)
class Facing:
    """Two entities, or twice the same, and the live judgements among their names."""

    a: NamedEntity
    b: NamedEntity
    judgements: list[Judgement]


def facing(database: Database, key: str, other: str) -> Facing:
    """The entities that hold two aliases. Raises NotFound."""

    def work(tx: Transaction) -> Facing:
        a, b = (_entity(tx, one) for one in (key, other))
        keys = list({alias.key: None for one in (a, b) for alias in one.aliases})
        rows = tx.rows(statement("read/explain_judgements"), {"keys": keys})
        return Facing(a, b, [ledger.of_properties(row["j"]) for row in rows])

    return database.reading(work)


def _entity(tx: Transaction, key: str) -> NamedEntity:
    rows = tx.rows(statement("read/explain_names"), {"key": key, "limit": NAMES})
    if not rows:
        raise NotFound("entity", key)
    aliases = [NamedAlias(**alias) for alias in rows[0].pop("aliases")]
    return NamedEntity(**rows[0], aliases=aliases)
