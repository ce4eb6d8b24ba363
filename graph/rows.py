"""From a batch's nouns to the rows that the write statements take. Pure.

Times travel as epoch milliseconds and become times in Cypher: the driver spends 100 µs on each time it packs.
"""

from typing import Any

from graph.alias import Alias
from graph.batch import EventWrite, Kind, Known, Placed
from graph.counts import Gain
from graph.document import Document
from graph.entity import label_of
from graph.keys import short_id
from graph.moment import epoch_ms
from graph.trending.further import sanctioned

Row = dict[str, Any]
Told = list[Any]
"""A row by place, cheaper on its way and in Cypher than one by name."""


def entity_row(key: str, kind: Kind, props: Row, gain: Gain) -> Row:
    """An entity to found, with what the batch tells of it; `props` are what its founding mention states."""
    stated = {**props, "kind": kind.kind, "kind_source": kind.source, **gain.props()}
    times = {"first": gain.first, "last": gain.last}
    return {"key": key, "kid": short_id(key), "label": label_of(kind.kind, kind.family), "props": stated, **times}


def alias_row(alias: Alias, change: int, gain: Gain) -> Row:
    """An alias to found, with what the batch tells of it."""
    props = {
        "key": alias.key,
        "aid": short_id(alias.key),
        "name": alias.name,
        "normalised": alias.normalised,
        "family": alias.family,
        "discriminator": alias.discriminator,
        "kind": alias.kind,
        "born": alias.born,
        "change": change,
        "mentions": gain.mentions,
    }
    return {"props": props, "first": gain.first, "last": gain.last}


def event_row(write: EventWrite, mentions: list[Told], documents: list[int]) -> Told:
    """A new event to write, by place as `write/events` takes it; `documents` are places in the batch's list of them."""
    event = write.event
    return _short(
        [
            event.id,
            write.content_hash,
            mentions,
            documents,
            epoch_ms(event.occurred_at),
            event.title,
            event.precision,
            event.category,
            event.code,
            event.text,
            event.confidence,
            event.impact,
            event.count,
            event.story,
            None if write.boarded else False,
            event.given_version,
            epoch_ms(event.ended_at) if event.ended_at else None,
        ]
    )


def event_again_row(write: EventWrite, known: Known, change: int) -> Row:
    """A known event to write in a new version; one that is only read anew keeps its properties."""
    event = write.event
    if write.reread:
        return {"id": event.id, "props": None, "ended": None}
    props: Row = {
        "id": event.id,
        "version": known.version + 1,
        "given_version": event.given_version or known.given_version,
        "content_hash": write.content_hash,
        "hashes": [*known.hashes, write.content_hash],
        "title": event.title,
        "text": event.text,
        "precision": event.precision,
        "ts": epoch_ms(event.occurred_at),
        "category": event.category,
        "code": event.code,
        "impact": event.impact,
        "confidence": event.confidence,
        "count": event.count,
        "story": event.story,
        "boarded": None if write.boarded else False,
        "change": change,
    }
    told = {name: value for name, value in props.items() if value is not None}
    return {"id": event.id, "props": told, "ended": epoch_ms(event.ended_at) if event.ended_at else None}


def mention_row(write: EventWrite, placed: Placed, name: int) -> Told:
    """A mention edge by place as `write/events` takes it; `name` is the place of its alias and entity in the batch's
    list of them.

    What says nothing is None and not kept: half of what an edge costs is the bytes of its properties.
    """
    mention = placed.mention
    return _short(
        [
            mention.w.value,
            name,
            mention.id(write.event.id),
            mention.surface,
            weight(write, placed),
            mention.role or None,
            mention.relevance if mention.relevance != 1.0 else None,
            placed.score if placed.score != 1.0 else None,
            mention.alias0 if mention.alias0 != placed.alias else None,
            mention.risk,
            mention.sanctions or None,
            sanctioned(mention.sanctions) if mention.sanctions else None,
            True if mention.untyped else None,
        ]
    )


def name_row(alias: str, node: str, entity: str) -> Told:
    """An alias and its entity, which many mentions of a batch share: element id of the entity, kid, aid, alias key."""
    return [node, short_id(entity), short_id(alias), alias]


def _short(row: Told) -> Told:
    """Without the end that says nothing: a list in Cypher is NULL behind its end."""
    while row[-1] is None:
        row.pop()
    return row


def document_row(document: Document) -> Row:
    """A report, with who published it."""
    source = document.source
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "source": source.name if source else None,
        "source_id": source.id if source else None,
        "reliability": source.reliability if source else None,
    }


def weight(write: EventWrite, placed: Placed) -> float:
    """Weight of a mention on the boards: 1 x relevance x reliability of the best source (1 when none is told)."""
    documents = write.event.documents
    best = max((d.source.reliability for d in documents if d.source), default=1.0) if documents else 1.0
    return best * placed.mention.relevance
