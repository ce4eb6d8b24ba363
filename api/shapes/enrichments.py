"""What is asked to be looked up elsewhere."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.shapes.common import Key

MOST = 100
ENRICHMENT_EXAMPLE: dict[str, Any] = {"keys": ["9f2c" * 16]}


class EnrichmentIn(BaseModel):
    """Entities that are to be looked up: `keys`, or the `top` ones told most that have no item yet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: list[Key] | None = Field(None, min_length=1, max_length=MOST)
    top: int | None = Field(None, ge=1, le=1_000)

    @model_validator(mode="after")
    def _one(self) -> "EnrichmentIn":
        if (self.keys is None) == (self.top is None):
            raise ValueError("say which entities: keys, or top")
        return self
