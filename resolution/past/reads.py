"""What is asked of one entity, answered as of a past time: itself, its timeline, its co-mentions, its surroundings.

Counted live, from mentions found by name: no index keeps what former times would have answered. Of several names of
an entity the one is shown that was the most frequent then.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from graph.database import Database, Row, Transaction
from graph.entity import UNSPECIFIED
from graph.keys import W
from graph.moment import epoch_ms, from_epoch_ms
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import LIVE_BUDGET, PLAYERS, CoMention, CoMentions
from graph.reading.entities import ALIASES_SHOWN, AliasRow, Attribute, EntityDetail, EntityRow
from graph.reading.identity import PastAlias
from graph.reading.instants import of_graph
from graph.reading.neighbourhood import Neighbourhood, Node, Ring, grown
from graph.reading.past import Counted, Told
from graph.reading.timeline import Place, Timeline, TimelineRow
from resolution.past.identity import Identity, Moved
from resolution.past.limits import SECONDS
from resolution.past.mentions import Mentions, mentions_of, weigh, window_of
from resolution.past.telling import stated_of, united

IDENTITY_BUDGET = 2_000
"""Newest mentions that are looked at where the names beside them must be asked who they were."""
RING_BUDGET = 500
"""Newest mentions of each neighbour that its own surroundings are counted over."""
RING_WIDENED = 20
"""Entities of one ring whose neighbours are looked at."""


def entity_then(database: Database, key: str, clocks: Clocks) -> EntityDetail:
    """The entity that held a name, with its counts of then. Its version is 0, and it has no trend, which is told as
    of now alone. Raises NotFound, BudgetExceeded."""

    return database.reading(lambda tx: entities_of(tx, [key], clocks)[key], timeout=SECONDS)


def entities_of(tx: Transaction, keys: Collection[str], clocks: Clocks) -> dict[str, EntityDetail]:
    """The same of several entities, each by one name that it held; all are looked up and counted in one go."""
    identity = Identity(tx, clocks.identity_at)
    identity.learn(keys)
    names = {key: identity.names_of(key) for key in keys}
    held = {one.key: key for key, own in names.items() for one in own}
    counts: dict[str, list[Counted]] = {key: [] for key in keys}
    for one in Mentions(tx, held, clocks).counts(window_of(clocks)):
        counts[held[one.key]].append(one)
    told = stated_of(tx, held, clocks)
    stated = {key: united(one for name in own for one in told.get(name.key, ())) for key, own in names.items()}
    return {key: _detail(identity, names[key], counts[key], stated[key]) for key in keys}


def _detail(
    identity: Identity, held: Sequence[PastAlias], counts: list[Counted], attributes: dict[str, Attribute]
) -> EntityDetail:
    names = {one.key: _named(one.key, counts) for one in held}
    ranked = sorted(held, key=lambda one: (-names[one.key][0], one.born))
    stated = any(one.kind != UNSPECIFIED for one in held)
    mentions, first, last = _span(counts)
    key = held[0].key
    kind = identity.kind_of(key)
    return EntityDetail(
        row=EntityRow(key, ranked[0].name, kind, mentions, first, last, _roles(counts), _ws(counts)),
        kind_source="stated" if stated else "guessed",
        version=0,
        hub=False,
        created_at=None,
        updated_at=None,
        last_synced_at=None,
        trend_score=None,
        trend_rank=None,
        attributes=attributes,
        alias_count=len(ranked),
        aliases=[
            AliasRow(one.key, one.name, one.normalised, one.family, one.discriminator, one.kind, *names[one.key])
            for one in ranked[:ALIASES_SHOWN]
        ],
    )


def timeline_then(
    database: Database,
    key: str,
    clocks: Clocks,
    *,
    ws: Collection[W] = tuple(W),
    since: datetime | None = None,
    until: datetime | None = None,
    after: Place | None = None,
    limit: int = 100,
) -> Timeline:
    """Mentions as `graph.reading.timeline` tells them. Raises NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> Timeline:
        identity = Identity(tx, clocks.identity_at)
        own, told = mentions_of(tx, key, clocks, identity)
        asked = window_of(clocks, [str(w) for w in ws], _ms(since), _ms(until))
        rows = told.page(asked, limit + 1, (after.ts, after.mention) if after else None)
        weigh(tx, identity, [own], clocks)
        name, kind = identity.shown(own)
        total = sum(one.mentions for one in told.counts(window_of(clocks)))
        return Timeline(
            own, name, kind, total, change_of(tx), _timeline(tx, told, rows[:limit], clocks), len(rows) > limit
        )

    return database.reading(work, timeout=SECONDS)


def newest_between(tx: Transaction, key: str, since: int, clocks: Clocks, limit: int) -> list[TimelineRow]:
    """The newest mentions from `since` (epoch ms) up to then. Raises NotFound, BudgetExceeded."""
    _, told = mentions_of(tx, key, clocks, Identity(tx, clocks.identity_at))
    return _timeline(tx, told, told.page(window_of(clocks, since=since), limit), clocks)


def _timeline(tx: Transaction, told: Mentions, rows: list[Told], clocks: Clocks) -> list[TimelineRow]:
    heads = past.heads(tx, {one.event for one in rows}, clocks)
    return [_timeline_row(one, told.alias_of(one), heads.get(one.event, {})) for one in rows]


def co_mentions_then(
    database: Database,
    key: str,
    clocks: Clocks,
    *,
    limit: int = 10,
    kind: str | None = None,
    ws: Collection[W] = PLAYERS,
) -> CoMentions:
    """Counted over the newest 5,000 mentions of then, 2,000 with `identity_at`; not `exact` where there were more.
    Raises NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> CoMentions:
        identity = Identity(tx, clocks.identity_at)
        own = identity.names_of(key)[0].key
        rows, exact = _named_with(tx, own, identity, clocks, budget_of(clocks), ws)
        rows = [row for row in rows if kind is None or identity.kind_of(row.key) == kind][:limit]
        weigh(tx, identity, [own, *(row.key for row in rows)], clocks)
        shown = [shown_as(identity, row) for row in rows]
        return CoMentions(own, *identity.shown(own), change_of(tx), kept=False, exact=exact, rows=shown)

    return database.reading(work, timeout=SECONDS)


def neighbourhood_then(
    database: Database, key: str, clocks: Clocks, *, depth: int = 1, limit: int = 20
) -> Neighbourhood:
    """Nodes and edges as `graph.reading.neighbourhood` tells them; of each neighbour its newest 500 mentions count, and
    20 of a ring are looked at. Raises NotFound, BudgetExceeded, InvalidInput."""

    def work(tx: Transaction) -> Neighbourhood:
        identity = Identity(tx, clocks.identity_at)
        centre = identity.names_of(key)[0].key
        cut = False

        def neighbours(ring: Ring, most: int) -> dict[str, list[CoMention]]:
            nonlocal cut
            found: dict[str, list[CoMention]] = {}
            for one, _ in ring:
                budget = budget_of(clocks) if one == centre else RING_BUDGET
                rows, exact = _named_with(tx, one, identity, clocks, budget, PLAYERS)
                cut = cut or not exact
                weigh(tx, identity, (row.key for row in rows[:most]), clocks)
                found[one] = [shown_as(identity, row) for row in rows[:most]]
            return found

        weigh(tx, identity, [centre], clocks)

        first = Node(centre, *identity.shown(centre), 0)
        nodes, edges, truncated = grown(neighbours, (first, False), depth, limit, RING_WIDENED)
        return Neighbourhood(centre, change_of(tx), nodes, edges, truncated or cut)

    return database.reading(work, timeout=SECONDS)


def named_with(tx: Transaction, key: str, clocks: Clocks, most: int) -> tuple[list[CoMention], bool]:
    """The `most` whom it was named with oftenest, as `co_mentions_then` counts them; whether all mentions were looked
    at."""
    identity = Identity(tx, clocks.identity_at)
    rows, exact = _named_with(tx, key, identity, clocks, budget_of(clocks), PLAYERS)
    weigh(tx, identity, (row.key for row in rows[:most]), clocks)
    return [shown_as(identity, row) for row in rows[:most]], exact


def budget_of(clocks: Clocks) -> int:
    """Newest mentions that co-mentions are counted over."""
    return LIVE_BUDGET if clocks.identity_at is None else IDENTITY_BUDGET


Shared = dict[str, dict[str, int]]
"""Entity -> the events that name it, too, with their times (epoch milliseconds)."""


def shared_with(
    tx: Transaction, key: str, identity: Identity, clocks: Clocks, budget: int, ws: Collection[W]
) -> tuple[Shared, bool]:
    """Others in the newest `budget` mentions of an entity, by what was then; whether those are all."""
    own, told = mentions_of(tx, key, clocks, identity)
    counts = told.counts(window_of(clocks))
    spoken = set(_ws(counts))
    ws_of = sorted(PLAYERS.intersection(W(w) for w in spoken)) or sorted(spoken)
    found = told.page(window_of(clocks, [str(w) for w in ws_of]), budget + 1)
    times = {one.event: one.ts for one in found[:budget]}
    others = past.companions(tx, times, [str(w) for w in ws], clocks)
    stood = stood_on(tx, others, clocks)
    identity.learn(stood.values())
    shared: Shared = {}
    for one in others:
        entity = identity.entity_of(stood[one.address])
        if entity != own:
            shared.setdefault(entity, {})[one.event] = times[one.event]
    return shared, len(found) <= budget


def most_shared(shared: Shared) -> list[CoMention]:
    """Most shared events first, then the latest, then by key; without names."""
    rows = [
        CoMention(
            key=entity,
            name="",
            kind="",
            n=len(named),
            first_at=from_epoch_ms(min(named.values())),
            last_at=from_epoch_ms(max(named.values())),
        )
        for entity, named in shared.items()
    ]
    rows.sort(key=lambda row: row.key)
    rows.sort(key=lambda row: (row.n, row.last_at), reverse=True)
    return rows


def _named_with(
    tx: Transaction, key: str, identity: Identity, clocks: Clocks, budget: int, ws: Collection[W]
) -> tuple[list[CoMention], bool]:
    shared, exact = shared_with(tx, key, identity, clocks, budget, ws)
    return most_shared(shared), exact


def stood_on(tx: Transaction, found: list[Told], clocks: Clocks) -> dict[past.Address, str]:
    """The name that each mention stood on."""
    moved = Moved(tx, {one.alias for one in found} | {one.alias0 for one in found}, clocks)
    return {one.address: moved.alias_of(one) for one in found}


def shown_as(identity: Identity, row: CoMention) -> CoMention:
    """The row with the name and kind that its entity had."""
    name, kind = identity.shown(row.key)
    return CoMention(row.key, name, kind, row.n, row.first_at, row.last_at)


def _timeline_row(one: Told, alias: str, head: Row) -> TimelineRow:
    return TimelineRow(
        event=one.event,
        mention=one.mention,
        ts=one.ts,
        w=one.w,
        occurred_at=of_graph(head.get("occurred_at")),
        precision=head.get("precision"),
        title=head.get("title"),
        category=head.get("category"),
        surface=one.surface,
        role=one.role,
        alias=alias,
        relevance=one.relevance,
        weight=one.weight,
    )


def _named(key: str, counts: list[Counted]) -> tuple[int, datetime | None, datetime | None]:
    return _span([one for one in counts if one.key == key])


def _span(counts: list[Counted]) -> tuple[int, datetime | None, datetime | None]:
    """Mentions, the first and the last of them."""
    if not counts:
        return 0, None, None
    first, last = min(one.first for one in counts), max(one.last for one in counts)
    return sum(one.mentions for one in counts), from_epoch_ms(first), from_epoch_ms(last)


def _roles(counts: list[Counted]) -> list[str]:
    roles: dict[str, int] = {}
    for one in counts:
        if one.role:
            roles[one.role] = roles.get(one.role, 0) + one.mentions
    return sorted(roles, key=lambda role: (-roles[role], role))


def _ws(counts: list[Counted]) -> list[str]:
    return [w.value for w in W if any(one.w == w for one in counts)]


def change_of(tx: Transaction) -> int:
    """The change number that the graph stands at."""
    return int(tx.rows(statement("read/gate_change"))[0]["change"])


def _ms(at: datetime | None) -> int | None:
    return None if at is None else epoch_ms(at.astimezone(UTC))
