"""Brings the graph to one group of pages: its event written where its record differs, its claims linked where they are
not, and events that its pages came from emptied. The same again changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from graph.database import Database, Transaction
from graph.errors import InvalidInput, Unavailable
from graph.moment import from_epoch_ms
from graph.queries import statement
from graph.reading.claims import Formed, events_named, events_supported, told_of
from ingest.forming.formed import Event, Source, enough, formed, id_of
from ingest.forming.matching import matched
from ingest.forming.outcome import Ingest, Outcome, number
from ingest.forming.reports import FormingOptions
from ingest.payload import parse_record

TRIES = 5
"""Times that an event is read again when others write it at once."""


class Applier:
    """Writes groups on one graph."""

    def __init__(
        self,
        database: Database,
        ingest: Ingest,
        clock: Callable[[], datetime],
        options: FormingOptions,
    ) -> None:
        self._database = database
        self._ingest = ingest
        self._clock = clock
        self._options = options

    def apply(self, group: Sequence[Source], done: Outcome) -> set[str]:
        """Brings the graph to the group; answers other pages of events that it took pages from: they are to be settled,
        too. Raises Unavailable when others write the same event again and again."""
        documents = {one.page.id for one in group}
        supported = events_supported(self._database, documents)
        others = sorted(event for event, of_pages, _ in supported if not of_pages)
        held = events_named(self._database, [event for event, of_pages, _ in supported if of_pages])
        event = formed(group, self._options)
        into = others[0] if others else None
        if into is None and not held:
            into = matched(self._database, group, self._options)
        if into is not None:
            self._link(into, event, {}, group, done.supported)
        elif enough(group, self._options):
            self._write(event, group, done)
            into = event.id
        gone = {key: one for key, one in held.items() if key != into}
        return self._left(gone, documents, into, done)

    def _write(self, event: Event, group: Sequence[Source], done: Outcome) -> None:
        for _ in range(TRIES):
            held = events_named(self._database, [event.id]).get(event.id)
            if self._told(event.record, held):
                self._link(event.id, event, event.props, group, done.updated if held else done.formed)
                return
        raise Unavailable(f"event {event.id} is being written by others at once")

    def _told(self, record: dict[str, Any], held: Formed | None) -> bool:
        """Gives the record to the pipeline where it says anything new; False when another was faster."""
        if held is not None and parse_record(record).content_hash == held.content_hash:
            return True
        version = 1 if held is None else (held.given_version or held.version) + 1
        report = self._ingest.ingest([(1, {**record, "version": version})])
        if report.rejected and report.rejects[0].field != "version":
            raise InvalidInput(report.rejects[0].reason, report.rejects[0].field)
        return not report.rejected

    def _link(self, key: str, event: Event, props: dict[str, Any], group: Sequence[Source], told: list[str]) -> None:
        """Links the claims to the event, and tells it what stands beside its record; nothing where all is so."""
        wanted = set(event.claims)
        found = events_named(self._database, [key]).get(key)
        linked = all(
            claim.events == ((key,) if claim.id in wanted else ()) for one in group for claim in one.page.claims
        )
        if linked and found is not None and found.formed_hash == props.get("formed_hash"):
            return
        self._support(key, event.claims, event.documents, props)
        told.append(key)

    def _support(self, key: str, claims: Sequence[str], documents: Sequence[str], props: dict[str, Any]) -> None:
        now = self._clock()
        params = {"event": key, "claims": list(claims), "documents": list(documents), "props": props}

        def work(tx: Transaction, change: int) -> None:
            same = {"whole": bool(props), "change": change + 1, "at": now}
            tx.rows(statement("write/forming_support"), {**params, **same})
            number(tx, change + 1, now, [key])

        self._database.write(work)

    def _left(self, gone: dict[str, Formed], documents: set[str], into: str | None, done: Outcome) -> set[str]:
        """Empties events whose first page is in this group, since the group goes by another one, or was withdrawn. From
        the others only pages were taken: what is left of those is answered."""
        left = set[str]()
        for key, one in sorted(gone.items()):
            left |= set(one.reports) - documents
            first = next((document for document in one.reports if id_of(document) == key), None)
            if first is None or first in documents or self._withdrawn(first):
                self._emptied(key, one, into)
                done.merged.append(key)
        return left

    def _withdrawn(self, document: str) -> bool:
        """Whether a page tells nothing any more."""
        told = told_of(self._database, document)
        return told is None or told["ts"] is None

    def _emptied(self, key: str, held: Formed, into: str | None) -> None:
        """The event in a version that names nobody: its former ones tell what it was."""
        record = {
            "id": key,
            "title": held.title or key,
            "text": f"went into {into}" if into else "its pages do not tell of an event any more",
            "occurred_at": from_epoch_ms(held.ts).date().isoformat(),
        }
        for _ in range(TRIES):
            now_held = events_named(self._database, [key])[key]
            if self._told(record, now_held):
                break
        self._support(key, (), (), {"reports": [], "claim_count": 0, "formed_hash": None})
        if into is not None:
            now = self._clock()

            def work(tx: Transaction, change: int) -> None:
                params = {"event": key, "into": into, "change": change + 1, "at": now}
                tx.rows(statement("write/forming_merged"), params)
                number(tx, change + 1, now, [], [key])

            self._database.write(work)
