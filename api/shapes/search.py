"""The search box as doors show it."""

from typing import Literal

from pydantic import Field

from api.shapes.common import MOST, AskedKind, AskedThen, Instant, Key, NearPoint, SomeText, Told, Until
from api.shapes.entities import EntityOut


class AskedSearch(AskedKind, NearPoint, AskedThen):
    """A text, and what the entities found must meet."""

    q: SomeText = Field(description="The beginning of a name, or words of it, in any script, with or without slips.")
    preset: Literal["balanced", "exact", "forgiving", "about"] = Field(
        "balanced", description="How much slips count, and profiles where an embedder is set: `about` asks these first."
    )
    since: Instant | None = Field(None, description="Mentioned from here on.")
    until: Until | None = Field(None, description="Mentioned up to here, included: a date to the end of its day.")
    place: Key | None = Field(None, description="Mentioned in an event at this place, or at one that lies in it.")
    limit: int = Field(20, ge=1, le=MOST)


class HitOut(EntityOut):
    """An entity, with its score (of use for order alone) and its rank in each list that found it."""

    score: float
    ranks: dict[str, int]


class HitsOut(Told):
    """Entities, best first; `cut` when more were found than are looked at."""

    items: list[HitOut]
    cut: bool
