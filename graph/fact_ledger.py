"""What persons say of facts (one superseded another, or did not, each taken back at will) and what predicates declare.

Taking back what a rule found leaves the person's word that it is not so: the rule does not find it again, and the two
are contested.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.errors import Conflict, InvalidInput, NotFound
from graph.facts import judgement, settle_in
from graph.judgement import Author, Verdict
from graph.numbering import take_number
from graph.predicate import Cardinality, Predicate
from graph.queries import statement

FOLLOWED = 200
"""Entities whose facts are looked at anew in one transaction after a declaration."""


class FactLedger:
    """Judgements on facts and declarations of predicates in one graph."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def judge(self, older: str, newer: str, verdict: Verdict, author: str, reason: str = "") -> Row:
        """A person's word on two statements (a fact's id is that of its first one): positive, the newer superseded the
        older; negative, it did not. Answers the judgement.

        Raises NotFound; InvalidInput where the two cannot contradict each other.
        """
        now = self._clock()

        def work(tx: Transaction, change: int) -> Row:
            ends = {row["id"]: row for row in tx.rows(statement("read/fact_ends"), {"ids": [older, newer]})}
            for one in (older, newer):
                if one not in ends:
                    raise NotFound("fact", one)
            first, second = ends[older], ends[newer]
            if first["predicate"] != second["predicate"] or older == newer:
                raise InvalidInput("takes two facts of one predicate")
            pair = {older, newer}
            former = [
                row["j"]["id"]
                for row in tx.rows(statement("read/facts_words"), {"ids": [older, newer], "known_at": None})
                if {row["j"]["older"], row["j"]["newer"]} == pair
            ]
            tx.rows(statement("write/facts_revoke"), {"ids": former, "author": author, "at": now})
            made = judgement(
                older,
                newer,
                verdict,
                predicate=first["predicate"],
                by=Author.PERSON,
                author=author,
                reason=reason,
                score=1.0,
                events=[one["event"] for one in (second, first) if one["event"]],
                decision=uuid.uuid4().hex,
            )
            tx.rows(statement("write/facts_judge"), {"rows": [made], "at": now})
            settle_in(tx, (), {end for one in (first, second) for end in (one["subject"], one["object"])}, now)
            _number(tx, change + 1, now)
            return made

        return self._database.write(work)

    def undo(self, key: str, author: str, reason: str = "") -> Row | None:
        """Takes a judgement back. Of one by rule a person's negative stays, which is answered. Raises NotFound, and
        Conflict for one that was taken back before."""
        found = self._database.one(statement("read/fact_judgement"), {"id": key})
        if found is None:
            raise NotFound("judgement of facts", key)
        told: Row = found["j"]
        if told.get("revoked_at") is not None:
            raise Conflict("this judgement was taken back before")
        if told["by"] == Author.RULE:
            return self.judge(told["older"], told["newer"], Verdict.NEGATIVE, author, reason or "taken back")
        now = self._clock()

        def work(tx: Transaction, change: int) -> None:
            if not tx.rows(statement("write/facts_revoke"), {"ids": [key], "author": author, "at": now}):
                raise Conflict("this judgement was taken back before")
            ends = tx.rows(statement("read/fact_ends"), {"ids": [told["older"], told["newer"]]})
            settle_in(tx, (), {row[end] for row in ends for end in ("subject", "object")}, now)
            _number(tx, change + 1, now)

        self._database.write(work)
        return None

    def declare(self, predicate: Predicate) -> int:
        """Declares a predicate, and settles the facts of those that have it anew; answers how many statements got
        another state. Killed halfway, declaring it again goes on."""
        now = self._clock()
        params = predicate.model_dump(mode="json")

        def work(tx: Transaction, change: int) -> list[str]:
            entities: list[str] = tx.rows(statement("write/facts_declare"), params)[0]["entities"]
            if predicate.cardinality is Cardinality.MANY:
                tx.rows(statement("write/facts_free"), {"name": predicate.name, "at": now})
            _number(tx, change + 1, now)
            return entities

        entities = sorted(self._database.write(work))
        changed = 0
        for begin in range(0, len(entities), FOLLOWED):
            part = entities[begin : begin + FOLLOWED]

            def follow(tx: Transaction, change: int, part: list[str] = part) -> int:
                found = settle_in(tx, (), part, now)
                _number(tx, change + 1, now)
                return found

            changed += self._database.write(follow)
        return changed


def _number(tx: Transaction, change: int, now: datetime) -> None:
    """Takes the change number."""
    take_number(tx, change, now, {"events": {"new": [], "changed": []}})
