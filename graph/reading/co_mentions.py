"""Who and where is named in the same events as an entity: from the edges that hubs keep, else counted live."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.keys import W
from graph.moment import from_epoch_ms
from graph.queries import Statement, statement

PLAYERS = frozenset({W.WHO, W.WHERE})
"""The W's that co-mention covers unless others are asked for."""
LIVE_BUDGET = 5_000
"""Mentions per W that a live count looks at: above the degree of any hub, so it cuts only what waits to be one."""
ASKED_BUDGET = 2_000
"""The same where other W's are asked for, which no edge keeps."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a read needs to know of an entity before it can choose its way."""

    key: str
    kid: int
    name: str
    kind: str
    ws: list[str]
    mentions: int
    hub: bool
    beside: bool
    """Mentions still follow a merge or split: all of them are found by its names alone."""
    change: int
    followed: int


@dataclass(frozen=True, slots=True)
class CoMention:
    """Another entity with the number of distinct events that name both, the first and the last of them."""

    key: str
    name: str
    kind: str
    n: int
    first_at: datetime
    last_at: datetime
    hub: bool = False


@dataclass(frozen=True, slots=True)
class CoMentions:
    """Rows by n falling, then the latest. `change` is the number they are true at; `kept` when read from edges.

    Not `exact` when only the newest mentions within the budget were counted: every n is then `at least`.
    """

    key: str
    name: str
    kind: str
    change: int
    kept: bool
    exact: bool
    rows: list[CoMention]


def co_mentions(
    database: Database,
    key: str,
    *,
    limit: int = 10,
    kind: str | None = None,
    ws: Collection[W] = PLAYERS,
) -> CoMentions:
    """The entities most often named with the one that holds the alias; `ws` are the W's of the others.

    Own mentions count in WHO and WHERE where it has any, else in the W's it has. A hub's ties at the last row are
    cut as the index holds them. Raises NotFound.
    """

    def work(tx: Transaction) -> CoMentions:
        entity = brief(tx, key)
        players = PLAYERS.intersection(entity.ws)
        kept, budget = False, LIVE_BUDGET
        if entity.beside:
            by = statement("read/merging_co_mentions")
            rows = _counted(tx, entity, by, budget, players=players, ws=ws, kind=kind, limit=limit)
        elif frozenset(ws) == PLAYERS and players:
            rows = ranked(tx, [entity.key], limit, hub=entity.hub, kind=kind)[entity.key]
            kept = entity.hub
        else:
            budget = ASKED_BUDGET
            by = statement("read/co_mentions_within")
            rows = _counted(tx, entity, by, budget, players=players, ws=ws, kind=kind, limit=limit)
        return CoMentions(
            key=entity.key,
            name=entity.name,
            kind=entity.kind,
            change=entity.followed if kept else entity.change,
            kept=kept,
            exact=kept or entity.mentions <= budget,
            rows=rows,
        )

    return database.reading(work)


def brief(tx: Transaction, key: str) -> Brief:
    """The entity that holds the alias with this key now. Raises NotFound."""
    rows = tx.rows(statement("read/entity_brief"), {"key": key})
    if not rows:
        raise NotFound("entity", key)
    return Brief(**rows[0])


def ranked(
    tx: Transaction, keys: Collection[str], limit: int, *, hub: bool, kind: str | None = None
) -> dict[str, list[CoMention]]:
    """The top of each entity, all of them hubs or none."""
    if not keys:
        return {}
    params = {"keys": list(keys), "limit": limit, "kind": kind}
    if hub and kind is None:
        rows = tx.rows(statement("read/co_mentions_kept"), {"keys": list(keys), "limit": limit})
    elif hub:
        rows = tx.rows(statement("read/co_mentions_kept_kind"), params)
    else:
        rows = tx.rows(statement("read/co_mentions_live"), params | {"budget": LIVE_BUDGET})
    return {row["key"]: in_order(row["rows"]) for row in rows}


def in_order(rows: list[Row]) -> list[CoMention]:
    """Rows of the graph as nouns: most shared events first, then the latest, then by key."""
    found = [
        CoMention(
            key=row["key"],
            name=row["name"],
            kind=row["kind"],
            n=row["n"],
            first_at=from_epoch_ms(row["first_ts"]),
            last_at=from_epoch_ms(row["last_ts"]),
            hub=row.get("hub", False),
        )
        for row in rows
    ]
    found.sort(key=lambda row: row.key)
    found.sort(key=lambda row: (row.n, row.last_at), reverse=True)
    return found


def _counted(
    tx: Transaction,
    entity: Brief,
    by: Statement,
    budget: int,
    *,
    players: Collection[W],
    ws: Collection[W],
    kind: str | None,
    limit: int,
) -> list[CoMention]:
    params = {
        "key": entity.key,
        "own": [str(w) for w in players] or entity.ws,
        "ws": [str(w) for w in ws],
        "kind": kind,
        "budget": budget,
        "limit": limit,
    }
    return in_order(tx.rows(by, params)[0]["rows"])
