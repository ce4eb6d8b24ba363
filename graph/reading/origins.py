"""How many independent origins events and entities have: counted at read, from the documents that stand now.

So nothing can be stale: a new report, a retraction, a text that arrives later and a merge count from the next read on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.database import Database, Row, Transaction
from graph.errors import BudgetExceeded
from graph.origins import Origins, Report, counted
from graph.queries import statement

PASSAGES = 10
LENGTH = 2_000
"""Of a document's text are read so many passages, of each so many characters."""
EVENTS = 20_000
"""Events told by several documents that one board looks at."""
WINDOW = 50
PAIR_BUDGET = 500
"""Newest mentions per W of the end with fewer, among which events of a pair are looked for."""
TIMEOUT = 30.0


def origins_of(database: Database, events: Collection[str]) -> dict[str, Origins]:
    """The three counts of each event; zeros for one that nothing is told to have reported, or that is not there."""
    found = dict.fromkeys(events, Origins())
    for event, reports in _reports(database, list(found)).items():
        found[event] = counted(reports)
    return found


def origins_beside(database: Database, told: Mapping[str, tuple[int, bool]]) -> dict[str, Origins]:
    """The three counts of each event of which is known how many documents tell it and whether any of these has a
    publisher: of one document that says all, so only what several tell is read."""
    found = {event: Origins(n, int(published), n) for event, (n, published) in told.items() if n <= 1}
    return found | origins_of(database, [event for event in told if event not in found])


def _reports(database: Database, events: Sequence[str], timeout: float | None = None) -> dict[str, list[Report]]:
    """The reports of each of the events that are there."""
    if not events:
        return {}
    asked = {"events": list(events), "passages": PASSAGES, "length": LENGTH}
    rows = database.read(statement("read/origin_reports"), asked, timeout=timeout)[0]["events"]
    return {row["event"]: [report_of(one) for one in row["reports"]] for row in rows}


def report_of(row: Row) -> Report:
    """The noun from a row of the graph."""
    text = " ".join(said for _, said in sorted(row.get("text", ())))
    return Report(row["id"], row["title"], row["source"], text or None)


def several(database: Database, first: int, last: int, *, timeout: float) -> dict[str, int]:
    """Independent origins of the events of a period (epoch ms) that have more than one.

    Reads every document of events that several tell, at most `EVENTS` events: more raise BudgetExceeded.
    """
    asked = {"from": first, "at": last, "limit": EVENTS + 1, "passages": PASSAGES, "length": LENGTH}

    def work(tx: Transaction) -> dict[str, int]:
        found: dict[str, int] = {}
        for looked, row in enumerate(tx.stream(statement("read/origin_events"), asked)):
            if looked == EVENTS:
                raise BudgetExceeded(f"more than {EVENTS:,} events of this period were told by several documents")
            found[row["event"]] = counted(report_of(one) for one in row["reports"]).independent_origins
        return {event: n for event, n in found.items() if n > 1}

    return database.reading(work, timeout=timeout)


def origins_of_entities(database: Database, keys: Collection[str], at: int) -> dict[str, tuple[Origins, bool]]:
    """Counts over all documents that tell the newest `WINDOW` mentions a W of each entity up to a time (epoch ms), by
    titles and publishers; and whether those are all its mentions, else the counts are at least so many."""
    asked = {"keys": list(keys), "at": at, "window": WINDOW}
    rows = database.read(statement("read/origin_entities"), asked, timeout=TIMEOUT) if keys else []
    return {row["key"]: (counted(report_of(one) for one in row["reports"]), row["whole"]) for row in rows}


def origins_over(database: Database, groups: Sequence[Collection[str]]) -> list[Origins]:
    """The three counts over all reports of the events of each group."""
    reports = _reports(database, sorted({event for group in groups for event in group}), TIMEOUT)
    return [counted(one for event in group for one in reports.get(event, ())) for group in groups]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that `n` events name together, the last of them at `last` (epoch ms); `few` has fewer mentions."""

    few: str
    many: str
    n: int
    last: int


def origins_of_pairs(database: Database, pairs: Collection[Pair]) -> dict[Pair, tuple[Origins, bool]]:
    """Counts over all documents that tell the newest `WINDOW` events that name both; and whether those are all of them,
    else the counts are at least so many."""
    asked = [{"few": pair.few, "many": pair.many, "last": pair.last} for pair in pairs]
    params = {"pairs": asked, "budget": PAIR_BUDGET, "limit": WINDOW}
    rows = database.read(statement("read/origin_pairs"), params, timeout=TIMEOUT) if pairs else []
    found = {(row["few"], row["many"]): row for row in rows}
    told: dict[Pair, tuple[Origins, bool]] = {}
    for pair in pairs:
        row = found.get((pair.few, pair.many), {"reports": [], "events": 0})
        told[pair] = counted(report_of(one) for one in row["reports"]), row["events"] >= pair.n
    return told
