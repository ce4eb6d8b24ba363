"""What the shape of a small graph says of its nodes: which belong together, and who stands between. Pure.

Computed on the part that is shown, never on the whole: a number of one neighbourhood says nothing of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from graph.reading.neighbourhood import Edge, Neighbourhood

SEED = 7
"""Communities are found by chance; the same graph is always parted the same way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`community`: from 0, the largest first (Louvain: Blondel et al. 2008, edges weighed by shared events).
    `betweenness` 0..1: the share of shortest ways between others that lead through it (Brandes 2001).
    `strength`: shared events of all its edges.
    """

    community: int
    betweenness: float
    strength: int


def standings(found: Neighbourhood) -> dict[str, Standing]:
    """Each node's standing by key; on few hundred nodes some tens of milliseconds."""
    return structure([node.key for node in found.nodes], found.edges)


def structure(keys: Sequence[str], edges: Sequence[Edge]) -> dict[str, Standing]:
    """The same of any nodes and edges between them."""
    # Not at import: it takes longer to load than most commands take to answer.
    import networkx

    # Numbers for nodes: sets of texts have another order in each process, and with it communities would change.
    place = {key: at for at, key in enumerate(keys)}
    graph = cast(Any, networkx.Graph())
    graph.add_nodes_from(range(len(keys)))
    graph.add_weighted_edges_from([(place[edge.source], place[edge.target], edge.n) for edge in edges])
    parts: list[set[int]] = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)  # pyright: ignore
    parts.sort(key=lambda part: (-len(part), min(part)))
    community = {node: at for at, part in enumerate(parts) for node in part}
    between: dict[int, float] = networkx.betweenness_centrality(graph)  # pyright: ignore
    strength: dict[int, int] = dict(graph.degree(weight="weight"))
    return {key: Standing(community[at], between[at], strength[at]) for key, at in place.items()}
