"""The audit log: who changed what; whether it is whole."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import NoQuery, Paged, Wired
from api.shapes.audit import AskedAudit, AuditOut, HeadOut, RecordOut, VerdictOut
from graph import audit

router = scoped_router("audit")
ADMIN = needs(Scope.ADMIN)
VERIFY_SECONDS = 120.0


@router.get("/api/audit", operation_id="listAudit", openapi_extra=ADMIN, responses=declared())
def list_audit(asked: Annotated[AskedAudit, Query()], services: Wired, pages: Paged) -> AuditOut:
    """Who changed what, the last first."""
    start = pages.start({}, asked.cursor)
    rows = audit.recent(services.database, asked.limit + 1, start[0] if start else None)
    items = [RecordOut(**row) for row in rows[: asked.limit]]
    return AuditOut(items=items, next_cursor=pages.next({}, (items[-1].n,) if len(rows) > asked.limit else None))


@router.get(
    "/api/audit/head",
    operation_id="getAuditHead",
    openapi_extra=ADMIN,
    responses=declared(),
    dependencies=[NoQuery],
)
def get_head(services: Wired) -> HeadOut:
    """The number and hash of the last record, to be kept elsewhere."""
    return HeadOut.model_validate(audit.head(services.database))


@router.get(
    "/api/audit/verify",
    operation_id="verifyAudit",
    openapi_extra=needs(Scope.ADMIN, seconds=VERIFY_SECONDS),
    responses=declared(),
    dependencies=[NoQuery],
)
def verify_audit(services: Wired) -> VerdictOut:
    """Reads the whole log and tells the first record that is wrong."""
    found = audit.verify(audit.records(services.database))
    return VerdictOut(
        whole=found.broken_at is None,
        records=found.records,
        head=HeadOut.model_validate(found.head),
        broken_at=found.broken_at,
        reason=found.reason,
    )
