"""Who published, and how far it is to be trusted."""

import hashlib

from pydantic import BaseModel, ConfigDict, Field


class Source(BaseModel):
    """A publisher. `reliability` is 0..1 and scales the weight of every mention it reports; 1 when nothing is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    reliability: float = Field(default=1.0, ge=0, le=1)

    @property
    def id(self) -> str:
        """Hash of the name, case folded. 32 hex digits."""
        return hashlib.sha256(self.name.casefold().encode()).hexdigest()[:32]
