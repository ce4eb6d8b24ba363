"""Facts between the entities of a past time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.errors import BudgetExceeded
from graph.facts import Pair, ScopeKey
from graph.predicate import Scope
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.facts import PAIRS, Asked, End, Facts, Stated, facts_by, with_origins
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import weigh

STATEMENTS = 20_000
"""Statements of some names that are looked through at once."""


def facts_then(database: Database, key: str, now: datetime, clocks: Clocks, asked: Asked) -> Facts:
    """Facts as `graph.reading.facts` tells them, each end being the entity that held its name then: what contradicts
    what follows from that. Raises NotFound, BudgetExceeded."""
    found = database.reading(lambda tx: facts_by(Then(tx, clocks), key, now, clocks, asked), timeout=SECONDS)
    return with_origins(database, found)


class Then(Stated):
    """Between the entities of then, by the names at both ends."""

    def __init__(self, tx: Transaction, clocks: Clocks) -> None:
        super().__init__(tx.rows, clocks.known_at)
        self._tx = tx
        self._clocks = clocks
        self._identity = Identity(tx, clocks.identity_at)

    def entity(self, key: str) -> tuple[End, list[Pair]]:
        """By all that is stated of its names."""
        own = self._identity.names_of(key)[0].key
        pairs = {Pair(row["predicate"], subject, object_) for row, subject, object_ in self._of([own])}
        (end,) = self.ends([own])
        return end, sorted(pairs)[: PAIRS + 1]

    def scopes(self, scopes: Sequence[ScopeKey]) -> list[tuple[ScopeKey, list[Row]]]:
        """By all that is stated of the names of the entity at their end."""
        told = {scope: list[Row]() for scope in scopes}
        for row, subject, object_ in self._of({scope.key for scope in scopes}):
            for side, own, other in ((Scope.SUBJECT, subject, object_), (Scope.OBJECT, object_, subject)):
                scope = ScopeKey(row["predicate"], side, own)
                if scope in told:
                    told[scope].append({**row, "value": other})
        values = {end.key: end for end in self.ends(sorted({row["value"] for rows in told.values() for row in rows}))}
        return [
            (scope, [{**row, "name": values[row["value"]].name, "kind": values[row["value"]].kind} for row in rows])
            for scope, rows in told.items()
        ]

    def ends(self, keys: list[str]) -> list[End]:
        """As they were called."""
        weigh(self._tx, self._identity, keys, self._clocks)
        return [End(key, *self._identity.shown(key)) for key in keys]

    def _of(self, entities: Iterable[str]) -> list[tuple[Row, str, str]]:
        """Statements with their subjects and objects; none of an entity and itself."""
        names = [one.key for entity in entities for one in self._identity.names_of(entity)]
        asked = {"keys": names, "known": self._clocks.known, "limit": STATEMENTS}
        rows = self._tx.rows(statement("read/past_facts"), asked) if names else []
        if len(rows) >= STATEMENTS:
            raise BudgetExceeded(f"more than {STATEMENTS:,} relationships were told of these entities")
        self._identity.learn({row[end] for row in rows for end in ("salias", "oalias")})
        found = [(row, *(self._identity.entity_of(row[end]) for end in ("salias", "oalias"))) for row in rows]
        return [(row, subject, object_) for row, subject, object_ in found if subject != object_]
