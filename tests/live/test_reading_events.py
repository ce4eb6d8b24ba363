"""One event tells all that is known of it; the list keeps to everything that is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.queries import Statement
from graph.reading.events import EventPage, event_detail, event_list
from tests.reading_world import DAY, NOON, Told, World, key_of

START = datetime(2018, 10, 2, 12, tzinfo=UTC)


@pytest.fixture
def told(graph: Database) -> Database:
    World(graph).tell(
        Told(
            f"e{n:02}",
            NOON + n // 2 * DAY,
            who=("Ann", "Ben") if n % 2 else ("Ann",),
            where=("Rome",) if n % 3 else ("Oslo",),
            title=f"Talks in {'Rome' if n % 3 else 'Oslo'}, day {n}",
            category="talks" if n % 4 else "strike",
        )
        for n in range(12)
    )
    return graph


def ids(page: EventPage) -> list[str]:
    return [row.id for row in page.rows]


def test_event_tells_its_mentions_documents_versions_and_relations(told: Database) -> None:
    add = Statement(
        "test/more",
        """
        MATCH (e:Event {id: 'e01'}), (f:Event {id: 'e00'})
        CREATE (e)-[:REPORTED_IN]->(:Document {id: 'd1', url: 'https://a.example/1', title: 'One'})
                 -[:PUBLISHED_BY]->(:Source {id: 's1', name: 'A', reliability: 0.8})
        CREATE (e)-[:REPORTED_IN {closed_at: datetime()}]->(:Document {id: 'd2'})
        CREATE (e)-[:HAD_VERSION]->(:EventVersion {id: 'e01#1', event_id: 'e01', version: 1, title: 'Before'})
        CREATE (e)-[:CAUSED_BY]->(f)
        """,
    )
    told.write(lambda tx, _: tx.rows(add))
    found = event_detail(told, "e01")
    assert [(mention.w, mention.name) for mention in found.mentions] == [
        ("WHERE", "Rome"),
        ("WHO", "Ann"),
        ("WHO", "Ben"),
    ]
    assert [(document.id, document.source, document.reliability) for document in found.documents] == [("d1", "A", 0.8)]
    assert [(version.id, version.version, version.title) for version in found.versions] == [("e01", 1, "Before")]
    assert [(relation.type, relation.id) for relation in found.relations] == [("CAUSED_BY", "e00")]
    with pytest.raises(NotFound):
        event_detail(told, "none")


@pytest.mark.parametrize("category", [None, "talks"])
def test_list_is_newest_first_and_pages_go_on(told: Database, category: str | None) -> None:
    whole = ids(event_list(told, category=category))
    assert whole == [f"e{n:02}" for n in reversed(range(12)) if category is None or n % 4]
    paged: list[str] = []
    after = None
    while True:
        page = event_list(told, category=category, after=after, limit=5)
        paged += ids(page)
        if not page.more:
            break
        after = (page.rows[-1].ts or 0, page.rows[-1].id)
    assert paged == whole


def test_everything_asked_is_kept_to(told: Database) -> None:
    assert ids(event_list(told, category="strike")) == ["e08", "e04", "e00"]
    assert ids(event_list(told, since=START + timedelta(days=4), until=START + timedelta(days=4))) == ["e09", "e08"]
    both = [(W.WHO, key_of("Ben")), (W.WHERE, key_of("Oslo"))]
    assert ids(event_list(told, mentions=both)) == ["e09", "e03"]
    assert ids(event_list(told, mentions=both[::-1])) == ["e09", "e03"]
    assert ids(event_list(told, mentions=[(W.WHERE, key_of("Ben"))])) == []
    assert ids(event_list(told, mentions=[(W.WHO, "0" * 64)])) == []
    assert ids(event_list(told, mentions=both[:1], category="talks", limit=2)) == ["e11", "e09"]


def test_words_are_found_and_kept_to_the_rest(told: Database) -> None:
    assert ids(event_list(told, text="oslo talks")) == ["e09", "e06", "e03", "e00"]
    assert ids(event_list(told, text="Oslo", mentions=[(W.WHO, key_of("Ben"))], category="talks")) == ["e09", "e03"]
    page = event_list(told, text="talks", limit=3)
    last = page.rows[-1]
    assert ids(event_list(told, text="talks", after=(last.ts or 0, last.id), limit=1)) == ["e08"]
    with pytest.raises(InvalidInput):
        event_list(told, text="(((")
