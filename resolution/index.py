"""All aliases in memory, found by key, name, identifier and blocking key; grows online, is rebuilt from the graph.

Every change is journaled until `settle`, so that a batch that fails to commit is taken back whole by `undo`. Made for a
million aliases in one process: an alias costs an entry, its strings and a few numbers in arrays (docs/identity.md).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from graph.alias import Alias
from graph.judgement import Author, Judgement, Verdict
from graph.keys import RESOLVED, Family
from resolution.blocking import ambiguous_form, bearer_keys, block_words, joined, whole_keys
from resolution.features.acronyms import spells
from resolution.features.vetoes import scheme
from resolution.features.words import SOUND, within
from resolution.names.normalise import Name, normalise
from resolution.names.parts import Parts, take_apart
from resolution.postings import Postings
from resolution.vocabulary import Numbers, numbers, pull, push

BEARERS = 100
"""Bearers of a short form that are told; with more it says nothing of who is meant."""
LOOKED_AT = 2_000
"""Names looked at for the bearers of one short form."""
LEAST_HEARD = 4
"""Letters of the longest word of which the sound alone says nothing."""
GENERATION_MARKS = ("jr", "sr")
_FAMILY = {Family.PERSON.value: 1, Family.COLLECTIVE.value: 2, Family.PLACE.value: 3}
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Entry:
    """One alias in the index. `entity` is the key of the entity that holds it now; `form` is set when the name does
    not identify by itself; `number` is its place in the index, -1 where it is found by exact key alone."""

    alias: Alias
    entity: str
    form: str | None
    number: int

    @property
    def name(self) -> Name:
        """The name taken apart (cached by name and family)."""
        return normalise(self.alias.name, self.alias.family)


class Members:
    """The aliases of each entity, earliest first."""

    __slots__ = ("held",)

    def __init__(self) -> None:
        self.held: dict[str, Entry | list[Entry]] = {}
        """Most entities have one alias: it stands without a list."""

    def get(self, entity: str, default: T = ()) -> "list[Entry] | T":
        """The aliases of an entity; the default when it holds none."""
        held = self.held.get(entity)
        return default if held is None else [held] if isinstance(held, Entry) else held

    def __getitem__(self, entity: str) -> list[Entry]:
        held = self.held[entity]
        return [held] if isinstance(held, Entry) else held

    def insert(self, entity: str, entry: Entry, place: int | None = None) -> None:
        """Puts an alias at a place, by default the last."""
        held = self.held.get(entity)
        if held is None:
            self.held[entity] = entry
        elif isinstance(held, Entry):
            self.held[entity] = [entry, held] if place == 0 else [held, entry]
        else:
            held.insert(len(held) if place is None else place, entry)

    def remove(self, entity: str, entry: Entry) -> int:
        """Takes an alias out and answers where it stood."""
        held = self.held[entity]
        if isinstance(held, Entry):
            del self.held[entity]
            return 0
        place = held.index(entry)
        del held[place]
        if len(held) == 1:
            self.held[entity] = held[0]
        return place


class AliasIndex:
    """The aliases of one graph as they stood at `change`. Not thread-safe: its owner holds one lock around it."""

    def __init__(self) -> None:
        self.change = -1
        self.by_key: dict[str, Entry] = {}
        self.members = Members()
        self.placed: dict[tuple[str, str], Judgement] = {}
        """Live placements by a person, by (event, mention)."""
        self._placed_on: Counter[str] = Counter()
        self._entries: list[Entry] = []
        self._postings = Postings()
        self._whole: dict[str, Numbers] = {}
        self._bearers: dict[str, Numbers] = {}
        self._forms: dict[str, Numbers] = {}
        self._by_identifier: dict[str, Numbers] = {}
        self._judged: dict[str, dict[str, Judgement]] = {}
        self._journal: list[Entry | Callable[[], object]] = []

    def __len__(self) -> int:
        return len(self.by_key)

    def add(self, alias: Alias, entity: str) -> Entry:
        """Takes in an alias that is not there yet."""
        if alias.family not in RESOLVED:
            entry = Entry(alias, entity, None, -1)
        else:
            name = normalise(alias.name, alias.family)
            entry = Entry(alias, entity, ambiguous_form(name, alias.family), len(self._entries))
            self._entries.append(entry)
            self._enlist(entry, name)
        self.by_key[alias.key] = entry
        self.members.insert(entity, entry)
        self._journal.append(entry)
        return entry

    def move(self, entry: Entry, entity: str) -> None:
        """Lets the alias name another entity."""
        former = entry.entity
        place = self.members.remove(former, entry)
        self.members.insert(entity, entry)
        entry.entity = entity
        self._journal.append(lambda: self._move_back(entry, former, place))

    def judge(self, judgement: Judgement) -> None:
        """Takes in a judgement on two aliases, or a person's placement; a revoked one is taken out."""
        if judgement.is_placement:
            self._place(judgement)
            return
        former = self._judged.get(judgement.a, {}).get(judgement.id)
        self._set_judged(judgement, None if judgement.revoked_at else judgement)
        self._journal.append(lambda: self._set_judged(judgement, former))

    def judgements(self, alias_key: str) -> Iterator[Judgement]:
        """Live judgements that have the alias on one side."""
        yield from self._judged.get(alias_key, {}).values()

    def leans(self, entry: Entry) -> list[Entry]:
        """The several bearers that a bare, short or untyped name is unsure between, earliest first; none when it has
        one, or leans on nobody."""
        key = entry.alias.key
        judged = self._judged.get(key)
        if not judged:
            return []
        own = [j for j in judged.values() if j.a == key and j.rests_on]
        if not own or any(j.verdict is Verdict.POSITIVE for j in own):
            return []
        known = (self.by_key.get(end) for end in dict.fromkeys(end for j in own for end in j.rests_on))
        return sorted((one for one in known if one is not None), key=lambda one: (one.alias.born, one.alias.key))

    def parted(self, one: str, two: str) -> bool:
        """True when a live negative judgement parts the two aliases."""
        return any(j.verdict is Verdict.NEGATIVE and two in (j.a, j.b) for j in self.judgements(one))

    def vacant(self, entry: Entry) -> bool:
        """True for a name that a person founded for single mentions and took back since: it names nobody."""
        return entry.alias.is_of_mention and not self._placed_on[entry.alias.key]

    def identified(self, entry: Entry) -> list[Entry]:
        """Other aliases that carry the same stated identifier, earliest first."""
        held = self._by_identifier.get(entry.alias.discriminator)
        return self._earliest(number for number in numbers(held) if number != entry.number)

    def namesakes(self, entry: Entry) -> list[Entry]:
        """Other aliases with the same normalised name, earliest first."""
        return [other for other in self.named(entry.alias.normalised) if other is not entry]

    def named(self, normalised: str) -> list[Entry]:
        """All aliases with that normalised name, earliest first."""
        held = self._earliest(numbers(self._whole.get(joined(normalised))))
        return [entry for entry in held if entry.alias.normalised == normalised]

    def bearers(self, form: str) -> list[Entry]:
        """Fuller names that bear an ambiguous form, earliest first, at most `BEARERS`."""
        mark, _, text = form.partition("|")
        found = [*numbers(self._bearers.get(form))]
        if mark == "p":
            found += self._persons(text)
        elif mark == "i":
            found += self._with_initial(text, form)
        return self._earliest(found[:BEARERS])

    def forms_of(self, entry: Entry) -> list[Entry]:
        """Aliases of an ambiguous form that this fuller name bears, earliest first."""
        keys = bearer_keys(entry.name, entry.alias.family) if entry.alias.family in RESOLVED else ()
        return [other for key in keys for other in self._earliest(numbers(self._forms.get(key)))]

    def block(self, name: Name, family: str, limit: int) -> list[Entry]:
        """At most `limit` candidates whose names identify: those of the same letters, body or place first, then those
        whose words meet best, then the earliest."""
        parts = take_apart(name.display, family)
        qualifier = _told_apart(name, parts)
        entries = self._entries
        found: dict[int, None] = {}
        for key in whole_keys(parts, name.normalised, family):
            found.update(dict.fromkeys(numbers(self._whole.get(key))[:limit]))
        words = block_words(parts, qualifier)
        met = self._postings.meeting(words, _FAMILY.get(family, 0), limit)
        found.update(dict.fromkeys(number for _, number in met))
        return [entry for number in found if (entry := entries[number]).form is None][:limit]

    def containing(self, name: Name, family: str) -> list[Entry]:
        """Fuller names that hold all words of this one and its numbers (Henry VIII, Henry VIII of England), or whose
        words its letters spell, earliest first; none when they are too many to tell. Of a person who is told without a
        generation mark also those that bear one, else those whose one word sounds the same (Lutuli, Luthuli)."""
        parts = take_apart(name.display, family)
        words = [word.partition("|")[0] for word in block_words(parts, "")]
        scope = "|#" + ".".join(sorted(parts.numbers)) if parts.numbers else ""
        found = self._holding([word + scope for word in words])
        if not found and family == Family.PERSON and not scope:
            found = [one for mark in GENERATION_MARKS for one in self._holding([f"{word}|#{mark}" for word in words])]
            if not found and len(words) == 1 and len(words[0]) > LEAST_HEARD:
                alike = map(self._postings.vocabulary.words.__getitem__, self._postings.vocabulary.alike(words[0]))
                found = [
                    one for word in alike if within(words[0], word, True) == SOUND for one in self._holding([word])
                ]
        spelt = numbers(self._bearers.get(f"a|{words[0]}")) if len(words) == 1 else ()
        return self._earliest([*found, *spelt])

    def _holding(self, words: Sequence[str]) -> Collection[int]:
        """Names that hold all these words; none when they are too many to tell."""
        found: set[int] | None = None
        for word in words:
            held = set(islice(self._postings.holding(word), LOOKED_AT))
            if len(held) == LOOKED_AT:
                return ()
            found = held if found is None else found & held
        return found or ()

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
            step = self._journal.pop()
            if isinstance(step, Entry):
                self._take_out(step)
            else:
                step()

    def _enlist(self, entry: Entry, name: Name) -> None:
        words, keys, number = self._words_of(entry, name), _whole_of(entry), entry.number
        # A form that does not identify is nobody's candidate: it is found by its whole name alone.
        self._postings.add(words, _FAMILY.get(entry.alias.family, 0))
        for key in keys:
            push(self._whole, key, number)
        for key in self._borne(entry, name):
            push(self._bearers, key, number)
        if entry.form is not None:
            push(self._forms, entry.form, number)
        if scheme(entry.alias.discriminator):
            push(self._by_identifier, entry.alias.discriminator, number)

    def _take_out(self, entry: Entry) -> None:
        """Takes out the alias that came last."""
        del self.by_key[entry.alias.key]
        self.members.remove(entry.entity, entry)
        if entry.number < 0:
            return
        name = entry.name
        self._entries.pop()
        self._postings.drop_last()
        for key in _whole_of(entry):
            pull(self._whole, key)
        for key in self._borne(entry, name):
            pull(self._bearers, key)
        if entry.form is not None:
            pull(self._forms, entry.form)
        if scheme(entry.alias.discriminator):
            pull(self._by_identifier, entry.alias.discriminator)

    def _words_of(self, entry: Entry, name: Name) -> list[str]:
        if entry.form is not None:
            return []
        parts = take_apart(entry.alias.name, entry.alias.family)
        return block_words(parts, _told_apart(name, parts))

    def _borne(self, entry: Entry, name: Name) -> list[str]:
        """Short forms that are not found by the words of the name: letters, and words that are written otherwise for
        comparison."""
        if entry.form is not None:
            return []
        family = entry.alias.family
        if family != Family.PERSON:
            return bearer_keys(name, family)
        plain = set(self._words_of(entry, name))
        return [key for key in bearer_keys(name, family) if key[0] == "p" and key[2:] not in plain]

    def _persons(self, word: str) -> Iterator[int]:
        """Persons of several words of which one is this, as far as the bounds go."""
        left = LOOKED_AT
        for number in self._postings.holding(word):
            if self._entries[number].alias.family == Family.PERSON:
                yield number
            left -= 1
            if not left:
                return

    def _with_initial(self, text: str, form: str) -> Iterator[int]:
        initial, _, surname = text.partition(" ")
        others = numbers(self._bearers.get(f"p|{surname}"))
        for number in [*others, *self._postings.holding(surname, initial)][:LOOKED_AT]:
            entry = self._entries[number]
            if form in bearer_keys(entry.name, entry.alias.family):
                yield number

    def _earliest(self, found: Iterable[int]) -> list[Entry]:
        entries = [self._entries[number] for number in dict.fromkeys(found)]
        entries.sort(key=lambda entry: entry.alias.born)
        return entries

    def _move_back(self, entry: Entry, former: str, place: int) -> None:
        # To its very place: other steps that are taken back afterwards count on the order.
        self.members.remove(entry.entity, entry)
        self.members.insert(former, entry, place)
        entry.entity = former

    def _place(self, judgement: Judgement) -> None:
        if judgement.by is not Author.PERSON or judgement.event is None or judgement.mention is None:
            return
        key = judgement.event, judgement.mention
        former = self.placed.get(key)
        if judgement.revoked_at is None:
            self._put(key, judgement)
        elif former is not None and former.id == judgement.id:
            self._put(key, None)
        self._journal.append(lambda: self._put(key, former))

    def _put(self, key: tuple[str, str], value: Judgement | None) -> None:
        former = self.placed.pop(key, None)
        if former is not None:
            self._placed_on[former.a] -= 1
        if value is not None:
            self.placed[key] = value
            self._placed_on[value.a] += 1

    def _set_judged(self, judgement: Judgement, value: Judgement | None) -> None:
        for end in {judgement.a, judgement.b}:
            known = self._judged.setdefault(end, {})
            if value is None:
                known.pop(judgement.id, None)
            else:
                known[judgement.id] = value


def _whole_of(entry: Entry) -> list[str]:
    alias = entry.alias
    return whole_keys(take_apart(alias.name, alias.family), alias.normalised, alias.family)


def _told_apart(name: Name, parts: Parts) -> str:
    """What stands in brackets behind a name, but for its own letters: those tell it apart from nobody."""
    qualifier = name.qualifier
    return "" if qualifier and spells(qualifier.replace(" ", ""), parts) else qualifier
