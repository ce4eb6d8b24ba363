"""A row of a watchlist: somebody described by names, with judgements of its own; whom of the graph it may be.

Scored are only entities whose names changed since the last look: founded, merged or split. A judgement stands on a
name, so it follows merges and splits; a negative one on any name of an entity stands against all of it.
"""

from collections.abc import Collection
from typing import Any

from graph.watch import Firing, Occasion, Watch
from ingest.matching import Candidate, Example, match_some
from ingest.watching.round import Named, Round, World, decision_of

Scores = dict[str, dict[str, Any]]
"""By entity key: score, alias, alias_key, name (that of the example) and why."""
_BATCH = 2**20


def example_state(world: World, spec: dict[str, Any]) -> dict[str, Any]:
    """Scores of all candidates there are now."""
    found, scored = match_some(world.index, _example(spec), None)
    return {"scores": _judged(world, spec, _scores(found)), "rescored": scored}


def look_at_example(watch: Watch, look: Round, world: World) -> tuple[dict[str, Any], list[Firing]]:
    """New scores of the entities that changed, and what is to be told of them. `rescored` in the state counts the names
    that were compared, ever."""
    touched = world.touched(look)
    before: Scores = watch.state["scores"]
    if not touched:
        return watch.state, []
    found, scored = match_some(world.index, _example(watch.spec), touched)
    holders = world.holders([*before, *touched])
    judged = {key for key in before if key in holders and holders[key].key in touched} | touched
    after = {key: one for key, one in before.items() if key not in judged}
    after |= _judged(world, watch.spec, _scores(found), touched)
    state = {"scores": after, "rescored": watch.state["rescored"] + scored}
    names = world.names([key for key in (*after, *before) if key in touched])
    firings: list[Firing] = []
    for key in sorted({holders[key].key for key in judged if key in holders}):
        olds = [before[old] for old in before if old in holders and holders[old].key == key]
        old, new = max((one["score"] for one in olds), default=0.0), after.get(key, {}).get("score", 0.0)
        if abs(new - old) < watch.spec["delta"]:
            continue
        told = {"entity": holders[key].told, "old_score": old, "score": new, **_known(after.get(key))}
        told |= {"reason": _reason(look, key, names.get(key, []), bool(olds)), "decision": decision_of(look, [key])}
        firings.append(Firing(watch.id, Occasion.SCORE, look.last, told, about=key))
    return state, firings


def _example(spec: dict[str, Any]) -> Example:
    return Example(spec["names"], spec.get("kind") or "", limit=100, least=spec["least"])


def _scores(found: Collection[Candidate]) -> Scores:
    return {
        one.entity: {
            "score": round(one.found.probability, 6),
            "alias": one.alias,
            "alias_key": one.alias_key,
            "name": one.name,
            "why": one.found.why,
        }
        for one in found
    }


def _judged(world: World, spec: dict[str, Any], scores: Scores, among: Collection[str] | None = None) -> Scores:
    """The scores with the row's own judgements on them; `among`: only of these entities."""
    said: dict[str, str] = {one["key"]: one["verdict"] for one in spec.get("judgements", ())}
    holders = world.holders(said)
    positive = {holders[key].key for key, verdict in said.items() if verdict == "positive" and key in holders}
    negative = {holders[key].key for key, verdict in said.items() if verdict == "negative" and key in holders}
    found = dict(scores)
    for key in positive | negative:
        if among is not None and key not in among:
            continue
        known = found.get(key, {"alias": None, "alias_key": None, "name": None})
        value = (0.0, "judged to be somebody else") if key in negative else (1.0, "judged to be the same")
        found[key] = {**known, "score": value[0], "why": value[1]}
    return found


def _known(score: dict[str, Any] | None) -> dict[str, Any]:
    return {name: score.get(name) if score else None for name in ("alias", "alias_key", "name", "why")}


def _reason(look: Round, key: str, names: list[Named], known: bool) -> str:
    """What became of an entity in this round: new, merged, split or renamed."""
    came = {one.alias for one in names if one.change > look.first and one.born < (look.first + 1) * _BATCH}
    if key in look.moved:
        return "merged" if came and key not in came else "split"
    return "renamed" if known else "new"
