"""Query by example: which entities of the graph an example with these names may be, most probable first.

Candidates come from the index by blocking; each is scored as a pair with the example, the two names being all the
candidates there are. Nothing is written.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from graph.keys import Family
from resolution.index import AliasIndex, Entry
from resolution.matching import FAMILIES, Match, match
from resolution.names.normalise import normalise

CANDIDATES = 100
"""Names that blocking brings for one name of an example."""

T = TypeVar("T")


class Index(Protocol):
    """Who holds the index of names: the pipeline."""

    def peek(self, question: Callable[[AliasIndex], T]) -> T: ...


@dataclass(frozen=True, slots=True)
class Example:
    """What is looked for: any of these names, of a kind (empty: any)."""

    names: Sequence[str]
    kind: str = ""
    limit: int = 5
    least: float = 0.5
    """Probability below which nothing is told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity (its key when it was looked up) with its likest name."""

    entity: str
    alias_key: str
    alias: str
    name: str
    """The name of the example that was compared."""
    found: Match


@dataclass(slots=True)
class _Best:
    by_entity: dict[str, Candidate] = field(default_factory=dict[str, Candidate])

    def take(self, entry: Entry, name: str, found: Match) -> None:
        held = self.by_entity.get(entry.entity)
        if held is None or found.probability > held.found.probability:
            self.by_entity[entry.entity] = Candidate(entry.entity, entry.alias.key, entry.alias.name, name, found)


def match_examples(index: Index, examples: Sequence[Example], *, explain: bool = False) -> list[list[Candidate]]:
    """Candidates of each example, most probable first. Raises DatabaseUnavailable, BudgetExceeded."""

    def question(aliases: AliasIndex) -> list[list[tuple[str, Entry]]]:
        return [_brought(aliases, example) for example in examples]

    # Scored outside: the index is not held for longer than blocking takes.
    brought = index.peek(question)
    return [_scored(example, pairs, explain) for example, pairs in zip(examples, brought, strict=True)]


def _brought(index: AliasIndex, example: Example) -> list[tuple[str, Entry]]:
    family = FAMILIES.get(example.kind, Family.UNSPECIFIED)
    pairs: dict[tuple[str, str], tuple[str, Entry]] = {}
    for text in example.names:
        name = normalise(text, family)
        for entry in [*index.named(name.normalised), *index.block(name, family, CANDIDATES)]:
            if family == Family.UNSPECIFIED or entry.alias.family in (family, Family.UNSPECIFIED):
                pairs[text, entry.alias.key] = text, entry
    return list(pairs.values())


def _scored(example: Example, pairs: Sequence[tuple[str, Entry]], explain: bool) -> list[Candidate]:
    best = _Best()
    for text, entry in pairs:
        found = match(text, entry.alias.name, example.kind, explain=explain)
        if found.probability >= example.least:
            best.take(entry, text, found)
    ranked = sorted(best.by_entity.values(), key=lambda one: (-one.found.probability, one.alias, one.entity))
    return ranked[: example.limit]


def match_some(index: Index, example: Example, entities: Collection[str] | None) -> tuple[list[Candidate], int]:
    """As `match_examples` of one example, but only these entities are scored (None: all); also how many names were."""
    pairs = index.peek(lambda aliases: _brought(aliases, example))
    some = [pair for pair in pairs if entities is None or pair[1].entity in entities]
    return _scored(example, some, explain=False), len(some)
