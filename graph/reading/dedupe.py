"""What the batch reads: names with a mark of their mentions, where they were told of late, and who judged what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.alias import Alias
from graph.database import Database, Transaction
from graph.queries import statement

PATIENCE = 60.0
"""Seconds that a portion may take: nobody waits for the batch."""
EVENTS, COMPANY = 30, 50
"""Newest events of a name that are looked at, and names beside it there."""


@dataclass(frozen=True, slots=True)
class Held:
    """An alias, the entity that holds it, and how often and when last (epoch milliseconds) it was told."""

    alias: Alias
    entity: str
    mentions: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """The newest events of an alias by id, and the numbers (aid) of names beside it there."""

    events: tuple[str, ...]
    company: tuple[int, ...]


def held(tx: Transaction, families: Sequence[str]) -> Iterator[Held]:
    """All aliases of these families in the order of founding; to be consumed within the transaction."""
    for row in tx.stream(statement("read/dedupe_aliases"), {"families": list(families)}):
        names = ("key", "name", "normalised", "family", "discriminator", "kind", "born")
        yield Held(Alias(**{name: row[name] for name in names}), row["entity"], row["mentions"], row["last"])


def told(database: Database, keys: Sequence[str]) -> dict[str, Told]:
    """Where these aliases were told of late. Raises DatabaseUnavailable, BudgetExceeded."""
    asked = {"keys": list(keys), "events": EVENTS, "company": COMPANY}
    rows = database.read(statement("read/dedupe_scenes"), asked, timeout=PATIENCE)
    return {row["key"]: Told(tuple(sorted(row["events"])), tuple(sorted(row["company"]))) for row in rows}
