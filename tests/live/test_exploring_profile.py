"""What exploring a hub costs does not know the hub's degree."""

from graph.database import Database
from graph.reading.instants import BEGINNING, END
from graph.reading.neighbourhood import neighbourhood
from graph.reading.paths import paths
from graph.reading.reach import EXPANDED, STEP
from graph.trending.decay import DAY
from tests.live.test_reading_profile import hubs, ratio
from tests.reading_world import NOON, key_of

__all__ = ["hubs"]


def test_a_hub_costs_what_a_sixth_of_it_costs(hubs: Database) -> None:
    step = {"since": BEGINNING, "until": END, "budget": 100, "most": 500, "few": 5}
    for ws in (["WHO"], ["WHERE"], ["WHO", "WHERE"]):
        assert ratio(hubs, "read/paths_expand", {**step, "ws": ws}, "keys") <= 1.2
    kept = {"others": [key_of(name) for name in ("Few a day", "Many a day")]}
    assert ratio(hubs, "read/paths_kept", kept) <= 1.2
    view = {"since": BEGINNING, "until": END, "budget": 200}
    assert ratio(hubs, "read/view_events", view, "keys") <= 1.2
    between = {"before": NOON, "after": END, "budget": 500, "limit": 20}
    assert ratio(hubs, "read/co_mentions_between", between) <= 1.2
    assert ratio(hubs, "read/origin_entities", {"at": END, "window": 50}, "keys") <= 1.2
    assert ratio(hubs, "read/profile_texts", {"titles": 12}, "keys") <= 1.2
    for name, more in (("place_points", {}), ("history_of", {"ts": None, "id": None, "limit": 50})):
        assert ratio(hubs, f"read/{name}", more, "keys" if name == "place_points" else "key") <= 1.2
    # The mentions of a bounded time, however many there are before it.
    spread = {"metric": "mentions", "at": NOON + 60_000 * 500, "from": NOON, "half_life": 1000 * DAY}
    assert ratio(hubs, "read/rising_spread", spread, "keys") <= 1.2


def test_paths_and_rings_between_hubs_are_bounded_and_say_so(hubs: Database) -> None:
    found = paths(hubs, key_of("Large"), key_of("Many a day"))
    assert found.truncated and 0 < found.expanded <= EXPANDED + STEP
    assert [node.name for node in found.paths[0].nodes][1].startswith("Other ")
    wide = neighbourhood(hubs, key_of("Large"), depth=3, limit=50)
    assert wide.truncated and 51 < len(wide.nodes) <= 51 + 60 * 10 + 60 * 5
