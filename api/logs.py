"""Logs on stderr: one event a line, as JSON, or readable on a terminal; with level, time and the id of the request.

Whatever the line is made of, API keys and passwords in addresses do not get into it.
"""

import logging
import re
import sys
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

_SECRETS = (
    ("pk_", re.compile(r"pk_([0-9a-f]{12})_[A-Za-z0-9_-]+"), r"pk_\1_…"),
    ("://", re.compile(r"(\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@\"]{0,64}):[^\s/@\"]{1,256}@"), r"\1:…@"),
)


def masked(text: str) -> str:
    """The text without the secret parts of API keys and of addresses with passwords."""
    for mark, secret, shown in _SECRETS:
        if mark in text:
            text = secret.sub(shown, text)
    return text


def configure(out: TextIO | None = None) -> None:
    """Sets structlog and the standard library's loggers to the same lines, on stderr unless told otherwise."""
    stream: TextIO = out or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _console() if stream.isatty() else _json()
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # The driver tells each failed retry of a server that is away; the guard around it tells that once.
    logging.getLogger("neo4j").setLevel(logging.ERROR)


@contextmanager
def for_a_command() -> Generator[None]:
    """Only errors, on stderr, unless the command sets up logs of its own: it tells in its own words, and its stdout is
    for its answer alone."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def quiet() -> Generator[None]:
    """No lines of ours while the context is open: for commands that tell what happens in words of their own."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


def _json() -> list[structlog.typing.Processor]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False), _mask]


def _console() -> list[structlog.typing.Processor]:
    return [structlog.dev.ConsoleRenderer(), _mask]


def _mask(_: Any, __: str, line: MutableMapping[str, Any] | str) -> str:
    return masked(str(line))
