"""The hierarchy of places and dates as doors show it."""

from typing import Literal

from pydantic import AliasChoices, Field

from api.shapes.common import MOST, AskedThen, Told
from graph.reading.hierarchy import DEEPEST


class AskedDescendants(AskedThen):
    """How far down, and how many."""

    depth: int = Field(1, ge=1, le=DEEPEST, description="Steps at most.")
    limit: int = Field(100, ge=1, le=MOST)


class LevelOut(Told):
    """A place or date `depth` steps away. `by`: stated (by a path), country (a stated country), known (a name that is
    known to lie there), contains (an interval in another)."""

    key: str
    name: str
    kind: str
    mention_count: int = Field(validation_alias=AliasChoices("mentions", "mention_count"))
    by: Literal["stated", "country", "known", "contains"]
    depth: int


class HierarchyOut(Told):
    """Nearest first; `path` are the names of what it lies in, from the widest down; `more` when rows were left out."""

    key: str
    name: str
    kind: str
    path: list[str]
    items: list[LevelOut] = Field(validation_alias=AliasChoices("rows", "items"))
    more: bool
