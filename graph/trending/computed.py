"""Boards that only the graph computes: of what happened in one place, by independent origins, and by the formulas of
news sites.

The formulas take an entity for a story: submitted when it was first named within 30 days, voted up by each mention
since (by its weight).

reddit_hot: log10(max(votes, 1)) + (submitted - 1134028003) / 45000, seconds; twelve and a half hours later counts as
much as ten times the votes (reddit/reddit on GitHub, r2/r2/lib/db/_sorts.pyx, 2017).
hacker_news: (votes - 1)^0.8 / (age + 2)^1.8, hours (news.arc by Paul Graham, arc3.1, `frontpage-rank`).
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from graph.database import Database, Row
from graph.entity import BOARD_KINDS, UNSPECIFIED
from graph.errors import InvalidInput, NotFound
from graph.queries import Statement, statement
from graph.reading.origins import several
from graph.trending import decay
from graph.trending.answer import Order, Trending
from graph.trending.as_of import TIMEOUT
from graph.trending.names import ALL, MENTIONS
from graph.trending.outbox import newest
from graph.trending.reading import told_as
from graph.trending.scans import Scans
from graph.trending.standings import LIMIT, SCANNED, Answer, Sources, Which, alone

STORY_FORMULAS = ("reddit_hot", "hacker_news")
STORY_MS = 30 * 86_400_000
PLACES = 20_000
"""Places that one place may hold; beyond that it is a board of the world."""


def trending_within(
    database: Database,
    place: str,
    now: int,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    limit: int = LIMIT,
    offset: int = 0,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Trending:
    """The board of the events that happened in a place or in one that lies in it; the place itself is left out.

    Raises NotFound, InvalidInput, DatabaseUnavailable, BudgetExceeded.
    """
    sources, which = Sources(database, None, scans or alone(), now, as_of), Which(metric, kind, half_life)
    found = database.one(statement("read/places_within"), {"key": place, "limit": PLACES}, timeout=TIMEOUT)
    if found is None:
        raise NotFound("entity", place)
    seconds = decay.half_life_seconds(half_life)
    asked = {
        "places": found["keys"],
        "from": decay.oldest(sources.at, seconds),
        "half_life": seconds * 1000,
        "floor": decay.FLOOR,
    }
    return _page(
        sources,
        which,
        statement("read/board_within"),
        asked,
        (limit, offset),
        within=found["key"],
        within_name=found["name"],
    )


def trending_by_origins(
    database: Database,
    now: int,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    limit: int = LIMIT,
    offset: int = 0,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Trending:
    """The board where each mention weighs as often as its event has independent origins (once, where none is told).

    Exact: every mention and every event of the time that counts is looked at. Raises BudgetExceeded where more than
    20,000 events were told by several documents, InvalidInput, DatabaseUnavailable.
    """
    sources, which = Sources(database, None, scans or alone(), now, as_of), Which(metric, kind, half_life)
    seconds = decay.half_life_seconds(half_life)
    first = decay.oldest(sources.at, seconds)
    asked = {"from": first, "half_life": seconds * 1000, "floor": decay.FLOOR}

    def weights() -> Row:
        return {"origins": several(database, first, sources.at, timeout=TIMEOUT)}

    query = statement("read/board_by_origins")
    return _page(sources, which, query, asked, (limit, offset), first=weights, weigh="origins")


def trending_as_story(
    database: Database,
    formula: str,
    now: int,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    limit: int = LIMIT,
    offset: int = 0,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Trending:
    """The board by a formula of STORY_FORMULAS. Raises InvalidInput, DatabaseUnavailable, BudgetExceeded."""
    if formula not in STORY_FORMULAS:
        raise InvalidInput(f"no such formula: choose one of {', '.join(STORY_FORMULAS)}", "formula")
    sources, which = Sources(database, None, scans or alone(), now, as_of), Which(metric, kind)
    asked = {"formula": formula, "from": sources.at - STORY_MS}
    return _page(sources, which, statement("read/board_story"), asked, (limit, offset), half_life=formula)


def story_score(formula: str, votes: float, first: int, at: int) -> float:
    """What a formula of STORY_FORMULAS makes of votes and the time of the first of them, at `at` (epoch ms), as
    `read/board_story` does."""
    if formula == "reddit_hot":
        return math.log10(max(votes, 1.0)) + (first / 1000.0 - 1134028003) / 45000
    points = (votes - 1) ** 0.8 if votes > 1 else votes - 1
    return points / ((at - first) / 3600000.0 + 2) ** 1.8


def _page(
    sources: Sources,
    which: Which,
    query: Statement,
    asked: Mapping[str, Any],
    part: tuple[int, int],
    *,
    first: Callable[[], Row] = dict,
    **more: Any,
) -> Trending:
    """`first` reads what else the statement needs, where the answer is not known yet."""
    limit, offset = part
    if not 1 <= limit <= SCANNED or offset < 0:
        raise InvalidInput(f"must be 1 to {SCANNED}", "limit")
    params = {**asked, **_common(sources, which), "limit": limit, "offset": offset}

    def scan() -> Answer:
        change = newest(sources.database)
        found = sources.database.one(query, params | first(), timeout=TIMEOUT)
        row: Row = found or {"total": 0, "keys": [], "scores": []}
        ranks = range(offset + 1, offset + 1 + len(row["keys"]))
        ranked = list(zip(row["keys"], row["scores"], ranks, strict=True))
        return {"at": sources.at, "change": change, "total": row["total"], "ranked": ranked}

    told = tuple(sorted((name, value) for name, value in more.items()))
    key = (query.name, which, told, limit, offset, *sources.moved())
    found, age = sources.scans.answer(key, scan)
    page = {**found, "source": "graph", "degraded": False, "landmark": None, "age": age}
    return told_as(sources, page, (limit, offset), **{**_named(which), **more})


def _named(which: Which) -> Mapping[str, Any]:
    return {"metric": which.metric, "order": Order.SCORE, "kind": which.kind, "half_life": which.half_life}


def _common(sources: Sources, which: Which) -> Mapping[str, Any]:
    return {
        "metric": which.metric,
        "at": sources.at,
        "kinds": which.kinds,
        "rest": which.kind == UNSPECIFIED,
        "known": list(BOARD_KINDS),
    }
