"""What became different between two times, as doors show it, and what may be asked."""

from datetime import datetime
from typing import Literal

from pydantic import AliasChoices, ConfigDict, Field

from api.shapes.common import MOST, Asked, AskedKind, Instant, Told
from api.shapes.entities import AliasOut, EntityDetailOut, TimelineRowOut
from resolution.past.differing import Between, Clock


class AskedBetween(Asked):
    """Two times, and which clocks are set to them."""

    model_config = ConfigDict(populate_by_name=True)

    start: Instant = Field(alias="from", description="The first time.")
    end: Instant = Field(alias="to", description="The later one.")
    by: list[Clock] = Field(
        default_factory=lambda: [Clock.AS_OF],
        min_length=1,
        description="Clocks that are set to them; the others stand at now. `as_of`: what happened between, `known_at`:"
        " what was recorded between, `identity_at`: who was taken for whom. All three: two days as they were.",
    )

    @property
    def between(self) -> Between:
        """The two times. Raises InvalidInput."""
        return Between(self.start, self.end, tuple(dict.fromkeys(self.by)))


class AskedLandscape(AskedBetween, AskedKind):
    """Of which board."""

    metric: Literal["mentions", "risk", "sanctions"] = "mentions"
    half_life: Literal["1d", "7d", "30d"] = "7d"
    limit: int = Field(50, ge=1, le=MOST, description="The best of each time that are told.")


class AskedEntityDiff(AskedBetween):
    """How much is told."""

    limit: int = Field(20, ge=1, le=MOST, description="Companions and events at most.")


class MovedOut(Told):
    """An entity on either board: ranks from 1, null where it was not on it; `was` are keys that it went by before."""

    key: str
    name: str
    kind: str
    was: list[str]
    rank_before: int | None
    rank_after: int | None
    score_before: float
    score_after: float


class LandscapeDiffOut(Told):
    """The best of both boards, best of the later one first, then who left; `entered` and `left` count all."""

    before: datetime
    after: datetime
    change: int
    total_before: int
    total_after: int
    entered: int
    left: int
    items: list[MovedOut] = Field(validation_alias=AliasChoices("rows", "items"))


class ShiftOut(Told):
    """Something told of an entity that became another; null is "there was none"."""

    field: str
    before: str | float | bool | list[str] | list[float] | None
    after: str | float | bool | list[str] | list[float] | None


class CompanionOut(Told):
    """Somebody it is named with: distinct events that name both, at both times."""

    key: str
    name: str
    kind: str
    n_before: int
    n_after: int


class EntityDiffOut(Told):
    """One entity at two times; `before` or `after` is null where nothing of it was there. Not `exact`: it has more
    mentions than companions are counted over, so their numbers are of its newest. `events` happened between."""

    key: str
    name: str
    kind: str
    change: int
    before: EntityDetailOut | None
    after: EntityDetailOut | None
    shifts: list[ShiftOut]
    names_gained: list[AliasOut]
    names_lost: list[AliasOut]
    companions: list[CompanionOut]
    exact: bool
    events: list[TimelineRowOut]
