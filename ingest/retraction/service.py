"""Withdraws, tells again, erases: step by step, each a transaction, with boards and formed events following.

Killed halfway, the same retraction goes on where it stopped: what is withdrawn bears its id.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from graph.batch import Written
from graph.database import Database, Row, Transaction
from graph.errors import Conflict
from graph.reading.retractions import Leaning, leaning, retractions, target_of
from graph.retracting import Step, restore, steps, withdraw
from graph.retraction import Retraction, RetractionState, Sort, Target
from graph.trending import Boards
from ingest.forming.service import Forming
from ingest.judging import Judging
from ingest.retraction.erasing import Erasing


class Follower(Protocol):
    """What follows the graph."""

    def committed(self, written: Written) -> None: ...
    def finished(self) -> None: ...
    def catch_up(self) -> None: ...


class Retracting:
    """The one service that withdraws."""

    def __init__(
        self,
        database: Database,
        boards: Boards | None,
        judging: Judging,
        forming: Callable[[], Forming],
        clock: Callable[[], datetime],
        follower: Follower,
    ) -> None:
        self._database = database
        self._boards = boards
        self._forming = forming
        self._clock = clock
        self._follower = follower
        self._erasing = Erasing(database, judging, clock, follower.catch_up)

    def leaning(self, sort: Sort, given: str) -> Leaning:
        """What leans on a document or source; nothing is written. Raises NotFound."""
        return leaning(self._database, target_of(self._database, sort, given), self._boards, self._clock())

    def apply(self, sort: Sort, given: str, author: str, reason: str = "") -> Retraction:
        """Withdraws a document, or all that a source published so far: what nobody else tells stands no more. Undone by
        `undo`. One that was begun goes on. Raises NotFound; Conflict where nothing is left to withdraw."""
        target = target_of(self._database, sort, given)
        begun = self._begun(target)
        if begun is None and not target.documents:
            raise Conflict(f"this {sort} is withdrawn already, or nothing is told of it")
        key = begun.id if begun else uuid.uuid4().hex
        self._withdraw(key, target, author, reason)
        return retractions(self._database, key)[0]

    def undo(self, key: str) -> Retraction:
        """What was withdrawn stands again, but for what was told anew since. Raises NotFound; Conflict for what is
        erased or undone."""
        found = retractions(self._database, key)[0]
        if found.state not in (RetractionState.APPLIED, RetractionState.APPLYING):
            raise Conflict(f"this retraction is {found.state}")
        self._run(lambda tx, change: restore(tx, change, key, self._clock()))
        return retractions(self._database, key)[0]

    def erase(self, sort: Sort, given: str, author: str, reason: str = "") -> Retraction:
        """Withdraws and deletes: nothing of it stays in the graph but that something was erased, when, by whom and the
        reason given. Not undone by anything. `given` may be the id of a retraction that was applied.

        Raises NotFound.
        """
        known = [one for one in retractions(self._database, limit=10_000) if one.id == given]
        if known and known[0].state is not RetractionState.ERASED:
            key, target = known[0].id, Target(sort=known[0].sort, id=known[0].target, name=known[0].name, documents=0)
        else:
            target = target_of(self._database, sort, given)
            begun = self._begun(target)
            key = begun.id if begun else uuid.uuid4().hex
        self._withdraw(key, target, author, reason)
        pages = self._erasing.erase(key, target)
        self._follower.finished()
        if pages:
            self._forming().again(sorted(pages))
        return retractions(self._database, key)[0]

    def _withdraw(self, key: str, target: Target, author: str, reason: str) -> None:
        props: Row = {
            "sort": target.sort.value,
            "target": target.id,
            "name": target.name,
            "author": author,
            "reason": reason,
        }
        now = self._clock()
        self._run(lambda tx, change: withdraw(tx, change, key, target.sort, target.id, props, now))

    def _run(self, work: Callable[[Transaction, int], Step]) -> None:
        pages = set[str]()
        for step in steps(self._database, work):
            pages |= step.pages
            self._follower.committed(Written(step.change, step.payload, [], step.events, 0, 0))
        self._follower.finished()
        if pages:
            self._forming().again(sorted(pages))

    def _begun(self, target: Target) -> Retraction | None:
        """A retraction of the same that was interrupted."""
        states = (RetractionState.APPLYING, RetractionState.ERASING)
        found: Sequence[Retraction] = retractions(self._database, limit=1_000)
        return next((one for one in found if one.target == target.id and one.state in states), None)
