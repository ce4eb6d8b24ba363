"""Daily ranks: one snapshot per UTC day of the best of the board of all mentions, which sparklines show.

A node holds one entity key's month as three short lists, so a year of 5,000 entities is some 60,000 nodes of a kilobyte
at most, a month is one look-up, and no property grows for ever. A snapshot is what the board showed under that key on
that day: a later merge or split does not rewrite it.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from graph.database import Database, Transaction
from graph.errors import InvalidInput
from graph.queries import statement
from graph.trending.answer import Past
from graph.trending.board import Boards
from graph.trending.mirror import best_places, place_rows

MOST_DAYS = 400
"""Days that a history may go back: what the purge keeps."""


def snapshot_ranks(database: Database, boards: Boards, now: int) -> int:
    """Keeps today's places (UTC) of the 5,000 best, in one transaction; how many, 0 when today's are there already.

    Raises DatabaseUnavailable, BudgetExceeded.
    """
    day = datetime.fromtimestamp(now / 1000, UTC).date()
    rows = place_rows(best_places(database, boards, now))
    asked = {"month": month_of(day), "day": day.day, "rows": rows}

    def work(tx: Transaction, _: int) -> int:
        if not tx.rows(statement("write/rank_snapshot_begin"), {"day": day.isoformat()}):
            return 0
        return int(tx.rows(statement("write/rank_snapshot"), asked)[0]["kept"])

    return database.write(work)


def rank_history(database: Database, key: str, at: int, days: int) -> tuple[Past, ...]:
    """Places of an entity key on the last `days` days (1..400) up to that of `at` (epoch ms), oldest first.

    Days on which it was not among the best are left out. Raises InvalidInput, DatabaseUnavailable.
    """
    return rank_histories(database, [key], at, days)[key]


def rank_histories(database: Database, keys: Collection[str], at: int, days: int) -> dict[str, tuple[Past, ...]]:
    """The same of several, asked together; the same errors."""
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"must be 1 to {MOST_DAYS}", "history")
    last = datetime.fromtimestamp(at / 1000, UTC).date()
    first = last - timedelta(days=days - 1)
    months = dict.fromkeys(month_of(first + timedelta(days=n)) for n in range(days))
    ids = [f"{key}:{month}" for key in keys for month in months]
    found: dict[str, list[Past]] = {key: [] for key in keys}
    for row in database.read(statement("read/board_rank_history"), {"ids": ids}) if ids else ():
        for day, rank, score in zip(row["days"], row["ranks"], row["scores"], strict=True):
            place = Past(day=date.fromisoformat(f"{row['month']}-{day:02}"), rank=rank, trending_score=score)
            if first <= place.day <= last:
                found[row["key"]].append(place)
    return {key: tuple(places) for key, places in found.items()}


def month_of(day: date) -> str:
    """Such as `2026-01`, in the order of time."""
    return f"{day:%Y-%m}"
