"""A first load of many records into an empty graph: the same graph as an ingest leaves, its upkeep left to the end.

Batches, keys, judgements and change numbers are those of an ingest, since the same pipeline makes them. What is left
out while it runs is the upkeep that is cheaper at once: indexes that no write looks into are made at the end, and
boards and co-mentions are counted when all is there. The steps of those indexes are taken off the record first, so
after a kill at any moment whoever opens the graph next makes them.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime

from graph import schema
from graph.batch import Written
from graph.database import Database
from graph.errors import BoardUnavailable, Conflict
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import hubs
from graph.room import Room
from graph.trending import Boards, rebuild
from ingest.pipeline import Pipeline

LATER = (
    *(f"{w}_aid_ts" for w in ("who", "what", "where", "when", "why")),
    *(f"{w}_kid_ts_id" for w in ("what", "when", "why")),
    *("event_ts", "event_category_ts", "entity_mentions", "entity_last_seen", "entity_kind_mentions", "entity_name"),
    *("event_texts_beside", "alias_names_beside"),
)
"""Schema steps, by name without number, whose indexes a load into an empty graph does not look into. The indexes of WHO
and WHERE by entity stay: who bears an unsure name is asked of them."""


Tell = Callable[[str], None]
"""Hears in a word what is done next."""


class Importing:
    """Imports into one graph."""

    def __init__(
        self,
        database: Database,
        boards: Boards | None,
        clock: Callable[[], datetime],
        room: Room | None = None,
    ) -> None:
        self._database = database
        self._boards = boards
        self._clock = clock
        self._room = room

    def refuse_filled(self) -> None:
        """Raises Conflict when anything was ever written to the graph."""
        if self._database.read(statement("read/gate_change"))[0]["change"]:
            raise Conflict("the graph is not empty: `pentad ingest` adds to it; an import is for a first load alone")

    @contextmanager
    def loading(self, tell: Tell = lambda _: None) -> Generator[Pipeline]:
        """The pipeline to give all records to. At the end, whatever ends it, indexes are made, then boards and
        co-mentions counted; where Redis is away the service that follows the graph does that.

        Raises Conflict when the graph is not empty, DatabaseUnavailable.
        """
        self.refuse_filled()
        self._leave_out()
        try:
            yield Pipeline(self._database, self._clock, _Nobody(), self._room)
        finally:
            tell("indexes")
            schema.apply(self._database, self._clock())
            self._count(tell)

    def _count(self, tell: Tell) -> None:
        tell("boards")
        with suppress(BoardUnavailable):
            if self._boards is not None:
                rebuild(self._database, self._boards, epoch_ms(self._clock()))
        tell("co-mentions")
        hubs.follow(self._database)

    def _leave_out(self) -> None:
        steps = [step for step in schema.steps() if _plain(step.name) in LATER]
        numbers = [step.number for step in steps]
        self._database.setup(lambda tx: tx.rows(statement("write/schema_unrecord"), {"numbers": numbers}))
        for step in steps:
            name = {"name": _plain(step.name).removesuffix("_beside")}
            self._database.setup(lambda tx, name=name: tx.rows(statement("write/index_drop"), name))


def _plain(step: str) -> str:
    return step.partition("_")[2].removesuffix(".cypher")


class _Nobody:
    """Follows nothing: what follows is counted at the end."""

    def committed(self, written: Written) -> None:
        """Nothing."""

    def finished(self) -> None:
        """Nothing."""
