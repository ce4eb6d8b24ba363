"""What each name weighed on a board of a past time: by half-life everywhere or in one place, by independent origins, or
as the votes that a news site's formula counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from graph.database import Row, Transaction
from graph.entity import UNSPECIFIED
from graph.errors import InvalidInput
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.identity import PastAlias, names_now
from graph.trending import STORY_FORMULAS, decay
from graph.trending.computed import STORY_MS
from graph.trending.names import ALL, board_kind
from graph.trending.standings import Which
from resolution.past.identity import Moved, Partition
from resolution.past.origins import several_then
from resolution.past.places import PlaceThen, place_then

_TOLD = ("alias", "score", "born", "entity", "entity_kind", "first")
"""What a statement tells of a name, in its order; `first` of votes alone."""


@dataclass(frozen=True, slots=True)
class How:
    """How mentions make a score beside their own weight: only those `within` a place (key), by independent origins, or
    by a formula of STORY_FORMULAS; one of these."""

    within: str | None = None
    weigh: Literal["mentions", "origins"] = "mentions"
    formula: str | None = None

    def __post_init__(self) -> None:
        """Raises InvalidInput."""
        if self.formula is not None and self.formula not in STORY_FORMULAS:
            raise InvalidInput(f"no such formula: choose one of {', '.join(STORY_FORMULAS)}", "formula")
        if (self.within is not None) + (self.weigh == "origins") + (self.formula is not None) > 1:
            raise InvalidInput("a place, origins, and a formula are three boards: leave two out", "within")


@dataclass(slots=True)
class Named:
    """A name with its order of founding, and the entity that holds it now; None where not learnt."""

    alias: str
    born: int | None = None
    entity: str = ""
    entity_kind: str = UNSPECIFIED

    def learn(self, told: PastAlias) -> None:
        """Takes what the graph tells of it."""
        self.born, self.entity, self.entity_kind = told.born, told.entity, told.entity_kind


@dataclass(slots=True)
class Weighed(Named):
    """A name with what its mentions weighed together, and when the first of them was (epoch ms; of votes alone)."""

    score: float = 0.0
    first: int | None = None


@dataclass(frozen=True, slots=True)
class _Measure:
    """One way to weigh: what is asked of the graph, and how a single mention counts that stood elsewhere then."""

    query: str
    first: int
    half_life: float | None
    """Milliseconds; None where votes are counted."""
    more: Mapping[str, Any]
    events: frozenset[str] | None = None
    """Only mentions of these events count."""
    origins: Mapping[str, int] | None = None

    def worth(self, row: Row, at: int) -> float:
        """What a single mention adds at a time (epoch ms)."""
        weight = float(row["weight"]) * (self.origins or {}).get(row["event"], 1)
        return weight if self.half_life is None else weight * 2.0 ** ((row["ts"] - at) / self.half_life)


def weighed(
    tx: Transaction, which: Which, at: int, clocks: Clocks, how: How, partition: Partition
) -> tuple[list[Weighed], PlaceThen | None]:
    """Names by the mentions that stood on them then, at `at` (epoch ms), and the place where one is asked for. Raises
    NotFound for that, BudgetExceeded."""
    moved = Moved(tx, None, clocks)
    place = None if how.within is None else place_then(tx, how.within, clocks, partition)
    measure = _measure(tx, which, at, clocks, how, moved, place)
    asked = {"metric": which.metric, "known": clocks.known}
    more = {"at": at, "from": measure.first, "but": moved.ids, **measure.more}
    if measure.half_life is not None:
        more["half_life"] = measure.half_life
    told = tx.rows(statement(measure.query), {**asked, **more})[0]["rows"]
    found: dict[str, Weighed] = {row[0]: Weighed(**dict(zip(_TOLD, row, strict=False))) for row in told}
    for alias, row in apart(tx, which.metric, clocks, moved, (measure.first, at)):
        if measure.events is None or row["event"] in measure.events:
            one = found.setdefault(alias, Weighed(alias))
            one.score += measure.worth(row, at)
            one.first = row["ts"] if one.first is None else min(one.first, row["ts"])
    return learnt(tx, found), place


def apart(
    tx: Transaction, metric: str, clocks: Clocks, moved: Moved, between: tuple[int, int]
) -> Iterator[tuple[str, Row]]:
    """Mentions that stand on another name now, of two times (epoch ms, both included): the name then, and event,
    mention, weight and ts."""
    placed = [{"event": event, "mention": mention} for event, mention in moved.addresses]
    asked = {"metric": metric, "known": clocks.known, "rows": placed}
    for row in tx.rows(statement("read/past_weights"), asked) if placed else []:
        if between[0] <= row["ts"] <= between[1]:
            yield moved.place(row["event"], row["mention"]) or row["alias0"], row


N = TypeVar("N", bound=Named)


def learnt(tx: Transaction, found: Mapping[str, N]) -> list[N]:
    """The names (by key), with what was not told of those that were found by single mentions."""
    for name in names_now(tx, [alias for alias, one in found.items() if one.born is None]):
        if name.key in found:
            found[name.key].learn(name)
    return [one for one in found.values() if one.born is not None]


def by_entity(names: Iterable[N], partition: Partition, kind: str = ALL) -> dict[str, list[N]]:
    """The names of each entity on the board of a kind, earliest first."""
    rows = sorted(names, key=lambda one: one.born or 0)
    entities = partition.entities({one.alias: one.entity for one in rows})
    found: dict[str, list[N]] = {}
    for one in rows:
        found.setdefault(entities[one.alias], []).append(one)
    if kind == ALL:
        return found
    kinds = partition.kinds({entity: own[0].entity_kind for entity, own in found.items()})
    return {entity: own for entity, own in found.items() if board_kind(kinds.get(entity)) == kind}


def _measure(
    tx: Transaction, which: Which, at: int, clocks: Clocks, how: How, moved: Moved, place: PlaceThen | None
) -> _Measure:
    if how.formula is not None:
        return _Measure("read/past_board_story", at - STORY_MS, None, {})
    seconds = decay.half_life_seconds(which.half_life)
    first, half_life = decay.oldest(at, seconds), seconds * 1000
    if place is not None:
        beside = past.companions(tx, {event for event, _ in moved.addresses}, ["WHERE"], clocks)
        inside = frozenset(one.event for one in beside if moved.alias_of(one) in place.inner)
        more = {"places": sorted(place.inner), "events": sorted(inside)}
        return _Measure("read/past_board_within", first, half_life, more, events=inside)
    if how.weigh == "origins":
        origins = several_then(tx, first, at, clocks)
        return _Measure("read/past_board_origins", first, half_life, {"origins": origins}, origins=origins)
    return _Measure("read/past_board", first, half_life, {})
