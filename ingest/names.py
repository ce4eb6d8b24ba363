"""A name of WHO or WHERE as somebody sent it -> one Named: kind, identifiers, attributes, place, risk, sanctions."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import orjson

from graph.entity import KINDS
from graph.errors import InvalidInput
from graph.event import Named
from graph.keys import W
from graph.text import clean_name, clean_text
from ingest.fields import REMEMBERED, Fields, as_object, clean, each, no_unknown, number, text
from ingest.stated import FIELDS, attributes

Sanctions = tuple[dict[str, str | float], ...]

NAMED_FIELDS = FIELDS[W.WHO] | frozenset(
    "name kind type role relevance url wikidata qid lei identifiers coordinates lat lon risk_score sanctions".split()
)
_IDENTIFIER_FIELDS = frozenset({"identifiers", "wikidata", "qid", "lei", "url"})
KIND_WORDS = {
    "org": "organization",
    "organisation": "organization",
    "company": "organization",
    "people": "person",
    "per": "person",
    "location": None,
    "place": None,
    "gpe": None,
    "loc": None,
    "unknown": None,
    "unspecified": None,
    "other": None,
    "state": "country",
    "nation": "country",
    "town": "city",
    "building": "facility",
}
"""Common words for kinds; None says that the word states no kind."""


def named(fields: Fields, slot: str, w: W) -> tuple[Named, ...]:
    """The names of one slot; risk and sanctions of the event hold for each that states none."""
    risk = number(fields, "risk_score", "risk_score", 0, 1)
    matches = sanctions(fields, "")

    def one(value: object, field: str) -> Named:
        if not matches:
            # Told again below where it cannot be read: there the reason has its path.
            with suppress(InvalidInput, TypeError):
                return _as_before(orjson.dumps(value), w, risk)
        return _one(value, field, w, risk, matches)

    return tuple(each(fields.get(slot), slot, one))


@lru_cache(maxsize=REMEMBERED)
def _as_before(told: bytes, w: W, risk: float | None) -> Named:
    """A name in the words in which it was told before: the same few thousand make most of the news."""
    return _one(orjson.loads(told), "", w, risk, ())


def _one(value: object, field: str, w: W, risk: float | None, matches: Sanctions) -> Named:
    fields: Fields = {"name": value} if isinstance(value, str) else as_object(value, field)
    no_unknown(fields, NAMED_FIELDS, field)
    name = clean(fields.get("name"), f"{field}.name", clean_name)
    if not name:
        raise InvalidInput("is empty", f"{field}.name")
    own_risk = number(fields, "risk_score", f"{field}.risk_score", 0, 1)
    relevance = number(fields, "relevance", f"{field}.relevance", 0, 1)
    return Named(
        name=name,
        kind=kind(text(fields, "kind", field) or text(fields, "type", field), f"{field}.kind", (W.WHO, W.WHERE)),
        role=text(fields, "role", field) or "",
        relevance=1.0 if relevance is None else relevance,
        identifiers=_identifiers(fields, field),
        attributes=attributes(fields, field, w),
        risk_score=risk if own_risk is None else own_risk,
        sanctions=sanctions(fields, field) or matches,
        point=_point(fields, field) if w is W.WHERE else None,
    )


def _identifiers(fields: Fields, field: str) -> dict[str, str]:
    if fields.keys().isdisjoint(_IDENTIFIER_FIELDS):
        return {}
    stated = dict(as_object(fields.get("identifiers") or {}, f"{field}.identifiers"))
    for scheme, names in (("wikidata", ("wikidata", "qid")), ("lei", ("lei",))):
        for name in names:
            if fields.get(name):
                stated[scheme] = fields[name]
    found = {
        clean(scheme, f"{field}.identifiers", clean_text, 40).casefold(): clean(
            value, f"{field}.identifiers.{scheme}", clean_text, 200
        )
        for scheme, value in stated.items()
    }
    page = _wikipedia_page(text(fields, "url", field))
    if page and not found:
        found["wikipedia"] = page
    return {scheme: value for scheme, value in found.items() if scheme and value}


def _wikipedia_page(url: str | None) -> str | None:
    """`en:Title` of a Wikipedia address: a page is about one thing, so its title identifies as a QID does."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").split(".")
    if host[-2:] != ["wikipedia", "org"] or not parts.path.startswith("/wiki/"):
        return None
    language = host[0] if len(host) == 3 and host[0] not in ("www", "m") else "en"
    title = unquote(parts.path.removeprefix("/wiki/")).replace("_", " ").strip()
    return f"{language}:{title}" if title and title.isprintable() else None


def _point(fields: Fields, field: str) -> tuple[float, float] | None:
    given = fields.get("coordinates")
    if isinstance(given, Mapping):
        fields = cast(Fields, given)
    elif isinstance(given, list) and len(cast("list[object]", given)) == 2:
        pair = cast("list[Any]", given)
        fields = {"lat": pair[0], "lon": pair[1]}
    elif given is not None:
        raise InvalidInput("is neither [latitude, longitude] nor {lat, lon}", f"{field}.coordinates")
    lat = number(fields, "lat", f"{field}.lat", -90, 90)
    lon = number(fields, "lon", f"{field}.lon", -180, 180)
    if (lat is None) != (lon is None):
        raise InvalidInput("has one half of a point", field)
    return None if lat is None or lon is None else (lat, lon)


def sanctions(fields: Fields, field: str) -> Sanctions:
    """Matches on sanctions lists: {list, id, score}; a score that is not told is 1."""
    if not fields.get("sanctions"):
        return ()

    def one(value: object, path: str) -> dict[str, str | float]:
        match = as_object(value, path)
        no_unknown(match, frozenset({"list", "id", "score"}), path)
        score = number(match, "score", f"{path}.score", 0, 1)
        return {
            "list": clean(match.get("list"), f"{path}.list", clean_text, 200),
            "id": clean(match.get("id") or "", f"{path}.id", clean_text, 200),
            "score": 1.0 if score is None else score,
        }

    return tuple(each(fields.get("sanctions"), f"{field}.sanctions".lstrip("."), one))


def kind(value: str | None, field: str, ws: tuple[W, ...]) -> str | None:
    """The kind that a word states, None when it states none. Raises InvalidInput for a word that is no kind."""
    if not value:
        return None
    word = value.casefold().replace(" ", "_")
    word = KIND_WORDS.get(word, word)
    if word is None:
        return None
    allowed = [one for w in ws for one in KINDS[w]]
    if word not in allowed:
        raise InvalidInput(f"is none of {', '.join(allowed)}", field)
    return word
