"""Files and streams that people really have, each brought into the 5-W shape by one adapter.

An adapter takes the lines of a file and answers records with their positions; what a line cannot be read as is answered
as the reason, in its place. It states what the format states and guesses nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from ingest.feeds import acled, current_events, gdelt
from ingest.shapes import Raw

Adapter = Callable[[Iterable[bytes]], Iterator[tuple[int, Raw]]]


class Format(StrEnum):
    """Formats that `pentad ingest --format` takes."""

    GDELT_EVENTS = "gdelt-events"
    GDELT_GKG = "gdelt-gkg"
    ACLED = "acled"
    CURRENT_EVENTS = "wikipedia-current-events"


ADAPTERS: dict[Format, Adapter] = {
    Format.GDELT_EVENTS: gdelt.events,
    Format.GDELT_GKG: gdelt.graph,
    Format.ACLED: acled.events,
    Format.CURRENT_EVENTS: current_events.events,
}
