"""Wikipedia's Portal:Current events: pages of wikitext, one day each or several after one another, as they are saved or
exported.

A day begins with the template `{{Current events|year=…|month=…|day=…`, or with a line that names the page
(`Portal:Current events/2015 September 1`). A line of bullets that cites a source is an event; one that does not is the
story that the deeper ones below it belong to. Linked pages are those that it names, identified by their article.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote

from graph.errors import InvalidInput
from ingest.feeds.cells import report, some, text_of
from ingest.shapes import Raw

_DAY = re.compile(r"Portal:Current[ _]events/(\d{4})[ _]([A-Z][a-z]+)[ _](\d{1,2})")
_PARAMETER = re.compile(r"\|\s*(year|month|day)\s*=\s*(\w+)")
_HEADING = re.compile(r"^(?:;\s*|'''|={2,4}\s*)(?P<name>[^=']+?)(?:'''|\s*={2,4})?\s*$")
_BULLET = re.compile(r"^(?P<depth>\*+)\s*(?P<text>.+)$")
_LINK = re.compile(r"\[\[(?P<page>[^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|(?P<shown>[^\[\]]+))?\]\]")
_CITED = re.compile(r"\[(?P<url>https?://[^\s\]]+)(?:\s+(?P<name>[^\]]+))?\]")
# No part reads on past where another of its kind begins: what is never closed costs time in proportion only.
_NOISE = re.compile(
    r"<ref[^<>]*/>|<ref(?:(?!<ref).)*?</ref>|<!--(?:(?!<!--).)*?-->|\{\{[^{}]*\}\}|<[^<>]+>|'{2,}", re.DOTALL
)
_OTHER = re.compile(r"^:?(?:File|Image|Category|Template|Portal|Special|Help|Wikipedia)\s*:", re.IGNORECASE)
_GAP = re.compile(r"(?<!\s)\s+([.,;:!?)])")
_TITLE = 160
WIKI = "https://en.wikipedia.org/wiki/"


def events(lines: Iterable[bytes]) -> Iterator[tuple[int, Raw]]:
    """Events with the numbers of their lines. Raises InvalidInput where no line says of which day it is."""
    day: str | None = None
    parts: dict[str, str] = {}
    category, stories, seen = "", dict[int, str](), 0
    for number, raw in enumerate(lines, 1):
        line = text_of(raw).strip()
        if found := _day(line, parts):
            day, category, stories = found, "", {}
        elif bullet := _BULLET.match(line):
            depth, text = len(bullet["depth"]), bullet["text"]
            cited = list(_CITED.finditer(text))
            if not cited:
                stories = {at: name for at, name in stories.items() if at < depth} | {depth: plain(text)}
            elif day is None:
                yield number, InvalidInput("stands before any line that says of which day it is")
            else:
                above = [name for at, name in sorted(stories.items()) if at < depth]
                seen += 1
                yield number, _event(day, category, above[-1] if above else "", text, cited)
        elif heading := _HEADING.match(line):
            category, stories = plain(heading["name"]), {}
    if not seen and day is None:
        raise InvalidInput("is no page of Portal:Current events: no line says of which day it is")


def _day(line: str, parts: dict[str, str]) -> str | None:
    """The day that begins with this line, if one does; a template's parameters may stand on several lines."""
    if titled := _DAY.search(line):
        return _date(titled[1], titled[2], titled[3])
    if "{{Current events" in line:
        parts.clear()
    parts |= dict(_PARAMETER.findall(line))
    if parts.keys() >= {"year", "month", "day"}:
        found = _date(parts["year"], parts["month"], parts["day"])
        parts.clear()
        return found
    return None


def _date(year: str, month: str, day: str) -> str | None:
    form = "%Y %m %d" if month.isdigit() else "%Y %B %d"
    try:
        return datetime.strptime(f"{year} {month} {day}", form).date().isoformat()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None


def _event(day: str, category: str, story: str, text: str, cited: list[re.Match[str]]) -> Raw:
    told = plain(_CITED.sub("", text))
    if not told:
        return InvalidInput("cites a source and says nothing")
    pages = {match["page"].strip(): plain(match["shown"] or match["page"]) for match in _LINK.finditer(text)}
    who = [
        {"name": shown, "role": "mentioned", "url": f"{WIKI}{quote(page.replace(' ', '_'))}"}
        for page, shown in pages.items()
        if not _OTHER.match(page) and shown
    ]
    return some(
        id=f"current-events-{hashlib.sha256(f'{day} {told}'.encode()).hexdigest()[:16]}",
        occurred_at=day,
        title=told if len(told) <= _TITLE else told[:_TITLE].rsplit(" ", 1)[0] + "…",
        text=told,
        category=category,
        story=story,
        who=who,
        sources=[one for match in cited if (one := report(match["url"], _publisher(match["name"])))],
    )


def _publisher(name: str | None) -> str:
    return plain(name or "").strip("() ")


def plain(text: str) -> str:
    """Wikitext as it reads: links by what they show, without references, templates and marks."""
    shown = _LINK.sub(lambda match: match["shown"] or match["page"], text)
    words = " ".join(html.unescape(_NOISE.sub(" ", shown)).replace("[", "").replace("]", "").split())
    return _GAP.sub(r"\1", words)
