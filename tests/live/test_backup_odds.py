"""What may happen amid a backup or a restore: readers who read meanwhile, news that never end, somebody who writes past
the gate, a file that was made by hand, a second restore. It is one moment of the graph, or it is refused."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph import readers
from graph.backup import backup, restore, writing
from graph.backup.file import Writer, edge_line, inspect, node_line
from graph.database import Database
from graph.errors import Conflict, Unavailable
from ingest.readers import tell_read
from tests.factory import NOW, World, graph_lines, person, some_news, told, value
from tests.live.test_backup import cleared, file, saved

__all__ = ["file"]


@pytest.fixture(autouse=True)
def open_again(driver: Driver) -> Any:
    """The gate is open afterwards, whatever became of a restore."""
    yield
    with driver.session() as session:
        session.run("MERGE (g:Gate) SET g = {name: 'gate', change: 0}").consume()


def article(n: int) -> dict[str, Any]:
    report = {"name": "The Selwyn Post", "url": f"https://post.example/{n}", "title": f"What happened at {n}"}
    return told(f"e{n}", who=[person("Ada Stays")], sources=[report])


def read(graph: Database, driver: Driver, reader: str, n: int, ago: int = 0) -> None:
    document = value(driver, "MATCH (d:Document {url: $url}) RETURN d.id", url=f"https://post.example/{n}")
    tell_read(graph, reader, document, NOW - timedelta(days=ago), NOW)


def amid_readers(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Something happens once, when all readers were just read."""
    pages, done = writing._pages, list[bool]()

    def once(rows: Any, kind: Any, into: Any, *more: Any) -> None:
        pages(rows, kind, into, *more)
        if kind is writing.READERS and not done:
            done.append(True)
            happens()

    monkeypatch.setattr(writing, "_pages", once)


def test_who_reads_comes_or_is_forgotten_amid_a_backup_is_in_it_as_at_its_end(
    graph: Database, driver: Driver, redis_client: Redis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    World(graph).take(*(article(n) for n in range(3)))
    for reader in ("ann", "ben", "cy"):
        read(graph, driver, reader, 0, 2)

    def meanwhile() -> None:
        read(graph, driver, "ann", 1, 1)
        read(graph, driver, "dee", 2)
        readers.forget(graph, "ben", NOW)

    amid_readers(monkeypatch, meanwhile)
    saved(graph, file)
    before = graph_lines(driver)
    cleared(driver, redis_client)
    restore(graph, file, NOW)
    assert graph_lines(driver) == before
    assert value(driver, "MATCH (r:Reader) WITH r ORDER BY r.id RETURN collect(r.id)") == ["ann", "cy", "dee"]
    assert value(driver, "MATCH (:Reader {id: 'ann'})-[r:READ]->() RETURN count(r)") == 2


def test_a_backup_ends_however_much_is_told_meanwhile(
    graph: Database, driver: Driver, redis_client: Redis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No round is short enough: after some the rest is read while writers wait."""
    monkeypatch.setattr(writing, "_FEW", -1)
    monkeypatch.setattr(writing, "_SHORTER", 1e9)
    monkeypatch.setattr(writing, "_ROUNDS", 4)
    world, told_at = World(graph), list[int]()
    world.take(*some_news(5, 3))

    def more(step: str, _: int, __: int) -> None:
        if step == "read what changed" or not told_at:
            told_at.append(len(told_at))
            world.take(told(f"late{len(told_at)}", who=[person("Ada Stays")]))

    with file.open("wb") as out:
        done = backup(graph, out, version="0.1.0", now=NOW, folder=file.parent, progress=more)
    assert done.rounds == len(told_at) == 4
    before = graph_lines(driver)
    cleared(driver, redis_client)
    restore(graph, file, NOW)
    assert graph_lines(driver) == before


def test_what_is_written_past_the_gate_amid_a_backup_is_no_backup(
    graph: Database, driver: Driver, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    World(graph).take(article(1))

    def past_the_gate() -> None:
        with driver.session() as session:
            session.run("CREATE (:Source {key: 'somebody', name: 'Somebody'})").consume()

    amid_readers(monkeypatch, past_the_gate)
    with pytest.raises(Conflict, match="something wrote past the gate meanwhile, so no backup was made"):
        backup(graph, io.BytesIO(), version="0.1.0", now=NOW, folder=file.parent)
    assert list(file.parent.iterdir()) == []


def test_a_graph_without_a_gate_is_neither_backed_up_nor_restored_into(
    graph: Database, driver: Driver, file: Path
) -> None:
    World(graph).take(article(1))
    saved(graph, file)
    with driver.session() as session:
        session.run("MATCH (g:Gate) DELETE g").consume()
    with pytest.raises(Conflict, match="there is nothing to back up"):
        backup(graph, io.BytesIO(), version="0.1.0", now=NOW, folder=file.parent)
    with pytest.raises(Conflict, match="has no schema yet"):
        restore(graph, file, NOW)


def by_hand(path: Path, lines: list[bytes], nodes: dict[str, int], edges: dict[str, int]) -> None:
    """A file like `path` that holds this instead."""
    summary = inspect(path).model_copy(update={"nodes": nodes, "edges": edges})
    with path.open("wb") as out:
        writer = Writer(out, summary)
        for line in lines:
            writer.line(line)
        writer.close()


def test_a_file_made_by_hand_brings_no_gate_and_no_edge_into_nowhere(
    graph: Database, driver: Driver, redis_client: Redis, file: Path
) -> None:
    World(graph).take(article(1))
    saved(graph, file)
    cleared(driver, redis_client)
    whole = file.read_bytes()
    by_hand(file, [node_line(["Gate"], {"name": "gate", "change": 7})], {"Gate": 1}, {})
    with pytest.raises(Conflict, match="a gate or schema of its own"):
        restore(graph, file, NOW)
    assert value(driver, "MATCH (g:Gate) RETURN count(g)") == 1
    file.write_bytes(whole)
    lines = [node_line(["Event"], {"id": "e"}), edge_line("REPORTED_IN", ("Event", "e"), "nowhere", {})]
    by_hand(file, lines, {"Event": 1}, {"REPORTED_IN": 1})
    with pytest.raises(Conflict, match="1 edges REPORTED_IN of the backup lead to nodes that it does not hold"):
        restore(graph, file, NOW)
    file.write_bytes(whole)
    assert restore(graph, file, NOW).again
    assert World(graph).faults() == []


def test_a_restore_that_another_took_over_ends(
    graph: Database, driver: Driver, redis_client: Redis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    World(graph).take(*some_news(4, 6))
    saved(graph, file)
    before = graph_lines(driver)
    cleared(driver, redis_client)
    monkeypatch.setattr("graph.backup.restoring.BATCH", 10)
    another: list[bool] = []

    def takes_over(step: str, _: int, __: int) -> None:
        if step == "restore" and not another:
            another.append(restore(graph, file, NOW).again)

    with pytest.raises(Unavailable, match="another restore took over"):
        restore(graph, file, NOW, takes_over)
    assert another == [True]
    assert graph_lines(driver) == before
