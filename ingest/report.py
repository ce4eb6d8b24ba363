"""What an ingest did, record by record counted."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reject:
    """One record that was set aside: its position from 1, its id where it had one, the field at fault, the reason."""

    position: int
    id: str | None
    field: str
    reason: str


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

    @property
    def records(self) -> int:
        """Records seen."""
        return self.events_new + self.events_changed + self.events_unchanged + self.rejected
