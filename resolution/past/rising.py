"""Who was in the news more than usual at a past time, as `graph.trending.rising` tells it of now: one scan of all
mentions that counted for the long half-life."""

from dataclasses import dataclass

from graph.database import Database, Transaction
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.trending import ALL, MENTIONS, decay
from graph.trending.rising import LONG, SHORT, SIGNIFICANT, SPREAD, Rising, RisingRow, Spread, row_of, significant
from graph.trending.standings import SCANNED, Which
from resolution.past.identity import Moved, Partition
from resolution.past.limits import SECONDS
from resolution.past.reads import change_of, entities_of
from resolution.past.weighing import Named, apart, by_entity, learnt

_TOLD = ("alias", "short", "born", "entity", "entity_kind", "long", "spread", "mentions")
"""What `read/past_rising` tells of a name, in its order."""


@dataclass(slots=True)
class _Pace(Named):
    """A name with its scores at both half-lives, the variance of the short one, and the mentions that make it."""

    short: float = 0.0
    long: float = 0.0
    spread: float = 0.0
    mentions: int = 0


def rising_then(
    database: Database,
    now: int,
    clocks: Clocks,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    least: float = SIGNIFICANT,
    limit: int = 50,
) -> Rising:
    """Those at least `least` standard deviations above what was usual, at `as_of` or `now` (epoch ms). Raises
    InvalidInput, DatabaseUnavailable, BudgetExceeded."""
    which, at = Which(metric, kind, SHORT), clocks.moment(now)

    def work(tx: Transaction) -> tuple[int, list[RisingRow], int]:
        scores, spreads = _scores(tx, which, at, clocks)
        short, long = ({key: both[side] for key, both in scores.items()} for side in (0, 1))
        best = significant(short, long, spreads, least)[:limit]
        told = entities_of(tx, [key for _, key in best], clocks.of(at))
        rows = [
            row_of(n, (key, told[key].row.name, told[key].row.kind), z, scores[key], spreads[key].mentions)
            for n, (z, key) in enumerate(best, start=1)
        ]
        return len(short), rows, change_of(tx)

    looked_at, rows, change = database.reading(work, timeout=SECONDS)
    return Rising(metric=metric, kind=kind, at=at, source="graph", change=change, looked_at=looked_at, rows=tuple(rows))


def _scores(
    tx: Transaction, which: Which, at: int, clocks: Clocks
) -> tuple[dict[str, tuple[float, float]], dict[str, Spread]]:
    """Both scores of the 1,000 best of the short board, and how uncertain each is."""
    moved, partition = Moved(tx, None, clocks), Partition(tx, clocks.identity_at)
    short, long = (decay.half_life_seconds(name) for name in (SHORT, LONG))
    first, recent, latest = decay.oldest(at, long), decay.oldest(at, short), at - int(SPREAD * short * 1000)
    asked = {"metric": which.metric, "known": clocks.known}
    times = {"at": at, "from": first, "recent": recent, "latest": latest, "short": short * 1000, "long": long * 1000}
    told = tx.rows(statement("read/past_rising"), {**asked, **times, "but": moved.ids})[0]["rows"]
    found = {row[0]: _Pace(**dict(zip(_TOLD, row, strict=True))) for row in told}
    for alias, row in apart(tx, which.metric, clocks, moved, (first, at)):
        one, age = found.setdefault(alias, _Pace(alias)), (row["ts"] - at) / 1000
        one.long += row["weight"] * 2.0 ** (age / long)
        if row["ts"] >= recent:
            one.short += row["weight"] * 2.0 ** (age / short)
        if row["ts"] >= latest:
            one.spread += row["weight"] ** 2 * 2.0 ** (2 * age / short)
            one.mentions += 1
    entities = by_entity(learnt(tx, found), partition, which.kind)
    scores = {key: (sum(one.short for one in own), sum(one.long for one in own)) for key, own in entities.items()}
    best = sorted((key for key in scores if scores[key][0] >= decay.FLOOR), key=lambda key: (scores[key][0], key))
    kept = best[::-1][:SCANNED]
    spreads = {
        key: Spread(sum(one.spread for one in own), sum(one.mentions for one in own))
        for key in kept
        for own in [entities[key]]
    }
    return {key: scores[key] for key in kept}, spreads
