"""An application on services that are not there, for what is decided before any of them is asked."""

from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from api.app import ApiOptions, Services, create_app


class Nothing:
    """Stands where a service would; any use of it is a mistake of the test."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked for, though nothing should be")


def made_app(options: ApiOptions | None = None, **services: Any) -> FastAPI:
    """The application; `services` replaces what is to be there."""
    nothing: Any = Nothing()
    wired = {
        "database": nothing,
        "boards": None,
        "ingest": nothing,
        "judging": nothing,
        "clock": lambda: datetime(2018, 10, 31, tzinfo=UTC),
        "cursor_secret": b"a secret of the tests",
        "options": options or ApiOptions(),
    }
    return create_app(Services(**{**wired, **services}))
