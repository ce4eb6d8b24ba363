"""The ego graph of an entity: whom it is named with, and whom those are named with, within stated caps."""

from dataclasses import dataclass

from graph.database import Database, Transaction
from graph.errors import InvalidInput
from graph.reading.co_mentions import CoMention, brief, ranked

SECOND_RING = 10


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
    """Nodes nearest first; `truncated` when anyone has more neighbours than are shown."""

    key: str
    change: int
    nodes: list[Node]
    edges: list[Edge]
    truncated: bool


def neighbourhood(database: Database, key: str, *, depth: int = 1, limit: int = 20) -> Neighbourhood:
    """The strongest `limit` neighbours, and at depth 2 the strongest 10 of each of them. Raises NotFound."""
    if depth not in (1, 2):
        raise InvalidInput("a neighbourhood has depth 1 or 2", "depth")

    def work(tx: Transaction) -> Neighbourhood:
        centre = brief(tx, key)
        nodes = {centre.key: Node(centre.key, centre.name, centre.kind, 0)}
        edges: dict[frozenset[str], Edge] = {}
        found = ranked(tx, [centre.key], limit + 1, hub=centre.hub)
        truncated = _grow(nodes, edges, found, limit, 1)
        if depth == 2:
            first = found[centre.key][:limit]
            wider: dict[str, list[CoMention]] = {}
            for hub in (True, False):
                wider |= ranked(tx, [near.key for near in first if near.hub == hub], SECOND_RING + 1, hub=hub)
            strongest_first = {near.key: wider[near.key] for near in first}
            truncated = _grow(nodes, edges, strongest_first, SECOND_RING, 2) or truncated
        return Neighbourhood(
            centre.key, min(centre.followed, centre.change), list(nodes.values()), list(edges.values()), truncated
        )

    return database.reading(work)


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
