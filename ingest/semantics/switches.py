"""What may be turned off, or be on for a share of contents alone: the same contents always, by their hash."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ingest.semantics.options import SemanticOptions


class Switch(StrEnum):
    """The switches by name."""

    EXTRACTION = "entity_extraction_v1"
    CALIBRATION = "confidence_calibration"
    DEDUPLICATION = "deduplication_v1"
    RELATIONSHIPS = "5w_relationship_analysis"
    MODEL = "llm_pages"
    """Where a language model is set: pages that it reads, too."""


@dataclass(frozen=True, slots=True)
class Switches:
    """Share of contents that each switch is on for, 0 (off) to 1; one that is not told is on."""

    shares: Mapping[str, float] = field(default_factory=dict[str, float])

    def share(self, switch: Switch) -> float:
        """0..1."""
        return self.shares.get(switch, 1.0)

    def on(self, switch: Switch, content: str) -> bool:
        """Whether it is on for this content (a text, a hash, an id): the same answer whenever it is asked."""
        share = self.share(switch)
        if share >= 1.0:
            return True
        return share > 0.0 and _place(switch, content) < share

    def calibrated(self, options: SemanticOptions, content: str) -> SemanticOptions:
        """The options, with confidences bare where calibration is off for this content."""
        return options if self.on(Switch.CALIBRATION, content) else replace(options, calibrated=False)


def _place(switch: Switch, content: str) -> float:
    """0..1, even over contents, another for each switch."""
    digest = hashlib.sha256(f"{switch}\u241f{content}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
