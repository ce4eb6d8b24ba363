"""What changed in the graph after a change number: the nodes whose backup must be taken again.

The outbox and the change numbers on nodes say which events, names and judgements a batch wrote; whatever else it can
have touched is next to one of these. A node too many costs a look, one too few would be a backup that is no moment of
the graph: so it takes all neighbours.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from graph.backup.kinds import Label
from graph.database import Params, Row
from graph.errors import Conflict
from graph.queries import Statement, statement

CHUNK = 1_000
_RECORDS = 20

Rows = Callable[[Statement, Params], list[Row]]
Keys = dict[Label, set[str]]


@dataclass(slots=True)
class _Told:
    """What the outbox names."""

    events: set[str] = field(default_factory=set[str])
    moved: set[str] = field(default_factory=set[str])
    counted: set[str] = field(default_factory=set[str])
    passages: set[str] = field(default_factory=set[str])


def changed_since(rows: Rows, since: int, upto: int) -> Keys:
    """Keys of all nodes that batches after `since` up to `upto` may have written, taken away, or led elsewhere.

    Raises Conflict where the outbox does not reach back so far.
    """
    if upto <= since:
        return {}
    told = _told(rows, since, upto)
    found = rows(statement("read/backup_since"), {"change": since})[0]
    events = told.events.union(found["events"])
    events |= _beside(rows, events, told.moved)
    documents, sources, versions = set[str](), set[str](), set[str]()
    entities = told.moved | told.counted
    for row in _each(rows, "backup_of_events", "events", events):
        entities.update(row["entities"])
        documents.update(row["documents"])
        sources.update(row["sources"])
        versions.update(row["versions"])
    aliases = {*found["aliases"], *found["changed"]}
    for row in _each(rows, "backup_of_aliases", "aliases", aliases):
        entities.update(row["entities"])
    for row in _each(rows, "backup_of_entities", "entities", set(entities)):
        aliases.update(row["aliases"])
        entities.update(row["subjects"])
    claims = set(found["claims"])
    documents.update(found["documents"])
    for row in _each(rows, "backup_claims_beside", "entities", set(told.moved)):
        claims.update(row["claims"])
        documents.update(row["documents"])
    passages = told.passages
    for row in _each(rows, "backup_of_documents", "documents", documents):
        passages.update(row["passages"])
        sources.update(row["sources"])
    return {
        Label.SOURCE: sources,
        Label.DOCUMENT: documents,
        Label.ENTITY: entities,
        Label.ALIAS: aliases,
        Label.EVENT: events,
        Label.EVENT_VERSION: versions,
        Label.JUDGEMENT: set(found["judgements"]),
        Label.CHANGE: set(found["changes"]),
        Label.PASSAGE: passages,
        Label.CLAIM: claims,
        Label.EVENT_JUDGEMENT: set(found["event_judgements"]),
    }


def chunks(keys: set[str]) -> Iterator[Sequence[str]]:
    """Keys in order, so many at a time."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _told(rows: Rows, since: int, upto: int) -> _Told:
    told = _Told()
    while since < upto:
        records = rows(statement("read/outbox_after"), {"change": since, "limit": _RECORDS})
        if not records or records[0]["change"] != since + 1:
            raise Conflict("the outbox no longer reaches back to where this backup began: begin it again")
        for record in records:
            payload = orjson.loads(record["payload"])
            for ids in payload.get("events", {}).values():
                told.events.update(ids)
            told.moved.update(payload.get("moved", ()))
            told.counted.update(payload.get("set", ()))
            told.passages.update(payload.get("pages", {}).get("passages", ()))
        since = records[-1]["change"]
    return told


def _beside(rows: Rows, events: set[str], moved: set[str]) -> set[str]:
    found = set[str]()
    for chunk in chunks(events):
        found.update(rows(statement("read/backup_events_beside"), {"events": chunk, "entities": []})[0]["events"])
    for chunk in chunks(moved):
        found.update(rows(statement("read/backup_events_beside"), {"events": [], "entities": chunk})[0]["events"])
    return found


def _each(rows: Rows, name: str, parameter: str, keys: set[str]) -> Iterator[Row]:
    for chunk in chunks(keys):
        yield from rows(statement(f"read/{name}"), {parameter: chunk})
