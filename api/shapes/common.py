"""What several doors share: keys, kinds, times, pages."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import Instant as ParsedInstant
from graph.moment import parse_instant
from graph.reading.clocks import Clocks

KEY = r"^[0-9a-f]{64}$"
EXAMPLE_KEY = "9f2c4e0d5b8a7c6f1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887"
MOST = 200
"""Rows that one page of any list may have."""

Key = Annotated[str, Field(pattern=KEY, description="Key of any alias: 64 hex digits.", examples=[EXAMPLE_KEY])]
EntityKey = Annotated[
    str, Path(pattern=KEY, description="Key of any alias that the entity has or ever had.", examples=[EXAMPLE_KEY])
]
Cursor = Annotated[str | None, Field(max_length=2_000, description="`next_cursor` of the page before.")]


class Kind(StrEnum):
    """What an entity can be; who, what, where, when, why, or not known."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    GROUP = "group"
    POLITICAL = "political"
    ECONOMIC = "economic"
    MILITARY = "military"
    DIPLOMATIC = "diplomatic"
    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    FACILITY = "facility"
    DATE = "date"
    TIME_RANGE = "time_range"
    RECURRING = "recurring"
    MOTIVE = "motive"
    CAUSE = "cause"
    JUSTIFICATION = "justification"
    UNSPECIFIED = "unspecified"


def _parsed(value: Any) -> ParsedInstant:
    if not isinstance(value, str):
        raise ValueError("is no ISO 8601 text")
    try:
        return parse_instant(value)
    except InvalidInput as error:
        raise ValueError(error.reason) from error


def _start(value: Any) -> datetime:
    return _parsed(value).at


def _end(value: Any) -> datetime:
    """A date is meant to the end of its day."""
    return _parsed(value).end


_ISO: dict[str, Any] = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
    "description": "ISO 8601; UTC where no zone is given.",
    "examples": ["2018-10-31"],
}
Instant = Annotated[datetime, BeforeValidator(_start), WithJsonSchema(_ISO)]
Until = Annotated[datetime, BeforeValidator(_end), WithJsonSchema(_ISO)]
AskedW = Annotated[W, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)]


def _some_text(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return value


SomeText = Annotated[
    str, Field(max_length=400, json_schema_extra={"minLength": 1, "pattern": r"\S"}), AfterValidator(_some_text)
]


class Asked(BaseModel):
    """Query parameters: an unknown one is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NearPoint(BaseModel):
    """Near a point of the earth."""

    near: str | None = Field(
        None, pattern=r"^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$", description="Lies near: latitude,longitude in degrees."
    )
    km: float | None = Field(None, gt=0, le=20_100, description="Kilometres from there at most, 50 if not said.")

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


class AskedThen(Asked):
    """As of when, by the three clocks; now where none is given."""

    as_of: Instant | None = Field(None, description="Only what had happened by then.")
    known_at: Instant | None = Field(None, description="As it was recorded then, in the versions of then.")
    identity_at: Instant | None = Field(None, description="Who was who then, by the judgements that stood.")

    @property
    def clocks(self) -> Clocks:
        """The three clocks."""
        return Clocks(self.as_of, self.known_at, self.identity_at)


class AskedKind(Asked):
    """A kind to keep to."""

    kind: Kind | None = Field(None, description="Only this kind.")
    type: Kind | None = Field(None, description="The same as `kind`.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.kind and self.type and self.kind != self.type:
            raise ValueError("kind and type say different things")
        return self

    @property
    def of_kind(self) -> str | None:
        """The kind asked for in either word."""
        wanted = self.kind or self.type
        return wanted.value if wanted else None


class Told(BaseModel):
    """An answer, made from the noun that a reading gives."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Page(Told):
    """A part of a list; `next_cursor` is null on the last one."""

    next_cursor: str | None = None
