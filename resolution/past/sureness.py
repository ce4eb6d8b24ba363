"""How sure mentions were at a past time that their entity was meant."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.database import Transaction
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.past import Told
from resolution.blocking import ambiguous_form
from resolution.decide import SOLE_BEARER
from resolution.names.normalise import normalise
from resolution.past.identity import Identity, Moved


@dataclass(frozen=True, slots=True)
class Sure:
    """A mention as it was recorded, the entity that it stood on, and how sure it was: score times relevance, 0..1."""

    told: Told
    entity: str
    sure: float


def sure_mentions(tx: Transaction, events: Collection[str], identity: Identity, clocks: Clocks) -> list[Sure]:
    """All that these events mentioned. The score of a mention is that of the placement that stood then, else that of
    its own name. Raises BudgetExceeded."""
    told = past.sure(tx, events, clocks)
    moved = Moved(tx, {one.alias for one, _ in told} | {one.alias0 for one, _ in told}, clocks)
    stood = {one.address: moved.alias_of(one) for one, _ in told}
    identity.learn({*stood.values(), *(one.alias0 for one, _ in told)})
    found: list[Sure] = []
    for one, now in told:
        score = now
        if one.address in moved:
            placement = moved.placement(*one.address)
            score = placement.score if placement else _own(one, identity)
        relevance = 1.0 if one.relevance is None else one.relevance
        found.append(Sure(one, identity.entity_of(stood[one.address]), score * relevance))
    return found


def sureness(
    tx: Transaction, events: Collection[str], identity: Identity, clocks: Clocks
) -> dict[tuple[str, str], float]:
    """(event, entity) -> that of the surest mention, of all entities that these events named. Raises BudgetExceeded."""
    found: dict[tuple[str, str], float] = {}
    for one in sure_mentions(tx, events, identity, clocks):
        place = one.told.event, one.entity
        found[place] = max(found.get(place, 0.0), one.sure)
    return found


def _own(told: Told, identity: Identity) -> float:
    """As the resolver has it where no placement says more: a form that does not identify means its one bearer."""
    alias = identity.alias(told.alias0)
    short = alias is not None and ambiguous_form(normalise(alias.name, alias.family), alias.family) is not None
    return SOLE_BEARER if short else 1.0
