"""A batch made ready outside the gate: the rows of its statements, and what it adds to counts. Pure.

The gate is held for as long as the slowest writer takes, so nothing is computed under it that can be computed before.
"""

from dataclasses import dataclass, field

from graph import rows
from graph.batch import Batch, EventWrite
from graph.counts import Gain, gained
from graph.document import Document
from graph.rows import Row, Told


@dataclass(slots=True)
class Draft:
    """What `graph.store.write` takes. It writes nothing into it that a second try could trip over."""

    batch: Batch
    change: int
    entities: dict[str, Gain]
    aliases: dict[str, Gain]
    events: list[Told] = field(default_factory=list[Told])
    """New events."""
    again: list[Row] = field(default_factory=list[Row])
    """Events that the graph has already."""
    names: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    """Aliases with their entities (keys), and the place at which mentions name the two."""
    documents: list[Row] = field(default_factory=list[Row])
    """Reports with who published them; one place for each, at which events name it."""
    reports: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    """New versions of events, and the place of what reported them."""


def draft(batch: Batch, change: int) -> Draft:
    """Makes a batch ready to be written as this change number."""
    made = Draft(batch, change, *gained(batch.events))
    places: dict[Document, int] = {}
    for write in batch.events:
        mentions = [_mention(made, write, at) for at in range(len(write.placed))]
        documents = [] if write.reread else [_document(made, places, one) for one in write.event.documents]
        if write.known is None:
            made.events.append(rows.event_row(write, mentions, documents))
        else:
            made.again.append(rows.event_again_row(write, write.known, change) | {"mentions": mentions})
            made.reports += [(write.event.id, document) for document in documents]
    return made


def _mention(made: Draft, write: EventWrite, at: int) -> Told:
    placed = write.placed[at]
    return rows.mention_row(write, placed, made.names.setdefault((placed.alias, placed.entity), len(made.names)))


def _document(made: Draft, places: dict[Document, int], document: Document) -> int:
    place = places.get(document)
    if place is None:
        place = places[document] = len(made.documents)
        made.documents.append(rows.document_row(document))
    return place
