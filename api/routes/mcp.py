"""The door of agents: the Model Context Protocol over streamable HTTP, each request by itself."""

from importlib.util import find_spec
from typing import Any

from fastapi import Request, Response
from starlette.types import Receive, Send
from starlette.types import Scope as Connection

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from graph.errors import Unavailable

router = scoped_router("agents")
SECONDS = 60.0
"""A tool may be the slowest of the doors."""
_MESSAGE = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object", "description": "A message of JSON-RPC 2.0."}}},
}


class _Served(Response):
    """Answers by a server of the protocol, which reads the request itself. No session is kept: each request brings its
    key, and is let in by it."""

    def __init__(self, server: Any, limit: int) -> None:
        super().__init__()
        self._server = server
        self._limit = limit

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        # Who may come, from where and under which name, the guard has decided.
        open_door = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        manager = StreamableHTTPSessionManager(
            self._server,
            json_response=True,
            stateless=True,
            security_settings=open_door,
            max_request_body_size=self._limit,
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


@router.post(
    "/mcp",
    operation_id="mcp",
    openapi_extra=needs(Scope.READ, seconds=SECONDS, requestBody=_MESSAGE),
    responses={
        200: {"description": "A message of JSON-RPC 2.0."},
        202: {"description": "A notification was taken."},
        400: {"description": "No message of JSON-RPC 2.0.", "content": {"application/json": {}}},
        **declared(406, 413, 415),
    },
    response_class=Response,
)
async def post_mcp(request: Request) -> Response:
    """Tools, resources and prompts for agents, by the Model Context Protocol."""
    require_extra()
    state = request.app.state
    if getattr(state, "agents", None) is None:
        from api.mcp import server_of

        state.agents = server_of(request.app)
    return _Served(state.agents, state.services.options.body_limit)


def require_extra() -> None:
    """Raises Unavailable where the extra `mcp` is not installed."""
    if find_spec("mcp") is None:
        raise Unavailable("agents are served where the extra `mcp` is installed: pip install 'pentad[mcp]'")
