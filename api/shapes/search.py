"""The search box as doors show it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from api.shapes.common import MOST, AskedKind, Instant, Key, SomeText, Told, Until
from api.shapes.entities import EntityOut


class AskedSearch(AskedKind):
    """A text, and what the entities found must meet."""

    q: SomeText = Field(description="The beginning of a name, or words of it, in any script, with or without slips.")
    preset: Literal["balanced", "exact", "forgiving"] = Field("balanced", description="How much slips count.")
    since: Instant | None = Field(None, description="Mentioned from here on.")
    until: Until | None = Field(None, description="Mentioned up to here, included: a date to the end of its day.")
    place: Key | None = Field(None, description="Mentioned in an event at this place, or at one that lies in it.")
    near: str | None = Field(
        None, pattern=r"^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$", description="Lies near: latitude,longitude in degrees."
    )
    km: float | None = Field(None, gt=0, le=20_100, description="Kilometres from there at most, 50 if not said.")
    limit: int = Field(20, ge=1, le=MOST)

    @model_validator(mode="after")
    def _a_point(self) -> Self:
        if self.km is not None and self.near is None:
            raise ValueError("km goes with near")
        if self.near is not None and (abs(self.point[0]) > 90 or abs(self.point[1]) > 180):
            raise ValueError("near is no point of the earth")
        return self

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude of `near`."""
        latitude, _, longitude = (self.near or "0,0").partition(",")
        return float(latitude), float(longitude)


class HitOut(EntityOut):
    """An entity, with its score (of use for order alone) and its rank in each list that found it."""

    score: float
    ranks: dict[str, int]


class HitsOut(Told):
    """Entities, best first; `cut` when more were found than are looked at."""

    items: list[HitOut]
    cut: bool
