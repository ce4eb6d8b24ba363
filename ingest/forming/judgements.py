"""The ledger of events: which pages persons told to be of one event or of two, and which pairs they may be asked about.

Nothing is deleted: what is taken back bears who did so, and an undo lets what it had taken back stand again.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput, NotFound
from graph.event_judgement import EventJudgement
from graph.judgement import Author, Verdict
from graph.queries import statement
from graph.reading.claims import events_named, judgements_on, told_of
from ingest.forming.outcome import number
from ingest.forming.regrouping import Pair, pair

PAIRS = 500
"""Pairs of pages that one decision may join or part."""


class EventLedger:
    """Judgements on pages of one graph."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def judge(
        self, verdict: Verdict, one: Sequence[str], other: Sequence[str], author: str, reason: str
    ) -> tuple[str, set[str]]:
        """Writes a person's word, and takes back what was said of the very pairs before; answers the decision and the
        pages it is about. Raises NotFound, InvalidInput."""
        pairs = _pairs(verdict, self._expanded(one), self._expanded(other))
        decision = uuid.uuid4().hex
        made = [
            EventJudgement(a=a, b=b, verdict=verdict, by=Author.PERSON, reason=reason, author=author, decision=decision)
            for a, b in pairs
        ]
        ends = {end for ends in pairs for end in ends}
        former = [j.id for j in judgements_on(self._database, ends) if (j.a, j.b) in set(pairs)]
        self._write(made, former, author, decision)
        return decision, ends

    def undo(self, decision: str, author: str) -> set[str]:
        """Takes a decision back; answers the pages it was about. Raises NotFound."""
        now = self._clock()

        def work(tx: Transaction, change: int) -> list[Row]:
            params = {"decision": decision, "author": author, "change": change + 1, "at": now}
            rows = tx.rows(statement("write/forming_undo"), params)
            if rows:
                number(tx, change + 1, now, [])
            return rows

        rows = self._database.write(work)
        if not rows:
            raise NotFound("decision", decision)
        return {end for row in rows for end in (row["a"], row["b"])}

    def ask(self, candidates: Sequence[tuple[Pair, float]], documents: Collection[str]) -> None:
        """Pairs that a person may be asked about stand as unsure; those of these pages that are none any more are
        taken back."""
        wanted = dict(candidates)
        standing = [j for j in judgements_on(self._database, documents) if j.verdict is Verdict.UNSURE]
        known = {(j.a, j.b) for j in standing}
        inside = set(documents)
        gone = [j.id for j in standing if (j.a, j.b) not in wanted and {j.a, j.b} <= inside]
        fresh = [
            EventJudgement(
                a=a,
                b=b,
                verdict=Verdict.UNSURE,
                by=Author.BATCH,
                score=score,
                reason="overlap of time, names and words",
                decision=uuid.uuid4().hex,
            )
            for (a, b), score in sorted(wanted.items())
            if (a, b) not in known
        ]
        self._write(fresh, gone, "", "")

    def _write(self, made: Sequence[EventJudgement], revoked: Sequence[str], author: str, decision: str) -> None:
        if not (made or revoked):
            return
        now = self._clock()

        def work(tx: Transaction, change: int) -> None:
            same = {"change": change + 1, "at": now}
            taken = {"ids": list(revoked), "author": author, "decision": decision, **same}
            tx.rows(statement("write/forming_judgements_revoke"), taken)
            tx.rows(statement("write/forming_judgements"), {"rows": [_row(one) for one in made], **same})
            number(tx, change + 1, now, [])

        self._database.write(work)

    def _expanded(self, ids: Sequence[str]) -> list[str]:
        """Document ids; of an event the pages that it was formed of. Raises NotFound."""
        events = events_named(self._database, ids)
        found: dict[str, None] = {}
        for key in ids:
            if key in events and events[key].reports:
                found |= dict.fromkeys(events[key].reports)
            elif told_of(self._database, key) is not None:
                found[key] = None
            else:
                raise NotFound("document", key)
        return list(found)


def _pairs(verdict: Verdict, left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    if verdict is Verdict.POSITIVE:
        every = list(dict.fromkeys([*left, *right]))
        found = [pair(every[0], other) for other in every[1:]]
    elif set(left) & set(right):
        raise InvalidInput("a page cannot tell of two events at once")
    else:
        found = [pair(a, b) for a in left for b in right]
    if not found:
        raise InvalidInput("takes two pages at least")
    if len(found) > PAIRS:
        raise InvalidInput(f"these are {len(found)} pairs of pages, {PAIRS} may be decided at a time")
    return found


def _row(judgement: EventJudgement) -> dict[str, Any]:
    props = judgement.model_dump(exclude={"at", "revoked_at", "revoked_by"}, exclude_defaults=True)
    told = {"id": judgement.id, "verdict": judgement.verdict.value, "by": judgement.by.value, "score": judgement.score}
    return {"props": props | told}
