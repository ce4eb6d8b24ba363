"""What somebody asks to have read: an address, a text, or HTML; as the graph takes it."""

import base64
import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.artifact import content_hash, text_id
from graph.artifacts import Wanted
from graph.document import Document
from graph.errors import InvalidInput
from graph.source import Source
from graph.text import clean_name, clean_text
from ingest.fetching import FetchError
from ingest.pages.addresses import canonical
from ingest.pages.text import mended

GIVEN_LENGTH = 5_000_000
"""Characters of a text or of HTML that somebody gives."""
URL, TEXT, HTML = "url", "text", "html"


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish: `url` alone, `html` with or without the `url` it came from, or `text`."""

    url: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    published: datetime | None = None
    source: str | None = None


def wanted(asked: Asked) -> Wanted:
    """The wish as the graph takes it. Raises InvalidInput, naming the field."""
    given = asked.text if asked.html is None else asked.html
    if (given is None and asked.url is None) or (asked.text is not None and (asked.html or asked.url) is not None):
        raise InvalidInput("give one of url, text or html; html may come with its url", URL)
    if given is not None and len(given) > GIVEN_LENGTH:
        raise InvalidInput(f"has more than {GIVEN_LENGTH:,} characters", TEXT if asked.html is None else HTML)
    title = clean_text(asked.title) if asked.title else None
    source = Source(name=clean_name(asked.source)) if asked.source and asked.source.strip() else None
    kind = URL if given is None else TEXT if asked.html is None else HTML
    told: dict[str, Any] = {"title": title, "published_at": asked.published, "source": source}
    if asked.url is not None:
        url, place = asked.url.strip(), _canonical(asked.url)
        # By the address as it was written, too: events may name it so.
        ids = tuple(dict.fromkeys((Document(url=place).id, Document(url=url).id)))
        return Wanted(ids, kind, place, url, raw=packed(given) if given is not None else None, **told)
    text = given or ""
    if not text.strip():
        raise InvalidInput("is empty", kind)
    if kind == TEXT:
        text = mended(text)
        sha = content_hash(text)
        return Wanted((text_id(TEXT, sha),), kind, content_hash=sha, raw=packed(text), **told)
    sha = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Wanted((text_id(HTML, sha),), kind, raw=packed(text), **told)


def packed(text: str) -> str:
    """A given text as it waits in the graph."""
    return base64.b85encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode()


def unpacked(text: str) -> str:
    """The other way."""
    return zlib.decompress(base64.b85decode(text)).decode()


def _canonical(url: str) -> str:
    try:
        return canonical(url)
    except FetchError as error:
        raise InvalidInput(str(error), URL) from error
