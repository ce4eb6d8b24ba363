"""What may be asked of an export."""

from typing import Literal, Self

from pydantic import Field, model_validator

from api.shapes.common import Asked, Instant, Key, Until


class AskedExport(Asked):
    """Everything, a period, or the surroundings of an entity."""

    format: Literal["graphml", "gexf", "csv", "ndjson", "jsonld", "geojson", "ftm", "stix"]
    entity: Key | None = Field(None, description="Only its neighbourhood and its newest 200 events.")
    depth: int = Field(1, ge=1, le=3, description="Steps from the entity.")
    since: Instant | None = Field(None, description="Events from here on.")
    until: Until | None = Field(None, description="Events up to here, included: a date to the end of its day.")

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        if self.entity is not None and (self.since or self.until):
            raise ValueError("an entity or a period, not both")
        if self.entity is None and "depth" in self.model_fields_set:
            raise ValueError("depth goes with an entity")
        return self
