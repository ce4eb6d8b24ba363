"""Who was who at a past time: the partition of the judgements that stood then. Pure, as the ledger forgets nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from graph.judgement import Judgement
from resolution.clusters import partition


def stood(judgement: Judgement, at: datetime) -> bool:
    """Whether a judgement stood at that time: made by then, and not yet taken back."""
    made = judgement.at is not None and judgement.at <= at
    return made and (judgement.revoked_at is None or judgement.revoked_at > at)


def replay(born: Mapping[str, int], judgements: Iterable[Judgement], at: datetime) -> dict[str, str]:
    """Entity key of each alias key in `born` as of that time."""
    then = (j.model_copy(update={"revoked_at": None}) for j in judgements if stood(j, at))
    return partition(born, then)
