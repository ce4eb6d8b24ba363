"""A bare application on the asynchronous driver: runs the statement of the path asked for and answers its rows as JSON.
`python -m bench.raw_async PORT`; on stdin {uri, user, password, statements: {path: [text, params]}}."""

import sys
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase
from starlette.types import Receive, Scope, Send

from bench.raw_asgi import serve


class Bare:
    """Answers a path with the rows of its statement."""

    def __init__(self, driver: AsyncDriver, statements: dict[str, tuple[str, dict[str, Any]]]) -> None:
        self._driver = driver
        self._statements = statements

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        text, params = self._statements[scope["path"]]
        async with self._driver.session(default_access_mode=READ_ACCESS) as session:
            found = await session.run(text, params)  # type: ignore[arg-type]
            rows = [record.data() async for record in found]
        body = orjson.dumps(rows, default=_told)
        length = str(len(body)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _told(value: Any) -> Any:
    """The driver's date-times as ISO 8601."""
    return value.iso_format()


def main() -> None:
    """Serves until it is ended."""
    given = orjson.loads(sys.stdin.buffer.read())
    driver = AsyncGraphDatabase.driver(given["uri"], auth=(given["user"], given["password"]))
    serve(Bare(driver, given["statements"]))


if __name__ == "__main__":
    main()
