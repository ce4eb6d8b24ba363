"""Graphiti's bulk write without a language model: what its `add_episode_bulk` does once a model has read the texts.

Run by `bench.beside` in an environment of its own: first the address, user and password of an empty Neo4j, then lists
of events, each an id, a title, a time and the names that it mentions; each is answered by its seconds.
"""

import asyncio
import json
import logging
import os
import sys
import time
from datetime import datetime
from typing import Any

# It looks at the environment when it is imported.
os.environ["GRAPHITI_TELEMETRY_ENABLED"] = "false"

from graphiti_core.driver.neo4j_driver import Neo4jDriver
from graphiti_core.edges import EpisodicEdge
from graphiti_core.nodes import EntityNode, EpisodeType, EpisodicNode
from graphiti_core.utils.bulk_utils import add_nodes_and_edges_bulk

BATCH = 500
GROUP = "bench"
EMBEDDING = [0.1] * 32
"""A short one, so that the peer pays for none of its own models."""


async def main() -> None:
    """Answers until stdin ends."""
    logging.disable(logging.CRITICAL)
    loop = asyncio.get_running_loop()
    driver = Neo4jDriver(*json.loads(await loop.run_in_executor(None, sys.stdin.readline)))
    await driver.build_indices_and_constraints()
    known: dict[str, EntityNode] = {}
    print(json.dumps("ready"), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        events = json.loads(line)[0]
        start = time.perf_counter()
        for begin in range(0, len(events), BATCH):
            await _write(driver, known, events[begin : begin + BATCH])
        print(json.dumps(time.perf_counter() - start), flush=True)
    await driver.close()


async def _write(driver: Any, known: dict[str, EntityNode], events: list[dict[str, Any]]) -> None:
    episodes: list[EpisodicNode] = []
    edges: list[EpisodicEdge] = []
    nodes: dict[str, EntityNode] = {}
    for event in events:
        at = datetime.fromisoformat(event["at"])
        told = {"name": event["title"], "group_id": GROUP, "source_description": "news", "content": event["title"]}
        episode = EpisodicNode(uuid=event["id"], source=EpisodeType.text, valid_at=at, created_at=at, **told)
        episodes.append(episode)
        for name in event["names"]:
            if name not in known:
                known[name] = EntityNode(name=name, group_id=GROUP, created_at=at, name_embedding=EMBEDDING)
            node = nodes[name] = known[name]
            ends = {"source_node_uuid": episode.uuid, "target_node_uuid": node.uuid}
            edges.append(EpisodicEdge(group_id=GROUP, created_at=at, **ends))
    await add_nodes_and_edges_bulk(driver, episodes, edges, list(nodes.values()), [], None)


if __name__ == "__main__":
    asyncio.run(main())
