"""Withdrawing: seen before it is done, exactly undone, and erased so that nothing of it is found anywhere."""

import json
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import Conflict, NotFound
from graph.reading.clocks import Clocks
from graph.reading.entities import entity_detail
from graph.reading.facts import Asked, entity_facts
from graph.reading.retractions import retractions
from graph.retraction import RetractionState, Sort
from ingest.judging import Judging, Order
from ingest.retraction.service import Retracting
from tests.factory import Json, country, person, told
from tests.judging_world import dump, key_of
from tests.pages_world import HARBOUR, HARBOUR_AGAIN, PagesWorld

URL = "https://gull.example/quarrel"


class Desk(PagesWorld):
    """A world that can withdraw."""

    def __init__(self, graph: Database, redis: Redis | None = None) -> None:
        super().__init__(graph, redis)
        self.judging = Judging(self.pipeline, graph, lambda: self.now, self.projections)
        self.retracting = Retracting(
            graph, self.boards, self.judging, lambda: self.forming, lambda: self.now, self.projections
        )


def reported(event: str, *names: str, url: str = URL, source: str = "The Gull", day: int = 10, **more: Any) -> Json:
    return told(
        event,
        f"2026-01-{day:02}",
        who=[person(name) for name in names],
        where=[country("Norway")],
        source={"name": source, "url": url, "title": f"{source} on {event}"},
        **more,
    )


NEWS = (
    reported("other", "Ada Ames", url="https://ebb.example/1", source="The Ebb"),
    reported("alone", "Ada Ames", "Zebulon Quarrell", title="Quarrell insults Ames"),
    reported(
        "both",
        "Bo Berg",
        day=11,
        sources=[{"name": "The Ebb", "url": "https://ebb.example/1"}],
        relationships=[{"subject": "Bo Berg", "predicate": "married_to", "object": "Ada Ames"}],
    ),
    {
        **reported("fact", "Ada Ames", "Zebulon Quarrell", day=12),
        "who": [person("Ada Ames", affiliations=["Quarrell Works"]), person("Zebulon Quarrell")],
        "relationships": [{"subject": "Ada Ames", "predicate": "married_to", "object": "Zebulon Quarrell"}],
    },
)


@pytest.fixture
def desk(graph: Database, redis_client: Redis) -> Desk:
    made = Desk(graph, redis_client)
    made.take(*NEWS)
    return made


def test_a_dry_run_lists_all_that_leans_and_writes_nothing(desk: Desk, driver: Driver) -> None:
    before = dump(driver)
    found = desk.retracting.leaning(Sort.DOCUMENT, URL)
    assert {(one.id, one.withdrawn) for one in found.events} == {("alone", True), ("fact", True), ("both", False)}
    assert (found.n_events, found.n_shared, found.documents) == (2, 1, 1)
    assert [(one.subject, one.predicate, one.object, one.others) for one in found.facts] == [
        ("Ada Ames", "married_to", "Zebulon Quarrell", 0)
    ]
    ranks = {one.name: one for one in found.ranks}
    assert (ranks["Zebulon Quarrell"].mentions, ranks["Zebulon Quarrell"].left) == (2, 0)
    assert ranks["Zebulon Quarrell"].rank is not None
    assert ranks["Zebulon Quarrell"].score_left == pytest.approx(0, abs=1e-9)
    assert dump(driver) == before
    with pytest.raises(NotFound):
        desk.retracting.leaning(Sort.SOURCE, "Nobody's Paper")


def test_withdrawn_equals_never_told_but_for_the_names_and_undone_equals_never_withdrawn(
    desk: Desk, driver: Driver
) -> None:
    def seen() -> list[str]:
        return [line for line in dump(driver, closed=False) if not line.startswith("Event")]

    before = seen()
    done = desk.retracting.apply(Sort.DOCUMENT, URL, "ann", "made up")
    assert (done.state, done.events, done.documents) == (RetractionState.APPLIED, 2, 1)
    assert desk.faults() == []
    ada = entity_detail(desk.graph, key_of("Ada Ames"))
    assert ada.row.mentions == 2
    zebulon = key_of("Zebulon Quarrell")
    assert entity_detail(desk.graph, zebulon).row.mentions == 0
    assert desk.boards is not None
    standing = desk.boards.rank(zebulon, "7d", 1_768_000_000_000)
    assert standing is not None
    assert standing.rank is None
    facts = entity_facts(desk.graph, key_of("Ada Ames"), desk.now, Clocks(), Asked(every=True)).rows
    assert [row.subject.name for row in facts] == ["Bo Berg"]
    assert not any("affiliations" in line for line in seen())
    # Told again, it stays withdrawn: its content is known.
    desk.take(NEWS[1])
    assert entity_detail(desk.graph, zebulon).row.mentions == 0
    with pytest.raises(Conflict):
        desk.retracting.apply(Sort.DOCUMENT, URL, "ann")
    assert desk.retracting.undo(done.id).state is RetractionState.UNDONE
    assert seen() == before
    assert desk.faults() == []
    with pytest.raises(Conflict):
        desk.retracting.undo(done.id)
    again = desk.retracting.apply(Sort.DOCUMENT, URL, "ann")
    desk.retracting.undo(again.id)
    assert seen() == before


def test_what_merged_meanwhile_comes_back_where_its_names_are_now(desk: Desk) -> None:
    done = desk.retracting.apply(Sort.DOCUMENT, URL, "ann")
    desk.judging.merge([key_of("Zebulon Quarrell"), key_of("Bo Berg")], Order(author="ann", cause="one"))
    desk.retracting.undo(done.id)
    assert entity_detail(desk.graph, key_of("Bo Berg")).row.mentions == 3
    assert desk.faults() == []


def test_an_entity_is_called_by_the_most_frequent_name_that_still_stands(graph: Database) -> None:
    desk, other = Desk(graph), "https://ebb.example/9"
    desk.take(*(reported(f"often{n}", "Zofia Lis", day=10 + n) for n in range(2)))
    desk.take(reported("once", "Zofia Anna Lis", url=other))
    called = lambda: entity_detail(graph, key_of("Zofia Lis")).row.name  # noqa: E731
    assert called() == "Zofia Lis"
    often = desk.retracting.apply(Sort.DOCUMENT, URL, "ann")
    assert called() == "Zofia Anna Lis"
    once = desk.retracting.apply(Sort.DOCUMENT, other, "ann")
    desk.retracting.undo(often.id)
    assert called() == "Zofia Lis"
    desk.retracting.undo(once.id)
    assert called() == "Zofia Lis"
    assert desk.faults() == []


def test_two_retractions_are_undone_in_any_order(desk: Desk, driver: Driver) -> None:
    before = [line for line in dump(driver, closed=False) if not line.startswith("Event")]
    for order in ((0, 1), (1, 0)):
        made = [desk.retracting.apply(Sort.DOCUMENT, url, "ann") for url in (URL, "https://ebb.example/1")]
        assert entity_detail(desk.graph, key_of("Bo Berg")).row.mentions == 0
        for n in order:
            desk.retracting.undo(made[n].id)
        assert [line for line in dump(driver, closed=False) if not line.startswith("Event")] == before
        assert desk.faults() == []
    reports = "MATCH (:Event {id: 'both'})-[r:REPORTED_IN]->(d) WHERE r.closed_at IS NULL RETURN d.url AS url"
    with driver.session() as session:
        assert {row["url"] for row in session.run(reports)} == {URL, "https://ebb.example/1"}


def test_a_source_goes_with_all_that_it_published_and_formed_events_follow(graph: Database, driver: Driver) -> None:
    desk = Desk(graph)
    pages = [
        desk.page(HARBOUR, "Agreement in Varna", source="The Tide Table"),
        desk.page(HARBOUR_AGAIN, "Varna agrees", source="The Ebb"),
    ]
    desk.read(*pages)
    desk.form(*pages)
    before = dump(driver, closed=False)
    done = desk.retracting.apply(Sort.SOURCE, "the ebb", "ann")
    assert done.documents == 1
    assert desk.faults() == []
    with driver.session() as session:
        live = "MATCH (d:Document)-[:MAKES]->(c:Claim) WHERE c.closed_at IS NULL RETURN DISTINCT d.id AS id"
        assert {row["id"] for row in session.run(live)} == {pages[0]}
    desk.retracting.undo(done.id)
    desk.forming.form(pages[1])

    def plain(lines: list[str]) -> list[str]:
        return [line for line in lines if not line.startswith(("Event", "Judgement"))]

    assert plain(dump(driver, closed=False)) == plain(before)
    assert desk.faults() == []


def everything(driver: Driver, redis: Any) -> str:
    """Every property of every node and edge, every key and member of Redis, as one text."""
    with driver.session() as session:
        nodes = session.run("MATCH (n) RETURN properties(n) AS p, elementId(n) AS id").data()
        edges = session.run("MATCH ()-[r]->() RETURN properties(r) AS p").data()
    found: list[Any] = [*(row["p"] for row in nodes), *(row["p"] for row in edges)]
    for key in redis.scan_iter("*"):
        name = key.decode() if isinstance(key, bytes) else str(key)
        found.append(name)
        if redis.type(key) in (b"zset", "zset"):
            found.append(str(redis.zrange(key, 0, -1)))
        elif redis.type(key) in (b"hash", "hash"):
            found.append(str(redis.hgetall(key)))
    return json.dumps(found, default=str, ensure_ascii=False).casefold()


def around(text: str, words: str) -> str:
    """Where the words stand."""
    at = text.find(words)
    return text[max(0, at - 300) : at + 300]


def test_erased_is_found_nowhere_and_the_rest_is_as_if_it_had_never_been(
    graph: Database, driver: Driver, redis_client: Redis
) -> None:
    desk = Desk(graph, redis_client)
    page = desk.page(HARBOUR, "Agreement in Varna", source="The Tide Table")
    other = desk.page(HARBOUR_AGAIN, "Varna agrees", source="The Ebb")
    desk.read(page, other)
    desk.form(page, other)
    desk.take(*NEWS)
    # A name of somebody who stays, known from the erased document alone, and the oldest of hers.
    desk.judging.merge([key_of("Zebulon Quarrell"), key_of("Bo Berg")], Order(author="ann", cause="one"))
    for sort, given in ((Sort.DOCUMENT, URL), (Sort.SOURCE, "The Tide Table")):
        done = desk.retracting.erase(sort, given, "ann", "by order")
        assert done.state is RetractionState.ERASED
    left = everything(driver, redis_client)
    for words in ("quarrel", "gull", "tide table", "rescue of", "wages", "northern grain", page):
        assert words.casefold() not in left, around(left, words.casefold())
    assert "rescue for varna" in left
    assert entity_detail(graph, key_of("Bo Berg")).row.name == "Bo Berg"
    assert desk.faults() == []
    # Another process's index, and this one's, go on without the names that are gone.
    desk.take(reported("new", "Zebulon Quarrell", "Ada Ames", url="https://ebb.example/3", source="The Ebb"))
    assert entity_detail(graph, key_of("Zebulon Quarrell")).row.mentions == 1
    assert desk.faults() == []
    assert [one.name for one in retractions(graph)] == ["", ""]


def test_a_killed_retraction_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take(*(reported(f"n{n}", f"Person Number {n}", url=f"https://gull.example/{n}") for n in range(45)))
    told_: list[int] = []

    def dies(_: object) -> None:
        told_.append(1)
        if len(told_) == 2:
            raise RuntimeError("killed")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(desk.projections, "committed", dies)
        desk.retracting.apply(Sort.SOURCE, "The Gull", "ann")
    done = desk.retracting.apply(Sort.SOURCE, "The Gull", "ann")
    assert len(retractions(desk.graph)) == 1
    assert (done.state, done.documents) == (RetractionState.APPLIED, 46)
    assert desk.faults() == []
