"""The ego graph of an entity: whom it is named with, and whom those are named with, within stated caps."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.database import Database, Transaction
from graph.errors import InvalidInput
from graph.reading.co_mentions import CoMention, brief, ranked

DEPTH = 3
SECOND_RING, THIRD_RING = 10, 5
"""Neighbours shown of each entity of the ring before."""
WIDENED = 60
"""Entities of one ring whose neighbours are looked at: the first found, who are the strongest."""


Ring = list[tuple[str, bool]]
"""Entities of one ring, each with whether it is a hub."""
Neighbours = Callable[[Ring, int], dict[str, list[CoMention]]]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity `depth` steps from the one asked about."""

    key: str
    name: str
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two entities that `n` distinct events name together; each pair stands once."""

    source: str
    target: str
    n: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes nearest first; `truncated` when anyone has more neighbours than are shown, or was not looked at."""

    key: str
    change: int
    nodes: list[Node]
    edges: list[Edge]
    truncated: bool


def neighbourhood(database: Database, key: str, *, depth: int = 1, limit: int = 20) -> Neighbourhood:
    """The strongest `limit` neighbours, at depth 2 the strongest 10 of each of them, at depth 3 the strongest 5 of
    those. Raises NotFound.
    """

    def work(tx: Transaction) -> Neighbourhood:
        centre = brief(tx, key)
        first = (Node(centre.key, centre.name, centre.kind, 0), centre.hub)
        nodes, edges, truncated = grown(lambda ring, most: _neighbours(tx, ring, most), first, depth, limit)
        return Neighbourhood(centre.key, min(centre.followed, centre.change), nodes, edges, truncated)

    return database.reading(work)


def grown(
    neighbours: Neighbours, first: tuple[Node, bool], depth: int, limit: int, widened: int = WIDENED
) -> tuple[list[Node], list[Edge], bool]:
    """Rings around an entity (and whether it is a hub): nodes nearest first, edges, and whether anything was left out.
    `neighbours` answers those of each of a ring, so many at most; `widened` of a ring are looked at. Raises
    InvalidInput."""
    if not 1 <= depth <= DEPTH:
        raise InvalidInput(f"a neighbourhood has depth 1 to {DEPTH}", "depth")
    centre, hub = first
    nodes = {centre.key: centre}
    edges: dict[frozenset[str], Edge] = {}
    ring, truncated = [(centre.key, hub)], False
    for step, wide in zip(range(1, depth + 1), (limit, SECOND_RING, THIRD_RING), strict=False):
        known = set(nodes)
        found = neighbours(ring[:widened], wide + 1)
        truncated = _grow(nodes, edges, found, wide, step) or truncated or len(ring) > widened
        hubs = {other.key: other.hub for others in found.values() for other in others}
        ring = [(one, hubs[one]) for one in nodes if one not in known]
    return list(nodes.values()), list(edges.values()), truncated


def _neighbours(tx: Transaction, ring: Ring, limit: int) -> dict[str, list[CoMention]]:
    """The neighbours of each, in the order asked."""
    found: dict[str, list[CoMention]] = {}
    for hub in (True, False):
        found |= ranked(tx, [key for key, is_hub in ring if is_hub == hub], limit, hub=hub)
    return {key: found[key] for key, _ in ring}


def _grow(
    nodes: dict[str, Node],
    edges: dict[frozenset[str], Edge],
    found: dict[str, list[CoMention]],
    limit: int,
    depth: int,
) -> bool:
    """Adds one ring; answers whether anyone in it had more than `limit`."""
    for key, others in found.items():
        for other in others[:limit]:
            nodes.setdefault(other.key, Node(other.key, other.name, other.kind, depth))
            edges.setdefault(frozenset((key, other.key)), Edge(key, other.key, other.n))
    return any(len(others) > limit for others in found.values())
