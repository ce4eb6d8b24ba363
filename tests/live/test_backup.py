"""A backup says what the graph said, to the last type; restored, it is that graph. Cut or edited, it is refused."""

import gzip
import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, Query
from neo4j.spatial import CartesianPoint, WGS84Point
from neo4j.time import DateTime
from redis import Redis

from api.keys import create_key, list_keys
from graph import artifacts, feeds, jobs
from graph.artifacts import Attempted
from graph.audit import Act, acting
from graph.backup import Restored, backup, inspect, refuse_unfinished, restore
from graph.backup.kinds import EDGES, LEFT_OUT, PAGED, RANKS, TYPES, Label
from graph.database import Database
from graph.errors import Conflict, DatabaseUnavailable, InvalidInput, Unavailable
from graph.fact_ledger import FactLedger
from graph.job import Asked
from graph.judgement import Verdict
from graph.keys import canonical_key
from graph.moment import epoch_ms
from graph.predicate import Cardinality, Predicate
from graph.queries import names
from graph.reading import hubs
from graph.retraction import Sort
from graph.trending import mirror_ranks, rebuild, snapshot_ranks
from graph.watch import WatchSort
from ingest.judging import Judging
from ingest.readers import tell_read
from ingest.retraction.service import Retracting
from ingest.watching.following import Watching
from ingest.watching.keeping import Draft, make
from tests.factory import NOW, World, country, graph_hash, graph_lines, organization, person, some_news, told, value
from tests.pages_world import HARBOUR, LAKE, PagesWorld

CLEAR = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS",
    "MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
    "MATCH (g:Gate) SET g = {name: 'gate', change: 0}",
)


def cleared(driver: Driver, redis_client: Redis) -> None:
    """Both stores as new ones."""
    with driver.session() as session:
        for text in CLEAR:
            session.run(Query(text)).consume()  # pyright: ignore[reportArgumentType]
    redis_client.flushall()


@pytest.fixture(autouse=True)
def open_gate(driver: Driver) -> Iterator[None]:
    """A test that failed in the middle of a restore leaves the gate shut; the next one finds it open."""
    yield
    with driver.session() as session:
        session.run("MATCH (g:Gate {name: 'restoring'}) SET g = {name: 'gate', change: 0}").consume()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "all.pentad"


def saved(graph: Database, file: Path) -> Path:
    with file.open("wb") as out:
        backup(graph, out, version="0.1.0", now=NOW, folder=file.parent)
    return file


def brought_back(graph: Database, file: Path, redis: Redis | None = None) -> World:
    """A restore with what the command does after it: co-mentions and boards."""
    restore(graph, file, NOW)
    world = World(graph, redis)
    hubs.follow(graph)
    if world.boards is not None:
        rebuild(graph, world.boards, epoch_ms(NOW))
    return world


def life(graph: Database, driver: Driver, redis: Redis) -> World:
    """A world with a bit of everything that Pentad ever writes."""
    world = PagesWorld(graph, redis)
    world.take(*some_news(7, 40))
    world.take(
        told(
            "stated",
            who=[person("Ada Stays", role="source", risk_score=0.7), organization("Harbour Board", sector="ports")],
            where=[country("Norway", coordinates={"lat": 60.5, "lon": 8.25})],
            relationships=[{"subject": "Ada Stays", "predicate": "leads", "object": "Harbour Board"}],
        ),
        told("ahead", "2027-01-01T00:00:00Z", who=[person("Bo Waits")]),
    )
    world.take(told("stated", who=[person("Ada Stays", role="target")], title="told anew"))
    assert world.boards is not None
    mirror_ranks(graph, world.boards, epoch_ms(NOW))
    snapshot_ranks(graph, world.boards, epoch_ms(NOW))
    create_key(graph, "somebody", ["read"], NOW, None)
    jobs.ask(graph, Asked("purge", "one", {}))
    artifacts.attempted(graph, Attempted("post.example", "light", "extracted", 0.0, 5))
    pages = [world.page(HARBOUR, "Agreement in Varna"), world.page(LAKE, "Regatta in Chile")]
    world.read(*pages)
    world.form(*pages)
    world.forming.judge(Verdict.NEGATIVE, pages[:1], pages[1:], author="ann")
    content = value(driver, "MATCH (d:Document)<-[:REPORTED_IN]-(:Event) RETURN d.id ORDER BY d.id LIMIT 1")
    tell_read(graph, "ann", content, None, NOW)
    watch(world)
    FactLedger(graph, lambda: world.now).declare(Predicate(name="led_by", cardinality=Cardinality.ONE))
    world.take(
        *(
            told(
                f"led-{day}",
                f"2026-01-0{day}",
                who=[person(name), organization("Harbour Board")],
                relationships=[{"subject": "Harbour Board", "predicate": "led_by", "object": name}],
                source={"name": "The Ebb", "url": f"https://ebb.example/{day}"},
            )
            for day, name in ((1, "Ada Stays"), (2, "Bo Waits"), (3, "Cy Goes"))
        )
    )
    with acting(Act("key 0123456789ab", "write", "http", "postFeed")):
        feeds.add(graph, "https://post.example/feed", 900, NOW)
    withdrawing = Retracting(
        graph,
        world.boards,
        Judging(world.pipeline, graph, lambda: world.now),
        lambda: world.forming,
        lambda: world.now,
        world.projections,
    )
    withdrawing.apply(Sort.DOCUMENT, "https://ebb.example/3", "ann")
    return world


def watch(world: World) -> None:
    """A watch that has told something."""
    judging = Judging(world.pipeline, world.graph, lambda: world.now, world.projections)
    watching = Watching(world.graph, world.boards, judging, lambda: world.now)
    key = canonical_key("person", "ada stays")
    make(watching, Draft(WatchSort.ENTITY, {"key": key}), "ann")
    world.take(told("watched", who=[person("Ada Stays")]))
    watching.follow()


def test_restored_graph_is_the_graph_and_goes_on_as_it(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    news, more = some_news(7, 40), some_news(8, 15)
    world = life(graph, driver, redis_client)
    before, change, keys = graph_hash(driver), value(driver, "MATCH (g:Gate) RETURN g.change"), list_keys(graph)
    saved(graph, file)
    world.take(*more)
    after = graph_lines(driver)
    cleared(driver, redis_client)
    again = brought_back(graph, file, redis_client)
    assert graph_hash(driver) == before
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == change
    assert again.faults() == []
    assert list_keys(graph) == keys
    same = again.take(*news)
    assert (same.events_new, same.events_changed, same.rejected) == (0, 0, 0)
    assert graph_hash(driver) == before
    again.take(*more)
    assert graph_lines(driver) == after
    assert again.faults() == []
    assert value(driver, "MATCH (p:Projection {name: 'rank_snapshot'}) RETURN p.day") == NOW.date().isoformat()


def test_life_has_every_sort_of_node_and_edge_that_is_written(
    graph: Database, driver: Driver, redis_client: Redis
) -> None:
    """So that the test above compares them all; FOLLOWS and PART_OF are read by statements but written by none yet."""
    life(graph, driver, redis_client)
    there = set(value(driver, "MATCH (n) UNWIND labels(n) AS label RETURN collect(DISTINCT label)"))
    assert {str(label) for label in Label} - there <= {"Load", Label.PROFILE, Label.EVENT_PROFILE, Label.REPLY}
    edges = set(value(driver, "MATCH ()-[r]->() RETURN collect(DISTINCT type(r))"))
    assert set(TYPES) - edges == {"FOLLOWS", "PART_OF", *LEFT_OUT}


@pytest.mark.parametrize(
    "strange", ["CREATE (:Novelty {id: 1})", "MATCH (a:Alias), (e:Event) WITH a, e LIMIT 1 CREATE (a)-[:NEWLY]->(e)"]
)
def test_what_backups_do_not_know_is_refused_not_left_out(
    graph: Database, driver: Driver, file: Path, strange: str
) -> None:
    World(graph).take(told("e", who=[person("Ada Stays")]))
    with driver.session() as session:
        session.run(Query(strange)).consume()  # pyright: ignore[reportArgumentType]
    with pytest.raises(Conflict, match="do not know"):
        saved(graph, file)


def test_every_statement_of_the_registry_is_there() -> None:
    written = {*names("read"), *names("write")}
    assert {name for kind in (*PAGED, RANKS) for name in (kind.after, kind.units)} <= written
    assert {edge.statement for edge in EDGES} <= written


def test_backup_under_way_is_one_moment_of_a_graph_that_others_write(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    """One record a change, so that the backup's change number says which records it must hold."""
    news = some_news(9, 40)
    world = World(graph)
    for record in news[:10]:
        world.take(record)
    written = threading.Event()

    def write() -> None:
        for number, record in enumerate(news[10:]):
            world.take(record)
            if number == 3:
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(20)
    with file.open("wb") as out:
        done = backup(graph, out, version="0.1.0", now=NOW, folder=file.parent)
    writer.join()
    assert done.summary.change >= 13
    cleared(driver, redis_client)
    again = brought_back(graph, file)
    found = graph_lines(driver)
    assert again.faults() == []
    cleared(driver, redis_client)
    reference = World(graph)
    for record in news:
        if value(driver, "MATCH (g:Gate) RETURN g.change") == done.summary.change:
            break
        reference.take(record)
    assert found == graph_lines(driver)


def test_merge_during_a_backup_leaves_no_trace_of_before(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    """A namesake with an identifier parts what stood as one; the events that named it are not written themselves."""
    world = World(graph)
    world.take(*(told(f"e{n}", who=[person("Riel")]) for n in range(5)), told("f", who=[person("Ana Riel")]))
    taken = threading.Event()

    def once(step: str, _: int, __: int) -> None:
        if step == "read" and not taken.is_set():
            taken.set()
            world.take(told("g", who=[person("Bo Riel")]), *(told(f"h{n}", who=[person("Tomas Riel")]) for n in "ab"))

    with file.open("wb") as out:
        backup(graph, out, version="0.1.0", now=NOW, folder=file.parent, progress=once)
    now = graph_lines(driver)
    cleared(driver, redis_client)
    assert brought_back(graph, file).faults() == []
    assert graph_lines(driver) == now


def lines(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


def zipped(parts: list[bytes]) -> bytes:
    return gzip.compress(b"".join(parts))


def test_damaged_file_is_refused_before_anything_is_written(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    World(graph).take(*some_news(3, 10))
    saved(graph, file)
    cleared(driver, redis_client)
    whole, parts = file.read_bytes(), lines(file)
    edited = next(n for n, line in enumerate(parts) if b'"surface"' in line)
    changed = [*parts[:edited], parts[edited].replace(b'"surface":"', b'"surface":"X'), *parts[edited + 1 :]]
    header = json.loads(parts[0])
    damaged = {
        "cut short": whole[: len(whole) // 2],
        "closing line is missing": zipped(parts[:-1]),
        "changed after": zipped(changed),
        "sha256": zipped([*parts[:5], *parts[6:]]),
        "no gzip": b"who did what",
        "no backup of Pentad": zipped([b'{"id": "an event"}\n']),
        "use a newer Pentad": zipped([json.dumps(header | {"pentad_backup": 2}).encode() + b"\n", *parts[1:]]),
    }
    for reason, content in damaged.items():
        file.write_bytes(content)
        with pytest.raises(InvalidInput, match=reason):
            restore(graph, file, NOW)
    assert value(driver, "MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate RETURN count(n)") == 0
    assert value(driver, "MATCH (g:Gate) RETURN g.name") == "gate"
    with pytest.raises(InvalidInput, match="cannot be read"):
        inspect(file.with_name("nowhere"))


def resealed(parts: list[bytes], **header: Any) -> bytes:
    """A file as an older or newer Pentad would have made it."""
    import hashlib

    first = json.dumps(json.loads(parts[0]) | header).encode() + b"\n"
    sha = hashlib.sha256(b"".join([first, *parts[1:-1]])).hexdigest()
    return zipped([first, *parts[1:-1], json.dumps({"lines": len(parts) - 2, "sha256": sha}).encode() + b"\n"])


def test_newer_file_is_refused_and_an_older_one_gets_the_steps_it_lacks(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    World(graph).take(told("e", who=[person("Ada Stays")]))
    parts = lines(saved(graph, file))
    cleared(driver, redis_client)
    file.write_bytes(resealed(parts, schema_step=9_999, pentad="9.0"))
    with pytest.raises(InvalidInput, match=r"schema step 9999.*use Pentad 9\.0"):
        restore(graph, file, NOW)
    file.write_bytes(resealed(parts, schema_step=20))
    restore(graph, file, NOW)
    assert value(driver, "MATCH (e:Event) RETURN collect(e.id)") == ["e"]
    assert World(graph).faults() == []


def test_graph_that_is_not_empty_is_refused(graph: Database, driver: Driver, file: Path) -> None:
    World(graph).take(told("e", who=[person("Ada Stays")]))
    saved(graph, file)
    before = graph_hash(driver)
    with pytest.raises(Conflict, match="empty data folder"):
        restore(graph, file, NOW)
    assert graph_hash(driver) == before


def test_jobs_of_schedules_do_not_count_as_something(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    """A service that just started has asked for its first ones."""
    World(graph).take(told("e"))
    saved(graph, file)
    cleared(driver, redis_client)
    jobs.ask(graph, Asked("future-events", "some period", {}))
    restore(graph, file, NOW)
    assert value(driver, "MATCH (j:Job) RETURN count(j)") == 0


class Cut(Exception):
    """Stands for whatever ends a process."""


def test_restore_cut_short_says_so_shuts_the_gate_and_can_be_run_again(
    graph: Database, driver: Driver, redis_client: Redis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(graph)
    world.take(*some_news(4, 30))
    before = graph_hash(driver)
    saved(graph, file)
    cleared(driver, redis_client)
    monkeypatch.setattr("graph.backup.restoring.BATCH", 50)

    def cut(step: str, done: int, _: int) -> None:
        if step == "restore" and done >= 200:
            raise Cut

    with pytest.raises(Cut):
        restore(graph, file, NOW, cut)
    assert value(driver, "MATCH (n) RETURN count(n)") > 100
    with pytest.raises(Unavailable, match=r"restore unfinished: all.pentad.*run the same `pentad restore` again"):
        refuse_unfinished(graph)
    with pytest.raises(DatabaseUnavailable):
        World(graph).take(told("meanwhile"))
    done = restore(graph, file, NOW)
    assert done.again
    refuse_unfinished(graph)
    hubs.follow(graph)
    assert graph_hash(driver) == before


def test_running_job_waits_again_in_a_restored_graph(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    asked, _ = jobs.ask(graph, Asked("extract-entities", "all of it", {"days": 3}), rest=0)
    assert jobs.claim(graph, asked.id, worker="somebody", task="t", lease=120)
    World(graph).take(told("e"))
    saved(graph, file)
    cleared(driver, redis_client)
    restore(graph, file, NOW)
    found = jobs.get_job(graph, asked.id)
    assert (found.state, found.lease_until, found.payload) == ("queued", None, {"days": 3})
    assert asked.id in dict(jobs.due(graph).queued)


def test_every_type_of_value_survives(graph: Database, driver: Driver, redis_client: Redis, file: Path) -> None:
    given = {
        "whole": 2**62,
        "one": 1,
        "real": 1.0,
        "minus_zero": -0.0,
        "tiny": 5e-324,
        "infinite": float("inf"),
        "text": "a\tb\n\u2028\U0001f600",
        "none_of_them": [],
        "words": ["b", "a"],
        "numbers": [1.0, 2.5],
        "yes": True,
        "at": datetime(2025, 3, 4, 5, 6, 7, 89, tzinfo=UTC),
        "fine": DateTime(2025, 3, 4, 5, 6, 7, 123456789, tzinfo=UTC),
        "here": WGS84Point((8.25, 60.5)),
        "flat": CartesianPoint((1.0, 2.0, 3.0)),
    }
    World(graph).take(told("e", who=[person("Ada Stays")]))
    with driver.session() as session:
        session.run("MATCH (x:Entity {name: 'Ada Stays'}) SET x += $given", given=given).consume()
        session.run("MATCH (x:Entity {name: 'Ada Stays'})<-[m:WHO]-() SET m += $given", given=given).consume()
        session.run("MATCH (x:Entity) SET x.day = date(), x.there = datetime('2025-10-26T02:30:00+02:00')").consume()
    told_types = (
        "MATCH (x:Entity {name: 'Ada Stays'})<-[m:WHO]-() RETURN"
        " [k IN keys(x) | k + valueType(x[k]) + coalesce(toStringOrNull(x[k]), '')] +"
        " [k IN keys(m) | k + valueType(m[k]) + coalesce(toStringOrNull(m[k]), '')]"
    )
    before = sorted(value(driver, told_types))
    lines_before = graph_lines(driver)
    saved(graph, file)
    cleared(driver, redis_client)
    restore(graph, file, NOW)
    assert sorted(value(driver, told_types)) == before
    assert graph_lines(driver) == lines_before
    with driver.session() as session:
        session.run("MATCH (x:Entity {name: 'Ada Stays'}) SET x.span = duration('P1D')").consume()
    with pytest.raises(Conflict, match="type Duration"):
        backup(graph, io.BytesIO(), version="0.1.0", now=NOW)
    with driver.session() as session:
        session.run("MATCH (x:Entity) SET x.span = datetime('2025-10-26T02:30:00[Europe/Paris]')").consume()
    with pytest.raises(Conflict, match="Europe/Paris"):
        backup(graph, io.BytesIO(), version="0.1.0", now=NOW)


def test_large_rounds_go_over_several_pages(
    graph: Database, driver: Driver, redis_client: Redis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.backup.writing.PAGE", 7)
    monkeypatch.setattr("graph.backup.since.CHUNK", 5)
    world = World(graph)
    news = some_news(5, 40)
    world.take(*news[:20])
    first = threading.Event()

    def once(step: str, _: int, __: int) -> None:
        if step == "read" and not first.is_set():
            first.set()
            world.take(*news[20:])

    with file.open("wb") as out:
        backup(graph, out, version="0.1.0", now=NOW, folder=file.parent, progress=once)
    now = graph_lines(driver)
    cleared(driver, redis_client)
    done: Restored = restore(graph, file, NOW)
    assert graph_lines(driver) == now
    assert done.summary == inspect(file)
