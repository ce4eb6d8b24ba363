"""One box finds names by beginning, by words, with slips and in any script, and keeps to what is asked."""

import pytest

from graph.database import Database
from graph.embedding.ngrams import NGrams
from graph.embedding.profiles import follow
from graph.errors import InvalidInput, NotFound
from graph.moment import parse_instant
from graph.reading.finding import Filters, Hits, Near, find, slips
from resolution.names.normalise import normalise
from tests.factory import World, country, named, organization, person, told
from tests.judging_world import Court, key_of


@pytest.fixture
def world(graph: Database) -> World:
    made = World(graph)
    made.take(
        told(
            "1",
            "2025-01-01",
            who=[person("Recep Erdogan")],
            where=[named("Ankara", "city", path=["Turkey", "Ankara"])],
        ),
        told("2", "2025-02-01", who=[person("Recep Erdogan"), person("Владимир Путин")], where=[country("Turkey")]),
        told("3", "2025-03-01", who=[person("Erdal Inonu")], where=[named("Oslo", "city", coordinates=[59.9, 10.7])]),
        told("4", "2025-03-01", who=[person("Oslo Olsen")]),
    )
    return made


def found(world: World, text: str, preset: str = "balanced", **filters: object) -> Hits:
    asked = Filters(**filters)  # pyright: ignore[reportArgumentType]
    return find(world.graph, text, normalise(text, "unspecified").normalised, filters=asked, preset=preset)


def names(world: World, text: str, preset: str = "balanced", **filters: object) -> list[str]:
    return [hit.row.name for hit in found(world, text, preset, **filters).rows]


def test_beginnings_words_slips_and_scripts(world: World) -> None:
    assert names(world, "erd") == ["Erdal Inonu"]
    assert names(world, "erdogan") == ["Recep Erdogan"]
    assert names(world, "erdogen recep") == ["Recep Erdogan"]
    assert names(world, "Путин") == ["Владимир Путин"]
    assert names(world, "erdogen", "exact") == []
    assert names(world, "nobody whatever") == []
    hit = found(world, "recep erdogan").rows[0]
    assert hit.ranks == {"prefix": 1, "words": 1, "slips": 1}
    assert hit.score == pytest.approx(2.5 / 61)


def test_filters_are_all_met(world: World) -> None:
    assert set(names(world, "oslo")) == {"Oslo", "Oslo Olsen"}
    assert names(world, "oslo", kind="city") == ["Oslo"]
    assert names(world, "oslo", near=Near(59.0, 10.0, 200)) == ["Oslo"]
    assert names(world, "oslo", near=Near(0.0, 10.0, 200)) == []
    at = {text: parse_instant(text).at for text in ("2025-01-15", "2025-02-15")}
    assert names(world, "erdogan", since=at["2025-01-15"], until=at["2025-02-15"]) == ["Recep Erdogan"]
    assert names(world, "erdogan", since=at["2025-02-15"]) == []
    turkey = key_of("Turkey", "place")
    assert names(world, "erdogan", place=turkey, until=at["2025-01-15"]) == ["Recep Erdogan"]
    assert names(world, "inonu", place=turkey) == []


def test_what_cannot_be_asked_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput):
        found(world, "x", "best")
    with pytest.raises(NotFound):
        found(world, "oslo", place="0" * 64)


def test_slips_are_words_alone() -> None:
    assert slips('"Erdogan") OR kind:* ~9 Recep') == "erdogan~1 AND or AND kind~1 AND 9 AND recep~1"
    assert slips("?!") == ""


def test_profiles_are_asked_where_an_embedder_is_set_and_follow_merges(graph: Database) -> None:
    court = Court(graph)
    ship = {"affiliations": ["shipping of the northern harbours"]}
    court.take(
        told("a", title="Dockers strike at the port", who=[organization("Acme", **ship), person("Ann Abernathy")]),
        told("b", title="Parliament votes on the budget", who=[person("Bob Bondarenko")]),
    )
    embedder = NGrams(128)
    assert find_like(court, "strike of dockers", None) == []
    assert follow(graph, embedder) == 3 and follow(graph, embedder) == 0
    assert set(find_like(court, "strike of dockers", embedder)[:2]) == {"Acme", "Ann Abernathy"}
    assert find_like(court, "budget votes", embedder)[0] == "Bob Bondarenko"
    assert find_like(court, "strike of dockers", embedder, kind="person")[0] == "Ann Abernathy"
    court.merge(key_of("Ann Abernathy"), key_of("Bob Bondarenko"))
    assert len(find_like(court, "budget votes", embedder)) == 2
    # Another embedder, with vectors of another length: names are found meanwhile, and all are made anew.
    assert find_like(court, "Bondarenko", NGrams(64)) == ["Ann Abernathy"]
    assert follow(graph, NGrams(64)) == 2
    assert find_like(court, "budget votes", NGrams(64))
    with pytest.raises(InvalidInput):
        find(graph, "budget", "budget", preset="about")


def find_like(court: Court, text: str, embedder: NGrams | None, kind: str | None = None) -> list[str]:
    preset = "about" if embedder else "balanced"
    found = find(court.graph, text, text, filters=Filters(kind), preset=preset, embedder=embedder)
    return [hit.row.name for hit in found.rows]
