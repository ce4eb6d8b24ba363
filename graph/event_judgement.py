"""Whether two documents tell of one event: the ledger of events. Revocable, never deleted, as judgements of names are.

A document's report is to an event what an alias is to an entity: the atom. Which reports are one event is a pure
function of the reports and of the live judgements of persons; the batch only asks (`unsure`).
"""

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from graph.judgement import Author, Verdict
from graph.keys import UNIT_SEPARATOR


class EventJudgement(BaseModel):
    """A decision on documents `a` and `b` (`a` the smaller id): positive, one event; negative, two; unsure, asked.
    `decision` tells apart what one author says anew after taking it back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: str
    b: str
    verdict: Verdict
    by: Author
    score: float = Field(default=1.0, ge=0, le=1)
    reason: str = ""
    author: str = ""
    decision: str = ""
    at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""

    @property
    def id(self) -> str:
        """Hash of what is said, by whom, in which decision. 32 hex digits."""
        parts = (self.a, self.b, self.verdict, self.by, self.author, self.decision)
        return hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:32]
