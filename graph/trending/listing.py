"""Entities in the order of the board: the list that shows who trends as entities, page after page."""

from dataclasses import dataclass

from graph.database import Database
from graph.reading.entities import EntityRow, entity_row, entity_rows
from graph.trending import decay
from graph.trending.answer import Order
from graph.trending.board import Boards
from graph.trending.names import ALL
from graph.trending.reading import following, held_once
from graph.trending.scans import Scans
from graph.trending.standings import LIMIT, Sources, Which, alone, standings


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows by score, falling; `next_offset` is where the next page begins, None at the end. `degraded` as in
    `Trending`."""

    rows: list[EntityRow]
    next_offset: int | None
    degraded: bool


def entities_by_score(
    database: Database,
    boards: Boards | None,
    now: int,
    *,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    limit: int = LIMIT,
    offset: int = 0,
    scans: Scans | None = None,
) -> Listed:
    """Entities that have a score at `now` (epoch ms), from the board, or from the graph while Redis is away.

    A page is a stretch of the board as it stands: what moves past its edge between two pages is seen twice or not.
    Raises InvalidInput for a kind without a board.
    """
    sources = Sources(database, boards, scans or alone(), now, None)
    page = standings(sources, Which(kind=kind, half_life=half_life), Order.SCORE, limit, offset)
    told = entity_rows(database, [key for key, _, _ in page["ranked"]])
    rows = [entity_row({**row, "trending_score": score}) for _, row, score, _ in held_once(page, told)]
    return Listed(rows, following(page, offset, limit), page["degraded"])
