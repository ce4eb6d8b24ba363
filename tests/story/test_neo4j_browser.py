"""An analyst who never saw the API opens Neo4j Browser, pastes recipes, and finds who did what with whom.

With KEEP_PICTURES set the screenshot goes to docs/images.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver, Query
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.queries import names, statement
from ingest import sample
from tests.browser import Neo4jBrowser, browsing
from tests.factory import World
from tests.unit.api.made import made_app

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "browser.md"
STYLE = ROOT / "cypher" / "explore" / "pentad.grass"
PARAMS = re.compile(r"^// try: +(:params \{.*\})$", re.MULTILINE)
RULE = re.compile(r"^node\.(Who|What|Where|When|Why|Event) \{[^}]*?\bcolor: (#[0-9A-F]{6});", re.MULTILINE | re.DOTALL)


@pytest.fixture
def samples(graph: Database, redis_client: Redis) -> Iterator[World]:
    """The bundled sample, as `pentad demo` loads it."""
    world = World(graph, redis_client)
    report = world.take(*sample.lines(sample.EARLY))
    assert report.rejected == 0
    yield world


def test_pasted_recipe_draws_the_five_ws_each_in_its_colour(samples: World, servers: Servers, tmp_path: Path) -> None:
    recipe = statement("explore/event").text
    stated = PARAMS.search(recipe)
    assert stated is not None
    assert servers.browser_url is not None
    with browsing() as context:
        browser = Neo4jBrowser(context.new_page(), servers.browser_url)
        browser.log_in(servers.neo4j_user, servers.neo4j_password)
        browser.run(f":style {STYLE.read_text(encoding='utf-8')}")
        browser.run(stated[1])
        browser.run(recipe)
        browser.wait_for_graph(nodes=8)
        shot = tmp_path / "browser.png"
        browser.page.get_by_test_id("frame").first.screenshot(path=shot)
        drawn = browser.colours()
    assert shot.stat().st_size > 20_000
    if os.environ.get("KEEP_PICTURES"):
        shutil.copy(shot, ROOT / "docs" / "images")
    colours = dict(RULE.findall(STYLE.read_text(encoding="utf-8")))
    assert set(colours) == {"Who", "What", "Where", "When", "Why", "Event"}
    assert len(set(colours.values())) == 6
    assert set(colours.values()) <= drawn


def test_three_recipes_of_the_guide_tell_who_did_what_with_whom(samples: World, driver: Driver) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    walk = guide[guide.index("## Who did what with whom, in three recipes") :]
    steps = re.findall(r"explore/(\w+)\.cypher.*?```\n(:params \{.*?\})\n```", walk, re.DOTALL)[:3]
    assert [name for name, _ in steps] == ["search", "who_did_what", "connections"]
    with driver.session(default_access_mode="READ") as session:
        found = []
        for name, given in steps:
            text = Query(f"RETURN {given.removeprefix(':params ')} AS given")  # type: ignore[arg-type]
            values = session.run(text).single(strict=True)["given"]
            found.append(session.run(Query(statement(f"explore/{name}").text), values).data())
    hits, deeds, ways = found
    assert hits[0]["name"] == "Pope Francis"
    assert len(deeds) >= 5
    assert all("Pope Francis" in " ".join(row["who"] + row["where"]) for row in deeds)
    assert all(row["title"] and row["what"] and row["when"] for row in deeds)
    assert len(ways) >= 5


def test_every_door_that_reads_has_a_recipe_and_the_guide_lists_them_all() -> None:

    recipes = names("explore")
    doors = " ".join(
        line for name in recipes for line in statement(name).text.splitlines() if line.startswith("// door:")
    )
    paths = made_app().openapi()["paths"]
    kept = [path for path, operations in paths.items() if "get" in operations and path.startswith("/api/")]
    told = {path for path in kept if path in doors or path.rsplit("/{", 1)[0] in doors}
    assert set(kept) - told <= {"/api/openapi.json", "/api/jobs/{id}/events", "/api/cache"}
    guide = GUIDE.read_text(encoding="utf-8")
    assert [name for name in recipes if f"{name.removeprefix('explore/')}.cypher" not in guide] == []
