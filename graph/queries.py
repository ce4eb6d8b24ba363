"""Loads the statements of `cypher/`: the very files that paste into Neo4j Browser, one named statement each."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast


@dataclass(frozen=True, slots=True)
class Statement:
    """One file of `cypher/`; `name` is its path without ending, such as `read/entity_timeline`."""

    name: str
    text: LiteralString


@cache
def statement(name: str) -> Statement:
    """The statement in `cypher/NAME.cypher`. Raises FileNotFoundError for a name that no file has."""
    text = files("cypher").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    return Statement(name, cast(LiteralString, text))


@cache
def names(folder: str) -> tuple[str, ...]:
    """All statement names in a folder of `cypher/`, sorted."""
    found = (f.name for f in files("cypher").joinpath(folder).iterdir() if f.name.endswith(".cypher"))
    return tuple(sorted(f"{folder}/{name.removesuffix('.cypher')}" for name in found))
