"""The extraction API as doors take and show it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import Asked, Told

CONTENT_LENGTH = 500_000
PROCESS_EXAMPLE: dict[str, Any] = {
    "content": "Mira Castellan signed an agreement with Norway in Varna on Tuesday.",
    "extraction_config": {"confidence_threshold": 0.7, "enable_deduplication": True, "include_audit_trail": False},
}
JUDGE_EXAMPLE: dict[str, Any] = {
    "verdict": "negative",
    "pages": ["0f3a5b8a7c6f4e3d9c4b5a69788796a5"],
    "others": ["1f3a5b8a7c6f4e3d9c4b5a69788796a5"],
    "reason": "another storm",
}


class ExtractionConfigIn(BaseModel):
    """How the text is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confidence_threshold: float = Field(0.7, ge=0, le=1, description="Entities below it are not told.")
    enable_deduplication: bool = Field(True, description="Names of one entity are told as one.")
    include_audit_trail: bool = Field(False, description="What became of each entity is told with it.")


class ProcessIn(BaseModel):
    """A text to be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    content: str = Field(max_length=CONTENT_LENGTH)
    source_id: str | None = Field(
        None, max_length=1_000, description="Id of a document that has this text, or the name of its publisher."
    )
    extraction_config: ExtractionConfigIn = Field(default_factory=lambda: ExtractionConfigIn.model_validate({}))


class ExtractedOut(Told):
    """An entity found in the text. `metadata` tells its name, how it is written, where it first stands, the factors of
    its confidence, and the document that keeps it."""

    entity_id: str
    type: str
    confidence_score: float
    canonical_key: str
    metadata: dict[str, Any]


class ProcessingMetricsOut(Told):
    """What it took."""

    extraction_time_ms: float
    entities_processed: int
    cache_hit_rate: float


class ProcessedOut(Told):
    """What came of the text."""

    extraction_id: str
    entities_extracted: list[ExtractedOut]
    processing_metrics: ProcessingMetricsOut


class AuditedOut(ExtractedOut):
    """An entity with what became of it, newest first."""

    audit_trail: list[dict[str, Any]]
    hierarchy_path: list[str]
    created_at: datetime | None
    updated_at: datetime | None


class RelatedOut(Told):
    """A related entity; the confidence is the mean of both ends, above .7."""

    entity_id: str
    relationship_type: str
    relationship_confidence: float


class EntityViewOut(Told):
    """An entity with those related to it."""

    entity: AuditedOut
    related_entities: list[RelatedOut]


class ExtractionStatisticsOut(Told):
    """What the graph holds. `deduplication_rate` is the share of names that are another name's entity."""

    total_entities: int
    entities_by_type: dict[str, int]
    average_confidence: float
    deduplication_rate: float


class PerformanceMetricsOut(Told):
    """What this process did: means of its last 1,000 texts, texts a second within the last minute."""

    extraction_latency_ms: float
    throughput_rps: float
    cache_hit_rate: float


class StatsOut(Told):
    """Totals and performance."""

    extraction_statistics: ExtractionStatisticsOut
    performance_metrics: PerformanceMetricsOut


class EventJudgementIn(BaseModel):
    """A word on pages: `positive`, all tell of one event; `negative`, `pages` of another one than `others`. An event's
    id stands for its pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: str = Field(pattern="^(positive|negative)$")
    pages: list[str] = Field(min_length=1, max_length=100)
    others: list[str] = Field(default=[], max_length=100)
    reason: str = Field("", max_length=500)


class RegroupedOut(Told):
    """What became of the events; `decision` undoes it."""

    decision: str
    formed: list[str]
    updated: list[str]
    merged: list[str]
    supported: list[str]


class AskedEventJudgements(Asked):
    """Which judgements to list."""

    verdict: str | None = Field(None, pattern="^(positive|negative|unsure)$", description="Only these.")
    limit: int = Field(50, ge=1, le=200)


class EventJudgementOut(Told):
    """A live judgement on two documents; `unsure` ones wait for a person."""

    id: str
    a: str
    b: str
    a_title: str | None
    b_title: str | None
    verdict: str
    by: str
    author: str
    reason: str
    score: float
    decision: str
    at: datetime | None


class EventJudgementsOut(Told):
    """Judgements, those least sure of first."""

    items: list[EventJudgementOut]
