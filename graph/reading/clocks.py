"""The three clocks of a read: what had happened, what had been recorded, who was taken for whom."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graph.moment import from_epoch_ms
from graph.reading.instants import to_time

LAST = datetime(9999, 12, 31, tzinfo=UTC)
"""Nothing is recorded later: as `known_at` it asks for what is live."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Times that a read is true at; None is now. `as_of`: only what had happened by then. `known_at`: as it was
    recorded then, in the versions of then. `identity_at`: by the judgements that stood then."""

    as_of: datetime | None = None
    known_at: datetime | None = None
    identity_at: datetime | None = None

    @property
    def remembers(self) -> bool:
        """Whether former records or former identities are asked for, which no live index tells of."""
        return self.known_at is not None or self.identity_at is not None

    @property
    def past(self) -> bool:
        """Whether any clock is set."""
        return self.remembers or self.as_of is not None

    @property
    def known(self) -> datetime:
        """When it had been recorded."""
        return self.known_at or LAST

    @property
    def until(self) -> int:
        """Epoch milliseconds of the last that had happened."""
        return to_time(self.as_of)

    def moment(self, now: int) -> int:
        """Epoch milliseconds at which a score is told: `as_of`, else `now`."""
        return self.until if self.as_of else now

    def of(self, at: int) -> "Clocks":
        """The same with `as_of` at a time in epoch milliseconds."""
        return replace(self, as_of=from_epoch_ms(at))
