"""RSS 0.9 to 2.0 and Atom 1.0: what a feed lists. Nothing outside the document is read, and no entity is expanded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from graph.errors import InvalidInput
from graph.moment import parse_instant

ITEMS = 200
"""Items of one feed that are looked at, the first ones."""
TITLE = 500


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed lists: an address, and what is said of it."""

    url: str
    title: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed as it was read."""

    title: str | None
    items: tuple[Item, ...]


def listing(body: bytes, base: str) -> Listing:
    """What a feed lists; addresses are made whole by `base`, each once. Raises InvalidInput for what is no feed."""
    if b"<!ENTITY" in body:
        raise InvalidInput("declares entities: no feed needs that")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 (entities are refused, and expat reads nothing outside)
    except ElementTree.ParseError as error:
        raise InvalidInput(f"is no XML: {error}") from error
    kind = _name(root)
    if kind not in ("rss", "RDF", "feed"):
        raise InvalidInput(f"is no RSS or Atom feed: it is <{kind}>")
    channel = next((one for one in root if _name(one) == "channel"), root)
    found: dict[str, Item] = {}
    entries = (one for one in root.iter() if _name(one) in ("item", "entry"))
    for _, entry in zip(range(ITEMS), entries, strict=False):
        item = _item(entry, base)
        if item is not None:
            found.setdefault(item.url, item)
    return Listing(_text(channel, "title"), tuple(found.values()))


def _item(entry: ElementTree.Element, base: str) -> Item | None:
    link = next(_links(entry), None)
    if link is None:
        return None
    url = urljoin(base, link)
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    dates = (_text(entry, name) for name in ("published", "pubDate", "date", "updated"))
    return Item(url, _text(entry, "title"), next((at for one in dates if one and (at := _moment(one))), None))


def _links(entry: ElementTree.Element) -> Iterator[str]:
    """Where it is: Atom's alternate link, RSS's link, then an id that is an address."""
    for one in entry:
        if _name(one) == "link" and one.get("rel", "alternate") == "alternate":
            told = one.get("href") or (one.text or "").strip()
            if told:
                yield told
    for one in entry:
        if _name(one) in ("guid", "id") and one.get("isPermaLink") != "false" and "://" in (one.text or ""):
            yield (one.text or "").strip()


def _text(parent: ElementTree.Element, name: str) -> str | None:
    for one in parent:
        if _name(one) == name:
            return " ".join("".join(one.itertext()).split())[:TITLE] or None
    return None


def _name(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _moment(told: str) -> datetime | None:
    try:
        return parse_instant(told).at
    except InvalidInput:
        pass
    try:
        found = parsedate_to_datetime(told)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
