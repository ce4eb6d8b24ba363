"""What an ingest did, record by record counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reject:
    """One record that was set aside: its position from 1, its id where it had one, the field at fault, the reason."""

    position: int
    id: str | None
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A field that was passed over in a record that was taken (only shapes that models write forgive that), and the
    beginning of what it held."""

    field: str
    example: str


@dataclass(slots=True)
class Warned:
    """How often a field was passed over, with the first record that had it as an example."""

    field: str
    count: int
    position: int
    example: str


WARNED = 100
"""Different fields that a report keeps apart; a record that invents field names cannot fill the memory."""


@dataclass(slots=True)
class Report:
    """Counts of one ingest. `change` is the number of the last batch it committed, 0 when it committed none;
    `names_matched` counts names that were new but joined a known entity, `review` names left unsure."""

    events_new: int = 0
    events_changed: int = 0
    events_unchanged: int = 0
    mentions: int = 0
    entities_new: int = 0
    names_matched: int = 0
    review: int = 0
    rejected: int = 0
    change: int = 0
    ids: list[str] = field(default_factory=list[str])
    """Ids of the first records taken, in order: at most as many as the caller keeps."""
    rejects: list[Reject] = field(default_factory=list[Reject])
    """The first rejects, at most as many as the caller keeps; all of them are passed to its listener."""
    warnings: dict[str, Warned] = field(default_factory=dict[str, Warned])
    """Fields that were passed over, by name."""

    @property
    def records(self) -> int:
        """Records seen."""
        return self.events_new + self.events_changed + self.events_unchanged + self.rejected

    def ignore(self, position: int, ignored: Iterable[Ignored]) -> None:
        """Counts the fields that were passed over in one record."""
        for one in ignored:
            known = self.warnings.get(one.field)
            if known is not None:
                known.count += 1
            elif len(self.warnings) < WARNED:
                self.warnings[one.field] = Warned(one.field, 1, position, one.example)
