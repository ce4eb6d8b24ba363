"""Facts: what holds of an entity, what is contested, what superseded what; and the predicates that decide it."""

from typing import Annotated

from fastapi import Depends, Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Wired
from api.services import Services
from api.shapes.common import EntityKey
from api.shapes.facts import (
    DECLARE_EXAMPLE,
    JUDGE_EXAMPLE,
    AskedFactJudgements,
    AskedFacts,
    DeclaredOut,
    FactJudgedOut,
    FactJudgementIn,
    FactJudgementOut,
    FactJudgementsOut,
    FactsOut,
    JudgementId,
    PredicateIn,
    PredicateName,
    PredicateOut,
    PredicatesOut,
)
from graph.database import Row
from graph.fact_ledger import FactLedger
from graph.judgement import Verdict
from graph.predicate import Predicate
from graph.reading.facts import Asked, fact_judgements, predicates
from resolution.past.at import facts_at

router = scoped_router("facts")
READ = needs(Scope.READ)


@router.get("/api/entities/{key}/facts", operation_id="getFacts", openapi_extra=READ, responses=declared(404))
def get_facts(key: EntityKey, asked: Annotated[AskedFacts, Query()], services: Wired) -> FactsOut:
    """What holds of an entity, now or as of a time; contested facts come with their other sides."""
    which = Asked(asked.predicate, asked.every, asked.limit)
    return FactsOut.model_validate(facts_at(services.database, key, services.clock(), asked.clocks, which))


@router.get("/api/fact-judgements", operation_id="listFactJudgements", openapi_extra=READ, responses=declared())
def list_fact_judgements(asked: Annotated[AskedFactJudgements, Query()], services: Wired) -> FactJudgementsOut:
    """Which facts superseded others, by rule or by the word of persons."""
    rows = fact_judgements(services.database, asked.predicate, revoked=asked.revoked, limit=asked.limit)
    return FactJudgementsOut(items=[FactJudgementOut.model_validate(row) for row in rows])


@router.post(
    "/api/fact-judgements",
    operation_id="postFactJudgement",
    status_code=201,
    openapi_extra=needs(Scope.REVIEW, requestBody=described(FactJudgementIn, JUDGE_EXAMPLE)),
    responses=declared(404, 408, 413),
    dependencies=[NoQuery],
)
def post_fact_judgement(
    asked: Annotated[FactJudgementIn, Depends(body_of(FactJudgementIn))], author: Author, services: Wired
) -> FactJudgedOut:
    """Tells that one fact superseded another, or did not."""
    return _judged(_ledger(services).judge(asked.older, asked.newer, Verdict(asked.verdict), author, asked.reason))


@router.delete(
    "/api/fact-judgements/{id}",
    operation_id="deleteFactJudgement",
    openapi_extra=needs(Scope.REVIEW),
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def delete_fact_judgement(id: JudgementId, author: Author, services: Wired) -> FactJudgedOut:  # noqa: A002 (the path names it)
    """Takes a judgement back. Of one by rule the caller's word stays that it is not so."""
    return _judged(_ledger(services).undo(id, author))


@router.get(
    "/api/predicates", operation_id="listPredicates", openapi_extra=READ, responses=declared(), dependencies=[NoQuery]
)
def list_predicates(services: Wired) -> PredicatesOut:
    """What predicates declare: only this decides whether two facts contradict each other."""
    return PredicatesOut(items=[PredicateOut.model_validate(one) for one in predicates(services.database)])


@router.put(
    "/api/predicates/{name}",
    operation_id="putPredicate",
    openapi_extra=needs(Scope.REVIEW, requestBody=described(PredicateIn, DECLARE_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def put_predicate(
    name: PredicateName, asked: Annotated[PredicateIn, Depends(body_of(PredicateIn))], services: Wired
) -> DeclaredOut:
    """Declares a predicate; the facts that have it are settled anew."""
    told = Predicate(name=name, cardinality=asked.cardinality, scope=asked.scope)
    return DeclaredOut(**told.model_dump(), changed=_ledger(services).declare(told))


def _ledger(services: Services) -> FactLedger:
    return FactLedger(services.database, services.clock)


def _judged(made: Row | None) -> FactJudgedOut:
    return FactJudgedOut.model_validate(made or dict.fromkeys(FactJudgedOut.model_fields))
