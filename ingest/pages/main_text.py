"""The main text of an HTML page, and what the page says of itself."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, cast

import orjson
from trafilatura import bare_extraction  # pyright: ignore[reportUnknownVariableType]

from graph.errors import InvalidInput
from graph.moment import parse_instant
from ingest.pages.text import mended, one_line

# It takes pages without text for errors; here they are outcomes.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
LONGEST = 3_000_000
"""Characters of HTML that are looked at."""
_LD = re.compile(r"<script[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_LD_END = re.compile("</script", re.IGNORECASE)
_LD_LENGTH = 200_000
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LANG = re.compile(r"<html\b[^<>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,1000})", re.IGNORECASE)
_TIMES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "date",
    "dc.date",
    "pubdate",
    "parsely-pub-date",
)
_UNSEEN = re.compile(r"<(script|style|noscript|template)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,5000}>")


@dataclass(frozen=True, slots=True)
class MainText:
    """What a page says. `text` is mended; `shown` are all its visible words, furniture too; `address` is what the page
    calls its own; `free` is false where it says that it is not for everybody."""

    title: str | None
    description: str | None
    text: str
    published_at: datetime | None
    language: str
    site: str | None
    address: str | None
    free: bool
    shown: str


def main_text(html: str, url: str | None = None) -> MainText:
    """Reads a page. Whatever it is made of, something is answered; the text may be empty."""
    html = html[:LONGEST]
    metas = _metas(html)
    linked = _linked_data(html)
    found = _extracted(html, url)
    title = found.get("title") or metas.get("og:title") or _first(_TITLE, html)
    text = _without_title(mended(found.get("text") or ""), title or "")
    description = found.get("description") or metas.get("og:description") or metas.get("description")
    return MainText(
        title=one_line(unescape(title) if title else None),
        description=one_line(unescape(description) if description else None, 2_000),
        text=text,
        published_at=_published(metas, linked, found.get("date")),
        language=(_first(_LANG, html) or metas.get("content-language") or "")[:2].lower(),
        site=one_line(metas.get("og:site_name") or found.get("sitename"), 200),
        address=_own_address(html) or metas.get("og:url"),
        free=not any(one.get("isAccessibleForFree") in (False, "False", "false") for one in linked),
        shown=" ".join(unescape(_TAG.sub(" ", _seen(html[:200_000]))).split())[:20_000],
    )


def _without_title(text: str, title: str) -> str:
    """A headline that stands over the text again is no paragraph of it."""
    first, _, rest = text.partition("\n\n")
    return rest if rest and " ".join(first.split()) == " ".join(unescape(title).split()) else text


def _extracted(html: str, url: str | None) -> dict[str, Any]:
    try:
        found: Any = bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, include_tables=False, as_dict=False
        )
    except Exception:
        # Pages are made of anything; what the library trips over is a page without a main text.
        return {}
    if found is None:
        return {}
    names = ("title", "description", "text", "date", "sitename")
    return {name: getattr(found, name, None) for name in names}


def _metas(html: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _META.finditer(html[:500_000]):
        told = _attributes(match[1])
        name = told.get("property") or told.get("name") or told.get("itemprop") or told.get("http-equiv")
        if name and told.get("content"):
            found.setdefault(name.lower(), told["content"].strip())
    return found


def _attributes(tag: str) -> dict[str, str]:
    return {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(tag)}


def _own_address(html: str) -> str | None:
    for match in _LINK.finditer(html[:500_000]):
        told = _attributes(match[1])
        if told.get("rel", "").lower() == "canonical" and told.get("href"):
            return told["href"]
    return None


def _linked_data(html: str) -> list[dict[str, Any]]:
    """All objects of JSON-LD, those in lists and graphs too."""
    found: list[dict[str, Any]] = []
    after = 0
    for match in _LD.finditer(html):
        if match.start() < after:
            continue
        end = _LD_END.search(html, match.end(), match.end() + _LD_LENGTH)
        if end is None:
            break
        after = end.end()
        try:
            waiting: list[Any] = [orjson.loads(html[match.end() : end.start()].strip())]
        except orjson.JSONDecodeError:
            continue
        while waiting and len(found) < 200:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += cast(list[Any], one)
            elif isinstance(one, dict):
                told = cast(dict[str, Any], one)
                found.append(told)
                waiting += [told[name] for name in ("@graph", "hasPart", "mainEntity") if name in told]
    return found


def _published(metas: dict[str, str], linked: list[dict[str, Any]], day: object) -> datetime | None:
    told = [one.get("datePublished") for one in linked] + [metas.get(name) for name in _TIMES] + [day]
    for value in told:
        if isinstance(value, str) and value:
            try:
                return parse_instant(value.strip()[:40]).at
            except InvalidInput:
                continue
    return None


def _seen(html: str) -> str:
    """HTML without what is never shown. Each place is looked at once, however it is made."""
    lower, kept, at = html.lower(), list[str](), 0
    for match in _UNSEEN.finditer(html):
        if match.start() < at:
            continue
        kept.append(html[at : match.start()])
        at = lower.find(f"</{match[1].lower()}", match.end())
        if at < 0:
            return " ".join(kept)
    return " ".join([*kept, html[at:]])


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text[:500_000])
    return match[1].strip() if match else None
