"""What reported an event."""

import hashlib

from pydantic import BaseModel, ConfigDict

from graph.source import Source


class Document(BaseModel):
    """A report: its address where it has one, and its publisher."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = None
    title: str | None = None
    source: Source | None = None

    @property
    def id(self) -> str:
        """Hash of the address; of publisher and title where there is no address. 32 hex digits."""
        publisher = self.source.name if self.source else ""
        return hashlib.sha256((self.url or f"{publisher}\u241f{self.title or ''}").encode()).hexdigest()[:32]
