"""From an event as told to its mentions: each name normalised, each with the parts of its own alias's key."""

from collections import Counter
from collections.abc import Callable, Iterator

import orjson

from graph.entity import UNSPECIFIED, family_of
from graph.event import Deed, Event, Named, Reason
from graph.keys import Family, W
from graph.mention import Attributes, Mention
from graph.moment import Moment
from graph.store import cause_name
from graph.text import NAME_LENGTH
from resolution.names.kinds import Known, guess_w
from resolution.names.normalise import normalise

_SCHEMES = ("wikidata", "lei")
"""Identifier schemes in the order in which one is chosen as discriminator; others follow by name."""


def mentions(event: Event) -> list[Mention]:
    """Mentions in the order WHO, WHERE, WHAT, WHEN, WHY: names first, as document memory needs them.

    Names that were told without a W come after those with one; `settle` decides theirs.
    """
    seen = Counter[tuple[W, str, str]]()
    return [
        *(_named(W.WHO, named, seen) for named in event.who if not named.untyped),
        *(_named(W.WHERE, named, seen) for named in event.where),
        *(_untyped(named, seen) for named in event.who if named.untyped),
        *(_deed(deed, seen) for deed in event.what),
        *(_moment(moment, seen) for moment in event.when),
        *(_reason(reason, seen) for reason in event.why),
    ]


def settle(mentions: list[Mention], known: Known, person_word: Callable[[str], bool]) -> list[Mention]:
    """Gives names told without a W the one that their guessed kind is at home in; the same list, to be asked under the
    index as it stands. Neither key nor alias depends on it."""
    for mention in mentions:
        if mention.untyped:
            mention.w = guess_w(mention.display, known, person_word)
    return mentions


def _nth(seen: Counter[tuple[W, str, str]], w: W, surface: str, role: str) -> int:
    seen[w, surface, role] += 1
    return seen[w, surface, role] - 1


def _named(w: W, named: Named, seen: Counter[tuple[W, str, str]]) -> Mention:
    kind = named.kind or UNSPECIFIED
    family = family_of(w, kind)
    name = normalise(named.name, family)
    identifier = next(_identifiers(named.identifiers), "")
    return Mention(
        w=w,
        surface=named.name,
        role=named.role,
        nth=_nth(seen, w, named.name, named.role),
        family=family,
        normalised=name.normalised,
        discriminator=identifier or name.qualifier,
        kind=kind,
        display=named.name,
        identified=bool(identifier),
        relevance=named.relevance,
        risk=named.risk_score,
        sanctions=orjson.dumps(named.sanctions).decode() if named.sanctions else None,
        attributes=named.attributes,
        point=named.point,
    )


def _untyped(named: Named, seen: Counter[tuple[W, str, str]]) -> Mention:
    """Its id must be free in whichever W it gets, so its place among equals counts both. No guess enters its key."""
    nth = _nth(seen, W.WHERE, named.name, named.role) + seen[W.WHO, named.name, named.role]
    mention = _named(W.WHO, named, seen)
    mention.nth, mention.untyped = nth, True
    return mention


def _identifiers(stated: dict[str, str]) -> Iterator[str]:
    ranked = sorted(
        stated, key=lambda scheme: (_SCHEMES.index(scheme) if scheme in _SCHEMES else len(_SCHEMES), scheme)
    )
    return (f"{scheme}:{stated[scheme].casefold()}" for scheme in ranked)


def _plain(w: W, name: str, display: str, kind: str, seen: Counter[tuple[W, str, str]]) -> Mention:
    family = family_of(w, kind)
    normalised = normalise(name, family).normalised
    return Mention(w, display, "", _nth(seen, w, display, ""), family, normalised, "", kind, _shown(display))


def _with(mention: Mention, attributes: Attributes) -> Mention:
    if attributes:
        mention.attributes = attributes
    return mention


def _shown(text: str) -> str:
    """A text as the name of what it tells: cut where an index of names would not hold it; the surface keeps it all."""
    return text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 1] + "…"


def _deed(deed: Deed, seen: Counter[tuple[W, str, str]]) -> Mention:
    told = _plain(W.WHAT, deed.code or deed.label, deed.label, deed.kind or UNSPECIFIED, seen)
    return _with(told, deed.attributes)


def _moment(moment: Moment, seen: Counter[tuple[W, str, str]]) -> Mention:
    display = moment.text or moment.recurrence or moment.normalised
    told = _plain(W.WHEN, moment.normalised, display, moment.kind, seen)
    parts = {
        "start": moment.start.text if moment.start else None,
        "end": moment.end.text if moment.end else None,
        "timezone": moment.timezone,
        "recurrence": moment.recurrence,
        "temporal_context": moment.context,
    }
    return _with(told, {name: part for name, part in parts.items() if part})


def _reason(reason: Reason, seen: Counter[tuple[W, str, str]]) -> Mention:
    if reason.event is None:
        text = reason.text or ""
        return _with(_plain(W.WHY, text, text, reason.kind or UNSPECIFIED, seen), reason.attributes)
    display = reason.text or reason.event
    return Mention(
        w=W.WHY,
        surface=display,
        role="",
        nth=_nth(seen, W.WHY, display, ""),
        family=Family.WHY,
        normalised=cause_name(reason.event),
        discriminator="",
        kind=reason.kind or UNSPECIFIED,
        display=_shown(display),
        event=reason.event,
        attributes=reason.attributes,
    )
