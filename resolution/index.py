"""All aliases in memory, found by key, name, identifier and blocking key; grows online, is rebuilt from the graph.

Every change is journaled until `settle`, so that a batch that fails to commit is taken back whole by `undo`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from graph.alias import Alias
from graph.judgement import Judgement, Verdict
from graph.keys import Family
from resolution.blocking import ambiguous_form, bearer_keys, needed, whole_keys, word_keys
from resolution.features.vetoes import scheme
from resolution.names.normalise import Name, normalise

RESOLVED = frozenset({Family.PERSON, Family.COLLECTIVE, Family.PLACE, Family.UNSPECIFIED})
"""Families that are resolved fuzzily; WHAT, WHEN and WHY go by exact key alone."""


WALK = 2_000
"""Entries of one list that are looked at; a key that brings more does not tell names apart."""


@dataclass(slots=True, eq=False)
class Entry:
    """One alias in the index. `entity` is the key of the entity that holds it now; `form` is set when the name does
    not identify by itself."""

    alias: Alias
    entity: str
    form: str | None
    _meets: tuple[int, frozenset[str]] | None = None

    @property
    def meets(self) -> tuple[int, frozenset[str]]:
        """How many words it has that names are found by, and all their keys. Kept from the first time it is asked:
        an entry under a common word is asked by every name that has the word."""
        if self._meets is None:
            words = word_keys(self.name)
            self._meets = len(words), frozenset(key for keys in words for key in keys)
        return self._meets

    @property
    def name(self) -> Name:
        """The name taken apart (cached by name and family)."""
        return normalise(self.alias.name, self.alias.family)


class AliasIndex:
    """The aliases of one graph as they stood at `change`. Not thread-safe: its owner holds one lock around it."""

    def __init__(self) -> None:
        self.change = -1
        self.by_key: dict[str, Entry] = {}
        self.members: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._by_identifier: dict[str, list[Entry]] = {}
        self._postings: dict[str, list[Entry]] = {}
        self._bearers: dict[str, list[Entry]] = {}
        self._forms: dict[str, list[Entry]] = {}
        self._judged: dict[str, dict[str, Judgement]] = {}
        self._journal: list[Callable[[], object]] = []

    def __len__(self) -> int:
        return len(self.by_key)

    def add(self, alias: Alias, entity: str) -> Entry:
        """Takes in an alias that is not there yet."""
        resolved = alias.family in RESOLVED
        name = normalise(alias.name, alias.family) if resolved else None
        entry = Entry(alias, entity, ambiguous_form(name, alias.family) if name else None)
        self.by_key[alias.key] = entry
        self._journal.append(lambda: self.by_key.pop(alias.key))
        self._push(self.members, entity, entry)
        if name is None:
            return entry
        self._push(self._by_name, alias.normalised, entry)
        if scheme(alias.discriminator):
            self._push(self._by_identifier, alias.discriminator, entry)
        for key in (*whole_keys(name, alias.family), *(key for keys in word_keys(name) for key in keys)):
            self._push(self._postings, key, entry)
        for key in bearer_keys(name, alias.family):
            self._push(self._bearers, key, entry)
        if entry.form:
            self._push(self._forms, entry.form, entry)
        return entry

    def move(self, entry: Entry, entity: str) -> None:
        """Lets the alias name another entity."""
        former = entry.entity
        place = self.members[former].index(entry)
        del self.members[former][place]
        self.members.setdefault(entity, []).append(entry)
        entry.entity = entity
        self._journal.append(lambda: self._move_back(entry, former, place))

    def judge(self, judgement: Judgement) -> None:
        """Takes in a judgement on two aliases; a revoked one is taken out."""
        former = [self._judged.get(end, {}).get(judgement.id) for end in (judgement.a, judgement.b)]
        self._set_judged(judgement, None if judgement.revoked_at else judgement)
        self._journal.append(lambda: self._set_judged(judgement, former[0]))

    def judgements(self, alias_key: str) -> Iterator[Judgement]:
        """Live judgements that have the alias on one side."""
        yield from self._judged.get(alias_key, {}).values()

    def parted(self, one: str, two: str) -> bool:
        """True when a live negative judgement parts the two aliases."""
        return any(j.verdict is Verdict.NEGATIVE and two in (j.a, j.b) for j in self.judgements(one))

    def identified(self, entry: Entry) -> list[Entry]:
        """Other aliases that carry the same stated identifier, earliest first."""
        discriminator = entry.alias.discriminator
        return [other for other in self._by_identifier.get(discriminator, ()) if other is not entry]

    def namesakes(self, entry: Entry) -> list[Entry]:
        """Other aliases with the same normalised name, earliest first."""
        return [other for other in self._by_name.get(entry.alias.normalised, ()) if other is not entry]

    def named(self, normalised: str) -> list[Entry]:
        """All aliases with that normalised name, earliest first."""
        return list(self._by_name.get(normalised, ()))

    def bearers(self, form: str) -> list[Entry]:
        """Fuller names that bear an ambiguous form, earliest first."""
        return list(self._bearers.get(form, ()))

    def forms_of(self, entry: Entry) -> list[Entry]:
        """Aliases of an ambiguous form that this fuller name bears, earliest first."""
        keys = bearer_keys(entry.name, entry.alias.family) if entry.alias.family in RESOLVED else ()
        return [other for key in keys for other in self._forms.get(key, ())]

    def block(self, name: Name, family: str, limit: int) -> list[Entry]:
        """At most `limit` candidates, those that meet most words first, then the earliest.

        Whoever meets k of n words is in one of the n - k + 1 shortest lists: only those are walked, each for at most
        `WALK` entries.
        """
        found = {id(e): (e, 99) for key in whole_keys(name, family) for e in self._postings.get(key, ())[:limit]}
        words = word_keys(name)
        least = needed(len(words))
        lists = [[e for key in keys for e in self._postings.get(key, ())[:WALK]] for keys in words]
        for candidates in sorted(lists, key=len)[: len(words) - least + 1]:
            for entry in candidates:
                if id(entry) not in found:
                    found[id(entry)] = (entry, _meeting(words, entry))
        worth = [(entry, met) for entry, met in found.values() if met >= least]
        worth.sort(key=lambda one: (-one[1], one[0].alias.born))
        return [entry for entry, _ in worth[:limit]]

    def component(self, start: Iterable[str]) -> dict[str, int]:
        """Alias keys that live positive judgements connect with `start`, each with its order of founding."""
        todo, born = list(start), dict[str, int]()
        while todo:
            key = todo.pop()
            if key in born or key not in self.by_key:
                continue
            born[key] = self.by_key[key].alias.born
            todo += [end for j in self.judgements(key) if j.verdict is Verdict.POSITIVE for end in (j.a, j.b)]
        return born

    @property
    def mark(self) -> int:
        """How much was done since the last settle; give it to `settle` to keep that much."""
        return len(self._journal)

    def settle(self, change: int, mark: int | None = None) -> None:
        """Keeps everything done since the last settle, or the first `mark` steps of it; the index now stands at
        `change`, and `undo` takes back only what came later."""
        self.change = change
        del self._journal[:mark]

    def undo(self) -> None:
        """Takes back everything done since the last settle."""
        while self._journal:
            self._journal.pop()()

    def _push(self, lists: dict[str, list[Entry]], key: str, entry: Entry) -> None:
        found = lists.setdefault(key, [])
        found.append(entry)
        self._journal.append(found.pop)

    def _move_back(self, entry: Entry, former: str, place: int) -> None:
        # To its very place: other steps that are taken back afterwards count on the order.
        self.members[entry.entity].remove(entry)
        self.members[former].insert(place, entry)
        entry.entity = former

    def _set_judged(self, judgement: Judgement, value: Judgement | None) -> None:
        for end in {judgement.a, judgement.b}:
            known = self._judged.setdefault(end, {})
            if value is None:
                known.pop(judgement.id, None)
            else:
                known[judgement.id] = value


def _meeting(words: list[tuple[str, ...]], entry: Entry) -> int:
    """Words of the name that the entry has too; none when one has a single word and the other has not."""
    theirs, keys = entry.meets
    if min(len(words), theirs) == 1 != max(len(words), theirs):
        return 0
    met = 0
    for word in words:
        if not keys.isdisjoint(word):
            met += 1
    return met
