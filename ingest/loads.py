"""Loads of files that can go on where they stopped: how far each came is a node in the graph, found by what the file
holds, whatever it is called.

A place is only kept when all records before it are committed or rejected, and what is loaded twice changes nothing;
so a load killed at any moment goes on at most a second of work earlier.
"""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from graph.database import Database
from graph.errors import InvalidInput
from graph.queries import statement
from ingest.feeds import Adapter
from ingest.lines import Source
from ingest.mapping import Columns
from ingest.shapes import Raw
from ingest.tables import Table

EVERY = 1.0
"""Seconds between two notes of a place."""
_ENDS = 1 << 16
"""Bytes of a file's beginning and end that tell it from others of its size."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a load came: records taken, the position told of the last of them (line or row), and the offset in bytes
    as unpacked where the next begins."""

    records: int = 0
    position: int = 0
    offset: int = 0


class Records:
    """The records of one file from a place on, each with its position. Iterate once.

    A file that breaks in the middle, or a stop asked for, ends the records; what came before lands, and `broken` or
    `stopped` says why there are no more.
    """

    def __init__(
        self,
        source: Source,
        columns: Columns | None,
        table: bool,
        start: Place | None = None,
        adapter: Adapter | None = None,
    ) -> None:
        self.start = start or Place()
        self.broken: InvalidInput | None = None
        self.stopped = False
        self._source = source
        self._adapter = adapter
        self._table = Table(source.whole_lines(), columns, source.name).header() if table else None
        self._places: deque[Place] = deque()
        self._before = self.start

    def __iter__(self) -> Iterator[tuple[int, Raw]]:
        taken = self.start.records
        try:
            for position, record in self._from_start():
                if self.stopped:
                    return
                taken += 1
                self._places.append(Place(taken, position, self._source.offset))
                yield position, record
        except InvalidInput as error:
            self.broken = error

    def stop(self) -> None:
        """No further record is read."""
        self.stopped = True

    def place(self, records: int) -> Place:
        """The place after so many records of this run; never asked for fewer than before."""
        while self._places and self._places[0].records <= self.start.records + records:
            self._before = self._places.popleft()
        return self._before

    def _from_start(self) -> Iterator[tuple[int, Raw]]:
        start = self.start
        if self._adapter is not None:
            # What a line means may stand in a line before it, so these are read from the start and passed over.
            yield from islice(self._adapter(self._source.whole_lines()), start.records, None)
        elif self._table is not None:
            if start.records:
                self._source.seek(start.offset)
                self._table.at(start.offset)
            yield from self._table.records(start.position or 1)
        elif start.offset:
            self._source.seek(start.offset)
            yield from enumerate(self._source.lines(), start.position + 1)
        else:
            # A JSON list is read whole, so it has no offset to go to.
            yield from islice(enumerate(self._source.lines(), 1), start.records, None)


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of a load. `whole` once all of the file was loaded."""

    place: Place
    whole: bool
    at: datetime


class Load:
    """Keeps the place of one file's load."""

    def __init__(self, database: Database, clock: Callable[[], datetime], path: str, columns: Columns | None) -> None:
        self._database = database
        self._clock = clock
        self._key = fingerprint(path, columns)
        self._name = Path(path).name
        self._noted = float("-inf")

    def known(self) -> Known | None:
        """How far an earlier load of the same content by the same mapping came, None when there was none."""
        row = self._database.one(statement("read/load"), {"key": self._key})
        if row is None:
            return None
        return Known(Place(row["records"], row["position"], row["offset"]), row["whole"], row["at"].to_native())

    def changed(self) -> int | None:
        """Records taken by the last unfinished load of a file of this name with other content, None without one."""
        row = self._database.one(statement("read/load_named"), {"name": self._name, "key": self._key})
        return None if row is None else int(row["records"])

    def note(self, place: Place) -> None:
        """Keeps the place, at most once a second."""
        if time.monotonic() - self._noted >= EVERY:
            self.keep(place)

    def keep(self, place: Place, *, whole: bool = False) -> None:
        """Keeps the place now."""
        props = {**asdict(place), "name": self._name, "whole": whole}
        at = self._clock()
        self._database.write(
            lambda tx, _: tx.rows(statement("write/load"), {"key": self._key, "props": props, "at": at})
        )
        self._noted = time.monotonic()


def fingerprint(path: str, columns: Columns | None) -> str:
    """Hash of a file's size, beginning and end, and of the mapping it is read by; whatever it is called. 64 hex digits.

    Raises InvalidInput when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            size = Path(path).stat().st_size
            head = file.read(_ENDS)
            file.seek(max(0, size - _ENDS))
            told = (str(size).encode(), head, file.read(_ENDS), repr(sorted((columns or {}).items())).encode())
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", path) from error
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in told)).hexdigest()
