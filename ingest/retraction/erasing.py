"""Deletes what was withdrawn from the whole store: events with their versions, documents with their texts, names that
nothing else speaks of, and whatever tells of them (judgements, history, jobs, outbox, kept
answers).

The order lets a killed erasure go on: what is to be deleted is found from what still stands.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

import orjson

from graph import merging, replies
from graph.database import Database, Row, Transaction
from graph.judgement import Author
from graph.queries import statement
from graph.retracting import withdraw_events
from graph.retraction import RetractionState, Target
from ingest.judging import Judging, Order

AT_ONCE = 100


class Erasing:
    """Erasure on one graph."""

    def __init__(
        self, database: Database, judging: Judging, clock: Callable[[], datetime], catch_up: Callable[[], None]
    ) -> None:
        self._database = database
        self._catch_up = catch_up
        self._judging = judging
        self._clock = clock

    def erase(self, key: str, target: Target) -> set[str]:
        """Deletes what the retraction withdrew; answers pages whose events are to be formed anew."""
        self._state(key, RetractionState.ERASING)
        gone = set[str]()
        pages = set[str]()
        names = set[str]()
        while documents := self._marked(key)["documents"]:
            ids = [row["id"] for row in documents]
            for row in documents:
                names |= {orjson.loads(name)["alias"] for name in row["names"]}
            beside = self._database.read(statement("read/erase_beside"), {"documents": ids})
            pages |= {page for row in beside for page in row["pages"]}
            self._withdraw(key, [row["id"] for row in beside])
            gone |= self._events(key, ids, names)
            self._database.write(lambda tx, _, ids=ids: tx.rows(statement("write/erase_documents"), {"ids": ids}))
            gone |= set(ids)
        gone |= self._events(key, (), names)
        gone |= self._names(names)
        gone |= {target.id}
        # Boards and hubs hear of it before the records that tell it are cut.
        self._catch_up()
        self._outbox(gone)
        replies.forget(self._database, self._clock() + replies.KEPT)
        self._done(key)
        return pages - gone

    def _marked(self, key: str) -> Row:
        return self._database.read(statement("read/retract_marked"), {"id": key, "limit": AT_ONCE})[0]

    def _state(self, key: str, state: RetractionState) -> None:
        told: Row = {"id": key, "props": {}, "state": state.value, "events": 0, "documents": 0, "at": self._clock()}
        self._database.write(lambda tx, _: tx.rows(statement("write/retraction"), told))

    def _withdraw(self, key: str, events: Sequence[str]) -> None:
        """Events formed of these and of other pages: their former versions tell of both, so they go and are formed
        anew."""
        if events:
            self._database.write(lambda tx, change: withdraw_events(tx, change, key, events, self._clock()))

    def _events(self, key: str, documents: Sequence[str], names: set[str]) -> set[str]:
        """Deletes withdrawn events; notes the names that these and the documents speak of."""
        gone = set[str]()
        while True:
            marked = self._marked(key)
            events: list[str] = marked["events"]
            asked = {"events": events, "documents": list(documents)}
            names |= set(self._database.read(statement("read/erase_names"), asked)[0]["aliases"])
            if not events:
                return gone
            self._stated(marked["attributes"])
            self._database.write(lambda tx, _, ids=events: tx.rows(statement("write/erase_events"), {"ids": ids}))
            gone |= set(events)

    def _stated(self, kept: Sequence[str]) -> None:
        """History tells no more what the events stated of names."""
        words: list[Any] = []
        aliases = set[str]()
        for text in kept:
            of_event: dict[str, dict[str, list[Any]]] = orjson.loads(text)
            aliases |= of_event.keys()
            for told in of_event.values():
                for value, _, _ in told.values():
                    words += value if isinstance(value, list) else [value]
        if words:
            asked = {"entities": self._holders(sorted(aliases)), "words": words}
            self._database.write(lambda tx, _: tx.rows(statement("write/erase_history"), asked))

    def _names(self, names: Collection[str]) -> set[str]:
        """Parts names that nothing speaks of any more from what is left of their entities, then deletes them."""
        gone = set[str]()
        for keys in _parts(sorted(names)):
            asked = {"keys": list(keys)}
            rows = self._database.read(statement("read/erase_orphans"), asked, timeout=60)
            by_entity: dict[str, list[str]] = {}
            for row in rows:
                by_entity.setdefault(row["entity"], []).append(row["key"])
            for entity, orphans in by_entity.items():
                gone |= self._name(entity, orphans)
        return gone

    def _name(self, entity: str, orphans: Sequence[str]) -> set[str]:
        words = self._database.read(statement("read/erase_words"), {"keys": list(orphans), "entity": entity})[0]
        left: list[str] = []
        if words["others"]:
            order = Order("erasure", Author.PERSON, cause="erased")
            left = [key for key in self._judging.split(orphans, (), order).entities if key not in orphans]
            left = [*dict.fromkeys([*left, *self._holders(words["others"])])]

        def work(tx: Transaction, change: int) -> None:
            told = {"entities": left, "words": words["names"]}
            tx.rows(statement("write/erase_history"), told)
            tx.rows(statement("write/erase_event_profiles"), {"words": words["names"]})
            tx.rows(statement("write/erase_aliases"), {"keys": list(orphans)})
            merging.tell(tx, change + 1, {entity, *orphans}, self._clock())

        self._database.write(work)
        return {*orphans, entity} - set(left)

    def _holders(self, aliases: Sequence[str]) -> list[str]:
        rows = self._database.read(statement("read/erase_holders"), {"keys": list(aliases)})
        return [row["entity"] for row in rows]

    def _outbox(self, gone: Collection[str]) -> None:
        """Takes ids of what was erased out of the outbox, where they would stand for a day."""
        change = -1
        while rows := self._database.read(statement("read/outbox_after"), {"change": change, "limit": AT_ONCE}):
            change = rows[-1]["change"]
            told = [{"change": row["change"], "payload": _without(row["payload"], gone)} for row in rows]
            changed = [one for one, row in zip(told, rows, strict=True) if one["payload"] != row["payload"]]
            if changed:
                self._database.write(
                    lambda tx, _, changed=changed: tx.rows(statement("write/erase_outbox"), {"rows": changed})
                )

    def _done(self, key: str) -> None:
        def work(tx: Transaction, change: int) -> None:
            tx.rows(statement("write/erase_done"), {"id": key, "change": change + 1})
            merging.tell(tx, change + 1, (), self._clock())

        self._database.write(work)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(keys), AT_ONCE):
        yield keys[begin : begin + AT_ONCE]


def _without(payload: str, gone: Collection[str]) -> str:
    """The record without these ids, wherever they stand in it."""
    return orjson.dumps(_pruned(orjson.loads(payload), gone)).decode()


def _pruned(value: Any, gone: Collection[str]) -> Any:
    if isinstance(value, dict):
        kept = cast(dict[str, Any], value)
        return {name: _pruned(one, gone) for name, one in kept.items() if name not in gone}
    if isinstance(value, list):
        many = cast(list[Any], value)
        return [_pruned(one, gone) for one in many if not (isinstance(one, str) and one in gone)]
    return value
