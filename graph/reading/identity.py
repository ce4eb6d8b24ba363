"""What the ledger said of a name at a past time: the judgements that stood then around it, and the names they speak of.

Only judgements are of that time; the counts of a name are today's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from graph import ledger
from graph.database import Row, Transaction
from graph.errors import BudgetExceeded
from graph.judgement import Judgement, Verdict
from graph.queries import statement
from graph.reading.instants import of_graph

NAMES = 20_000
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


def around(tx: Transaction, keys: Iterable[str], at: datetime) -> Past:
    """What stood at `at` of these names and of all that positives then connected with them. Names that there are not
    are left out. Raises BudgetExceeded."""
    past = Past()
    todo, seen = set(keys), set[str]()
    while todo:
        if len(seen) + len(todo) > NAMES:
            raise BudgetExceeded(f"more than {NAMES:,} names are connected with it")
        rows = tx.rows(statement("read/identity_judgements"), {"keys": sorted(todo), "at": at, "limit": NAMES * 50})
        seen |= todo
        found = [ledger.of_properties(row["j"]) for row in rows]
        past.judgements |= {j.id: j for j in found}
        todo = {end for j in found if j.verdict is Verdict.POSITIVE for end in (j.a, j.b)} - seen
    rows = tx.rows(statement("read/identity_aliases"), {"keys": [*seen]})
    past.aliases = {row["key"]: _alias(row) for row in rows}
    return past


def names_now(tx: Transaction, keys: Iterable[str]) -> list[PastAlias]:
    """All names of the entities that hold these now, earliest first."""
    return [_alias(row) for row in tx.rows(statement("read/past_names"), {"keys": list(keys)})]


def kinds_at(tx: Transaction, keys: Iterable[str], at: datetime) -> dict[str, str]:
    """What entities of a past time (keys) were, stated or guessed, as the log of their changes has it; those that were
    merged before the log told kinds are left out."""
    rows = tx.rows(statement("read/past_kinds"), {"keys": list(keys), "at": at})
    return {row["key"]: row["kind"] for row in rows if row["kind"] is not None}


def _alias(row: Row) -> PastAlias:
    values: Row = {**row, "first_seen": of_graph(row["first_seen"]), "last_seen": of_graph(row["last_seen"])}
    return PastAlias(**values)
