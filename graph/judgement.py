"""One decision of who is who: by whom, when, how sure, on what it rested. Revocable, never deleted."""

import hashlib
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    """What was decided of a pair."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Author(StrEnum):
    """Who decided, in rising order of authority: a person beats a rule, a rule the batch, the batch the online path."""

    ONLINE = "online"
    BATCH = "batch"
    RULE = "rule"
    PERSON = "person"

    @property
    def rank(self) -> int:
        """0 is asked first."""
        return {"person": 0, "rule": 1, "batch": 2, "online": 3}[self.value]


class Judgement(BaseModel):
    """A decision on (alias `a`, alias `b`), or, with `event` and `mention` set, a placement of that mention on `a`.

    `score` is a probability 0..1; `features` tells what it was made of; `rests_on` lists the alias keys whose presence
    or absence would make it be asked again. `change` is the change number of the batch that wrote it. `author` is who
    it was by name, `decision` the id of the decision that it is a part of; both may be empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: str
    b: str
    verdict: Verdict
    by: Author
    score: float = Field(ge=0, le=1)
    reason: str
    features: dict[str, float] = {}
    rests_on: tuple[str, ...] = ()
    event: str | None = None
    mention: str | None = None
    author: str = ""
    decision: str = ""
    at: datetime | None = None
    change: int = 0
    revoked_at: datetime | None = None

    @property
    def id(self) -> str:
        """Hash of subject, author, reason, change number and decision: the same word of the same batch is one row."""
        low, high = sorted((self.a, self.b))
        parts = (low, high, self.event or "", self.mention or "", self.by, self.reason, str(self.change))
        parts += (self.decision,) if self.decision else ()
        return hashlib.sha256("\u241f".join(parts).encode()).hexdigest()[:32]

    @property
    def is_placement(self) -> bool:
        """True when the subject is one mention, not a pair of aliases."""
        return self.mention is not None
