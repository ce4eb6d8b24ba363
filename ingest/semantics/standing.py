"""How sure an entity of the graph is, by the one formula: what was stated of it, how often, how well it is placed.

What pages are sure of counts where that is more; an entity that only events named is judged by the graph. A point that
lies far from its place in the hierarchy, or none where a place should have one, lowers the geographic part.
"""

import math
from collections.abc import Mapping
from typing import Any

from graph.entity import HOME
from graph.keys import W
from graph.reading.extraction import Known
from ingest.semantics.confidence import KNOWN, TOLD, UNTOLD, Parts, confidence, factors
from ingest.semantics.options import SemanticOptions
from resolution.five_w import metres

FAR = 2_000_000.0
"""Metres between a place and the next one of its hierarchy beyond which the two do not fit."""


def w_of(props: Mapping[str, Any]) -> W:
    """The W an entity is at home in."""
    home = HOME.get(str(props.get("kind")))
    if home is not None:
        return home
    ws: list[Any] = props.get("ws") or []
    return W(str(ws[0])) if ws else W.WHO


def of_entity(known: Known, options: SemanticOptions) -> tuple[float, dict[str, float]]:
    """Confidence and factors of an entity: the surer of what pages say of it and of what stands in the graph."""
    w = w_of(known.props)
    parts = parts_of(known.props, known.aliases, known.identified, _fits(known))
    own = confidence(parts, options)
    told = factors(w, parts, _precision(known.props))
    if known.page_confidence is None:
        return own, told
    return round(max(own, known.page_confidence), 6), told


def parts_of(
    props: Mapping[str, Any], aliases: int = 1, identified: bool = False, placed: float | None = None
) -> Parts:
    """Parts of the confidence of an entity by its properties alone."""
    mentions = int(props.get("mentions") or 0)
    stated = props.get("kind_source") == "stated"
    odds = (
        -0.2
        + 1.0 * stated
        + 1.0 * identified
        + 0.9 * min(math.log1p(mentions), 3.0) / 1.5
        + 0.4 * (aliases > 1)
        + 0.4 * bool(props.get("roles"))
    )
    several = TOLD if mentions > 1 else 0.6
    temporal = KNOWN if props.get("last_seen") is not None else UNTOLD
    geographic = placed if placed is not None else (TOLD if w_of(props) is not W.WHERE else _precision(props))
    return Parts(odds, 1.0 if mentions else 0.5, KNOWN if stated else several, temporal, geographic)


def _precision(props: Mapping[str, Any]) -> float:
    if props.get("location") is not None:
        return KNOWN
    return TOLD if props.get("path") else UNTOLD


def _fits(known: Known) -> float | None:
    """Whether the point lies where the hierarchy says; None where there is nothing to compare."""
    here, parent = known.props.get("location"), (known.parent or {}).get("location")
    if here is None or parent is None:
        return None
    return KNOWN if metres((here[0], here[1]), (parent[0], parent[1])) <= FAR else 0.2
