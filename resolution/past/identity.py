"""Who was taken for whom at one time: names of an entity, the entity of names; now where no time is given."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from graph import ledger
from graph.database import Transaction
from graph.entity import UNSPECIFIED
from graph.errors import NotFound
from graph.judgement import Judgement
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.identity import PastAlias, around, kinds_at, names_now
from graph.reading.past import Address, Told, placements
from resolution.names.kinds import guess_kind
from resolution.replay import foremost, replay, stood


class Identity:
    """Names and entities of one time; what it has learnt of them it keeps."""

    def __init__(self, tx: Transaction, at: datetime | None) -> None:
        self._tx = tx
        self._at = at
        self._aliases: dict[str, PastAlias] = {}
        self._entities: dict[str, str] = {}
        self._members: dict[str, list[PastAlias]] = {}
        self._weights: dict[str, int] = {}
        self._kinds: dict[str, str] = {}

    def names_of(self, key: str) -> list[PastAlias]:
        """All names of the entity that held this one, earliest first; the first is what the entity goes by. Raises
        NotFound, BudgetExceeded."""
        self.learn([key])
        if key not in self._entities:
            raise NotFound("entity", key)
        return self._members[self._entities[key]]

    def entity_of(self, alias: str) -> str:
        """Key of the entity that held a name that was learnt; the name's own where it is unknown."""
        return self._entities.get(alias, alias)

    def alias(self, key: str) -> PastAlias | None:
        """A name that was learnt; None where there is none."""
        return self._aliases.get(key)

    def learn(self, keys: Iterable[str]) -> None:
        """Looks names up, many at once. Raises BudgetExceeded."""
        todo = [key for key in dict.fromkeys(keys) if key not in self._entities]
        if not todo:
            return
        if self._at is None:
            found = {one.key: one for one in names_now(self._tx, todo)}
            entities = {one.key: one.entity for one in found.values()}
        else:
            past = around(self._tx, todo, self._at)
            found = past.aliases
            entities = replay({one.key: one.born for one in found.values()}, past.judgements.values(), self._at)
        self._aliases |= found
        for alias, entity in entities.items():
            if alias not in self._entities:
                self._entities[alias] = entity
                self._members.setdefault(entity, []).append(found[alias])
        held = {entity: self._members[entity] for entity in set(entities.values())}
        for names in held.values():
            names.sort(key=lambda one: (one.born, one.key))
        self._kinds |= _kinds(self._tx, held, self._at)

    def shown(self, entity: str) -> tuple[str, str]:
        """(name, kind): of the names that it had the one that was most frequent, as far as their mentions were told to
        `weigh`, else the one that is now; the earliest of those that are as frequent."""
        held = self._members.get(entity)
        if not held:
            return "", UNSPECIFIED
        name = min(held, key=lambda one: (-self._weights.get(one.key, one.mentions), one.born)).name
        return name, self.kind_of(entity)

    def kind_of(self, entity: str) -> str:
        """What it was: as its earliest name with a stated kind states, else as it was guessed then."""
        return self._kinds.get(entity, UNSPECIFIED)

    def not_weighed(self, entities: Iterable[str]) -> list[str]:
        """Names of those of these entities that had several, of which mentions were not told yet."""
        several = [held for entity in dict.fromkeys(entities) if len(held := self._members.get(entity, [])) > 1]
        return [one.key for held in several for one in held if one.key not in self._weights]

    def weigh(self, mentions: Mapping[str, int]) -> None:
        """Takes how often names were mentioned; all names of an entity or none."""
        self._weights |= mentions


class Moved:
    """Mentions that stood on another name then than they do now."""

    def __init__(self, tx: Transaction, keys: Collection[str] | None, clocks: Clocks) -> None:
        self._stood: dict[Address, Judgement | None] = {
            address: _placement(made, clocks.identity_at) for address, made in placements(tx, keys, clocks).items()
        }

    def __contains__(self, address: Address) -> bool:
        return address in self._stood

    @property
    def addresses(self) -> list[Address]:
        """Where they stand."""
        return list(self._stood)

    @property
    def ids(self) -> list[str]:
        """Their mention ids."""
        return [mention for _, mention in self._stood]

    def place(self, event: str, mention: str) -> str | None:
        """The name that a mention was put on; None for its own."""
        placement = self._stood[event, mention]
        return placement.a if placement else None

    def placement(self, event: str, mention: str) -> Judgement | None:
        """What put a mention there; None where nothing did."""
        return self._stood[event, mention]

    def alias_of(self, told: Told) -> str:
        """The name that a mention stood on."""
        if told.address in self._stood:
            return self.place(*told.address) or told.alias0
        return told.alias


class Partition:
    """Who was one, of many names: by the whole ledger of then, which is read once; as it is now without a time."""

    def __init__(self, tx: Transaction, at: datetime | None) -> None:
        self._tx = tx
        self._at = at
        self._judged: dict[str, str] | None = None

    def entities(self, now: Mapping[str, str]) -> dict[str, str]:
        """Entity key of each of these names, given with the entity that holds it now."""
        if self._at is None:
            return dict(now)
        judged = self._learnt(self._at)
        return {key: judged.get(key, key) for key in now}

    def kinds(self, entities: Mapping[str, str]) -> dict[str, str]:
        """What each of these entities was, given with the kind of that which holds its earliest name now."""
        if self._at is None:
            return dict(entities)
        found = kinds_at(self._tx, entities, self._at)
        unknown = [key for key in entities if key not in found]
        names = {one.key: one for one in names_now(self._tx, unknown)} if unknown else {}
        return found | {key: _guessed([names[key]]) for key in unknown if key in names}

    def members(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """All names of each entity that held one of these."""
        wanted = list(keys)
        found: dict[str, list[str]] = {}
        if self._at is None:
            for one in names_now(self._tx, wanted):
                found.setdefault(one.entity, []).append(one.key)
            return found
        judged = self._learnt(self._at)
        for key in wanted:
            found.setdefault(judged.get(key, key), [])
        for key, entity in {**{key: key for key in wanted}, **judged}.items():
            if entity in found:
                found[entity].append(key)
        return found

    def _learnt(self, at: datetime) -> dict[str, str]:
        """Entities of the names that judgements of then speak of; any other was an entity of its own."""
        if self._judged is None:
            rows = self._tx.stream(statement("read/past_judgements"), {"at": at})
            judgements = [ledger.of_properties(row["j"]) for row in rows]
            ends = sorted({end for j in judgements for end in (j.a, j.b)})
            self._judged = replay({one.key: one.born for one in names_now(self._tx, ends)}, judgements, at)
        return self._judged


def _placement(made: Iterable[Judgement], at: datetime | None) -> Judgement | None:
    """The placement which held then; None where a mention stood on its own name."""
    return foremost(j for j in made if at is not None and stood(j, at))


def _kinds(tx: Transaction, held: Mapping[str, list[PastAlias]], at: datetime | None) -> dict[str, str]:
    """What entities were, with their names, earliest first."""
    if at is None:
        return {entity: names[0].entity_kind for entity, names in held.items()}
    told = kinds_at(tx, held, at)
    return {entity: told[entity] if entity in told else _guessed(names) for entity, names in held.items()}


def _guessed(names: list[PastAlias]) -> str:
    """The kind of an entity that was merged before merges kept it: as its names state, else as they suggest."""
    stated = (one.kind for one in names if one.kind != UNSPECIFIED)
    return next(stated, None) or guess_kind(names[0].name, lambda _: None, lambda _: False)
