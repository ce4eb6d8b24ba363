"""What the ledger said of a name at a past time: the judgements that stood then around it, and the names they speak of.

Only judgements are of that time; mentions and counts are today's, taken by name.
"""

from dataclasses import dataclass, field
from datetime import datetime

from graph import ledger
from graph.database import Database, Row, Transaction
from graph.errors import BudgetExceeded, NotFound
from graph.judgement import Judgement, Verdict
from graph.keys import W
from graph.queries import statement
from graph.reading.instants import of_graph

NAMES = 2_000
"""Names that one question goes through at most."""


@dataclass(frozen=True, slots=True)
class PastAlias:
    """A name with its order of founding, and the entity that holds it now."""

    key: str
    name: str
    normalised: str
    family: str
    discriminator: str
    kind: str
    born: int
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None
    entity: str
    entity_kind: str


@dataclass(slots=True)
class Past:
    """The judgements that stood around a name, and all names that they speak of."""

    judgements: dict[str, Judgement] = field(default_factory=dict[str, Judgement])
    aliases: dict[str, PastAlias] = field(default_factory=dict[str, PastAlias])


@dataclass(frozen=True, slots=True)
class Spoken:
    """The W's that names occur in and their roles, most frequent first."""

    ws: list[str]
    roles: list[str]


def past_around(database: Database, key: str, at: datetime) -> Past:
    """What stood at `at` of the names that positives then connected with this one. Raises NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> Past:
        past = Past()
        todo, seen = {key}, set[str]()
        while todo:
            if len(seen) + len(todo) > NAMES:
                raise BudgetExceeded(f"more than {NAMES} names are connected with it")
            asked = {"keys": sorted(todo), "at": at, "limit": NAMES * 50}
            rows = tx.rows(statement("read/identity_judgements"), asked)
            seen |= todo
            found = [ledger.of_properties(row["j"]) for row in rows]
            past.judgements |= {j.id: j for j in found}
            todo = {end for j in found if j.verdict is Verdict.POSITIVE for end in (j.a, j.b)} - seen
        past.aliases = {
            row["key"]: _alias(row) for row in tx.rows(statement("read/identity_aliases"), {"keys": [*seen]})
        }
        if key not in past.aliases:
            raise NotFound("entity", key)
        return past

    return database.reading(work)


def spoken(database: Database, keys: list[str]) -> Spoken:
    """Where and in which roles these names are mentioned."""
    rows = database.read(statement("read/identity_roles"), {"keys": keys})
    ws = {row["w"] for row in rows}
    roles: dict[str, int] = {}
    for row in rows:
        if row["role"]:
            roles[row["role"]] = roles.get(row["role"], 0) + row["mentions"]
    return Spoken([w.value for w in W if w.value in ws], sorted(roles, key=lambda role: (-roles[role], role)))


def _alias(row: Row) -> PastAlias:
    values: Row = {**row, "first_seen": of_graph(row["first_seen"]), "last_seen": of_graph(row["last_seen"])}
    return PastAlias(**values)
