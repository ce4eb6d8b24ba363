"""What a site answered, by whatever means it was asked, and its text in the encoding that it is in."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from charset_normalizer import from_bytes

from ingest.pages.options import Rung

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}
"""What is said, and what browsers read it as."""
_LOOKED_AT = 4_096


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer after its redirects. Names of headers are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    rung: Rung
    elapsed_ms: int = 0

    @property
    def media_type(self) -> str:
        """Such as text/html; empty where nothing is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Means(Protocol):
    """One rung of the ladder."""

    def fetch(self, url: str, *, timeout: float, proxy: str | None = None) -> Answer:
        """What is at the address. Raises FetchError."""
        ...


def decoded(body: bytes, content_type: str = "") -> str:
    """The body as text: by its mark, by what the header says, by what it says itself, else by what it looks like."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    said = _CHARSET.search(content_type)
    meta = _XML.search(body[:_LOOKED_AT]) or _META.search(body[:_LOOKED_AT])
    names = [said[1] if said else "", meta[1].decode("ascii", "replace") if meta else ""]
    for name in names:
        text = _decoded(body, name)
        if text is not None:
            return text
    try:
        return body.decode()
    except UnicodeDecodeError:
        best = from_bytes(body[:100_000]).best()
        return body.decode(best.encoding if best else "cp1252", "replace")


def _decoded(body: bytes, name: str) -> str | None:
    """None where the name is none, or where the body is plainly in another encoding."""
    try:
        codec = codecs.lookup(_WIDER.get(name.lower(), name)).name
        text = body.decode(codec, "replace")
    except (LookupError, ValueError, UnicodeError):
        return None
    return text if text.count("\ufffd") <= len(text) // 500 else None
