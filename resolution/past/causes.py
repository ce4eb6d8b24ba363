"""Why events happened, and what came of them, with the reasons that they gave and whom these meant then."""

from dataclasses import replace

from graph.database import Database, Transaction
from graph.keys import W
from graph.reading.clocks import Clocks
from graph.reading.why import EACH, Causation, Direction, Reason, walked
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import totals, weigh
from resolution.past.sureness import sure_mentions


def causation_then(
    database: Database, event_id: str, direction: Direction, clocks: Clocks, *, depth: int = 3
) -> Causation:
    """Causes or consequences as `graph.reading.why` walks them; each reason means whom it meant then, with the mentions
    of then. Raises NotFound, InvalidInput, BudgetExceeded."""

    def work(tx: Transaction) -> Causation:
        found = walked(tx, event_id, direction, depth, clocks)
        reasons = _reasons(tx, [one.id for one in found.events], clocks)
        return replace(found, events=[replace(one, reasons=reasons.get(one.id, [])) for one in found.events])

    return database.reading(work, timeout=SECONDS)


def _reasons(tx: Transaction, events: list[str], clocks: Clocks) -> dict[str, list[Reason]]:
    """Event -> what it gave, by its words; 20 of each."""
    identity = Identity(tx, clocks.identity_at)
    told = [one for one in sure_mentions(tx, events, identity, clocks) if one.told.w == W.WHY]
    told.sort(key=lambda one: (one.told.surface, one.told.mention))
    meant = {one.entity for one in told}
    weigh(tx, identity, meant, clocks)
    mentions = totals(tx, identity, meant, clocks)
    found: dict[str, list[Reason]] = {}
    for one in told:
        reasons = found.setdefault(one.told.event, [])
        if len(reasons) < EACH:
            name, kind = identity.shown(one.entity)
            reasons.append(Reason(one.entity, name, kind, one.told.surface, one.sure, mentions[one.entity]))
    return found
