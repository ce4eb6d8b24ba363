"""A watched pair: a way between the two that was not there before, and whether they are one."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from graph.errors import BudgetExceeded, NotFound
from graph.reading.paths import Path, paths
from graph.watch import Firing, Occasion, Watch
from ingest.watching.round import Holder, Round, World, decision_of

SOUGHT = 3
"""Paths that are looked for at a time, cheapest first."""
KNOWN = 200
"""Ways that are remembered, the last ones."""


def pair_state(world: World, spec: dict[str, Any]) -> dict[str, Any]:
    """The ways there are now."""
    a, b = (world.holders([spec["a"], spec["b"]]).get(spec[end]) for end in ("a", "b"))
    if a is None or b is None or a.key == b.key:
        return {"one": a is not None and a == b, "ways": []}
    return {"one": False, "ways": [_keys(one) for one in _sought(world, spec)[0]]}


def look_at_pair(watch: Watch, look: Round, world: World, *, far: bool) -> tuple[dict[str, Any], list[Firing]]:
    """What is known now, and what is to be told; ways are looked for when `far`. A way that is one only since two on it
    became one is not new."""
    ends = world.holders([watch.spec["a"], watch.spec["b"]])
    a, b = ends.get(watch.spec["a"]), ends.get(watch.spec["b"])
    if a is None or b is None:
        return watch.state, []
    state = {**watch.state, "one": a.key == b.key}
    firings = [one for one in _joined(watch, look, a, b) if one.sort in watch.on]
    if a.key == b.key or not far or Occasion.PATH not in watch.on:
        return state, firings
    found, truncated = _sought(world, watch.spec)
    known: list[list[str]] = watch.state["ways"]
    holders = world.holders(key for way in known for key in way)
    seen = {_today(way, holders) for way in known}
    new = [path for path in found if tuple(_keys(path)) not in seen]
    if new:
        state["ways"] = [*known, *(_keys(path) for path in new)][-KNOWN:]
        shortest = min((len(way) - 1 for way in seen), default=None)
        told = {"a": a.told, "b": b.told, "shortest_before": shortest, "truncated": truncated}
        firings.append(Firing(watch.id, Occasion.PATH, look.last, {**told, "paths": [_told(path) for path in new]}))
    return state, firings


def _joined(watch: Watch, look: Round, a: Holder, b: Holder) -> Iterator[Firing]:
    one = a.key == b.key
    if one == watch.state["one"]:
        return
    told = {"a": a.told, "b": b.told, "decision": decision_of(look, [watch.spec["a"], watch.spec["b"], a.key, b.key])}
    yield Firing(watch.id, Occasion.MERGE if one else Occasion.SPLIT, look.last, told)


def _sought(world: World, spec: dict[str, Any]) -> tuple[list[Path], bool]:
    try:
        found = paths(world.database, spec["a"], spec["b"], k=SOUGHT, hops=spec["hops"])
    except (NotFound, BudgetExceeded):
        return [], True
    return found.paths, found.truncated


def _keys(path: Path) -> list[str]:
    return [node.key for node in path.nodes]


def _today(way: list[str], holders: dict[str, Holder]) -> tuple[str, ...]:
    """A way by who holds its names now; who follows himself is one step less."""
    keys = [holders[key].key if key in holders else key for key in way]
    return tuple(keys[:1] + [key for before, key in pairwise(keys) if key != before])


def _told(path: Path) -> dict[str, Any]:
    """A path with the confidence of the whole of it: that every step of it is right."""
    nodes = [{"key": node.key, "name": node.name, "kind": node.kind} for node in path.nodes]
    return {
        "confidence": path.confidence,
        "cost": path.cost,
        "nodes": nodes,
        "hops": [asdict(hop) for hop in path.hops],
    }
