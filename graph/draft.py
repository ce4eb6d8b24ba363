"""A batch made ready outside the gate: the rows of its statements, and what it adds to counts. Pure.

The gate is held for as long as the slowest writer takes, so nothing is computed under it that can be computed before.
"""

from dataclasses import dataclass

from graph import rows
from graph.batch import Batch
from graph.counts import Gain, gained
from graph.rows import Row, Told


@dataclass(slots=True)
class Draft:
    """What `graph.store.write` takes. It writes nothing into it that a second try could trip over."""

    batch: Batch
    change: int
    events: list[Told]
    """New events."""
    again: list[Row]
    """Events that the graph has already."""
    edges: list[tuple[Told, str]]
    """Each mention row with the key of its entity; the row gets the entity's element id under the gate."""
    reports: list[Row]
    entities: dict[str, Gain]
    aliases: dict[str, Gain]


def draft(batch: Batch, change: int) -> Draft:
    """Makes a batch ready to be written as this change number."""
    edges: list[tuple[Told, str]] = []
    events: list[Told] = []
    again: list[Row] = []
    for write in batch.events:
        mentions = [rows.mention_row(write, placed) for placed in write.placed]
        edges += zip(mentions, (placed.entity for placed in write.placed), strict=True)
        if write.known is None:
            events.append([*rows.event_row(write), mentions])
        else:
            again.append(rows.event_again_row(write, write.known, change) | {"mentions": mentions})
    reports = [row for write in batch.events if not write.reread for row in rows.document_rows(write)]
    return Draft(batch, change, events, again, edges, reports, *gained(batch.events))
