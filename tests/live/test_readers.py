"""What reads say of interests, through the real graph: points, decay, merges and splits, feeds, and being forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from neo4j import Driver
from redis import Redis

from graph import readers
from graph.backup import backup, restore
from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.reader_words import said
from graph.readers import Chosen
from graph.reading.readers import FeedItem, Interest, feed, interests
from ingest.readers import tell_read
from tests.factory import NOW, counts, forall, person, told, value
from tests.judging_world import Court, key_of

DAY = timedelta(days=1)
ANNA, ZOFIA, MARIA = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis"))


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


def article(n: int, *names: str, source: str = "The Selwyn Post", **more: Any) -> dict[str, Any]:
    """An event with its one report."""
    report = {"name": source, "url": f"https://post.example/{n}", "title": more.pop("title", f"What happened at {n}")}
    return told(f"e{n}", who=[person(name) for name in names], sources=[report], **more)


def content(driver: Driver, n: int) -> str:
    return value(driver, "MATCH (d:Document {url: $url}) RETURN d.id", url=f"https://post.example/{n}")


def read(court: Court, driver: Driver, n: int, ago: float = 0, reader: str = "ann") -> readers.Read:
    return tell_read(court.graph, reader, content(driver, n), court.now - ago * DAY, court.now)


def listed(court: Court, reader: str = "ann", **more: Any) -> dict[str, Interest]:
    return {one.name: one for one in interests(court.graph, reader, court.now, **more)}


def test_a_read_adds_five_and_from_ten_on_it_is_an_interest(court: Court, driver: Driver) -> None:
    court.take(*(article(n, "Anna Kowalska", *(["Zofia Nowak"] if n == 0 else [])) for n in range(3)))
    assert sorted(read(court, driver, 0, 3).entities) == sorted([ANNA, ZOFIA])
    assert listed(court) == {}
    read(court, driver, 1, 2)
    read(court, driver, 2, 1)
    (anna,) = listed(court).values()
    assert (anna.key, anna.score, anna.read_count, anna.decay_factor) == (ANNA, 15.0, 3, 1.0)
    assert (anna.first_seen, anna.last_seen) == (NOW - 3 * DAY, NOW - DAY)
    assert listed(court, least=0)["Zofia Nowak"].score == 5.0


def test_the_same_read_told_again_counts_once_and_reading_again_counts_again(court: Court, driver: Driver) -> None:
    court.take(article(0, "Anna Kowalska"))
    assert [read(court, driver, 0, ago).counted for ago in (2, 2, 1)] == [True, False, True]
    assert listed(court)["Anna Kowalska"].read_count == 2


def test_score_falls_by_a_tenth_per_full_thirty_days_since_the_last_read(court: Court, driver: Driver) -> None:
    court.take(*(article(n, "Anna Kowalska") for n in range(4)))
    for n in range(4):
        read(court, driver, n, 1)
    for days, factor in ((28, 1.0), (28.99, 1.0), (29, 0.9), (58.9, 0.9), (59, 0.81), (1000, 0.9**33)):
        court.now = NOW + days * DAY
        (anna,) = listed(court, least=0).values()
        assert (anna.decay_factor, anna.score) == (pytest.approx(factor), pytest.approx(20 * factor)), days
    court.now = NOW + 59 * DAY
    for _ in range(3):
        # However often the job runs, it never compounds.
        readers.keep_decay(court.graph, court.now)
        assert value(driver, "MATCH ()-[i:INTERESTED_IN]->() RETURN i.decay_factor") == pytest.approx(0.81)
    assert listed(court)["Anna Kowalska"].score == pytest.approx(16.2)


def test_reads_count_in_any_order(court: Court, driver: Driver) -> None:
    court.take(article(0, "Anna Kowalska"), article(1, "Anna Kowalska"))
    for reader, order in (("ann", (50, 1)), ("ben", (1, 50))):
        for ago in order:
            read(court, driver, 0, ago, reader)
    ann, ben = ((listed(court, reader)["Anna Kowalska"]) for reader in ("ann", "ben"))
    assert ann == ben


def test_what_cannot_be_told(court: Court, driver: Driver) -> None:
    court.take(article(0, "Anna Kowalska"))
    with pytest.raises(NotFound):
        tell_read(court.graph, "ann", "nothing", None, court.now)
    with pytest.raises(InvalidInput):
        read(court, driver, 0, -1)
    for ask in (lambda: interests(court.graph, "ann", court.now), lambda: feed(court.graph, "ann", court.now)):
        with pytest.raises(NotFound):
            ask()
    assert value(driver, "MATCH (r:Reader) RETURN count(r)") == 0


def test_interests_sum_on_a_merge_and_part_exactly_on_a_split(court: Court, driver: Driver) -> None:
    court.take(article(0, "Anna Kowalska"), article(1, "Zofia Nowak"), article(2, "Anna Kowalska", "Zofia Nowak"))
    for n in range(3):
        read(court, driver, n, 3 - n)
    before = listed(court)
    merged = court.merge(ANNA, ZOFIA)
    (one,) = listed(court).values()
    # Three reads, of which the last spoke of her by both names.
    assert (one.key, one.read_count, one.score) == (ANNA, 3, 15.0)
    assert (one.first_seen, one.last_seen) == (NOW - 3 * DAY, NOW - DAY)
    court.take(article(3, "Zofia Nowak"))
    read(court, driver, 3)
    (one,) = listed(court).values()
    assert (one.key, one.read_count) == (ANNA, 4)
    court.undo(merged)
    after = listed(court)
    assert after["Anna Kowalska"] == before["Anna Kowalska"]
    assert (after["Zofia Nowak"].read_count, after["Zofia Nowak"].last_seen) == (3, court.now)
    assert court.faults() == []


def test_a_mention_that_is_parted_takes_its_reads_along_and_brings_them_back(court: Court, driver: Driver) -> None:
    court.take(article(0, "Anna Kowalska"), article(1, "Anna Kowalska"))
    for n in (0, 1):
        read(court, driver, n, 2 - n)
    before = interests(court.graph, "ann", court.now, least=0)
    mention = value(driver, "MATCH (:Event {id: 'e1'})-[m:WHO]->() RETURN m.id")
    done = court.judging.split((), [("e1", mention)], _order())
    parted = interests(court.graph, "ann", court.now, least=0)
    assert sorted((one.read_count, one.last_seen) for one in parted) == [(1, NOW - 2 * DAY), (1, NOW - DAY)]
    court.undo(done)
    assert interests(court.graph, "ann", court.now, least=0) == before
    assert value(driver, "MATCH ()-[i:INTERESTED_IN]->() RETURN count(i)") == 1


def _order() -> Any:
    from ingest.judging import Order

    return Order(author="ann", cause="somebody else")


@counts(6, 300)
def test_merged_or_not_the_reads_of_any_order_say_the_same(court: Court, driver: Driver, examples: int) -> None:
    court.take(*(article(n, *names) for n, names in enumerate(_PAIRS)))
    reader = iter(range(1_000_000))

    @forall(examples, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=6), st.integers(0, 6))
    def law(reads: list[tuple[int, int]], cut: int) -> None:
        merged, plain = (f"r{next(reader)}" for _ in range(2))
        for n, ago in reads[:cut]:
            read(court, driver, n, ago, merged)
        done = court.merge(ANNA, ZOFIA)
        for n, ago in reads[cut:]:
            read(court, driver, n, ago, merged)
        court.undo(done)
        for n, ago in reversed(reads):
            read(court, driver, n, ago, plain)
        if reads:
            assert listed(court, merged, least=0) == listed(court, plain, least=0)


_PAIRS = (("Anna Kowalska",), ("Zofia Nowak",), ("Anna Kowalska", "Zofia Nowak"), ("Maria Lis",), (), ("Maria Lis",))


def test_a_feed_adds_up_points_and_says_why_in_five_languages(court: Court, driver: Driver) -> None:
    names = ("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych")
    court.take(
        *(article(n, *names) for n in range(2)),
        article(2, *names, source="Daily Tide", title="Grain talks go on", category="Talks"),
        article(3, "Anna Kowalska", at="2026-01-12T08:00:00Z"),
        article(4, "Nobody Known", source="Daily Tide", title="The price of grain"),
        article(5, "Nobody Known", source="Nowhere News"),
    )
    for n in range(2):
        read(court, driver, n, n + 1)
    readers.choose(court.graph, "ann", Chosen(("talks",), ("grain",), ("daily tide",), "fr"), court.now)
    items = feed(court.graph, "ann", court.now).items
    assert [(one.title, one.score) for one in items] == [
        ("Grain talks go on", 180 + 50 + 40 + 40 + 10),
        ("The price of grain", 40 + 40 + 10),
        ("What happened at 3", 60 + 10),
    ]
    first, second, third = items
    assert [(one.sort, one.points) for one in first.reasons] == [
        ("entity", 180),
        ("theme", 50),
        ("source", 40),
        ("topic", 40),
        ("reliable", 10),
    ]
    assert len(first.reasons[0].names) == 3
    assert third.because == "Recommandé car vous lisez souvent sur : Anna Kowalska"
    assert third.reasons[0].text == "Centre d'intérêt : Anna Kowalska"
    assert second.because == "Source suivie : Daily Tide"
    for language in readers.LANGUAGES:
        assert feed(court.graph, "ann", court.now, language=language).items[2].because == said(
            language, "because", ["Anna Kowalska"]
        )
    assert len({said(language, "entity", ["x"]) for language in readers.LANGUAGES}) == 5
    with pytest.raises(InvalidInput):
        feed(court.graph, "ann", court.now, language="de")
    assert {one.read for one in feed(court.graph, "ann", court.now, read=True).items} == {True, False}


def test_a_feed_goes_on_page_by_page_and_names_found_in_texts_count(court: Court, driver: Driver) -> None:
    court.take(*(article(n, "Anna Kowalska") for n in range(7)))
    for n in range(2):
        read(court, driver, n)
    with driver.session() as session:
        session.run(
            "MATCH (x:Entity {key: $key}) CREATE (d:Document {id: 'page', title: 'A page', created_at: datetime()})"
            " CREATE (d)-[:NAMES_ENTITY {alias: $key, n: 2, w: 'WHO'}]->(x)",
            key=ANNA,
        ).consume()
    found: list[FeedItem] = []
    after = None
    while True:
        page = feed(court.graph, "ann", court.now, after=after, limit=2)
        found += page.items
        if (after := page.end) is None:
            break
    assert len(found) == len({one.id for one in found}) == 6
    assert found == feed(court.graph, "ann", court.now).items
    assert "page" in {one.id for one in found}
    tell_read(court.graph, "ann", "page", None, court.now)
    assert listed(court)["Anna Kowalska"].read_count == 3


def everything(driver: Driver, redis: Redis) -> str:
    """The whole store as text."""
    with driver.session() as session:
        nodes = session.run("MATCH (n) RETURN labels(n) AS l, properties(n) AS p").data()
        edges = session.run("MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p").data()
    kept: list[Any] = [nodes, edges]
    names: list[Any] = redis.keys("*")  # pyright: ignore[reportAssignmentType]
    kept += [(name, redis.dump(name)) for name in names]
    return repr(kept)


def test_nothing_of_a_forgotten_reader_is_left(court: Court, driver: Driver, redis_client: Redis) -> None:
    court.take(article(0, "Anna Kowalska"), article(1, "Zofia Nowak"))
    before = value(driver, "MATCH (n) RETURN count(n)")
    reader = "a-reader-to-forget"
    for n in (0, 1):
        read(court, driver, n, 1, reader)
        read(court, driver, n, 2, "ben")
    readers.choose(court.graph, reader, Chosen(("secret theme",), ("secret topic",), ("secret source",)), court.now)
    court.merge(ANNA, ZOFIA)
    assert reader in everything(driver, redis_client)
    done = readers.forget(court.graph, reader, court.now)
    assert (done.reads, done.interests, done.keys) == (2, 2, 0)
    left = everything(driver, redis_client)
    assert reader not in left and "secret" not in left
    assert value(driver, "MATCH (r:Reader) RETURN collect(r.id)") == ["ben"]
    assert value(driver, "MATCH ()-[k:READ]->() RETURN count(k)") == 2
    assert (
        value(
            driver, "MATCH (n) WHERE NOT n:Reader AND NOT n:Judgement AND NOT n:Change AND NOT n:Outbox RETURN count(n)"
        )
        <= before
    )
    with pytest.raises(NotFound):
        readers.forget(court.graph, reader, court.now)


def test_readers_are_backed_up_and_restored(court: Court, driver: Driver, tmp_path: Any) -> None:
    court.take(article(0, "Anna Kowalska"))
    read(court, driver, 0)
    readers.choose(court.graph, "ann", Chosen(("talks",), language="pt"), court.now)
    before = listed(court, least=0)
    with (tmp_path / "b").open("wb") as out:
        backup(court.graph, out, version="1", now=NOW)
    with driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
        session.run("MATCH (g:Gate) SET g = {name: 'gate', change: 0}").consume()
    restore(court.graph, tmp_path / "b", NOW)
    assert listed(court, least=0) == before
