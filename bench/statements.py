"""Statements of the bench: the raw limits that ours are held against."""

from importlib.resources import files
from typing import Any

from graph.queries import Statement


def raw(name: str) -> Statement:
    """The statement in `bench/cypher/NAME.cypher`."""
    text: Any = files("bench").joinpath(f"cypher/{name}.cypher").read_text(encoding="utf-8")
    return Statement(name, text)
