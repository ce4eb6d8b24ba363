"""Texts as vectors: what an embedder is, the one that is built in, and how another is named in a setting.

An embedder is any object with `name`, `dimensions` and `embed`; vectors of another name or length are never compared.
"""

import importlib
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Protocol, cast

from graph.embedding.ngrams import NGrams
from graph.errors import InvalidInput


class Embedder(Protocol):
    """Turns texts into vectors of one length; similar texts point in similar directions (cosine)."""

    @property
    def name(self) -> str:
        """Tells its vectors apart from those of others; changes with whatever changes them."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector, 1..4096."""
        ...

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order."""
        ...


AUTO = "auto"


def embedder_of(setting: str) -> Embedder | None:
    """The embedder that a setting names: none where it is empty, `ngrams`, `auto` (ngrams where neo4j-graphrag, whose
    retrievers ask for vectors, is installed), or `module:factory` of one's own, called without arguments. Raises
    InvalidInput."""
    if setting == AUTO:
        setting = "ngrams" if find_spec("neo4j_graphrag") else ""
    if not setting:
        return None
    if setting == "ngrams":
        return NGrams()
    module, _, factory = setting.partition(":")
    try:
        made = getattr(importlib.import_module(module), factory)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise InvalidInput(f"is neither `ngrams` nor `module:factory`: {error}", "embedder") from error
    if not all(hasattr(made, part) for part in ("name", "dimensions", "embed")):
        raise InvalidInput("makes no embedder: it needs name, dimensions and embed", "embedder")
    return cast(Embedder, made)
