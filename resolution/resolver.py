"""The online path: each mention of a batch gets an alias and an entity, each decision a judgement.

Exact key of a name that identifies: one look-up. Else document memory, then the rules for namesakes, identifiers and
forms that do not identify, then blocked and scored candidates. Deterministic in the order of mentions: a replay from
the same graph decides the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graph.alias import Alias
from graph.entity import UNSPECIFIED
from graph.judgement import Author, Judgement, Verdict
from graph.keys import RESOLVED, Family
from graph.mention import Mention
from resolution.clusters import partition
from resolution.context import Answer, Context, decided, question, together, told_here
from resolution.decide import (
    KEPT,
    NAMESAKE,
    SOLE_BEARER,
    clashes,
    compatible,
    lean,
    level,
    online,
    rank_candidates,
    same_identifier,
    verdict_of,
)
from resolution.index import AliasIndex, Entry
from resolution.memory import DocumentMemory, speaks_of_itself
from resolution.names.kinds import guess_kind, guess_place
from resolution.score import POSITIVE

REVOKED = datetime(1, 1, 1, tzinfo=UTC)
"""Marks a judgement as taken out of the index; the ledger stores the true time of the batch."""
BY_CONTEXT = "the bearer that its context supports"
ORDINALS = 1 << 20
"""Aliases that one batch may found; `born` is change number x this + place in the batch."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where one mention went: its alias, and how sure (0..1) that was."""

    mention: Mention
    entry: Entry
    score: float


Place = tuple[list[Entry], float, Author, str]
"""Aliases that a placement rests on, the one it goes to first; its probability, author and reason."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One event while its mentions are placed: id, time (epoch milliseconds), memory, and the aliases it names: the own
    ones, but where a person placed a mention."""

    event: str
    ts: int
    memory: DocumentMemory
    entries: list[Entry]


@dataclass(slots=True)
class Resolution:
    """What a batch brings to identity: aliases founded, judgements made and revoked, aliases that changed entity."""

    founded: list[Entry] = field(default_factory=list[Entry])
    judgements: list[Judgement] = field(default_factory=list[Judgement])
    revoked: list[Judgement] = field(default_factory=list[Judgement])
    moved: dict[str, str] = field(default_factory=dict[str, str])
    """Alias key -> the entity that held it before this batch; only aliases that were there before."""
    unsure: set[str] = field(default_factory=set[str])
    """Keys of new aliases that were left unsure."""
    asked: list[Answer] = field(default_factory=list[Answer])
    """What was asked of the graph about bearers: asked once more under the gate."""

    @property
    def review(self) -> int:
        """Names that were left unsure."""
        return len(self.unsure)


class BatchResolver:
    """One batch, to be committed as `change`: feed it the mentions event by event, then read `outcome`.

    Whoever owns the index holds the lock around it, and settles or undoes the index afterwards.
    """

    chooser = Author.ONLINE
    """Who places a mention by its context."""

    def __init__(self, index: AliasIndex, change: int, context: Context | None = None) -> None:
        self.index = index
        self.change = change
        self.outcome = Resolution()
        self._context = context
        self._told: list[tuple[str, int, frozenset[str]]] = []
        """Events of this batch (id, time, entities), which no graph can tell of yet; kept where context is asked."""

    def event(self, event_id: str, mentions: Iterable[Mention], ts: int = 0) -> list[Resolved]:
        """Resolves the mentions of one event, which happened at `ts` (epoch milliseconds); the answers stand in their
        order, which decides nothing."""
        known = self.index.by_key
        told = [(mention, known.get(mention.alias0) or self._found(mention)) for mention in mentions]
        entries = [entry for _, entry in told]
        named = entries
        if self.index.placed or speaks_of_itself(entries) or any(map(self.index.leans, entries)):
            scene = self.scene(event_id, ts, entries, (mention.id(event_id) for mention, _ in told))
            named = scene.entries
            resolved = [self._place(scene, mention, entry) for mention, entry in told]
        else:
            resolved = [Resolved(mention, entry, 1.0) for mention, entry in told]
        if self._context is not None:
            self._told.append((event_id, ts, frozenset(entry.entity for entry in named)))
        return resolved

    def scene(self, event_id: str, ts: int, entries: list[Entry], mentions: Iterable[str]) -> Scene:
        """The event with the own aliases of its mentions, and the ids of these."""
        named = entries
        if self.index.placed:
            said = [self._placed_by_person(event_id, mention) for mention in mentions]
            named = [self.index.by_key[j.a] if j else entry for entry, j in zip(entries, said, strict=True)]
        return Scene(event_id, ts, DocumentMemory(entries), named)

    def kind_of(self, entity: str) -> tuple[str, str]:
        """(kind, source) of an entity: the kind that its earliest alias with a stated one states, else a guess."""
        members = sorted(self.index.members.get(entity, ()), key=lambda e: e.alias.born)
        for entry in members:
            if entry.alias.kind != UNSPECIFIED:
                return entry.alias.kind, "stated"
        if not members or members[0].alias.family not in RESOLVED:
            return UNSPECIFIED, "guessed"
        if any(entry.alias.family == Family.PLACE for entry in members):
            return guess_place(members[0].alias.name), "guessed"
        return guess_kind(members[0].alias.name, self.known_kind, self.is_person_word), "guessed"

    def family_of(self, entity: str) -> str:
        """The family that the earliest alias of an entity with a stated one states."""
        members = sorted(self.index.members[entity], key=lambda e: e.alias.born)
        stated = (entry.alias.family for entry in members if entry.alias.family != Family.UNSPECIFIED)
        return next(stated, Family.UNSPECIFIED)

    def known_kind(self, normalised: str) -> str | None:
        """The one kind that aliases of this normalised name state; None when none or several do."""
        kinds = {e.alias.kind for e in self.index.named(normalised) if e.alias.kind != UNSPECIFIED}
        return kinds.pop() if len(kinds) == 1 else None

    def is_person_word(self, word: str) -> bool:
        """True when a person whose name holds the word is known."""
        return bool(self.index.bearers(f"p|{word}"))

    def _place(self, scene: Scene, mention: Mention, entry: Entry) -> Resolved:
        index = self.index
        said = self._placed_by_person(scene.event, mention.id(scene.event)) if index.placed else None
        if said is not None:
            return Resolved(mention, index.by_key[said.a], said.score)
        longer = [one for one in scene.memory.recall(entry) if not index.parted(entry.alias.key, one.alias.key)]
        if longer:
            reason = "more is said of the name in the same event"
            return self._placed(scene, mention, entry, (longer, NAMESAKE, Author.RULE, reason))
        bearers = self._open(entry, index.leans(entry))
        if bearers:
            found = self._by_context(scene, entry, bearers)
            if found is not None:
                return self._placed(scene, mention, entry, found)
        return Resolved(mention, entry, 1.0 if entry.form is None else SOLE_BEARER)

    def _placed_by_person(self, event_id: str, mention: str) -> Judgement | None:
        """A person's placement of the mention."""
        said = self.index.placed.get((event_id, mention))
        return said if said is not None and said.a in self.index.by_key else None

    def _by_context(self, scene: Scene, entry: Entry, bearers: list[Entry]) -> Place | None:
        """The bearer that the past supports, beside the others that the event names."""
        here = sorted((other for other in scene.entries if other is not entry), key=lambda other: other.alias.key)
        beside = (other.entity for other in here if other.entity != entry.entity)
        asked = question(scene.event, (bearer.entity for bearer in bearers), beside, scene.ts)
        if self._context is None or asked is None:
            return None
        told = told_here(asked, self._told)
        found = decided(asked, together(self._context.support(asked), told), POSITIVE)
        self.outcome.asked.append(Answer(asked, told, found[0] if found else None))
        if found is None:
            return None
        every = dict.fromkeys([*(self._stronger(entry) or self._fuller(entry)), *bearers])
        chosen = [bearer for bearer in every if bearer.entity == found[0]]
        chosen.sort(key=lambda bearer: (bearer.alias.normalised, bearer.alias.discriminator, bearer.alias.family))
        # It rests on those bearers being one; that others bear the name, too, is no reason to ask again.
        return chosen, found[1], self.chooser, BY_CONTEXT

    def _placed(self, scene: Scene, mention: Mention, entry: Entry, place: Place) -> Resolved:
        others, value, by, reason = place
        self._judge(
            Judgement(
                a=others[0].alias.key,
                b=entry.alias.key,
                verdict=Verdict.POSITIVE,
                by=by,
                score=value,
                reason=reason,
                rests_on=tuple(one.alias.key for one in others[:50]),
                event=scene.event,
                mention=mention.id(scene.event),
            )
        )
        return Resolved(mention, others[0], value)

    def _found(self, mention: Mention) -> Entry:
        born = self.change * ORDINALS + len(self.outcome.founded)
        alias = Alias(
            mention.alias0,
            mention.display,
            mention.normalised,
            mention.family,
            mention.discriminator,
            mention.kind,
            born,
        )
        entry = self.index.add(alias, alias.key)
        self.outcome.founded.append(entry)
        if alias.family in RESOLVED:
            made = self._decide(entry)
            for judgement in made:
                self._judge(judgement)
            if any(j.verdict is Verdict.POSITIVE for j in made):
                self._repartition([alias.key])
            elif made:
                self.outcome.unsure.add(alias.key)
            self._ask_again(entry)
        return entry

    def _decide(self, entry: Entry) -> list[Judgement]:
        identified = [other for other in self.index.identified(entry) if compatible(entry, other)]
        if identified:
            return self._joined(entry, identified[0], [same_identifier(entry, identified[0])])
        leaning = self._lean(entry)
        if leaning or entry.form is not None:
            return leaning
        made: list[Judgement] = []
        for ranked in rank_candidates(self.index, entry)[:KEPT]:
            verdict = verdict_of(ranked.score.value)
            if verdict is Verdict.POSITIVE and not made:
                made = self._joined(entry, ranked.entry, [online(entry, ranked, verdict)])
            elif verdict is not None:
                made.append(online(entry, ranked, Verdict.UNSURE))
        return made

    def _joined(self, entry: Entry, other: Entry, made: list[Judgement]) -> list[Judgement]:
        return made + clashes(self.index, entry, other)

    def _lean(self, entry: Entry) -> list[Judgement]:
        """What a bare, untyped or short name leans on: its stronger namesakes, else the fuller names that bear it."""
        if self.index.vacant(entry):
            return []
        named = self._stronger(entry)
        if named:
            return self._leaning(entry, named, lean(entry, named, "bearer of this name", Author.RULE, NAMESAKE))
        bearers = self._fuller(entry)
        return self._leaning(
            entry, bearers, lean(entry, bearers, "bearer of this short form", Author.ONLINE, SOLE_BEARER)
        )

    def _stronger(self, entry: Entry) -> list[Entry]:
        """Namesakes of which more is stated."""
        return self._open(entry, [other for other in self.index.namesakes(entry) if level(other) > level(entry)])

    def _fuller(self, entry: Entry) -> list[Entry]:
        """Names that bear this short form."""
        return self._open(entry, self.index.bearers(entry.form)) if entry.form is not None else []

    def _leaning(self, entry: Entry, bearers: list[Entry], made: list[Judgement]) -> list[Judgement]:
        sole = bool(made) and made[0].verdict is Verdict.POSITIVE
        return self._joined(entry, bearers[0], made) if sole else made

    def _open(self, entry: Entry, others: list[Entry]) -> list[Entry]:
        return [
            other
            for other in others
            if compatible(entry, other)
            and not self.index.parted(entry.alias.key, other.alias.key)
            and not self.index.vacant(other)
        ]

    def leaning(self, entry: Entry) -> list[Entry]:
        """Short and weaker names whose decision looks at the entry, earliest first: it is a bearer that they have."""
        weaker = [other for other in self.index.namesakes(entry) if level(other) < level(entry)]
        found = [
            short for short in (*self.index.forms_of(entry), *weaker) if short is not entry and compatible(short, entry)
        ]
        return sorted(dict.fromkeys(found), key=lambda short: (short.alias.born, short.alias.key))

    def _ask_again(self, entry: Entry) -> None:
        """A new name may be a further bearer of short or bare names that lean on one bearer, or the first one."""
        for short in self.leaning(entry):
            self._lean_anew(short)

    def _lean_anew(self, short: Entry) -> None:
        former = [j for j in self.index.judgements(short.alias.key) if j.rests_on and j.a == short.alias.key]
        touched = set(self.index.component([short.alias.key]))
        for judgement in former:
            self._revoke(judgement)
        self._repartition(touched)
        made = self._lean(short)
        if {(j.b, j.verdict) for j in made} == {(j.b, j.verdict) for j in former}:
            for judgement in former:
                self._restore(judgement)
            self._repartition(touched)
            return
        for judgement in made:
            self._judge(judgement)
        self._repartition(touched | {short.alias.key})

    def _judge(self, judgement: Judgement) -> None:
        judgement = judgement.model_copy(update={"change": self.change})
        self.outcome.judgements.append(judgement)
        self.index.judge(judgement)

    def _revoke(self, judgement: Judgement) -> None:
        self.index.judge(judgement.model_copy(update={"revoked_at": REVOKED}))
        if judgement in self.outcome.judgements:
            self.outcome.judgements.remove(judgement)
        else:
            self.outcome.revoked.append(judgement)

    def _restore(self, judgement: Judgement) -> None:
        self.index.judge(judgement)
        if judgement in self.outcome.revoked:
            self.outcome.revoked.remove(judgement)
        else:
            self.outcome.judgements.append(judgement)

    def _repartition(self, touched: Iterable[str]) -> None:
        born = self.index.component(touched)
        # Each judgement stands under both of its ends.
        judgements = [j for key in born for j in self.index.judgements(key) if j.a == key or j.a not in born]
        for key, entity in partition(born, judgements).items():
            entry = self.index.by_key[key]
            if entry.entity == entity:
                continue
            if entry.alias.born < self.change * ORDINALS:
                former = self.outcome.moved.setdefault(key, entry.entity)
                if former == entity:
                    del self.outcome.moved[key]
            self.index.move(entry, entity)
