"""Records out of files: NDJSON or CSV of any size line by line, gzip or plain, a small JSON list as well. Bounded
memory."""

import gzip
import io
import sys
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import orjson

from graph.errors import InvalidInput

LINE = 16_000_000
"""Bytes one line may have; a longer one is handed on cut, which no parser takes."""
WHOLE = 64_000_000
"""Bytes a JSON list may have, since it is read at once."""


class Source:
    """An open file with how far it was read: `total` and `done` in bytes on disk, `total` None for a stream; `offset`
    in bytes as unpacked, up to the end of what was handed on last."""

    def __init__(self, name: str, raw: BinaryIO, total: int | None) -> None:
        self.name = name
        self.total = total
        self.offset = 0
        self._raw = raw
        head = _peek(raw)
        unpacked = _Unpacked(raw) if head.startswith(b"\x1f\x8b") else cast(io.RawIOBase, raw)
        self._stream = io.BufferedReader(unpacked, 1 << 20)

    @property
    def done(self) -> int:
        """Bytes read from disk so far."""
        return self._raw.tell() if self.total is not None else 0

    def lines(self) -> Iterator[bytes]:
        """The records in order, blank lines left out. Raises InvalidInput when the file is broken."""
        with self._broken():
            if self.offset == 0 and self._stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
                yield from self._list()
                return
            while line := self._line():
                stripped = line.strip(b"\xef\xbb\xbf \t\r\n")
                if stripped:
                    yield stripped

    def whole_lines(self) -> Iterator[bytes]:
        """The lines as they are, with their ends, blank ones too. Raises InvalidInput when the file is broken."""
        with self._broken():
            while line := self._line():
                yield line

    def seek(self, offset: int) -> None:
        """Goes to an offset in bytes as unpacked. Raises InvalidInput where the file is broken before it."""
        with self._broken():
            self._stream.seek(offset)
            self.offset = offset

    def _line(self) -> bytes:
        line = self._stream.readline(LINE)
        self.offset += len(line)
        if len(line) == LINE and not line.endswith(b"\n"):
            self._skip_line()
            return b"{ a line of more than 16 MB"
        return line

    @contextmanager
    def _broken(self) -> Generator[None]:
        try:
            yield
        except (OSError, EOFError, zlib.error) as error:
            raise InvalidInput(f"is broken: {error}", self.name) from error

    def _list(self) -> Iterator[bytes]:
        whole = self._stream.read(WHOLE + 1)
        if len(whole) > WHOLE:
            raise InvalidInput(
                f"is a JSON list of more than {WHOLE // 1_000_000} MB: write one record a line", self.name
            )
        try:
            records = orjson.loads(whole.strip(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            raise InvalidInput(f"is no JSON list: {error}", self.name) from error
        yield from (orjson.dumps(record) for record in records)

    def _skip_line(self) -> None:
        while rest := self._stream.readline(LINE):
            self.offset += len(rest)
            if rest.endswith(b"\n"):
                return


@contextmanager
def open_source(path: str) -> Generator[Source]:
    """A file or pipe, or standard input for `-`. Raises InvalidInput when it cannot be read."""
    if path == "-":
        yield Source("standard input", cast(BinaryIO, _Peekable(cast(io.BufferedIOBase, sys.stdin.buffer))), None)
        return
    try:
        raw = Path(path).open("rb")  # noqa: SIM115 (closed below; errors of whoever reads are not the file's)
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", path) from error
    except ValueError as error:
        raise InvalidInput("is no path", "PATH") from error
    with raw:
        # A named pipe, such as a shell's <(…), is read once, from the front.
        plain = raw.seekable()
        stream = raw if plain else _Peekable(raw)
        source = Source(path, cast(BinaryIO, stream), Path(path).stat().st_size if plain else None)
        yield source


class _Unpacked(io.RawIOBase):
    """A gzip file that hands on what it has: where the file breaks off, all that stands before is read first."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._packed = gzip.GzipFile(fileobj=raw)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._packed.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        data = self._packed.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Peekable(io.RawIOBase):
    """A pipe whose first bytes can be looked at and read again."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        super().__init__()
        self._stream = stream
        self._head = b""

    def readable(self) -> bool:
        return True

    def look(self, size: int) -> bytes:
        """The first bytes, still to be read."""
        self._head += self._stream.read(size - len(self._head)) if len(self._head) < size else b""
        return self._head[:size]

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        data = self._head[: len(buffer)] or self._stream.read1(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _peek(raw: BinaryIO) -> bytes:
    if isinstance(raw, _Peekable):
        return raw.look(2)
    head = raw.read(2)
    raw.seek(0)
    return head
