"""Kinds of entities that became others: written, and told in history."""

from collections.abc import Mapping
from datetime import datetime

from graph import history
from graph.batch import Kind
from graph.database import Row, Transaction
from graph.entity import label_of
from graph.history import Changed
from graph.queries import statement
from graph.standing import Standing


def rekind(tx: Transaction, kinds: Mapping[str, Kind], before: Standing, now: datetime) -> list[Changed]:
    """Writes kinds that became others on entities that were there before; answers what changed."""
    changed: list[Row] = []
    told: list[Changed] = []
    for key, kind in kinds.items():
        known = before.entities.get(key)
        if known is None or (known.kind, known.kind_source) == (kind.kind, kind.source):
            continue
        label = label_of(kind.kind, kind.family)
        changed.append({"key": key, "label": label, "kind": kind.kind, "kind_source": kind.source})
        told += history.of_kind(key, (known.kind, known.kind_source), (kind.kind, kind.source))
    if changed:
        tx.rows(statement("write/entity_kinds"), {"rows": changed, "at": now})
    return told
