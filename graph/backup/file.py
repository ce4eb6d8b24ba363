"""The file of a backup: gzip, one JSON object a line. First what it is, last how much it holds and the sha256 of all
lines before; between them nodes, then edges. So a file that was cut or edited is known before anything of it is used.
"""

import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import InvalidInput

FORMAT = 1
LEVEL = 3
"""Of compression: measured, 6 takes thrice the time for a tenth less."""

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]
"""Hears the step, and how much of how much is done; of 0 where nobody knows."""


def unheard(step: str, done: int, total: int) -> None:
    """For callers who do not want to hear."""


class Summary(BaseModel):
    """The first line: what wrote the file, when, at which schema step and change number, and how much it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pentad_backup: int
    pentad: str
    schema_step: int
    change: int
    created_at: datetime
    nodes: dict[str, int]
    edges: dict[str, int]

    @property
    def total(self) -> int:
        """Nodes and edges."""
        return sum(self.nodes.values()) + sum(self.edges.values())


class Writer:
    """Writes the lines of a backup; `close` ends it, and without that the file is refused."""

    def __init__(self, out: BinaryIO, summary: Summary) -> None:
        self._zip = gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=LEVEL, mtime=0)
        self._sum = hashlib.sha256()
        self.lines = 0
        self._put(orjson.dumps(summary.model_dump(mode="json")) + b"\n")

    def line(self, line: bytes) -> None:
        """One node or edge, as `node_line` and `edge_line` make it."""
        self.lines += 1
        self._put(line)

    def close(self) -> None:
        """The closing line."""
        self._zip.write(orjson.dumps({"lines": self.lines, "sha256": self._sum.hexdigest()}) + b"\n")
        self._zip.close()

    def _put(self, line: bytes) -> None:
        self._sum.update(line)
        self._zip.write(line)


def node_line(labels: Sequence[str], props: Json) -> bytes:
    """A node as a line."""
    return orjson.dumps({"labels": labels, "props": props}) + b"\n"


def edge_line(type_: str, start: tuple[str, str], end: str, props: Json) -> bytes:
    """An edge as a line: its start by label and key, its end by key alone, since the type says the label."""
    return orjson.dumps({"edge": type_, "from": start, "to": end, "props": props}) + b"\n"


def inspect(path: Path, progress: Progress = unheard) -> Summary:
    """What a file says it holds, once all of it was read and found whole. Raises InvalidInput, naming the fault."""
    summary = _summary(path)
    nodes: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for done, record in enumerate(records(path), 1):
        if "edge" in record:
            edges[record["edge"]] += 1
        else:
            nodes[record["labels"][0]] += 1
        if done % 10_000 == 0:
            progress("check the file", done, summary.total)
    if (nodes, edges) != (Counter(summary.nodes), Counter(summary.edges)):
        raise _refused(path, "does not hold what its first line says")
    return summary


def records(path: Path) -> Iterator[Json]:
    """Nodes and edges in order, in bounded memory. Raises InvalidInput, at the end if the sum is another one."""
    found = hashlib.sha256()
    count = -1
    last: bytes | None = None
    for line in _lines(path):
        if last is not None:
            found.update(last)
            count += 1
            if count:
                yield _record(path, last)
        last = line
    closing = _object(path, last or b"")
    if "sha256" not in closing or "lines" not in closing:
        raise _refused(path, "is cut short: its closing line is missing")
    if (closing["sha256"], closing["lines"]) != (found.hexdigest(), count):
        raise _refused(path, "was changed after it was written: its sha256 is another one")


def _summary(path: Path) -> Summary:
    with closing(_lines(path)) as lines:
        first = next(lines, b"")
    found = _object(path, first)
    if found.get("pentad_backup") not in (None, FORMAT):
        raise _refused(path, f"is of format {found['pentad_backup']}; this version reads {FORMAT}: use a newer Pentad")
    try:
        return Summary.model_validate(found)
    except ValidationError as error:
        raise _refused(path, "is no backup of Pentad") from error


def _record(path: Path, line: bytes) -> Json:
    record = _object(path, line)
    if not ("edge" in record or record.get("labels")):
        raise _refused(path, "holds a line that is neither node nor edge")
    return record


def _object(path: Path, line: bytes) -> Json:
    try:
        found: object = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _refused(path, "is cut short, or no backup of Pentad") from error
    if not isinstance(found, dict):
        raise _refused(path, "is no backup of Pentad")
    return cast(Json, found)


def _lines(path: Path) -> Generator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            yield from file
    except EOFError as error:
        raise _refused(path, "is cut short") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _refused(path, "is no gzip file, or damaged") from error
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or error}") from error


def _refused(path: Path, reason: str) -> InvalidInput:
    return InvalidInput(f"{reason}; nothing of it was used", str(path))
