"""Whether the disk under the stores has room: neither Neo4j nor Redis outlives a full one without a restart."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StorageLow

SHARE = 0.05
"""Of the whole disk: what has to stay free where that is less than LEAST."""
LEAST = 1_000_000_000
_REST = 1.0


@dataclass(frozen=True, slots=True)
class Space:
    """What is left on a disk and what has to be, in bytes."""

    free: int
    wanted: int

    @property
    def low(self) -> bool:
        """Whether nothing more may be taken in."""
        return self.free < self.wanted


class Room:
    """Looks at the disk of one folder, at most once a second. Thread-safe."""

    def __init__(
        self,
        folder: Path,
        least: int = LEAST,
        share: float = SHARE,
        clock: Callable[[], float] = time.monotonic,
        rest: float = _REST,
    ) -> None:
        self._folder = folder
        self._least = least
        self._share = share
        self._clock = clock
        self._rest = rest
        self._seen: tuple[float, Space] | None = None

    def look(self) -> Space:
        """Bytes free and wanted: `least`, or that share of a disk so small that this is less."""
        now = self._clock()
        if self._seen is None or now >= self._seen[0] + self._rest:
            found = shutil.disk_usage(self._folder)
            self._seen = now, Space(found.free, min(self._least, int(found.total * self._share)))
        return self._seen[1]

    def ensure(self) -> None:
        """Raises StorageLow where too little is left."""
        space = self.look()
        if space.low:
            raise StorageLow(
                f"the disk of the stores has {space.free:,} bytes left, {space.wanted:,} are kept free: make room there"
            )
