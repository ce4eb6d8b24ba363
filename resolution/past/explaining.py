"""Why an entity stood on a board of a past time: what its mentions of then contributed, and who moved along."""

from collections import Counter

from graph.database import Transaction
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.instants import of_graph
from graph.trending import Why, decay
from graph.trending.explain import CO_MOVERS, LIMIT, WINDOW, CoMover, Contribution
from graph.trending.standings import Which
from resolution.past.identity import Identity
from resolution.past.mentions import mentions_of, weigh, window_of
from resolution.past.origins import origins_then
from resolution.past.reads import stood_on

_WS = ("WHO", "WHERE")


def why_then(tx: Transaction, key: str, score: float, which: Which, at: int, clocks: Clocks) -> Why:
    """The events that contributed most at `at` (epoch ms) to the score that the board showed for an entity, as
    `graph.trending.explain` tells them. Raises NotFound, BudgetExceeded."""
    identity = Identity(tx, clocks.identity_at)
    own, told = mentions_of(tx, key, clocks, identity)
    half_life = decay.half_life_seconds(which.half_life)
    since = decay.oldest(at, half_life)
    rows = [one for w in _WS for one in told.page(window_of(clocks, [w], since, at), WINDOW[which.metric])]
    asked = {"rows": [{"event": one.event, "mention": one.mention} for one in rows], "metric": which.metric}
    weights = tx.rows(statement("read/past_weights"), {**asked, "known": clocks.known})
    found: Counter[str] = Counter()
    for row in weights:
        found[row["event"]] += row["weight"] * 2.0 ** ((row["ts"] - at) / (half_life * 1000))
    best = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:LIMIT]
    shares = {event: min(value / score, 1.0) if score > 0 else 0.0 for event, value in best}
    heads = past.heads(tx, shares, clocks)
    roots = origins_then(tx, shares, clocks)
    events = tuple(
        Contribution(
            event=event,
            title=heads.get(event, {}).get("title"),
            occurred_at=of_graph(heads.get(event, {}).get("occurred_at")),
            contribution=value,
            share=shares[event],
            documents=roots[event].documents,
            sources=roots[event].sources,
            independent_origins=roots[event].independent_origins,
        )
        for event, value in best
    )
    return Why(len(weights), events, _company(tx, own, shares, identity, clocks))


def _company(
    tx: Transaction, own: str, shares: dict[str, float], identity: Identity, clocks: Clocks
) -> tuple[CoMover, ...]:
    """Who else these events named, with the share of the score that came from them."""
    beside = past.companions(tx, shares, _WS, clocks)
    stood = stood_on(tx, beside, clocks)
    identity.learn(stood.values())
    named: dict[str, set[str]] = {}
    for one in beside:
        entity = identity.entity_of(stood[one.address])
        if entity != own:
            named.setdefault(entity, set()).add(one.event)
    parts = {entity: sum(shares[event] for event in sorted(events)) for entity, events in named.items()}
    first = sorted(parts, key=lambda entity: (-parts[entity], entity))[:CO_MOVERS]
    weigh(tx, identity, first, clocks)
    return tuple(CoMover(one, *identity.shown(one), parts[one], len(named[one])) for one in first)
