"""Law 2 on the online path: the same events in any order make the same entities of the same mentions."""

import random

import pytest

from graph.event import Event
from graph.keys import RESOLVED
from ingest.prepare import mentions, settle
from ingest.shapes import read
from resolution.index import AliasIndex
from resolution.resolver import BatchResolver
from tests.factory import some_news

Aliases = frozenset[tuple[str, str, str]]


def resolved(events: list[Event], batch: int) -> dict[str, Aliases]:
    """For each mention the aliases of the entity that it ended on."""
    index = AliasIndex()
    went: dict[str, str] = {}
    for start in range(0, len(events), batch):
        resolver = BatchResolver(index, start + 1)
        for event in events[start : start + batch]:
            known = settle(mentions(event), resolver.known_kind, resolver.is_person_word)
            for one in resolver.event(event.id, known):
                if one.mention.family in RESOLVED:
                    went[one.mention.id(event.id)] = one.entry.alias.key
        index.settle(start + 1)
    names: dict[str, Aliases] = {}
    for entry in index.by_key.values():
        if entry.entity not in names:
            held = index.members[entry.entity]
            names[entry.entity] = frozenset(
                (one.alias.family, one.alias.normalised, one.alias.discriminator) for one in held
            )
    return {mention: names[index.by_key[alias].entity] for mention, alias in went.items()}


@pytest.mark.parametrize(("count", "shuffles"), [(300, 6), pytest.param(2_000, 200, marks=pytest.mark.slow)])
def test_any_order_of_events_ends_in_the_same_entities(count: int, shuffles: int) -> None:
    events = [read(record).event for record in some_news(3, count, versions=False)]
    expected = resolved(events, 100)
    chance = random.Random(17)
    for _ in range(shuffles):
        chance.shuffle(events)
        assert resolved(events, chance.choice((1, 50, 1_000))) == expected
