"""What a run of the batch is asked to do, and what it reports. Light to import: the batch itself is not."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from graph.errors import InvalidInput
from graph.keys import Family
from resolution.batch.subject import FAMILIES
from resolution.matching import FAMILIES as OF_KIND


class Strategy(StrEnum):
    """Which name stands for what was joined; the others stay its names, with all that was said of them."""

    HIGHEST_CONFIDENCE = "highest_confidence"
    """The name that is told most: what entities go by anyway."""
    MOST_COMPLETE = "most_complete"
    """The longest name."""


class Engine(StrEnum):
    """What compares the names and groups them."""

    DEDUPE = "dedupe"
    """Dedupe's model and clustering; works out only what is new."""
    SPLINK = "splink"
    """Splink's model in SQL, for graphs beyond Dedupe's reach; always works everything out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to do: names of one kind alone, everything worked out again (`full`), or nothing written (`dry_run`).
    `strategy` names what is joined.

    For Splink `out` is a folder that takes the names and the settings for another store, such as Spark, and `pairs` one
    with the pairs that it scored."""

    kind: str | None = None
    full: bool = False
    dry_run: bool = False
    cause: str = ""
    strategy: Strategy | None = None
    engine: Engine = Engine.DEDUPE
    out: Path | None = None
    pairs: Path | None = None

    @property
    def families(self) -> list[Family]:
        """Families that are thought through. Raises InvalidInput for a kind that is not compared."""
        if self.kind is None:
            return list(FAMILIES)
        family = OF_KIND.get(self.kind.strip().lower(), Family.UNSPECIFIED)
        if family not in FAMILIES:
            raise InvalidInput(f"{self.kind!r} is not compared; there are person, organization, place and their kinds")
        return [family]


@dataclass(slots=True)
class Report:
    """What a run did, or would do. `pairs` were brought together, `scored` of them by the model, `fresh` of these not
    known from before; `clusters` are groups of two names or more, `merges` entities that went into another,
    `splits` entities that fell apart, `review` pairs that persons are newly asked about, `placed` mentions of short or
    bare names that went to another name. `precision` is that which the model expects of its joins (mean probability),
    None where there is none."""

    run: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    pairs: int = 0
    scored: int = 0
    fresh: int = 0
    clusters: int = 0
    merges: int = 0
    splits: int = 0
    review: int = 0
    placed: int = 0
    made: int = 0
    revoked: int = 0
    precision: float | None = None
    labels: int = 0
    decisions: list[str] = field(default_factory=list[str])
    dry_run: bool = False
    engine: str = Engine.DEDUPE.value
