"""The graph that a person walks: a picture that can be moved, beside tables that tell and do the same.

The whole view stands in the address. A deed (grow, add, join, drop) is a link or form that leads to the address of the
view after it, so the back button takes it back and a bookmark keeps it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from api.explorer.doors import READ, page_router, see
from api.explorer.rendering import page, w_of
from api.routes.connections import get_co_mentions
from api.routes.pages import CLOCKS, asks, meant, to_its_end
from api.routes.paths import get_paths
from api.routes.wired import Wired
from api.services import Services
from api.shapes.common import AskedThen, Instant, Until
from api.shapes.entities import AskedCoMentions
from api.shapes.paths import AskedPaths
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.moment import epoch_ms
from graph.reading.co_mentions import PLAYERS
from graph.reading.view import MOST, View
from resolution.past.at import view_at

router = page_router()
GROWN = 8
"""Entities that growing a node adds."""
DAY_MS = 86_400_000
_DEEDS = ("add", "grow", "drop", "join")


class _Times(AskedThen):
    """Dates and clocks of a view, as they stand in its address."""

    since: Instant | None = None
    until: Until | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A view as it stands in the address: keys, dates, where what is pinned stands (key -> x, y), and the clocks by
    name."""

    keys: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    pins: tuple[tuple[str, int, int], ...] = ()
    said: str = ""
    clocks: tuple[tuple[str, str], ...] = ()

    def link(self, **deed: str) -> str:
        """The path of this view, or of a deed on it."""
        parts = {"keys": ",".join(self.keys), "since": self.since, "until": self.until, "pins": self.pinned}
        parts |= {"said": self.said, **dict(self.clocks)}
        return f"/graph?{urlencode({name: value for name, value in {**parts, **deed}.items() if value}, safe=',:')}"

    @property
    def then(self) -> dict[str, Any]:
        """The clocks, a day to its end."""
        return to_its_end(dict(self.clocks), CLOCKS)

    @property
    def pinned(self) -> str:
        """`place:x:y` of each that is pinned, place being that of its key."""
        places = {key: place for place, key in enumerate(self.keys)}
        return ",".join(f"{places[key]}:{x}:{y}" for key, x, y in self.pins if key in places)

    def adding(self, keys: Iterable[str]) -> "Address":
        """With more entities; as many as a view takes."""
        united = tuple(dict.fromkeys([*self.keys, *keys]))
        full = self.said or ("full" if len(united) > MOST else "")
        return replace(self, keys=united[:MOST], said=full)


def address_of(query: dict[str, str]) -> Address:
    """The view of a query. Raises InvalidInput."""
    keys = tuple(dict.fromkeys(key for key in query.get("keys", "").split(",") if key))
    if any(len(key) != 64 or set(key) - set("0123456789abcdef") for key in keys):
        raise InvalidInput("is keys of entities, parted by commas", "keys")
    pins: list[tuple[str, int, int]] = []
    for pin in filter(None, query.get("pins", "").split(",")):
        try:
            place, x, y = (int(part) for part in pin.split(":"))
            pins.append((keys[place], x, y))
        except (ValueError, IndexError) as error:
            raise InvalidInput("is place:x:y, parted by commas", "pins") from error
    said = query.get("said", "")
    clocks = tuple((name, query[name]) for name in CLOCKS if name in query)
    shown = said if said in _SAID else ""
    return Address(keys, query.get("since", ""), query.get("until", ""), tuple(pins), shown, clocks)


_SAID = ("full", "nobody", "nothing", "apart")
"""What a deed may have to tell: see the template."""


@router.get("/graph", operation_id="graphPage", openapi_extra=READ)
def graph_page(request: Request, services: Wired) -> Response:
    """The view of the address; what is to be done to it first leads to the address of what comes of it."""
    query = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    here = address_of(query)
    period = {name: query[name] for name in ("since", "until") if name in query}
    times = asks(_Times, **period, **here.then)
    if any(deed in query for deed in _DEEDS):
        return see(_done(request, services, replace(here, said=""), query).link())
    found = view_at(services.database, here.keys, times.clocks, since=times.since, until=times.until)
    held = replace(here, keys=tuple(node.key for node in found.nodes), said="")
    names = {node.key: node for node in found.nodes}
    return page(
        request,
        "graph.html",
        here_view=held,
        pins=held.pinned,
        link=held.link,
        view=found,
        names=names,
        said=here.said,
        drawn=_drawn(found, held),
        slider=_slider(found, times),
        clocks=dict(here.clocks),
        ws=[str(w).lower() for w in W],
        most=MOST,
    )


def _done(request: Request, services: Services, here: Address, query: dict[str, str]) -> Address:
    if "drop" in query:
        return replace(here, keys=tuple(key for key in here.keys if key != query["drop"]))
    if "add" in query:
        found = meant(services, request, query["add"], here.then)
        return here.adding([found.key]) if found else replace(here, said="nobody")
    if "grow" in query:
        fresh = [key for key in _around(services, here, query["grow"], query.get("w")) if key not in here.keys]
        grown = here.adding([query["grow"], *fresh[:GROWN]])
        return grown if fresh else replace(grown, said="nothing")
    return _joined(request, services, here, query)


def _around(services: Services, here: Address, key: str, w: str | None) -> list[str]:
    """The strongest neighbours in one W, or in WHO and WHERE."""
    ws = [w] if w else [str(one) for one in PLAYERS]
    asked = asks(AskedCoMentions, **here.then, w=ws, limit=GROWN + MOST)
    return [one.key for one in get_co_mentions(_key(key), asked, services).items]


def _joined(request: Request, services: Services, here: Address, query: dict[str, str]) -> Address:
    """With the cheapest path between `join` and `to`."""
    ends = [meant(services, request, query.get(name, ""), here.then) for name in ("join", "to")]
    if None in ends:
        return replace(here, said="nobody")
    start, end = (one.key for one in ends if one)
    if start == end:
        return here.adding([start])
    period = {"since": here.since or None, "until": here.until or None}
    asked = asks(AskedPaths, **{"from": start, "to": end}, **period, **here.then)
    found = get_paths(asked, services).items
    on_the_way = [node.key for node in found[0].nodes] if found else [start, end]
    return replace(here.adding(on_the_way), said="" if found else "apart")


def _key(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise NotFound("entity", text[:64])
    return text


def _drawn(found: View, here: Address) -> dict[str, Any]:
    """What the picture is made of."""
    at = {key: (x, y) for key, x, y in here.pins}
    return {
        "nodes": [
            {
                "key": node.key,
                "name": node.name,
                "w": w_of(node.kind),
                "mentions": node.mentions,
                "at": at.get(node.key),
            }
            for node in found.nodes
        ],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "n": edge.n,
                "times": edge.times,
                "told": f"{'≥ ' if edge.at_least else ''}{edge.n}",
            }
            for edge in found.edges
        ],
    }


def _slider(found: View, period: _Times) -> dict[str, int] | None:
    """Days since 1970 that the slider runs over, and those it stands at; None where all is of one day."""
    seen = [epoch_ms(at) for node in found.nodes for at in (node.first_seen, node.last_seen) if at]
    if not seen or min(seen) // DAY_MS == max(seen) // DAY_MS:
        return None
    first, last = min(seen) // DAY_MS, max(seen) // DAY_MS
    since, until = (_day(at) for at in (period.since, period.until))
    return {
        "first": first,
        "last": last,
        "since": first if since is None else min(max(since, first), last),
        "until": last if until is None else min(max(until, first), last),
    }


def _day(at: datetime | None) -> int | None:
    return None if at is None else epoch_ms(at.astimezone(UTC)) // DAY_MS
