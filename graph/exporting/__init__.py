"""Exports: the graph, a period of it or the surroundings of an entity, streamed in formats that other programs read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from graph.exporting.content import Content, Period, Surroundings, content_of
from graph.exporting.linked import ftm, jsonld, stix
from graph.exporting.networks import gexf, graphml
from graph.exporting.tables import geojson, lines, table

__all__ = ["FORMATS", "Content", "Format", "Period", "Surroundings", "content_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """How content is written, what that is called on the web, and how files of it end."""

    write: Callable[[Content], Iterator[str]]
    media_type: str
    ending: str


FORMATS = MappingProxyType(
    {
        "graphml": Format(graphml, "application/graphml+xml", "graphml"),
        "gexf": Format(gexf, "application/gexf+xml", "gexf"),
        "csv": Format(table, "text/csv", "csv"),
        "ndjson": Format(lines, "application/x-ndjson", "ndjson"),
        "jsonld": Format(jsonld, "application/ld+json", "jsonld"),
        "geojson": Format(geojson, "application/geo+json", "geojson"),
        "ftm": Format(ftm, "application/x-ndjson", "ftm.ndjson"),
        "stix": Format(stix, "application/stix+json", "stix.json"),
    }
)
"""Formats by name."""
