"""One decision of who is who, thought through on the index: what it joins and parts, and what is asked again after it.

All judgements of a decision are taken together: one partition of the components that they touch. Then whatever leans on
a name that went to another entity is asked again, earliest first, until nothing moves any more.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.alias import Alias
from graph.batch import IdentityWrite, Kind
from graph.errors import InvalidInput, NotFound
from graph.judgement import Author, Judgement, Verdict
from graph.keys import RESOLVED, W
from graph.mention import Mention
from resolution.context import Context
from resolution.index import AliasIndex, Entry
from resolution.resolver import ORDINALS, REVOKED, BatchResolver, Scene

ROUNDS = 8
"""Times that names which lean on moved ones are asked again; each round asks only about names that just moved."""


@dataclass(slots=True)
class Told(Mention):
    """A mention that stands in the graph already, under the id that it has there."""

    known_id: str = ""

    def id(self, event_id: str) -> str:  # noqa: ARG002 (its id is that of the graph)
        """Its id within the event."""
        return self.known_id


@dataclass(frozen=True, slots=True)
class Stands:
    """A mention in the graph: its id, the alias it stands on, its own alias, and how sure that was."""

    id: str
    alias: str
    alias0: str
    score: float


@dataclass(frozen=True, slots=True)
class Anew:
    """Where a mention would stand today; `placement` is None where that is its own alias, or a person said so."""

    stands: Stands
    alias: str
    score: float
    placement: Judgement | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A positive whose two ends are not one entity, since a negative parts the entities that hold them."""

    positive: Judgement
    negative: Judgement


class Bench(BatchResolver):
    """A decision to be committed as `change`, on an index whose owner takes back what this does to it. With a context
    it is the batch that places mentions by it."""

    chooser = Author.BATCH

    def __init__(self, index: AliasIndex, change: int, context: Context | None = None) -> None:
        super().__init__(index, change, context)
        self.given: list[Judgement] = []
        """Judgements of the decision itself, as they are written; those asked again are in `outcome` alone."""
        self.taken: list[Judgement] = []
        """Judgements that the decision itself takes back, those that stand in a person's way among them."""
        self.asked: dict[str, None] = {}
        """Names that lean on what the decision touched: each of their mentions may have to stand elsewhere."""

    def found(self, alias: Alias) -> Entry:
        """A further alias, on its own at first; its order of founding is set here."""
        born = self.change * ORDINALS + len(self.outcome.founded)
        entry = self.index.add(
            Alias(alias.key, alias.name, alias.normalised, alias.family, alias.discriminator, alias.kind, born),
            alias.key,
        )
        self.outcome.founded.append(entry)
        return entry

    def rule(
        self,
        made: Sequence[Judgement],
        revoked: Iterable[Judgement] = (),
        restored: Sequence[Judgement] = (),
    ) -> None:
        """Takes judgements in and others back, and brings the partition to them. `restored` stood before: they are
        taken in as they are.

        A person's word that stands already, by the same author, is not written twice. Raises NotFound, InvalidInput.
        """
        _different(made)
        touched = dict[str, None]()
        for judgement in revoked:
            self._take_back(judgement, touched)
        for judgement in made:
            self._admit(judgement)
            if judgement.by is Author.PERSON and not judgement.is_placement:
                standing = [j for j in self._said(judgement) if j.verdict is judgement.verdict]
                if standing:
                    continue
                for other in [*self._own_word(judgement), *self._in_the_way(judgement)]:
                    self._take_back(other, touched)
            self._judge(judgement)
            self.given.append(judgement.model_copy(update={"change": self.change}))
            if not judgement.is_placement:
                touched |= {judgement.a: None, judgement.b: None}
        for judgement in restored:
            self._judge(judgement)
            if not judgement.is_placement:
                touched |= {judgement.a: None, judgement.b: None}
        self._repartition(touched)
        self._ask_those_who_lean(touched)

    def placed_anew(self, event: str, ts: int, mentions: Sequence[Stands]) -> list[Anew]:
        """Where the mentions of names that were asked again would stand if the event came today; those that stand there
        are left out. What context alone decided is not asked again without one."""
        asked = {one.id for one in mentions if one.alias0 in self.asked}
        found = self.stand_today(event, ts, mentions, asked) if asked else []
        return [anew for anew in found if (anew.alias, anew.score) != (anew.stands.alias, anew.stands.score)]

    def stand_today(self, event: str, ts: int, mentions: Sequence[Stands], asked: Collection[str]) -> list[Anew]:
        """Where the mentions asked about (by id) would stand if the event came today."""
        known = self.index.by_key
        told = [one for one in mentions if one.alias0 in known]
        scene = self.scene(event, ts, [known[one.alias0] for one in told], (one.id for one in told))
        return [self._placed_one(scene, one) for one in told if one.id in asked]

    def _placed_one(self, scene: Scene, one: Stands) -> Anew:
        entry = self.index.by_key[one.alias0]
        alias = entry.alias
        mention = Told(
            W.WHO, alias.name, "", 0, alias.family, alias.normalised, alias.discriminator, alias.kind, alias.name
        )
        mention.known_id = one.id
        made, self.outcome.judgements = self.outcome.judgements, []
        try:
            resolved = self._place(scene, mention, entry)
            placement = self.outcome.judgements[0] if self.outcome.judgements else None
        finally:
            self.outcome.judgements = made
        return Anew(one, resolved.entry.alias.key, resolved.score, placement)

    def identity(self) -> IdentityWrite:
        """What the decision brings to the graph."""
        index, outcome = self.index, self.outcome
        moved = {alias: (before, index.by_key[alias].entity) for alias, before in outcome.moved.items()}
        touched = {entry.entity for entry in outcome.founded} | {entity for pair in moved.values() for entity in pair}
        held = {entity for entity in touched if index.members.get(entity)}
        return IdentityWrite(
            founded=[(entry.alias, entry.entity) for entry in outcome.founded],
            judgements=outcome.judgements,
            revoked=outcome.revoked,
            moved=moved,
            kinds={entity: Kind(*self.kind_of(entity), self.family_of(entity)) for entity in held},
            several=held,
        )

    def conflicts(self, entities: Iterable[str]) -> list[Conflict]:
        """Positives between two of these entities, or one of them and another, that negatives keep from joining."""
        found: dict[str, Conflict] = {}
        for entity in sorted(set(entities)):
            for entry in self.index.members.get(entity, ()):
                for judgement in self.index.judgements(entry.alias.key):
                    if judgement.verdict is Verdict.POSITIVE:
                        ends = [self.index.by_key[end].entity for end in (judgement.a, judgement.b)]
                        if ends[0] != ends[1]:
                            negative = next(self._between(*ends), None)
                            if negative is not None:
                                found.setdefault(judgement.id, Conflict(judgement, negative))
        return list(found.values())

    def _admit(self, judgement: Judgement) -> None:
        ends: list[str] = []
        for end in (judgement.a, judgement.b):
            entry = self.index.by_key.get(end)
            if entry is None:
                raise NotFound("alias", end)
            ends.append(entry.alias.family)
        if judgement.verdict is Verdict.POSITIVE and ends[0] != ends[1] and not RESOLVED.issuperset(ends):
            raise InvalidInput(f"a {ends[0]} and a {ends[1]} cannot be one")

    def _take_back(self, judgement: Judgement, touched: dict[str, None]) -> None:
        self.taken.append(judgement)
        if judgement.is_placement:
            self.index.judge(judgement.model_copy(update={"revoked_at": REVOKED}))
            self.outcome.revoked.append(judgement)
            return
        self._revoke(judgement)
        touched |= {judgement.a: None, judgement.b: None}

    def _said(self, judgement: Judgement) -> list[Judgement]:
        """What the same person said of the very pair before."""
        return [
            j
            for j in self.index.judgements(judgement.a)
            if {j.a, j.b} == {judgement.a, judgement.b} and j.by is Author.PERSON and j.author == judgement.author
        ]

    def _own_word(self, judgement: Judgement) -> list[Judgement]:
        """Whoever judges a pair anew takes back what they said of it."""
        return [j for j in self._said(judgement) if j.verdict is not judgement.verdict]

    def _in_the_way(self, judgement: Judgement) -> list[Judgement]:
        """Negatives between the two entities that a person joins: automatic ones, and the same person's own."""
        if judgement.verdict is not Verdict.POSITIVE:
            return []
        one, two = (self.index.by_key[end].entity for end in (judgement.a, judgement.b))
        return [
            negative
            for negative in self._between(one, two)
            if negative.by is not Author.PERSON or negative.author == judgement.author
        ]

    def _between(self, one: str, two: str) -> Iterator[Judgement]:
        """Live negatives between two entities, each once."""
        if one == two:
            return
        small, large = sorted((self.index.members.get(one, []), self.index.members.get(two, [])), key=len)
        keys = {entry.alias.key for entry in large}
        for entry in small:
            for judgement in list(self.index.judgements(entry.alias.key)):
                if judgement.verdict is Verdict.NEGATIVE and (judgement.a in keys or judgement.b in keys):
                    yield judgement

    def _ask_those_who_lean(self, touched: Iterable[str]) -> None:
        index = self.index
        self.asked |= dict.fromkeys(touched)
        fresh = self._regrouped({index.by_key[key].entity for key in touched if key in index.by_key})
        for _ in range(ROUNDS):
            shorts = {short.alias.key: short for entry in fresh for short in self.leaning(entry)}
            self.asked |= dict.fromkeys(shorts)
            stood = dict(self.outcome.moved)
            for short in sorted(shorts.values(), key=lambda e: e.alias.born):
                self._lean_anew(short)
            moved = {key for key in self.outcome.moved.keys() | stood if self.outcome.moved.get(key) != stood.get(key)}
            if not moved:
                return
            fresh = self._regrouped({index.by_key[key].entity for key in moved} | {stood.get(key, "") for key in moved})

    def _regrouped(self, entities: set[str]) -> list[Entry]:
        entities |= set(self.outcome.moved.values())
        return [entry for entity in sorted(entities) for entry in self.index.members.get(entity, ())]


def _different(made: Iterable[Judgement]) -> None:
    seen = set[tuple[frozenset[str], str | None, str, str, str]]()
    for judgement in made:
        pair = frozenset((judgement.a, judgement.b))
        subject = (pair, judgement.mention, judgement.by.value, judgement.reason, judgement.decision)
        if subject in seen:
            raise InvalidInput("a pair is judged twice by the same author for the same reason")
        seen.add(subject)
