"""Questions and answers as doors show them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.ask.asking import LENGTH
from api.ask.question import Slot, Template
from api.shapes.causes import ReportedOut
from api.shapes.common import MOST, Instant, Told
from graph.reading.clocks import Clocks

ASK_EXAMPLE: dict[str, Any] = {"question": "Who connects Tomas Riel and Kestrel Bank?"}


def _some(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return value


class AskIn(BaseModel):
    """A question, and as of when it is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(min_length=1, max_length=LENGTH), AfterValidator(_some)]
    as_of: Instant | None = Field(None, description="Only what had happened by then.")
    known_at: Instant | None = Field(None, description="As it was recorded then, in the versions of then.")
    identity_at: Instant | None = Field(None, description="Who was who then, by the judgements that stood.")
    limit: int = Field(50, ge=1, le=MOST, description="Events that a list tells at most, the newest.")

    @property
    def clocks(self) -> Clocks:
        """The three clocks."""
        return Clocks(self.as_of, self.known_at, self.identity_at)


class MeantEntityOut(Told):
    """An entity that a name of the question may mean."""

    key: str
    name: str


class MeantOut(Told):
    """A name of the question, with whom it was taken for; several where the name tells no more."""

    text: str
    entities: list[MeantEntityOut]


class UnderstoodOut(Told):
    """How the question was read: its template, what it asks for, its names and words, and the time that it is about."""

    template: Template
    slot: Slot
    names: list[MeantOut]
    words: list[str]
    since: datetime | None
    until: datetime | None
    as_of: datetime | None


class SentenceOut(Told):
    """A statement with the events and documents that say so; `at` is when it happened. `role`: what it tells."""

    text: str
    at: datetime | None
    events: list[str]
    documents: list[str]
    role: Literal["event", "cause", "consequence", "step", "company", "board", "fact", "contested"]


class CitationOut(Told):
    """An event that the answer rests on, and documents that reported it."""

    event: str
    title: str
    occurred_at: datetime | None
    precision: str | None
    documents: list[ReportedOut]


class TableOut(Told):
    """A small table beside the sentences."""

    columns: list[str]
    rows: list[list[str | int | float | None]]


class StepOut(Told):
    """A step of a path: the `n` events that name both ends, and the ids of those told."""

    start: MeantEntityOut
    end: MeantEntityOut
    n: int
    events: list[str]


class AnswerOut(Told):
    """An answer. Not `answered`: `reason` says what is lacking, and nothing is claimed. `at_least`: more events fit
    than were looked at or are told. True at `change`."""

    question: str
    answered: bool
    text: str
    reason: str
    understood: UnderstoodOut
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    table: TableOut | None
    path: list[StepOut]
    at_least: bool
    change: int
    took_ms: float
    composed_by: Literal["extraction", "model", "query"] = Field(
        description="Who made it: `model` put this evidence into words; `query`: a model's query chose the events."
    )
    removed: int = Field(description="Statements of the model that the evidence did not bear: they are not here.")
    warnings: list[str]
