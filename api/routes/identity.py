"""Why two are or are not one, and which entities an example may be."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import Depends, Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import body_of, described
from api.routes.wired import NoQuery, Wired
from api.shapes.common import EntityKey
from api.shapes.identity import (
    MATCH_EXAMPLE,
    AlgorithmOut,
    AskedExplanation,
    CandidateOut,
    ComparedOut,
    ExplainedOut,
    ExplanationOut,
    MatchIn,
    MatchOut,
    ThresholdsOut,
)
from api.shapes.merges import JudgementOut
from api.waterfall import waterfall
from graph.database import Row
from graph.errors import InvalidInput
from graph.reading.entities import entity_rows
from graph.reading.explain import facing
from ingest.matching import Candidate, Example, match_examples
from resolution.explaining import Compared, explain
from resolution.score import POSITIVE, UNSURE

router = scoped_router("identity")
READ = needs(Scope.READ)
ALGORITHM = "pentad-names"


@router.get(
    "/api/entities/{key}/explain/{other}", operation_id="explainPair", openapi_extra=READ, responses=declared(404)
)
def explain_pair(
    key: EntityKey, other: EntityKey, asked: Annotated[AskedExplanation, Query()], services: Wired
) -> ExplanationOut:
    """Why two keys are or are not one entity: judgements, scores of their likest names, what parts them."""
    found = facing(services.database, key, other)
    told = explain(found)
    return ExplanationOut(
        a=ExplainedOut.model_validate(found.a),
        b=ExplainedOut.model_validate(found.b),
        one=told.one,
        verdict=told.verdict,
        chain=[JudgementOut.model_validate(one) for one in told.chain],
        parting=[JudgementOut.model_validate(one) for one in told.parting],
        others=[JudgementOut.model_validate(one) for one in told.others],
        compared=[_compared(one, asked.picture) for one in told.compared],
    )


@router.post(
    "/api/match",
    operation_id="match",
    openapi_extra=needs(Scope.READ, requestBody=described(MatchIn, MATCH_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_match(asked: Annotated[MatchIn, Depends(body_of(MatchIn))], services: Wired) -> MatchOut:
    """Finds entities by example, many examples at once; writes nothing."""
    examples = [
        Example(_names(name, one.name, one.names), one.kind or "", one.limit or asked.limit, asked.threshold)
        for name, one in asked.queries.items()
    ]
    found = match_examples(services.judging, examples, explain=asked.explain or asked.picture)
    rows = entity_rows(services.database, list({one.alias_key: None for many in found for one in many}))
    results = {
        name: [_candidate(one, rows[one.alias_key], asked) for one in many if one.alias_key in rows]
        for name, many in zip(asked.queries, found, strict=True)
    }
    return MatchOut(algorithm=algorithm(), results=results)


@cache
def algorithm() -> AlgorithmOut:
    """What makes the scores: its version is a hash of the fitted tables."""
    digest = hashlib.sha256()
    for name in ("weights.json", "features/letters.json"):
        digest.update(files("resolution").joinpath(name).read_bytes())
    thresholds = ThresholdsOut(positive=POSITIVE, unsure=UNSURE)
    return AlgorithmOut(name=ALGORITHM, version=digest.hexdigest()[:12], thresholds=thresholds)


def _names(example: str, name: str | None, names: list[str]) -> list[str]:
    found = [*([name] if name is not None else []), *names]
    if not found:
        raise InvalidInput("takes a name", f"queries.{example}")
    return found


def _compared(one: Compared, picture: bool) -> ComparedOut:
    drawn = waterfall(one.a.name, one.b.name, one.log_odds, one.probability) if picture and one.log_odds else None
    return ComparedOut.model_validate(one).model_copy(update={"picture": drawn})


def _candidate(one: Candidate, row: Row, asked: MatchIn) -> CandidateOut:
    found = one.found
    picture = waterfall(one.name, one.alias, found.shares or {}, found.probability) if asked.picture else None
    return CandidateOut(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        mention_count=row["mentions"],
        alias=one.alias,
        alias_key=one.alias_key,
        asked=one.name,
        probability=round(found.probability, 6),
        verdict=found.verdict,
        why=found.why,
        features=found.features,
        log_odds=found.shares,
        picture=picture,
    )
