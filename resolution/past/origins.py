"""Independent origins by the reports that there were at a past time; titles, publishers and texts of the documents are
those of now."""

from collections.abc import Collection

from graph.database import Transaction
from graph.errors import BudgetExceeded
from graph.origins import Origins, Report, counted
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.origins import EVENTS, LENGTH, PASSAGES, WINDOW, report_of
from resolution.past.identity import Identity
from resolution.past.mentions import mentions_of, window_of

AT_ONCE = 2_000
"""Events whose reports are read together."""
_WS = ("WHO", "WHERE")


def several_then(tx: Transaction, first: int, last: int, clocks: Clocks) -> dict[str, int]:
    """Independent origins of the events of a period (epoch ms) that had more than one. Raises BudgetExceeded."""
    asked = {"from": first, "at": last, "known": clocks.known, "limit": EVENTS + 1}
    found: dict[str, int] = {}
    more = {"passages": PASSAGES, "length": LENGTH}
    for looked, row in enumerate(tx.stream(statement("read/past_origin_events"), {**asked, **more})):
        if looked == EVENTS:
            raise BudgetExceeded(f"more than {EVENTS:,} events of this period were told by several documents")
        n = counted(report_of(one) for one in row["reports"]).independent_origins
        if n > 1:
            found[row["event"]] = n
    return found


def origins_then(tx: Transaction, events: Collection[str], clocks: Clocks) -> dict[str, Origins]:
    """The three counts of each event; zeros for one that nothing had reported."""
    found = dict.fromkeys(events, Origins())
    for event, reports in _reports(tx, list(found), clocks, PASSAGES).items():
        found[event] = counted(reports)
    return found


def origins_of_then(tx: Transaction, key: str, clocks: Clocks) -> tuple[Origins, bool]:
    """Counts over all documents that told the newest 50 mentions as WHO and as WHERE of the entity that held a name, by
    titles and publishers; and whether those are all its mentions. Raises NotFound, BudgetExceeded."""
    _, told = mentions_of(tx, key, clocks, Identity(tx, clocks.identity_at))
    rows = [one for w in _WS for one in told.page(window_of(clocks, [w]), WINDOW)]
    reports = _reports(tx, list(dict.fromkeys(one.event for one in rows)), clocks, -1)
    return counted(one for of_event in reports.values() for one in of_event), len(rows) < WINDOW


def _reports(tx: Transaction, events: list[str], clocks: Clocks, passages: int) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for start in range(0, len(events), AT_ONCE):
        asked = {"events": events[start : start + AT_ONCE], "known": clocks.known}
        rows = tx.rows(statement("read/past_reports"), {**asked, "passages": passages, "length": LENGTH})[0]["events"]
        found |= {row["event"]: [report_of(one) for one in row["reports"]] for row in rows}
    return found
