"""Whether the entities in the graph are those that the ledger's live judgements make."""

from collections.abc import Iterator

from graph import ledger
from graph.checking import Fault
from graph.database import Database, Transaction
from graph.judgement import Judgement
from graph.queries import statement
from resolution.clusters import partition


def check_partition(database: Database) -> Iterator[Fault]:
    """Aliases whose entity is not the one that the partition gives them."""
    born, held, judgements = database.reading(_read, timeout=120)
    for alias, entity in partition(born, judgements).items():
        if held[alias] != entity:
            yield Fault("the partition is what the ledger says", alias, f"is in {held[alias]}, belongs in {entity}")


def _read(tx: Transaction) -> tuple[dict[str, int], dict[str, str], list[Judgement]]:
    born: dict[str, int] = {}
    held: dict[str, str] = {}
    for row in tx.stream(statement("read/aliases_since"), {"change": -1}):
        born[row["key"]], held[row["key"]] = row["born"], row["entity"]
    return born, held, list(ledger.since(tx, -1))
