"""Who is in the news more than usual: the short half-life against the long one, with how sure that is.

A steady entity of rate r (weight a second) shows r·H/ln 2 on a board of half-life H. So what the long board shows,
times short/long half-life, is what the short one would show if nothing had changed; the short score has the variance
Σ w² 2^(-2(T-t)/H) (that of a shot noise, estimated from the mentions themselves, Campbell's theorem), and

    z = (short - expected) / sqrt(variance)

is how many standard deviations it stands above. Looked at are the 1,000 best of the short board.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from graph.database import Database
from graph.entity import UNSPECIFIED
from graph.errors import BoardUnavailable
from graph.queries import statement
from graph.trending import decay
from graph.trending.answer import Order, Source
from graph.trending.as_of import top_as_of
from graph.trending.board import Boards
from graph.trending.names import ALL, MENTIONS, board_kind
from graph.trending.scans import Scans
from graph.trending.standings import SCANNED, Sources, Which, alone, details, standings

SHORT, LONG = "1d", "30d"
SHARE = decay.half_life_seconds(SHORT) / decay.half_life_seconds(LONG)
"""What of the long score the short one shows where nothing changed."""
SIGNIFICANT = 2.0
"""Standard deviations from which a rise is told: about one of 44 by chance."""
PAGE = 200
SPREAD = 20
"""Half-lives that the variance is summed over: what is older adds less than 2^-40 of a fresh mention."""


class RisingRow(BaseModel):
    """An entity that is named more than usual: `short` and `long` scores, what the long one lets `expected`, `lift` =
    short / expected, `z` standard deviations above it, `p` the probability of that by chance, `mentions` that count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int
    entity_id: str
    name: str
    type: str
    short: float
    long: float
    expected: float
    lift: float
    z: float
    p: float
    mentions: int


class Rising(BaseModel):
    """Rows by z falling, at `at` (epoch ms); `source` of the scores; `looked_at` entities of the short board."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    kind: str
    at: int
    source: Source
    change: int
    looked_at: int
    rows: tuple[RisingRow, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Variance of a short score, and the mentions that make it."""

    variance: float
    mentions: int


def rising(
    database: Database,
    boards: Boards | None,
    now: int,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    least: float = SIGNIFICANT,
    limit: int = 50,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Rising:
    """Those at least `least` standard deviations above what is usual. Raises InvalidInput, DatabaseUnavailable,
    BudgetExceeded."""
    sources, which = Sources(database, boards, scans or alone(), now, as_of), Which(metric, kind, SHORT)
    short: dict[str, float] = {}
    page = standings(sources, which, Order.SCORE, PAGE, 0)
    for offset in range(0, min(page["total"], SCANNED), PAGE):
        more = page if offset == 0 else standings(sources, which, Order.SCORE, PAGE, offset)
        short |= {key: score for key, score, _ in more["ranked"]}
    long = _long(sources, which, list(short))
    spreads = _spreads(database, metric, list(short), sources.at)
    best = significant(short, long, spreads, least)[:limit]
    told = details(sources, [key for _, key in best])
    rows: list[RisingRow] = []
    for z, key in best:
        if key in told:
            who = (told[key]["key"], told[key]["name"] or "", told[key]["kind"] or UNSPECIFIED)
            rows.append(row_of(len(rows) + 1, who, z, (short[key], long.get(key, short[key])), spreads[key].mentions))
    return Rising(
        metric=metric,
        kind=kind,
        at=sources.at,
        source=page["source"],
        change=page["change"],
        looked_at=len(short),
        rows=tuple(rows),
    )


def significant(
    short: Mapping[str, float], long: Mapping[str, float], spreads: Mapping[str, Spread], least: float
) -> list[tuple[float, str]]:
    """(z, key) of those that stand at least `least` deviations above what their long score lets expect, best first."""
    found: list[tuple[float, str]] = []
    for key, score in short.items():
        if key in spreads and spreads[key].variance > 0:
            z = (score - long.get(key, score) * SHARE) / math.sqrt(spreads[key].variance)
            found += [(z, key)] if z >= least else []
    return sorted(found, key=lambda row: (-row[0], row[1]))


def row_of(rank: int, who: tuple[str, str, str], z: float, scores: tuple[float, float], mentions: int) -> RisingRow:
    """The row of an entity (key, name, kind) with these short and long scores."""
    (key, name, kind), (short, long) = who, scores
    expected = long * SHARE
    return RisingRow(
        rank=rank,
        entity_id=key,
        name=name,
        type=kind,
        short=short,
        long=long,
        expected=expected,
        lift=short / expected if expected else math.inf,
        z=z,
        p=math.erfc(z / math.sqrt(2)) / 2,
        mentions=mentions,
    )


def _long(sources: Sources, which: Which, keys: list[str]) -> dict[str, float]:
    """Scores on the long board, from where the short ones come from."""
    if not sources.past and sources.boards is not None:
        try:
            held = sources.boards.of(which.metric).held(dict.fromkeys(keys, board_kind(None)), LONG, sources.now)
            if any(score for score, _ in held.values()):
                return {key: score for key, (score, _) in held.items()}
        except BoardUnavailable:
            pass
    wanted = set(keys)
    top = top_as_of(sources.database, sources.at, LONG, which.kinds, 1_000_000, metric=which.metric)
    return {key: score for key, score, _ in top.rows if key in wanted}


def _spreads(database: Database, metric: str, keys: list[str], at: int) -> dict[str, Spread]:
    seconds = decay.half_life_seconds(SHORT)
    asked = {
        "metric": metric,
        "keys": keys,
        "at": at,
        "from": at - int(SPREAD * seconds * 1000),
        "half_life": seconds * 1000,
    }
    row = database.one(statement("read/rising_spread"), asked, timeout=30.0)
    if row is None:
        return {}
    return {key: Spread(spread, n) for key, spread, n in zip(row["keys"], row["spreads"], row["counts"], strict=True)}
