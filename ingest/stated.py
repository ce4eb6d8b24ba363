"""Attributes that a record states of its who, what, where, when and why: which there are, and what each may hold.

They may stand beside the name or in an object `attributes`. Kept on the alias that was named; the entity shows them.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import cast

from graph.errors import InvalidInput
from graph.keys import W
from graph.mention import Attributes, Value
from graph.text import clean_name, clean_text
from ingest.fields import MOST, Fields, as_object, choice, clean, no_unknown

Read = Callable[[object, str], Value | None]

IMPACTS = ("low", "medium", "high", "critical")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]{3,40}(?:(?:x|ext\.?)\s?\d{1,6})?", re.IGNORECASE)


def _name(value: object, field: str) -> Value | None:
    return clean(value, field, clean_name) or None


def _text(value: object, field: str) -> Value | None:
    return clean(value, field, clean_text) or None


def _names(value: object, field: str) -> Value | None:
    """A list of names, or one; equal ones once, in the order told."""
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    if len(many) > MOST:
        raise InvalidInput(f"has {len(many)} entries, at most {MOST} are taken", field)
    found = dict.fromkeys(clean(one, f"{field}[{n}]", clean_name) for n, one in enumerate(many) if one is not None)
    return [one for one in found if one] or None


def _as_told(value: object, field: str) -> Value:
    """A name, or a list of names that stays one: what the first Pentad took so goes on having the same content hash."""
    if isinstance(value, list):
        return [clean(one, field, clean_name) for one in cast("list[object]", value)]
    return clean(value, field, clean_name)


def _one_of(allowed: tuple[str, ...], value: object, field: str) -> Value | None:
    return choice(clean(value, field, clean_text) or None, allowed, field)


def _pattern(pattern: re.Pattern[str], wanted: str, value: object, field: str) -> Value | None:
    found = clean(value, field, clean_text, 320)
    if found and not pattern.fullmatch(found):
        raise InvalidInput(f"is no {wanted}", field)
    return found or None


def _path(value: object, field: str) -> Value | None:
    """Names from the widest place to the narrowest; as one text they are parted by ` > ` or `/`."""
    if isinstance(value, str):
        value = re.split(r"(?<!\s)\s*[>/]\s*", clean(value, field, clean_text).strip("/> "))
    return _names(value, field)


_BOTH: dict[str, Read] = dict.fromkeys(("sector", "country", "of", "affiliations"), _as_told)
"""Of a name in WHO or WHERE alike; the coded data sets have them."""
KNOWN: dict[W, dict[str, Read]] = {
    W.WHO: {
        **_BOTH,
        "email": partial(_pattern, _EMAIL, "email address"),
        "phone": partial(_pattern, _PHONE, "phone number"),
    },
    W.WHERE: {
        **_BOTH,
        "path": _path,
        "boundary_type": partial(_one_of, ("administrative", "natural", "custom")),
    },
    W.WHAT: {
        "event_type": _name,
        "description": _text,
        "impact_level": partial(_one_of, IMPACTS),
        "affected_parties": _names,
        "resources_involved": _names,
    },
    W.WHY: {
        "causal_relationship": _text,
        "motivating_factors": _names,
        "intended_outcomes": _names,
        "historical_precedents": _names,
    },
}
"""Attributes by W, each with its reader; those of WHEN are parts of the moment itself (`ingest.moments`)."""
KNOWN[W.WHO] |= {name: KNOWN[W.WHERE][name] for name in ("path", "boundary_type")}
# A country acts in WHO, and a person's place may be told in WHERE: what may be stated depends on the thing, not the W.
KNOWN[W.WHERE] |= {name: KNOWN[W.WHO][name] for name in ("email", "phone")}

OTHER_WORDS = {"hierarchy_path": "path", "hierarchy": "path", "affiliation": "affiliations"}
"""Other names under which an attribute is understood."""
FIELDS: dict[W, frozenset[str]] = {
    w: frozenset(known)
    | frozenset({"attributes"})
    | (frozenset({"contact_info", *OTHER_WORDS}) if w in (W.WHO, W.WHERE) else frozenset())
    for w, known in KNOWN.items()
}
"""Fields of a mention that state attributes, by W."""


def attributes(fields: Fields, field: str, w: W) -> Attributes:
    """What the mention states of its entity. Raises InvalidInput with the path of what cannot be."""
    if fields.keys().isdisjoint(FIELDS[w]):
        return {}
    stated = {**as_object(fields.get("attributes") or {}, f"{field}.attributes")}
    paths = dict.fromkeys(stated, f"{field}.attributes")
    beside = {name: value for name, value in fields.items() if name in FIELDS[w] and name != "attributes"}
    stated |= {name: value for name, value in beside.items() if value}
    paths |= dict.fromkeys(beside, field)
    no_unknown(stated, FIELDS[w] - {"attributes"}, f"{field}.attributes")
    return {name: value for name, value in _read(stated, paths, w) if value is not None}


def _read(stated: Fields, paths: dict[str, str], w: W) -> list[tuple[str, Value | None]]:
    found: list[tuple[str, Value | None]] = []
    for name, value in stated.items():
        path = f"{paths[name]}.{name}"
        if value is None:
            continue
        if name == "contact_info":
            contact = as_object(value, path)
            no_unknown(contact, frozenset({"email", "phone"}), path)
            found += [(part, KNOWN[w][part](one, f"{path}.{part}")) for part, one in contact.items() if one is not None]
        else:
            known = OTHER_WORDS.get(name, name)
            found.append((known, KNOWN[w][known](value, path)))
    return found
