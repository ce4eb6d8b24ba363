"""Records out of files: any size in bounded memory, whatever the packing, and a broken file said to be broken."""

import gzip
import io
import json
import os
import sys
import threading
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from graph.errors import InvalidInput
from ingest import lines, sample
from ingest.lines import open_source

RECORDS = [{"id": str(n), "title": "Ünïcödé 習近平"} for n in range(3)]
NDJSON = b"".join(json.dumps(record).encode() + b"\n" for record in RECORDS)


def read(path: Path | str) -> list[object]:
    with open_source(str(path)) as source:
        return [json.loads(line) for line in source.lines()]


def write(folder: Path, data: bytes) -> Path:
    path = folder / "events"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        NDJSON,
        NDJSON.rstrip(),
        b"\xef\xbb\xbf" + NDJSON,
        b"\n \n" + NDJSON.replace(b"\n", b"\r\n\r\n"),
        json.dumps(RECORDS).encode(),
        b"\xef\xbb\xbf\n " + json.dumps(RECORDS, indent=2).encode(),
        gzip.compress(NDJSON, mtime=0),
        gzip.compress(NDJSON[:40], mtime=0) + gzip.compress(NDJSON[40:], mtime=0),
        gzip.compress(json.dumps(RECORDS).encode(), mtime=0),
    ],
    ids=["lines", "no-last-newline", "bom", "blank-lines", "list", "bom-list", "gzip", "two-gzips", "gzip-list"],
)
def test_records_come_in_order_whatever_the_packing(tmp_path: Path, data: bytes) -> None:
    assert read(write(tmp_path, data)) == RECORDS


@pytest.mark.parametrize("data", [b"", b"\n\n", b"[]", gzip.compress(b"", mtime=0)])
def test_an_empty_file_has_no_record(tmp_path: Path, data: bytes) -> None:
    assert read(write(tmp_path, data)) == []


@pytest.mark.parametrize("data", [NDJSON, gzip.compress(NDJSON, mtime=0), json.dumps(RECORDS).encode(), b""])
def test_standard_input_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert read("-") == (RECORDS if data else [])


@pytest.mark.parametrize("data", [NDJSON, gzip.compress(NDJSON, mtime=0), json.dumps(RECORDS).encode(), b""])
def test_a_named_pipe_is_read_as_a_file_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(data,))
    writer.start()
    assert read(str(path)) == (RECORDS if data else [])
    writer.join()


def test_a_slow_pipe_hands_on_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Slow(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
            asked.append(1)
            line = b'{"id": "%d"}\n' % len(asked)
            buffer[: len(line)] = line
            return len(line)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Slow())))
    with open_source("-") as source:
        assert next(source.lines()) == b'{"id": "1"}'
    assert len(asked) < 5


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(NDJSON * 100, mtime=0)[:-20],
        gzip.compress(NDJSON, mtime=0)[:12],
        gzip.compress(NDJSON, mtime=0)[:10] + b"\xff" * 30,
        gzip.compress(NDJSON, mtime=0)[:-8] + b"\x00" * 8,
        gzip.compress(NDJSON, mtime=0) + b"rubbish",
        b'[{"id": 1}, ',
        b"[1, 2",
    ],
    ids=["cut", "cut-early", "no-deflate", "wrong-checksum", "trailing", "cut-list", "cut-numbers"],
)
def test_a_broken_file_is_said_to_be_broken(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data)
    with pytest.raises(InvalidInput) as refused:
        read(path)
    assert refused.value.field == str(path)


@pytest.mark.parametrize("name", ["missing", ".", "a\x00b"])
def test_what_cannot_be_opened_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(f"{tmp_path}/{name}")
    assert "\n" not in str(refused.value)


def test_the_fault_of_who_reads_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), open_source(str(write(tmp_path, NDJSON))):
        raise PermissionError("of another file")


def test_an_overlong_line_is_one_bad_record_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LINE", 64)
    path = write(tmp_path, b'{"id": "1"}\n' + b'{"id": "' + b"x" * 500 + b'"}\n' + b'{"id": "3"}\n')
    with open_source(str(path)) as source:
        first, second, third = source.lines()
    assert (first, third) == (b'{"id": "1"}', b'{"id": "3"}')
    with pytest.raises(json.JSONDecodeError):
        json.loads(second)


def test_a_list_that_is_too_large_to_read_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "WHOLE", 100)
    with pytest.raises(InvalidInput, match="write one record a line"):
        read(write(tmp_path, json.dumps(RECORDS * 10).encode()))


@pytest.mark.parametrize("packed", [False, True])
def test_memory_stays_bounded_however_large_the_file(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "large"
    with gzip.open(path, "wb") if packed else path.open("wb") as out:
        out.writelines(b'{"id": "%d", "text": "%s"}\n' % (n, b"x" * 1_000) for n in range(20_000))
    tracemalloc.start()
    with open_source(str(path)) as source:
        assert counted(source.lines()) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000


def test_progress_counts_bytes_on_disk(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(NDJSON, mtime=0))
    with open_source(str(path)) as source:
        assert source.done <= 2
        assert counted(source.lines()) == 3
        assert source.done == source.total == path.stat().st_size


def test_the_bundled_sample_is_read() -> None:
    assert counted(sample.lines()) > 400


def counted(records: Iterable[object]) -> int:
    return sum(1 for _ in records)
