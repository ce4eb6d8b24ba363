"""Which item a name of the graph means: one that bears the very name, is of its kind, and fits its company best.

Nothing is guessed: no item that bears the name by slips, none of two that fit alike. Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.keys import Family
from ingest.wikidata.api import Item
from resolution.names.normalise import normalise

HUMAN = "Q5"
_PLACED = ("P625", "P131", "P36", "P1376", "P47")
"""Properties that places have: point, lies in, capital, capital of, shares a border with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entity to be found: its names, the family of its kind, and the names of those that it is told with."""

    names: Sequence[str]
    family: str
    company: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The item, how sure that is (0..1), and why; `item` is None where none was chosen."""

    item: Item | None
    score: float
    reason: str


def choose(wanted: Wanted, items: Sequence[Item], company_of: "dict[str, Collection[str]]") -> Choice:
    """The item that is meant. `company_of` gives, by item, the names of items that it has statements of."""
    fitting = [item for item in items if _named(wanted, item) and _of_kind(wanted, item)]
    if not fitting:
        return Choice(None, 0.0, "no item bears this name and is of this kind")
    scored = sorted(
        ((_fit(wanted, item, company_of.get(item.id, ())), item) for item in fitting), key=lambda one: -one[0]
    )
    best = scored[0][0]
    if len(scored) > 1 and scored[1][0] == best:
        return Choice(None, 0.5, f"{len(fitting)} items fit alike: " + ", ".join(item.id for _, item in scored[:5]))
    score = min(0.99, 0.75 + 0.08 * best) if len(scored) == 1 else min(0.95, 0.6 + 0.1 * (best - scored[1][0]))
    return Choice(scored[0][1], score, f"bears the name, {best} of its company fit" + _beside(len(scored) - 1))


def _beside(others: int) -> str:
    return f"; {others} others bear it, too" if others else ""


def _named(wanted: Wanted, item: Item) -> bool:
    own = {normalise(name, wanted.family).normalised for name in wanted.names}
    return any(normalise(name, wanted.family).normalised in own for names in item.names.values() for name in names)


def _of_kind(wanted: Wanted, item: Item) -> bool:
    human = HUMAN in item.values("P31")
    if wanted.family == Family.PERSON:
        return human
    placed = any(item.values(property_) for property_ in _PLACED)
    if wanted.family == Family.PLACE:
        return placed and not human
    return not human if wanted.family == Family.COLLECTIVE else True


def _fit(wanted: Wanted, item: Item, company: Collection[str]) -> int:
    """How many of those that it is told with the item speaks of."""
    words = f" {item.description.casefold()} "
    told = {name.casefold() for name in company}
    return sum(name.casefold() in told or f" {name.casefold()} " in words for name in set(wanted.company))
