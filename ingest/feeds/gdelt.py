"""GDELT 2.0: the Event table (61 columns, tab-separated, no header) and the Global Knowledge Graph 2.1 (27 columns).

Columns as in the GDELT Event Codebook V2.0 (2015) and the GKG Codebook V2.1 (2015). Names come in capitals or in small
letters and are told with capital initials. An event row is one coded happening; a GKG row is one article: an event of
the moment it was seen, with the persons, organizations and places that it names.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator

from graph.errors import InvalidInput
from ingest.feeds.cells import cells_of, point, report, some
from ingest.shapes import Raw

EVENT_COLUMNS, GRAPH_COLUMNS = 61, 27
NAMES = 30
"""Names of one sort that one article tells at most."""
THEMES = 5
_ROOTS = {
    "01": "Make public statement",
    "02": "Appeal",
    "03": "Express intent to cooperate",
    "04": "Consult",
    "05": "Engage in diplomatic cooperation",
    "06": "Engage in material cooperation",
    "07": "Provide aid",
    "08": "Yield",
    "09": "Investigate",
    "10": "Demand",
    "11": "Disapprove",
    "12": "Reject",
    "13": "Threaten",
    "14": "Protest",
    "15": "Exhibit force posture",
    "16": "Reduce relations",
    "17": "Coerce",
    "18": "Assault",
    "19": "Fight",
    "20": "Use unconventional mass violence",
}
"""Root codes of CAMEO (Schrodt 2012)."""
_QUADS = {"1": "verbal cooperation", "2": "material cooperation", "3": "verbal conflict", "4": "material conflict"}
_PLACES = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}
_OFFICES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)


def events(lines: Iterable[bytes]) -> Iterator[tuple[int, Raw]]:
    """Rows of `*.export.CSV`."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _read(line, EVENT_COLUMNS, _event)


def graph(lines: Iterable[bytes]) -> Iterator[tuple[int, Raw]]:
    """Rows of `*.gkg.csv`."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _read(line, GRAPH_COLUMNS, _article)


def _read(line: bytes, columns: int, record: Callable[[list[str]], Raw]) -> Raw:
    try:
        return record(cells_of(line, columns))
    except InvalidInput as error:
        return error


def _event(cells: list[str]) -> Raw:
    actors = [_actor(cells[5:15], "source"), _actor(cells[15:25], "target")]
    root, place = _ROOTS.get(cells[28], ""), _place(*cells[51:53], *cells[56:58])
    label = root or f"CAMEO {cells[26]}"
    named = [str(actor["name"]) for actor in actors if actor]
    where = f" in {place['name']}" if place else ""
    return some(
        id=f"gdelt-{cells[0]}",
        occurred_at=_day(cells[1]),
        title=f"{label}: {' to '.join(named)}{where}" if named else f"{label}{where}",
        category=_QUADS.get(cells[29]),
        who=[actor for actor in actors if actor],
        what=some(label=label, code=cells[26]),
        where=[place] if place else [],
        source=report(cells[60]),
    )


def _actor(cells: list[str], role: str) -> dict[str, object] | None:
    """An actor of ten cells: code, name, country, group, ethnic, two religions, three types."""
    name = cells[1]
    if not name:
        return None
    types = {one for one in cells[7:10] if one}
    kind = "government" if types & _OFFICES else "country" if cells[2] and cells[0] == cells[2] else None
    return some(name=_capitals(name), kind=kind, role=role)


def _article(cells: list[str]) -> Raw:
    title = _TITLE.search(cells[26])
    told = html.unescape(title[1]).strip() if title else ""
    named = cells[3] or cells[4]
    who = [{"name": _capitals(name), "kind": "person"} for name in _each(cells[11])]
    who += [{"name": _capitals(name), "kind": "organization"} for name in _each(cells[13])]
    places = [place for one in _each(cells[9]) if (place := _of_graph(one)) is not None]
    themes = [one for one in _each(cells[7]) if not one.startswith(("TAX_", "WB_"))][:THEMES]
    if not (who or places):
        raise InvalidInput("names nobody and no place")
    return some(
        id=f"gkg-{cells[0]}",
        occurred_at=_moment(cells[1]),
        title=told or f"An article of {named}",
        who=who,
        where=places,
        what=[{"label": theme.replace("_", " ").capitalize(), "code": theme} for theme in themes],
        source={**(report(cells[4], cells[3]) or {}), **({"title": told} if told else {})},
    )


def _each(cell: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in cell.split(";") if one.strip()))[:NAMES]


def _of_graph(one: str) -> dict[str, object] | None:
    """A place of V1LOCATIONS: type, name, country, first order, latitude, longitude, feature; parted by #."""
    parts = one.split("#")
    return _place(parts[0], parts[1], parts[4], parts[5]) if len(parts) >= 7 else None


def _place(sort: str, full: str, latitude: str, longitude: str) -> dict[str, object] | None:
    """A place by its full name, narrowest part first ("Paris, Ile-De-France, France")."""
    path = [one.strip() for one in full.split(",") if one.strip()]
    if sort not in _PLACES or not path:
        return None
    wide = path[::-1] if len(path) > 1 else []
    return some(name=path[0], kind=_PLACES[sort], path=wide, coordinates=point(latitude, longitude))


def _capitals(name: str) -> str:
    return name.title() if name.isupper() or name.islower() else name


def _day(cell: str) -> str:
    if len(cell) != 8 or not cell.isdigit():
        raise InvalidInput("is no date of the form YYYYMMDD", "SQLDATE")
    return f"{cell[:4]}-{cell[4:6]}-{cell[6:]}"


def _moment(cell: str) -> str:
    if len(cell) != 14 or not cell.isdigit():
        raise InvalidInput("is no time of the form YYYYMMDDHHMMSS", "DATE")
    return f"{cell[:4]}-{cell[4:6]}-{cell[6:8]}T{cell[8:10]}:{cell[10:12]}:{cell[12:]}Z"
