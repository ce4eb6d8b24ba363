"""What the extraction API is asked and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Config:
    """How a text is to be read: least confidence told, whether names of one entity are one, whether history is told."""

    threshold: float = 0.7
    deduplicate: bool = True
    audit: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An entity found in a text."""

    entity_id: str
    type: str
    confidence_score: float
    canonical_key: str
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one text."""

    extraction_id: str
    entities: list[Found]
    milliseconds: float
    cache_hit_rate: float


@dataclass(frozen=True, slots=True)
class RelatedTo:
    """A related entity: causal, temporal or spatial, and how sure both ends are on average."""

    entity_id: str
    relationship_type: str
    relationship_confidence: float


@dataclass(frozen=True, slots=True)
class Detail:
    """An entity as the API tells it."""

    entity_id: str
    type: str
    confidence_score: float
    canonical_key: str
    metadata: dict[str, Any]
    audit_trail: list[dict[str, Any]]
    hierarchy_path: list[str]
    created_at: datetime | None
    updated_at: datetime | None
    related: list[RelatedTo] = field(default_factory=list[RelatedTo])


@dataclass(frozen=True, slots=True)
class Stats:
    """What the graph holds and what this process did."""

    total_entities: int
    entities_by_type: dict[str, int]
    average_confidence: float
    deduplication_rate: float
    extraction_latency_ms: float
    throughput_rps: float
    cache_hit_rate: float
