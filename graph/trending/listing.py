"""Entities in the order of the board: the list that shows who trends as entities, page after page."""

from dataclasses import dataclass

from graph.database import Database
from graph.reading.entities import EntityRow, entity_row, entity_rows
from graph.trending import decay
from graph.trending.board import Boards
from graph.trending.names import ALL
from graph.trending.reading import LIMIT, standings
from graph.trending.scans import Scans


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows by score, falling; `next_offset` is where the next page begins, None at the end."""

    rows: list[EntityRow]
    next_offset: int | None


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
    found = standings(database, boards, now, kind, half_life, limit, offset, scans=scans)
    told = entity_rows(database, [key for key, _, _ in found["ranked"]])
    rows: dict[str, EntityRow] = {}
    for key, score, _ in found["ranked"]:
        if key in told:
            rows.setdefault(told[key]["key"], entity_row({**told[key], "trending_score": score}))
    after = offset + limit
    return Listed(list(rows.values()), after if after < found["total"] else None)
