"""The file of a backup: each value comes back as the type it had, a file that does not hold what it says is refused,
and a sort of node or edge that backups do not know is never left out silently."""

import gzip
import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from neo4j.time import Date, DateTime

from graph.backup.file import Summary, Writer, edge_line, inspect, node_line, records
from graph.backup.kinds import TYPES, Label, edge_of, label_of, portable, refuse_unknown
from graph.backup.values import pack, unpack
from graph.errors import Conflict, InvalidInput

NODES = [node_line(["Event"], {"id": "e"}), node_line(["Document"], {"id": "d"})]
EDGE = edge_line("REPORTED_IN", ("Event", "e"), "d", {})


def sealed(path: Path, lines: list[bytes], nodes: dict[str, int], edges: dict[str, int]) -> Path:
    """A whole file with these lines that says that it holds these."""
    summary = Summary(
        pentad_backup=1,
        pentad="0.1",
        schema_step=1,
        change=1,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        nodes=nodes,
        edges=edges,
    )
    out = io.BytesIO()
    writer = Writer(out, summary)
    for line in lines:
        writer.line(line)
    writer.close()
    path.write_bytes(out.getvalue())
    return path


def test_a_file_says_what_it_holds(tmp_path: Path) -> None:
    path = sealed(tmp_path / "whole", [*NODES, EDGE], {"Event": 1, "Document": 1}, {"REPORTED_IN": 1})
    assert inspect(path).total == 3
    assert [("edge" in one) for one in records(path)] == [False, False, True]


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ({"Event": 1, "Document": 1}, {}),
        ({"Event": 2}, {"REPORTED_IN": 1}),
        ({"Event": 1, "Document": 1}, {"WHO": 1}),
    ],
)
def test_a_first_line_that_says_otherwise_is_refused(
    tmp_path: Path, nodes: dict[str, int], edges: dict[str, int]
) -> None:
    path = sealed(tmp_path / "other", [*NODES, EDGE], nodes, edges)
    with pytest.raises(InvalidInput, match="does not hold what its first line says"):
        inspect(path)


@pytest.mark.parametrize("line", [b'{"props": {}}\n', b'{"labels": [], "props": {}}\n'])
def test_a_line_that_is_neither_node_nor_edge_is_refused(tmp_path: Path, line: bytes) -> None:
    path = sealed(tmp_path / "odd", [*NODES, line], {"Event": 1, "Document": 1}, {})
    with pytest.raises(InvalidInput, match="neither node nor edge"):
        inspect(path)


@pytest.mark.parametrize("line", [b"[1, 2]\n", b'"a backup"\n', b"7\n"])
def test_a_file_of_other_json_is_no_backup(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(gzip.compress(line * 3))
    with pytest.raises(InvalidInput, match="is no backup of Pentad; nothing of it was used"):
        inspect(path)


def test_a_long_file_tells_how_far_it_was_read(tmp_path: Path) -> None:
    lines = [node_line(["Event"], {"id": str(n)}) for n in range(20_001)]
    path = sealed(tmp_path / "long", lines, {"Event": 20_001}, {})
    heard: list[tuple[str, int, int]] = []
    inspect(path, lambda *told: heard.append(told))
    assert heard == [("check the file", 10_000, 20_001), ("check the file", 20_000, 20_001)]


class Name(str):
    """Text by another name."""


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        Name("Ada"),
        [1, [2.5, None]],
        float("inf"),
        DateTime(2026, 3, 1, 12, 30, 15, 123_456_789),
        DateTime(2026, 3, 1, 12, 30, 15, 123_456_789, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        Date(2026, 3, 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_value_comes_back_as_it_was(value: Any) -> None:
    back = unpack(pack(value))
    assert back == value
    assert getattr(back, "tzinfo", None) is None or back.utcoffset() == value.utcoffset()


def test_a_time_without_an_offset_gets_none() -> None:
    local = DateTime(2026, 3, 1, 12)
    assert unpack(pack(local)).tzinfo is None


@pytest.mark.parametrize("value", [b"bytes", timedelta(1), {"a": 1}])
def test_a_value_that_backups_do_not_know_is_refused(value: object) -> None:
    with pytest.raises(Conflict, match="is not one that backups know"):
        pack(value)


@pytest.mark.parametrize(("start", "type_"), [("Event", "LIKES"), ("Stranger", "WHO"), ("Alias", "WHO")])
def test_an_edge_that_is_not_named_is_refused(start: str, type_: str) -> None:
    with pytest.raises(Conflict, match=f"an edge {type_} from {start} is not one that backups know"):
        edge_of(start, type_)


@pytest.mark.parametrize("labels", [[], ["Stranger"], ["Event", "Alias"], ["Event", "Stranger"], ["Who"]])
def test_a_node_is_of_exactly_one_sort(labels: list[str]) -> None:
    with pytest.raises(Conflict, match="a node labelled"):
        label_of(labels)
    assert label_of(["Who", "Entity"]) is Label.ENTITY


def test_sorts_that_are_not_counted_are_refused() -> None:
    counts = dict.fromkeys((str(label) for label in Label), 1)
    edges = {"WHO": 2}
    every = {name: edges.get(name, 0) for name in TYPES}
    refuse_unknown({**counts, **every, "nodes": len(Label), "edges": 2})
    with pytest.raises(Conflict, match="1 nodes are of a sort"):
        refuse_unknown({**counts, **every, "nodes": len(Label) + 1, "edges": 2})


def test_a_running_job_waits_again_and_a_hub_is_found_out_again() -> None:
    job = {"state": "running", "worker": "w", "lease_until": 9, "not_before": 3, "kind": "k"}
    assert portable(Label.JOB, job) == {"state": "queued", "not_before": 3, "wake_at": 3, "kind": "k"}
    assert portable(Label.ENTITY, {"key": "x", "hub": True}) == {"key": "x"}
    assert portable(Label.EVENT, {"id": "e"}) == {"id": "e"}
