"""Why and consequences walk what events tell of one another, with the reasons they give; cycles end."""

import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.reading.why import Direction, causation, missing
from tests.factory import Json, World, person, told


def because(event_id: str, day: int, *causes: str, **more: Json | list[Json]) -> Json:
    return told(event_id, f"2025-03-{day:02}", why=[{"event": cause} for cause in causes], **more)


@pytest.fixture
def world(graph: Database) -> World:
    made = World(graph)
    made.take(
        because("drought", 1),
        because(
            "harvest", 2, "drought", who=[person("Ada Ames")], source={"name": "Post", "url": "https://post.example/1"}
        ),
        because("price", 3, "harvest", "strike"),
        because("strike", 4, "price"),
        told("riot", "2025-03-05", why=[{"text": "hunger"}, {"event": "price"}]),
    )
    return made


def test_why_leads_back_and_shows_reasons_and_reports(world: World) -> None:
    found = causation(world.graph, "riot", Direction.CAUSES)
    assert [(one.id, one.depth) for one in found.events] == [
        *(("riot", 0), ("price", 1)),
        *(("strike", 2), ("harvest", 2)),
        ("drought", 3),
    ]
    assert "hunger" in {reason.surface for reason in found.events[0].reasons}
    assert [document.url for document in found.events[3].documents] == ["https://post.example/1"]
    assert {(link.effect, link.cause) for link in found.links} >= {("riot", "price"), ("price", "strike")}
    # A cycle is a link, not a further event.
    assert ("strike", "price") in {(link.effect, link.cause) for link in found.links}
    assert not found.truncated


def test_consequences_lead_on_and_a_bound_is_told(world: World) -> None:
    found = causation(world.graph, "drought", Direction.CONSEQUENCES)
    assert [one.id for one in found.events] == ["drought", "harvest", "price", "strike", "riot"]
    assert not found.truncated
    short = causation(world.graph, "drought", Direction.CONSEQUENCES, depth=1)
    assert [one.id for one in short.events] == ["drought", "harvest"]
    assert short.truncated


def test_closed_causes_lead_nowhere(world: World) -> None:
    world.take(told("riot", "2025-03-05", title="no cause is known"))
    assert [one.id for one in causation(world.graph, "riot", Direction.CAUSES).events] == ["riot"]


def test_what_is_not_there_or_too_far_is_refused(world: World) -> None:
    with pytest.raises(NotFound):
        causation(world.graph, "nothing", Direction.CAUSES)
    with pytest.raises(InvalidInput):
        causation(world.graph, "riot", Direction.CAUSES, depth=6)


def test_missing_ws_are_those_that_are_not_told() -> None:
    assert missing([], None) == [W.WHO, W.WHAT, W.WHERE, W.WHY]
    assert missing(["WHO", "WHERE", "WHY"], "protest") == []
