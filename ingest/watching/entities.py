"""A watched entity: new events that name it, its rank, and what became of its names."""

from collections.abc import Iterator
from typing import Any

from graph.errors import BoardUnavailable
from graph.trending import DEFAULT_HALF_LIFE, MENTIONS
from graph.watch import Firing, Occasion, Watch
from ingest.watching.round import Holder, Named, Round, World, decision_of

SHOWN = 20
"""Events that one firing shows; it counts all."""
_BATCH = 2**20


def entity_state(world: World, spec: dict[str, Any], on: tuple[Occasion, ...]) -> dict[str, Any]:
    """What is known of an entity now."""
    holder = world.holders([spec["key"]]).get(spec["key"])
    if holder is None:
        return {"entity": None, "aliases": {}, "rank": None}
    rank, score = _rank(world, holder) if Occasion.RANK in on else (None, 0.0)
    aliases = {one.alias: one.name for one in world.names([holder.key]).get(holder.key, ())}
    return {"entity": holder.key, "aliases": aliases, "rank": rank, "score": score}


def look_at_entity(watch: Watch, look: Round, world: World) -> tuple[dict[str, Any], list[Firing]]:
    """What is known now, and what is to be told of this round."""
    holder = world.holders([watch.spec["key"]]).get(watch.spec["key"])
    if holder is None:
        return watch.state, []
    state = {**watch.state, "entity": holder.key}
    firings = list(told_events(watch, look, world, {holder.key}))
    if holder.key in look.moved or watch.state["entity"] in look.moved:
        firings += _regrouped(watch, look, world, holder, state)
    if Occasion.RANK in watch.on and look.stirs:
        firings += _moved(watch, look, world, holder, state)
    return state, [one for one in firings if one.sort in watch.on]


def told_events(watch: Watch, look: Round, world: World, entities: set[str]) -> Iterator[Firing]:
    """One firing for each change that brought events which name any of these entities."""
    by_change: dict[int, list[dict[str, Any]]] = {}
    for event, found in world.mentions.items():
        formed, changed = look.formed.get(event, 0), look.changed.get(event, 0)
        # Told anew, it is news where no former version named them.
        new = formed > watch.since
        named = entities & (set(found["entities"]) - (set() if new else set(found["again"])))
        change = formed if new else changed
        if named and change > watch.since:
            told = {"id": event, "title": found["title"], "occurred_at": found["occurred_at"]}
            by_change.setdefault(change, []).append({**told, "entities": sorted(named)})
    for change, events in sorted(by_change.items()):
        newest = sorted(events, key=lambda one: (one["occurred_at"], one["id"]), reverse=True)
        yield Firing(watch.id, Occasion.EVENTS, change, {"count": len(events), "events": newest[:SHOWN]})


def _regrouped(watch: Watch, look: Round, world: World, holder: Holder, state: dict[str, Any]) -> Iterator[Firing]:
    """Names that came from other entities, or went to others; names that were learned are no merge."""
    now = {one.alias: one for one in world.names([holder.key]).get(holder.key, ())}
    before: dict[str, str] = watch.state["aliases"]
    state["aliases"] = {key: one.name for key, one in now.items()}
    came = [one for key, one in now.items() if key not in before and _older(one, look)]
    gone = [key for key in before if key not in now]
    told = {"entity": holder.told, "decision": decision_of(look, [*before, *now])}
    if came:
        gained = [{"alias_key": one.alias, "alias": one.name} for one in came]
        yield Firing(watch.id, Occasion.MERGE, look.last, {**told, "gained": gained})
    if gone:
        holders = world.holders(gone)
        lost = [
            {"alias_key": key, "alias": before[key], "entity": holders[key].told if key in holders else None}
            for key in gone
        ]
        yield Firing(watch.id, Occasion.SPLIT, look.last, {**told, "lost": lost})


def _older(one: Named, look: Round) -> bool:
    return one.born < (look.first + 1) * _BATCH


def _moved(watch: Watch, look: Round, world: World, holder: Holder, state: dict[str, Any]) -> Iterator[Firing]:
    try:
        rank, score = _rank(world, holder)
    except BoardUnavailable:
        # Looked at again when the boards are back.
        return
    before: int | None = watch.state.get("rank")
    if before == rank:
        return
    if before is not None and rank is not None and abs(before - rank) < watch.spec["rank_change"]:
        return
    told = {"entity": holder.told, "old_rank": before, "rank": rank, "old_score": watch.state.get("score", 0.0)}
    reason = "entered the board" if before is None else "left the board" if rank is None else "moved"
    state |= {"rank": rank, "score": score}
    yield Firing(watch.id, Occasion.RANK, look.last, {**told, "score": score, "reason": reason})


def _rank(world: World, holder: Holder) -> tuple[int | None, float]:
    """Place on the board of all mentions, as Redis has it. Raises BoardUnavailable."""
    if world.boards is None:
        return None, 0.0
    found = world.boards.of(MENTIONS).rank(holder.key, DEFAULT_HALF_LIFE, world.now)
    return (found.rank, found.score) if found is not None else (None, 0.0)
