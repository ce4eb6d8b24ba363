"""What would be withdrawn with a document or source, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.instants import of_graph
from graph.retracting import documents_of, reach
from graph.retraction import Retraction, Sort, Target
from graph.trending import decay
from graph.trending.board import Boards

SHOWN = 100
"""Of each sort that leans on a target so many are listed; all are counted."""
LOOKED = 5_000
"""Documents of a source that a dry run looks at."""


@dataclass(frozen=True, slots=True)
class LeaningEvent:
    """An event that a target tells: `withdrawn` with it, or told by others, too."""

    id: str
    title: str | None
    occurred_at: datetime | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LeaningFact:
    """A statement that goes with its event; `others` are further statements of the same."""

    id: str
    subject: str
    predicate: str
    object: str
    state: str
    others: int


@dataclass(frozen=True, slots=True)
class LeaningMerge:
    """A judgement that was made with an event that goes: two names taken for one, or a mention placed on a name."""

    id: str
    a: str
    b: str | None
    by: str
    mention: bool


@dataclass(frozen=True, slots=True)
class LeaningRank:
    """An entity that loses mentions: how many it has and would have, its rank and score on the default board, and the
    score that it would have. Rank and scores are None where it is on no board."""

    key: str
    name: str
    kind: str
    mentions: int
    left: int
    rank: int | None
    score: float | None
    score_left: float | None


@dataclass(frozen=True, slots=True)
class Leaning:
    """All that leans on a target: lists of at most `SHOWN`, and counts of all."""

    target: Target
    documents: int
    events: list[LeaningEvent]
    n_events: int
    n_shared: int
    facts: list[LeaningFact]
    n_facts: int
    merges: list[LeaningMerge]
    n_merges: int
    ranks: list[LeaningRank]
    n_ranks: int
    complete: bool
    """False where a source has more documents than a dry run looks at: then these are some of what leans on it."""


def target_of(database: Database, sort: Sort, given: str) -> Target:
    """The document or source that is meant: by id, address or name. Raises NotFound."""
    row = database.one(statement("read/retract_target"), {"sort": sort.value, "given": given})
    if row is None:
        raise NotFound(sort.value, given)
    return Target(sort=sort, **row)


def leaning(database: Database, target: Target, boards: Boards | None, now: datetime) -> Leaning:
    """What would be withdrawn; nothing is written."""
    documents = database.reading(lambda tx: documents_of(tx, target.sort, target.id, LOOKED + 1), timeout=60)
    reached = database.reading(lambda tx: reach(tx, documents[:LOOKED], target.sort, target.id), timeout=60)
    alone = [row["id"] for row in reached if row["alone"]]
    lean = database.read(statement("read/retract_lean"), {"events": alone, "limit": SHOWN}, timeout=60)[0]
    return Leaning(
        target=target,
        documents=len(documents[:LOOKED]),
        events=[
            LeaningEvent(row["id"], row["title"], of_graph(row["occurred_at"]), row["alone"]) for row in reached[:SHOWN]
        ],
        n_events=len(alone),
        n_shared=len(reached) - len(alone),
        facts=[LeaningFact(**row) for row in lean["facts"]],
        n_facts=lean["n_facts"],
        merges=[LeaningMerge(**row) for row in lean["merges"]],
        n_merges=lean["n_merges"],
        ranks=[_rank(row, boards, epoch_ms(now)) for row in lean["entities"]],
        n_ranks=lean["n_entities"],
        complete=len(documents) <= LOOKED,
    )


def _rank(row: Row, boards: Boards | None, now: int) -> LeaningRank:
    standing = boards.rank(row["key"], decay.DEFAULT_HALF_LIFE, now) if boards is not None else None
    score = standing.score if standing is not None else None
    left = None if score is None else max(0.0, score - _worth(row["weights"], now))
    rank = standing.rank if standing is not None else None
    return LeaningRank(
        row["key"], row["name"], row["kind"], row["mentions"], row["mentions"] - row["lost"], rank, score, left
    )


def _worth(weights: Sequence[Sequence[float]], now: int) -> float:
    """What mentions come to on the default board, by its definition."""
    seconds = decay.half_life_seconds(decay.DEFAULT_HALF_LIFE)
    times = [int(at) for at, _ in weights]
    return decay.recomputed(times, [weight for _, weight in weights], now, seconds)


def retractions(database: Database, key: str | None = None, limit: int = 50) -> list[Retraction]:
    """Retractions, the last first; or the one of this id. Raises NotFound."""
    rows = database.read(statement("read/retractions"), {"id": key, "limit": limit})
    if key is not None and not rows:
        raise NotFound("retraction", key)
    return [_retraction(row["r"]) for row in rows]


def _retraction(props: Row) -> Retraction:
    times = {name: of_graph(props.get(name)) for name in ("at", "undone_at")}
    return Retraction.model_validate({**props, **times})
