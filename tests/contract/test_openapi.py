"""The HTTP door describes itself wholly: scopes, ids, problems, bounds."""

from typing import Any

import pytest
from fastapi import APIRouter

from api.access import NoScope, require_scopes, scope_of, scoped_router
from api.app import ROUTERS
from api.keys import Scope
from api.shapes.common import Kind
from graph.entity import KINDS, UNSPECIFIED
from tests.unit.api.made import made_app

OPENAPI: dict[str, Any] = made_app().openapi()
OPERATIONS = [
    pytest.param(operation, id=f"{method.upper()} {path}")
    for path, operations in OPENAPI["paths"].items()
    for method, operation in operations.items()
]
PUBLIC = {"livez", "readyz", "doors", "openapi"}


def test_version_is_3_1() -> None:
    assert OPENAPI["openapi"].startswith("3.1")


def test_every_route_declares_a_scope_and_only_health_needs_none() -> None:
    scopes = {route.operation_id: scope_of(route) for router in ROUTERS for route in router.routes}  # type: ignore[attr-defined]
    assert {name for name, scope in scopes.items() if scope is Scope.PUBLIC} == PUBLIC
    assert scopes["postEvents"] is Scope.WRITE
    assert all(name for name in scopes)


def test_route_without_a_scope_is_refused() -> None:
    forgotten, plain = scoped_router("x"), APIRouter()
    with pytest.raises(NoScope):
        forgotten.get("/x")(lambda: None)
    plain.get("/x")(lambda: None)
    with pytest.raises(NoScope):
        require_scopes([plain])


def test_operation_ids_are_unique() -> None:
    ids = [operation.values[0]["operationId"] for operation in OPERATIONS]  # type: ignore[index]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_is_described_with_its_problems(operation: dict[str, Any]) -> None:
    assert operation["summary"] and operation["tags"] and operation["x-scope"] in set(Scope)
    for status in ("401", "403", "422", "500", "503", "504"):
        content = operation["responses"][status]["content"]
        assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert operation["security"] or operation["operationId"] in PUBLIC


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_can_be_named_by_a_key_tells_what_comes_of_a_key_that_named_another(operation: dict[str, Any]) -> None:
    named = any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", []))
    assert not named or {"408", "409", "413"} <= operation["responses"].keys()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_limits_are_bounded(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "limit":
            assert 1 <= parameter["schema"]["maximum"] <= 200


def test_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set[str]()
            return own.union(*(references(value) for value in part.values()))
        return set[str]().union(*(references(value) for value in part)) if isinstance(part, list) else set()

    known = {f"#/components/schemas/{name}" for name in OPENAPI["components"]["schemas"]}
    assert references(OPENAPI) <= known


def test_kinds_are_those_of_the_graph() -> None:
    assert {kind.value for kind in Kind} == {UNSPECIFIED, *(kind for kinds in KINDS.values() for kind in kinds)}
