"""Explanations and queries by example as doors take and show them."""

from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from api.shapes.common import Asked, Kind, SomeText, Told
from api.shapes.merges import JudgementOut


class AskedExplanation(Asked):
    """What is wanted beside the reasons."""

    picture: bool = Field(False, description="Also a waterfall of each pair of names, as SVG.")


class NamedAliasOut(Told):
    """One name."""

    key: str
    name: str
    family: str
    discriminator: str
    kind: str
    mentions: int


class ComparedOut(Told):
    """Two names with the probability that they are one thing's; `why` is the veto or rule that decided, empty when the
    table did; `log_odds` is what each feature added to it, `bias` where it started."""

    a: NamedAliasOut
    b: NamedAliasOut
    probability: float
    verdict: str
    why: str
    features: dict[str, float]
    log_odds: dict[str, float]
    picture: str | None = None


class ExplainedOut(Told):
    """An entity of an explanation."""

    key: str
    name: str
    kind: str
    version: int
    alias_count: int


class ExplanationOut(Told):
    """Why two keys are or are not one entity. `chain` leads from the first name to the second; `parting` are negatives
    between the two, `others` what else was judged; `compared` are their likest names, best first."""

    a: ExplainedOut
    b: ExplainedOut
    one: bool
    verdict: str
    chain: list[JudgementOut]
    parting: list[JudgementOut]
    others: list[JudgementOut]
    compared: list[ComparedOut]


class ExampleIn(BaseModel):
    """What is looked for: any of these names, of a kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: list[SomeText] = Field(
        default_factory=list[str], max_length=20, description="Names it goes by; the likest one counts."
    )
    name: SomeText | None = None
    kind: Kind | None = Field(
        None, validation_alias=AliasChoices("kind", "type"), description="Only names of this kind."
    )
    limit: int | None = Field(None, ge=1, le=50)


class MatchIn(BaseModel):
    """Examples by any key, all answered at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queries: dict[str, ExampleIn] = Field(min_length=1, max_length=100)
    limit: int = Field(5, ge=1, le=50, description="Entities for each example.")
    threshold: float = Field(0.5, ge=0, le=1, description="Probability below which nothing is told.")
    explain: bool = Field(False, description="Also what each feature added to the log-odds.")
    picture: bool = Field(False, description="Also a waterfall as SVG; explains as well.")


class ThresholdsOut(Told):
    """From which probability a pair is joined, and from which it is sent to review."""

    positive: float
    unsure: float


class AlgorithmOut(Told):
    """What made the scores: its name, the hash of its fitted tables, and its thresholds."""

    name: str
    version: str
    thresholds: ThresholdsOut


class CandidateOut(Told):
    """An entity that the example may be, by its likest name."""

    key: str
    name: str
    kind: str
    mention_count: int
    alias: str
    alias_key: str
    asked: str
    probability: float
    verdict: str
    why: str
    features: dict[str, float]
    log_odds: dict[str, float] | None = None
    picture: str | None = None


class MatchOut(Told):
    """Candidates of each example, most probable first."""

    algorithm: AlgorithmOut
    results: dict[str, list[CandidateOut]]


MATCH_EXAMPLE: dict[str, Any] = {
    "queries": {"q1": {"name": "N. Maduro", "kind": "person"}, "q2": {"names": ["IMF", "FMI"]}},
    "limit": 3,
    "explain": True,
}
