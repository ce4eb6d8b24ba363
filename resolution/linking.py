"""The names of one document linked to a closed base: whoever is meant is in it, or nobody is linked.

For lists of one's own, reconciliation and measuring. The graph itself is open: there a short name joins by the rules of
`resolution.resolver`, which let a second bearer take it apart again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.keys import Family
from resolution.candidates import candidates
from resolution.index import AliasIndex, Entry
from resolution.names.normalise import Name, normalise
from resolution.names.parts import take_apart
from resolution.names.territory import country_word
from resolution.names.words import ORGANIZATION_WORDS, SMALL_WORDS
from resolution.score import POSITIVE, UNSURE

Told = tuple[str, Family]
"""A name as written, and its family."""
FOREMOST = 3
"""Times as often as any other that one of several longer names is told for a shorter one to be its own."""
SHORTENED = 2
"""Words at most that a short name leaves out where only the document's sort speaks for it."""
FEW_SORTS = 2
"""With fewer further words of its other names a document says nothing of its sort."""
LIKE = 20
"""Names that are looked at for the republic of a short name."""
SAME, MEMORY, SOLE = 0.95, 0.9, 0.86
"""Probability of the one entity of that very name; of a shorter name beside a longer one; of the one bearer."""


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a name stands for: the alias that it was found by, how sure (0..1), and why."""

    entry: Entry
    probability: float
    why: str


def link(index: AliasIndex, names: Sequence[Told]) -> list[Link | None]:
    """The link of each name of a document, None where nobody in the base, or several, could be meant. The order of the
    names decides nothing."""
    document = _Document(index, names)
    found = {one: document.link(one) for one in document.taken}
    return [found[one] for one in names]


class _Document:
    """What a document names, each name with the link that it has by itself or those it could be."""

    def __init__(self, index: AliasIndex, names: Sequence[Told]) -> None:
        self.times = Counter(names)
        self.taken = {one: normalise(*one) for one in self.times}
        alone = {one: _alone(index, name, one[1]) for one, name in self.taken.items()}
        self.links = {one: link for one, link in alone.items() if isinstance(link, Link)}
        self.open = {one: could for one, could in alone.items() if not isinstance(could, Link)}
        self.beside = Counter(
            word for one, link in self.links.items() for word in set(link.entry.name.roman) - set(self.taken[one].roman)
        )
        """Words that the names in the base have beside those of the document: what sort of thing it speaks of."""

    def link(self, one: Told) -> Link | None:
        """The link of one of its names: its own when it is sure, else its longer namesake's, else the one of those it
        could be that the document speaks of."""
        own = self.links.get(one)
        if own is not None and own.probability >= MEMORY:
            return own
        return self._remembered(one) or own or self._told_here(one) or self._alike(one) or self._of_its_sort(one)

    def _remembered(self, one: Told) -> Link | None:
        """The entity of the longer names of its kind that hold all its words: the only one, or by far the foremost."""
        words = set(self.taken[one].roman)
        longer = [other for other in self.links if other[1] == one[1] and words < set(self.taken[other].roman)]
        said = Counter[str]()
        for other in longer:
            said[self.links[other].entry.entity] += self.times[other]
        first = [entity for entity, _ in said.most_common(2)]
        if not first or (len(first) > 1 and said[first[0]] < FOREMOST * said[first[1]]):
            return None
        entry = next(self.links[other].entry for other in longer if self.links[other].entry.entity == first[0])
        return Link(entry, MEMORY, "a longer name")

    def _told_here(self, one: Told) -> Link | None:
        """The one that the document names otherwise."""
        here = {link.entry.entity for link in self.links.values()}
        named = [entry for entry in self.open.get(one, ()) if entry.entity in here]
        return Link(named[0], SOLE, "named in the document") if _one(named) else None

    def _alike(self, one: Told) -> Link | None:
        """The one whose further words the document's other names have, too: one football team beside others."""
        words = set(self.taken[one].roman)
        worth = {
            entry: sum(self.beside[word] for word in set(entry.name.roman) - words) for entry in self.open.get(one, ())
        }
        best = max(worth.values(), default=0)
        first = [entry for entry, value in worth.items() if value == best]
        return Link(first[0], SOLE, "alike in the document") if best > 0 and _one(first) else None

    def _of_its_sort(self, one: Told) -> Link | None:
        """The one whose few further words name no sort of body (university, parliament) that the document's others
        lack: among football teams, Turin is none of its university."""
        words = set(self.taken[one].roman)
        further = {entry: set(entry.name.roman) - words - SMALL_WORDS for entry in self.open.get(one, ())}
        others = ORGANIZATION_WORDS - self.beside.keys()
        could = [entry for entry, more in further.items() if others.isdisjoint(more)]
        if len(self.beside) < FEW_SORTS or not _one(could) or len(further[could[0]]) > SHORTENED:
            return None
        return Link(could[0], SOLE, "of the document's sort")


def _alone(index: AliasIndex, name: Name, family: Family) -> Link | list[Entry]:
    """The link that a name has by itself, else those it could be."""
    same = [entry for entry in index.named(name.normalised) if _goes(entry, family)]
    if same:
        republic = _republic(index, name) if family == Family.PLACE else None
        if republic is not None:
            return Link(republic, SAME, "the state of that name")
        return Link(same[0], SAME, "the same name") if _one(same) else same
    likest = [one for one in candidates(index, name, family, UNSURE) if _goes(one.entry, family)]
    if likest and (likest[0].score.value >= POSITIVE or _one(one.entry for one in likest)):
        return Link(likest[0].entry, likest[0].score.value, "similar names")
    bearers = [entry for entry in index.containing(name, family) if _goes(entry, family)]
    if bearers:
        return Link(bearers[0], SOLE, "the one bearer") if _one(bearers) else bearers
    return _beyond(index, name, family) or [one.entry for one in likest]


def _republic(index: AliasIndex, name: Name) -> Entry | None:
    """The republic of which this is the short name, where the base also has another thing that goes by the short name
    alone: Ireland, the state, beside the island. (Kingdoms and empires beside a state are mostly what it once was.)"""
    land, words = take_apart(name.display, Family.PLACE).land, set(name.roman)
    if land is None or "republic" in words:
        return None
    found = [
        entry
        for entry in index.block(name, Family.PLACE, LIKE)
        if words | {"republic"} <= set(entry.name.roman) and take_apart(entry.name.display, Family.PLACE).land == land
    ]
    return found[0] if found and _one(found) else None


def _beyond(index: AliasIndex, name: Name, family: Family) -> Link | None:
    """The one whose whole name this is with more around it that only says where it is: `Selwyn, Ontario`; of a body, a
    country in front (U.S. Food and Drug Administration)."""
    head, comma, _ = name.display.partition(",")
    if family == Family.PLACE and comma:
        known = index.named(normalise(head, family).normalised)
    elif family == Family.COLLECTIVE and len(name.roman) > SHORTENED and country_word(name.roman[0]):
        known = index.named(name.normalised.partition(" ")[2])
    else:
        return None
    named = [entry for entry in known if _goes(entry, family)]
    return Link(named[0], SOLE, "what it says beside where it is") if named and _one(named) else None


def _goes(entry: Entry, family: Family) -> bool:
    return Family.UNSPECIFIED in (family, entry.alias.family) or entry.alias.family == family


def _one(entries: Iterable[Entry]) -> bool:
    return len({entry.entity for entry in entries}) == 1
