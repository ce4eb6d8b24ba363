"""What became different between two times: of the whole landscape, by its boards, and of one entity.

Both times are read as everything of the past is, by whichever clocks are asked for: what happened between (`as_of`),
what was recorded between (`known_at`), what was judged between (`identity_at`), or all three, which is the difference
of two days as they were.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.database import Database, Transaction
from graph.errors import InvalidInput, NotFound
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import LIVE_BUDGET, CoMention
from graph.reading.entities import AliasRow, Attribute, EntityDetail
from graph.reading.timeline import TimelineRow
from graph.trending import boards_between
from graph.trending.standings import Which
from resolution.past.boards import ranked
from resolution.past.identity import Identity
from resolution.past.mentions import weigh
from resolution.past.reads import SECONDS, change_of, entities_of, named_with, newest_between

COMPANIONS = 400
"""Whom an entity is named with is compared over so many, the strongest of each time."""


class Clock(StrEnum):
    """A clock that stands at one time before and at another after."""

    AS_OF = "as_of"
    KNOWN_AT = "known_at"
    IDENTITY_AT = "identity_at"


@dataclass(frozen=True, slots=True)
class Between:
    """Two times and the clocks that are set to them; the others stand at now."""

    before: datetime
    after: datetime
    clocks: tuple[Clock, ...] = (Clock.AS_OF,)

    def __post_init__(self) -> None:
        """Raises InvalidInput."""
        if self.before >= self.after:
            raise InvalidInput("must be later than the first time", "to")
        if not self.clocks:
            raise InvalidInput("is one clock at least", "by")

    def at(self, time: datetime) -> Clocks:
        """The clocks at one of the times."""
        return Clocks(**{clock.value: time for clock in self.clocks})


@dataclass(frozen=True, slots=True)
class Moved:
    """An entity on either board: ranks from 1, None where it was not on it. `was` are keys that it went by before,
    where they are not its own."""

    key: str
    name: str
    kind: str
    was: list[str]
    rank_before: int | None
    rank_after: int | None
    score_before: float
    score_after: float


@dataclass(frozen=True, slots=True)
class LandscapeDiff:
    """The best of both boards, best of the later one first; `entered` and `left` count all entities, not only those
    told."""

    before: datetime
    after: datetime
    change: int
    total_before: int
    total_after: int
    entered: int
    left: int
    rows: list[Moved]


@dataclass(frozen=True, slots=True)
class Shift:
    """An attribute, role count or the like that became another; None is "there was none"."""

    field: str
    before: Attribute | int | None
    after: Attribute | int | None


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody it is named with: distinct events that name both, at both times."""

    key: str
    name: str
    kind: str
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class EntityDiff:
    """One entity at two times; either is None where it was not there. `exact` is false where it has more mentions than
    companions are counted over: their numbers are then of its newest mentions. `events` are the newest mentions of
    what happened between, where `as_of` is among the clocks."""

    key: str
    name: str
    kind: str
    change: int
    before: EntityDetail | None
    after: EntityDetail | None
    shifts: list[Shift]
    names_gained: list[AliasRow]
    names_lost: list[AliasRow]
    companions: list[Companion]
    exact: bool
    events: list[TimelineRow]


def landscape_diff(database: Database, which: Which, between: Between, now: int, limit: int = 50) -> LandscapeDiff:
    """What moved on a board, told of the best `limit` of each time. Raises InvalidInput, BudgetExceeded."""

    sides = [between.at(time) for time in (between.before, between.after)]
    old, new = _boards(database, which, sides, now)

    def work(tx: Transaction) -> LandscapeDiff:
        identity = Identity(tx, sides[1].identity_at)
        places = _places(identity, old)
        held = {key: (n, score) for n, (key, score) in enumerate(new, start=1)}
        shown = [key for key, _ in new[:limit]]
        shown += [key for key, one in places.items() if one[0] <= limit and key not in set(shown)]
        identity.learn(shown)
        weigh(tx, identity, shown, sides[1])
        rows = [_moved(key, *identity.shown(key), places.get(key), held.get(key)) for key in shown]
        return LandscapeDiff(
            before=between.before,
            after=between.after,
            change=change_of(tx),
            total_before=len(old),
            total_after=len(new),
            entered=len(held.keys() - places.keys()),
            left=len(places.keys() - held.keys()),
            rows=rows,
        )

    return database.reading(work, timeout=SECONDS)


Board = Sequence[tuple[str, float]]
"""(entity, score), best first."""


def _boards(database: Database, which: Which, sides: Sequence[Clocks], now: int) -> tuple[Board, Board]:
    """Both boards; by the entities of now the graph sums them up itself, which is faster."""
    before, after = (clocks.moment(now) for clocks in sides)
    if not sides[0].remembers:
        return boards_between(database, before, after, which.half_life, which.kinds, metric=which.metric)

    def work(tx: Transaction) -> tuple[Board, Board]:
        return ranked(tx, which, before, sides[0]), ranked(tx, which, after, sides[1])

    return database.reading(work, timeout=SECONDS)


def _places(identity: Identity, old: Board) -> dict[str, tuple[int, float, list[str]]]:
    """Rank, score and former keys of those on the earlier board, by the key that they go by later: parts that were
    merged meanwhile stand at their best rank with their scores together."""
    identity.learn(key for key, _ in old)
    found: dict[str, tuple[int, float, list[str]]] = {}
    for rank, (key, score) in enumerate(old, start=1):
        later = identity.entity_of(key)
        best, united, was = found.get(later, (rank, 0.0, []))
        found[later] = (best, united + score, [*was, key])
    return found


def _moved(
    key: str, name: str, kind: str, before: tuple[int, float, list[str]] | None, after: tuple[int, float] | None
) -> Moved:
    was = before[2] if before else []
    return Moved(
        key=key,
        name=name,
        kind=kind,
        was=[] if was == [key] else was,
        rank_before=before[0] if before else None,
        rank_after=after[0] if after else None,
        score_before=before[1] if before else 0.0,
        score_after=after[1] if after else 0.0,
    )


def entity_diff(database: Database, key: str, between: Between, limit: int = 20) -> EntityDiff:
    """What became different of the entity that holds or held a name: what is told of it, its names, whom it is named
    with (the `limit` that differ most). Raises NotFound, InvalidInput, BudgetExceeded."""

    def work(tx: Transaction) -> EntityDiff:
        sides = [between.at(time) for time in (between.before, between.after)]
        old, new = (_there(tx, key, clocks) for clocks in sides)
        shown = new or old
        if shown is None:
            raise NotFound("entity", key)
        companions, exact = _named_with(tx, (old, new), sides, limit)
        happened = Clock.AS_OF in between.clocks and new is not None
        return EntityDiff(
            key=shown.row.key,
            name=shown.row.name,
            kind=shown.row.kind,
            change=change_of(tx),
            before=old,
            after=new,
            shifts=_shifts(old, new),
            names_gained=_only(new, old),
            names_lost=_only(old, new),
            companions=companions,
            exact=exact,
            events=newest_between(tx, key, epoch_ms(between.before) + 1, sides[1], limit) if happened else [],
        )

    return database.reading(work, timeout=SECONDS)


def _named_with(
    tx: Transaction, both: Sequence[EntityDetail | None], sides: Sequence[Clocks], limit: int
) -> tuple[list[Companion], bool]:
    """Whom it was named with more or less often, and whether all mentions were looked at."""
    shown = both[1] or both[0]
    if shown is not None and not any(clocks.remembers for clocks in sides):
        asked = {"key": shown.row.key, "before": sides[0].until, "after": sides[1].until}
        found = tx.rows(statement("read/co_mentions_between"), {**asked, "budget": LIVE_BUDGET, "limit": limit})[0]
        return [Companion(**row) for row in found["rows"]], found["exact"]
    (before, whole), (after, all_of_it) = (
        named_with(tx, one.row.key, clocks, COMPANIONS) if one else ([], True)
        for one, clocks in zip(both, sides, strict=True)
    )
    return _companions(before, after)[:limit], whole and all_of_it


def _there(tx: Transaction, key: str, clocks: Clocks) -> EntityDetail | None:
    """The entity as it was; None where nothing of it was there."""
    try:
        found = entities_of(tx, [key], clocks)[key]
    except NotFound:
        return None
    return found if found.row.mentions else None


def _shifts(old: EntityDetail | None, new: EntityDetail | None) -> list[Shift]:
    before, after = _told(old), _told(new)
    fields = sorted(before.keys() | after.keys())
    return [Shift(name, before.get(name), after.get(name)) for name in fields if before.get(name) != after.get(name)]


def _told(one: EntityDetail | None) -> dict[str, Attribute | int]:
    if one is None:
        return {}
    row = one.row
    own: dict[str, Attribute | int] = {"name": row.name, "kind": row.kind, "mentions": row.mentions, "roles": row.roles}
    return {**one.attributes, **own, "names": one.alias_count}


def _only(one: EntityDetail | None, other: EntityDetail | None) -> list[AliasRow]:
    """Names that were used at one time and not at the other."""
    used = {alias.key for alias in (other.aliases if other else ()) if alias.mentions}
    return [alias for alias in (one.aliases if one else ()) if alias.mentions and alias.key not in used]


def _companions(before: Iterable[CoMention], after: Iterable[CoMention]) -> list[Companion]:
    """Those whose count differs, most different first, then by key."""
    old, new = ({one.key: one for one in side} for side in (before, after))
    found = [
        Companion(key, shown.name, shown.kind, old[key].n if key in old else 0, new[key].n if key in new else 0)
        for key in old.keys() | new.keys()
        for shown in [new.get(key) or old[key]]
    ]
    differ = [one for one in found if one.n_before != one.n_after]
    return sorted(differ, key=lambda one: (-abs(one.n_after - one.n_before), one.key))
