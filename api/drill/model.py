"""What a drill is, and the two ways in which it does not end well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.drill.ground import Ground


class Broken(Exception):
    """A promise was not kept; the message says what was found where what was due."""


class NotHere(Exception):
    """This machine does not give what the drill needs; the message says what."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One fault. `run` puts it and answers the figure that was seen; it raises Broken or NotHere."""

    number: int
    fault: str
    outcome: str
    run: "Callable[[Ground], str]"


def must(kept: bool, found: str) -> None:
    """Raises Broken, saying what was found, unless the promise is kept."""
    if not kept:
        raise Broken(found)
