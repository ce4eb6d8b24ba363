"""Lets pages of elsewhere ask what lies under one path, as the Reconciliation API wants it, and nothing else.

That opens no door: who asks still needs a key, which no page has unless it was given one; and while there are no keys,
only pages of this machine are served (`api.access`).
"""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class CrossOriginMiddleware:
    """Answers for CORS under a prefix: any origin, without credentials that a browser would add by itself."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix
        self._open = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        inside = scope["type"] == "http" and (path == self._prefix or path.startswith(self._prefix + "/"))
        await (self._open if inside else self._app)(scope, receive, send)
