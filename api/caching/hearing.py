"""Hears of what other machines changed, and of what was changed past all that is told: by asking, now and then."""

import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from api.caching.answers import Answers
from graph.changing import Changing
from graph.database import Database
from graph.errors import PentadError
from graph.queries import statement
from graph.trending import Boards, groups


class Hearing:
    """Asks the gate and the boards for their numbers; when one is another than before, kept answers are forgotten."""

    def __init__(self, database: Database, boards: Boards | None, changing: Changing, answers: Answers) -> None:
        self._database = database
        self._boards = boards
        self._changing = changing
        self._answers = answers
        self._heard: object = None

    def listen(self) -> None:
        """Asks once. While a store is away, answers live out their time."""
        with suppress(OSError):
            self._changing.settle()
        with suppress(PentadError):
            heard = (self._database.read(statement("read/answers_epoch"), timeout=1.0), self._states())
            if heard != self._heard:
                self._heard = heard
                self._answers.forget()

    @contextmanager
    def listening(self, period: float) -> Generator[None]:
        """Asks every `period` seconds in a thread of its own while the context is open."""
        stop = Event()

        def work() -> None:
            while not stop.wait(period):
                self.listen()

        thread = Thread(target=work, name="hearing", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(timeout=5)

    def _states(self) -> list[object]:
        boards = self._boards
        if boards is None:
            return []
        try:
            return [boards.of(group.metric).state(group.half_life) for group in groups()]
        except PentadError:
            return ["away", time.monotonic() // 60]
