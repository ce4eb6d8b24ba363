"""What event forming did, and how it writes: small things that its parts share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from graph.database import Transaction
from graph.numbering import take_number
from ingest.report import Report
from ingest.shapes import Raw


class Ingest(Protocol):
    """The pipeline."""

    def ingest(self, records: Iterable[tuple[int, Raw]], /) -> Report: ...


@dataclass(slots=True)
class Outcome:
    """Pages and groups looked at; events formed, written anew, emptied (they went into others), and such of others that
    claims support now; pairs of pages that a person may be asked about."""

    pages: int = 0
    groups: int = 0
    formed: list[str] = field(default_factory=list[str])
    updated: list[str] = field(default_factory=list[str])
    merged: list[str] = field(default_factory=list[str])
    supported: list[str] = field(default_factory=list[str])
    candidates: int = 0

    def told(self) -> dict[str, int]:
        """As numbers, for a job's log."""
        lists = {"formed": self.formed, "updated": self.updated, "merged": self.merged, "supported": self.supported}
        numbers = {"pages": self.pages, "groups": self.groups, "candidates": self.candidates}
        return numbers | {name: len(found) for name, found in lists.items()}


def number(tx: Transaction, change: int, now: datetime, changed: Sequence[str], merged: Sequence[str] = ()) -> None:
    """Takes the change number for what the transaction wrote of these events; `merged` went into others."""
    told = {"new": [], "changed": list(changed), "merged": list(merged)}
    take_number(tx, change, now, {"events": told})
