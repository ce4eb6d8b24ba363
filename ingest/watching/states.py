"""What is known of what a watch watches, from the graph as it stands."""

from collections.abc import Mapping
from typing import Any

from graph.watch import Occasion, WatchSort
from ingest.watching.entities import entity_state
from ingest.watching.examples import example_state
from ingest.watching.pairs import pair_state
from ingest.watching.round import World
from ingest.watching.searches import search_state


def state_of(world: World, sort: WatchSort, spec: Mapping[str, Any], on: tuple[Occasion, ...]) -> dict[str, Any]:
    """Where a look begins. Raises BoardUnavailable for a rank that cannot be known now."""
    asked = dict(spec)
    match sort:
        case WatchSort.ENTITY:
            return entity_state(world, asked, on)
        case WatchSort.PAIR:
            return pair_state(world, asked)
        case WatchSort.QUERY:
            return search_state(world, asked)
        case WatchSort.EXAMPLE:
            return example_state(world, asked)
