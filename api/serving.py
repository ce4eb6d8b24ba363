"""Serves the application: in this process, or in several that share one socket.

Several processes keep answers each in its own memory, told by all writers of the machine; one of them at a time follows
the graph with boards and co-mentions. One that dies is started again by the first; they end when it ends.
"""

import os
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Thread
from time import sleep
from typing import Any

import uvicorn
from filelock import FileLock
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.background import kept_current
from api.caching.fronting import fronted
from api.jobs import woken_by
from api.logs import configure
from api.settings import Settings, load
from api.wiring import open_clients, services, settle_process

DEFAULT_PORT = 8600
HEALTH = 30
"""Seconds for which a worker may be silent before another takes its place; on a busy machine it starts in several."""
Flags = Mapping[str, Any]


def serve_until_stopped(flags: Flags) -> None:
    """Serves with these settings until a signal comes. Raises InvalidInput for settings, NotRunning."""
    settings = load(**flags)
    configure()
    if settings.api_workers == 1:
        with served(settings) as front:
            uvicorn.Server(_config(front, settings)).run()
        return
    with open_clients(settings):
        # Told here, once, when the stores do not run: the workers could only die of it, one after the other.
        pass
    config = _config(partial(_Worker, dict(flags), os.getpid()), settings)
    Multiprocess(config, [config.bind_socket()]).run()


@contextmanager
def served(settings: Settings, lead: FileLock | None = None) -> Generator[ASGIApp]:
    """The application on open clients, following the graph."""
    settle_process()
    woken = woken_by(settings)
    with (
        open_clients(settings) as clients,
        kept_current(clients, settings.follow_seconds, woken, lead),
        fronted(create_app(services(settings, clients, woken))) as front,
    ):
        yield front


def _config(app: Any, settings: Settings) -> uvicorn.Config:
    several = settings.api_workers > 1
    return uvicorn.Config(
        app,
        factory=several,
        lifespan="on" if several else "off",
        workers=settings.api_workers,
        host=settings.api_host,
        port=settings.api_port or DEFAULT_PORT,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=protocol(),
        timeout_graceful_shutdown=8,
        timeout_worker_healthcheck=HEALTH,
    )


def protocol() -> Any:
    """How HTTP is spoken: where httptools is not there, as uvicorn does without it."""
    try:
        from api.caching.wire import KeptProtocol
    except ImportError:
        return "auto"
    return KeptProtocol


class _Worker:
    """One of several: opens its clients when it starts, and ends with who started it."""

    def __init__(self, flags: Flags, parent: int) -> None:
        self._flags = flags
        self._parent = parent
        self._front: ASGIApp | None = None

    @property
    def at_once(self) -> Any:
        """Of the application, once it is there: connections are taken only then."""
        return getattr(self._front, "at_once", None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._front is not None and scope["type"] != "lifespan":
            await self._front(scope, receive, send)
            return
        await receive()
        settings = load(**self._flags)
        configure()
        folder = settings.data_dir / "run"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with served(settings, FileLock(folder / "follow.lock", thread_local=False)) as self._front:
            Thread(target=self._end_with_parent, name="parent", daemon=True).start()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_with_parent(self) -> None:
        while os.getppid() == self._parent:
            sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
