"""Graphiti's bulk write without any model: an episode an event, an edge to each entity that it mentions, who is who by
the letters of the name. Run by `bench.beside` in an environment of its own: first the address, user and password of a
Neo4j, then events in our 5-W shape, one JSON text each; answered by seconds and how many edges."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from graphiti_core.driver.neo4j_driver import Neo4jDriver
from graphiti_core.edges import EpisodicEdge
from graphiti_core.nodes import EntityNode, EpisodeType, EpisodicNode
from graphiti_core.utils.bulk_utils import add_nodes_and_edges_bulk

GROUP = "bench"
AT_ONCE = 500
EMBEDDING = [0.125] * 8
"""Given, so that no model is asked; eight numbers, so that it costs next to nothing."""


async def main() -> None:
    """Answers until stdin ends."""
    uri, user, password = json.loads(sys.stdin.readline())
    driver = Neo4jDriver(uri, user, password)
    await driver.build_indices_and_constraints()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        batches = list(_batches([json.loads(text) for text in json.loads(line)[0]]))
        start = time.perf_counter()
        for batch in batches:
            await add_nodes_and_edges_bulk(driver, *batch, [], None)
        taken = time.perf_counter() - start
        print(json.dumps([taken, sum(len(edges) for _, edges, _ in batches)]), flush=True)
    await driver.close()


def _batches(events: list[dict[str, Any]]) -> Any:
    """Episodes, edges and entities of so many events each, made before the clock runs."""
    now = datetime.now(UTC)
    for start in range(0, len(events), AT_ONCE):
        episodes, edges, entities = [], [], {}
        for event in events[start : start + AT_ONCE]:
            episode = EpisodicNode(
                uuid=_id(event["id"]),
                name=event["title"],
                group_id=GROUP,
                source=EpisodeType.json,
                source_description=event["source"]["name"],
                content=json.dumps(event),
                valid_at=datetime.fromisoformat(event["occurred_at"]).replace(tzinfo=UTC),
                created_at=now,
            )
            episodes.append(episode)
            for name in _names(event):
                entity = EntityNode(uuid=_id(name), name=name, group_id=GROUP, name_embedding=EMBEDDING, created_at=now)
                entities[name] = entity
                edges.append(
                    EpisodicEdge(
                        group_id=GROUP, source_node_uuid=episode.uuid, target_node_uuid=entity.uuid, created_at=now
                    )
                )
        yield episodes, edges, list(entities.values())


def _names(event: dict[str, Any]) -> list[str]:
    """Everything that ours makes a mention of: who, where, what, when."""
    named = [one["name"] for one in (*event["who"], *event["where"])]
    return [*named, event["what"]["category"], event["when"]]


def _id(text: str) -> str:
    return str(uuid5(NAMESPACE_URL, text))


if __name__ == "__main__":
    asyncio.run(main())
