"""Who was who at a past time: the partition of the judgements that stood then. Pure, as the ledger forgets nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from graph.judgement import Judgement, Verdict
from resolution.clusters import partition


def stood(judgement: Judgement, at: datetime) -> bool:
    """Whether a judgement stood at that time: made by then, and not yet taken back."""
    made = judgement.at is not None and judgement.at <= at
    return made and (judgement.revoked_at is None or judgement.revoked_at > at)


def foremost(placements: Iterable[Judgement]) -> Judgement | None:
    """Of judgements that put one mention on names the one that holds: that of the most authority, the latest among
    equals, one that is not committed yet being the latest; None where none is positive."""
    positive = [j for j in placements if j.verdict is Verdict.POSITIVE]
    return min(positive, key=lambda j: (j.by.rank, -(j.change or 1 << 62), j.id), default=None)


def replay(born: Mapping[str, int], judgements: Iterable[Judgement], at: datetime) -> dict[str, str]:
    """Entity key of each alias key in `born` as of that time."""
    then = (j.model_copy(update={"revoked_at": None}) for j in judgements if stood(j, at))
    return partition(born, then)
