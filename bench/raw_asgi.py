"""The least that a server can do: the same bytes for whoever asks. `python -m bench.raw_asgi PORT`, body on stdin."""

import sys

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send


class Same:
    """Answers everything with one body."""

    def __init__(self, body: bytes) -> None:
        self._headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        self._body = body

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


def serve(app: ASGIApp) -> None:
    """Serves on the port of the command line until it is ended, as the API is served and no more."""
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
    )


if __name__ == "__main__":
    serve(Same(sys.stdin.buffer.read()))
