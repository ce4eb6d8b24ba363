"""What follows the graph: boards in Redis, co-mentions of hubs. Never fails who writes; catches up what it missed."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock

import structlog

from graph import merging
from graph.audit import acting
from graph.batch import Written
from graph.database import Database
from graph.errors import PentadError
from graph.moment import epoch_ms
from graph.reading import hubs
from graph.trending import Boards, apply_record, tend

_log = structlog.get_logger(__name__)

HUBS_EVERY = 60.0
"""Seconds after which the co-mentions of hubs are brought up to date during a long ingest: the more events at once, the
more of them touch the same pair, which is then written once."""


class Projections:
    """Follows one graph. Thread-safe; `boards` is None where no Redis was given."""

    def __init__(self, database: Database, boards: Boards | None, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._boards = boards
        self._clock = clock
        self._followed = time.monotonic()
        self._hubs = Lock()

    def boards_take(self, written: Written) -> None:
        """Applies one batch to the boards, at once."""
        boards = self._boards
        if boards is not None:
            now = epoch_ms(self._clock())
            _guarded("boards", lambda: apply_record(self._database, boards, written.change, written.payload, now))

    def committed(self, written: Written) -> None:
        """Applies one batch to the boards, and once a minute what was committed to the co-mentions of hubs."""
        self.boards_take(written)
        if time.monotonic() - self._followed > HUBS_EVERY:
            self.finished()

    def finished(self) -> None:
        """Brings the co-mentions of hubs up to date, unless another thread is at it."""
        if self._hubs.acquire(blocking=False):
            try:
                _guarded("co_mentions", lambda: hubs.follow(self._database))
            finally:
                self._followed = time.monotonic()
                self._hubs.release()

    def catch_up(self) -> None:
        """Everything: mentions that follow a decision, events whose time has come, boards, hubs. Called every few
        seconds by a service."""
        _guarded("mentions", lambda: merging.follow(self._database, self._clock))
        boards = self._boards
        if boards is not None:
            _guarded("boards", lambda: tend(self._database, boards, epoch_ms(self._clock())))
        self.finished()


def _guarded(projection: str, follow: Callable[[], object]) -> None:
    """What is only counted from what was told is nobody's act."""
    try:
        with acting(None):
            follow()
    except PentadError as error:
        _log.warning("projection is behind", projection=projection, cause=str(error))
