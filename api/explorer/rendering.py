"""Pages as answers: templates that escape what they are given, under a policy that runs and loads only our own."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.explorer.words import NAMES, Words, chosen
from graph.entity import HOME

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: a browser would then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language, Cookie",
}
LANGUAGE = "pentad_lang"
FILES = {
    "explorer.css": "text/css",
    "explorer.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "graph.js": "text/javascript",
    "world.svg": "image/svg+xml",
    "LICENSES.txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Bundled:
    """One of our own files, as it goes out; `version` changes with what is in it."""

    content: bytes
    media_type: str
    version: str


@cache
def bundled(name: str) -> Bundled:
    """A file of `FILES`."""
    content = files("api.explorer").joinpath("static", name).read_bytes()
    return Bundled(content, FILES[name], hashlib.sha256(content).hexdigest()[:12])


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("api.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"address": web_address, "segment": _segment, "lines": _lines}
    helpers: dict[str, Any] = {"w_of": w_of, "file": _file}
    made.filters.update(filters)
    made.globals.update(helpers)
    return made


def w_of(kind: str) -> str:
    """The W that a kind is at home in, in small letters; `none` for one that has none."""
    w = HOME.get(kind)
    return "none" if w is None else str(w).lower()


def _file(name: str) -> str:
    """Where a file of ours is loaded from."""
    return f"/explorer/{name}?v={bundled(name).version}"


def _lines(value: Any) -> str:
    """JSON on several lines, as text that is escaped like any other."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _segment(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe="")


def web_address(text: str | None) -> str | None:
    """An address that may stand behind a link: of the web, or none."""
    try:
        return text if text and urlsplit(text).scheme in ("http", "https") else None
    except ValueError:
        return None


def words_of(request: Request) -> Words:
    """The language of this request."""
    asked, kept = request.query_params.get("lang"), request.cookies.get(LANGUAGE)
    return Words(chosen(asked, kept, request.headers.get("accept-language", "")))


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A template as a page; `values` are what it shows."""
    words = words_of(request)
    state = request.state
    content = (
        _environment()
        .get_template(template)
        .render(
            words=words,
            t=words.text,
            languages=[(code, name, _in(request, code)) for code, name in NAMES.items()],
            here=request.url.path,
            may_review=getattr(state, "may_review", False),
            may_read=getattr(state, "may_read", False),
            keyed=getattr(state, "keyed", False),
            asked=values.pop("asked_text", ""),
            **values,
        )
    )
    headers = {**HEADERS, "Content-Language": words.language}
    answer = Response(content.encode("utf-8", "replace"), status, headers, "text/html; charset=utf-8")
    if request.query_params.get("lang") == words.language:
        answer.set_cookie(LANGUAGE, words.language, max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def _in(request: Request, language: str) -> str:
    """This page in another language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"?{urlencode([*kept, ('lang', language)])}"
