"""The batch as doors take and show it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import Key, Told
from ingest.dedupe_asked import Engine, Strategy

DEDUPE_EXAMPLE: dict[str, Any] = {"kind": "person", "full": False, "strategy": "highest_confidence"}
DEDUPLICATE_EXAMPLE: dict[str, Any] = {
    "entity_ids": ["9f2c" * 16, "51aa" * 16],
    "similarity_threshold": 0.8,
    "merge_strategy": "highest_confidence",
}


class DedupeIn(BaseModel):
    """What a run of the batch is to do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str | None = Field(None, max_length=50, description="Only names of this kind: person, organization, place.")
    full: bool = Field(False, description="Work everything out again.")
    dry_run: bool = Field(False, description="Report alone; write nothing.")
    strategy: Strategy = Field(Strategy.HIGHEST_CONFIDENCE, description="What joined entities are called.")
    engine: Engine = Field(Engine.DEDUPE, description="Who compares; `splink` wants the extra of that name.")


class DeduplicateIn(BaseModel):
    """Entities to be compared with each other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entity_ids: list[Key] = Field(min_length=2, max_length=100)
    similarity_threshold: float = Field(0.8, ge=0.5, le=1.0, description="Least calibrated probability.")
    merge_strategy: Strategy = Strategy.HIGHEST_CONFIDENCE


class AuditOut(Told):
    """One judgement that joined two names."""

    aliases: list[str]
    verdict: str
    by: str
    score: float
    reason: str
    decision: str
    change: int | None


class DeduplicationOut(Told):
    """Entities that became one."""

    canonical_entity: str
    merged_entities: list[str]
    similarity_score: float = Field(description="Probability of the weakest pair that holds it together.")
    audit_trail_entries: list[AuditOut]


class DeduplicatedOut(Told):
    """What became of the entities; those that are in no row stayed as they were."""

    deduplication_results: list[DeduplicationOut]
