"""Making and changing watches. A watch begins with what is known at that moment: only what is new fires."""

import base64
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import watches
from graph.errors import Conflict, InvalidInput, NotFound
from graph.text import clean_name
from graph.watch import OCCASIONS, USUAL, Occasion, Watch, WatchSort
from ingest.fetching import FetchError, Guard
from ingest.watching.following import Watching
from ingest.watching.searches import filters_of
from ingest.watching.states import state_of

RANK_CHANGE = 10
HOPS = 3
LEAST = 0.5
DELTA = 0.01
_AGAIN = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A watch as somebody asks for it. `spec`: of an entity `key` and `rank_change`; of a pair `a`, `b`, `hops`; of a
    query what a search takes (`q`, `kind`, `since`, `until`, `place`, `near`, `km`, `preset`); of an example `names`,
    `kind`, `least`, `delta`, `judgements`. `on`: empty for what is usual."""

    sort: WatchSort
    spec: dict[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""
    on: Sequence[Occasion] = ()
    url: str | None = None


def make(watching: Watching, draft: Draft, author: str) -> Watch:
    """Makes a watch; one with an address has a secret. Raises InvalidInput, NotFound, Conflict for one too many."""
    on = tuple(dict.fromkeys(draft.on)) or USUAL[draft.sort]
    strange = [one for one in on if one not in OCCASIONS[draft.sort]]
    if strange:
        raise InvalidInput(f"of a watch of this sort is of {', '.join(OCCASIONS[draft.sort])}", "on")
    if watches.standing(watching.database).many >= watches.MOST:
        raise Conflict(f"there are {watches.MOST:,} watches: drop one that nobody needs")
    spec = _whole(draft.sort, draft.spec)
    props: dict[str, Any] = {
        "name": clean_name(draft.name) or _named(watching, draft.sort, spec),
        "sort": str(draft.sort),
        "spec": spec,
        "on": [str(one) for one in on],
        "url": _checked(draft.url),
        "secret": new_secret() if draft.url else None,
        "paused": False,
        "owed": False,
        "created_at": watching.clock(),
        "author": author,
    }
    return _kept(watching, uuid.uuid4().hex, props, draft.sort, spec, on)


def change(
    watching: Watching,
    watch: str,
    *,
    name: str | None = None,
    paused: bool | None = None,
    url: str | None = None,
    on: Sequence[Occasion] = (),
) -> Watch:
    """Changes what is given; an empty `url` ends deliveries. One that goes on after a pause begins anew.

    Raises NotFound, InvalidInput.
    """
    found = watches.get(watching.database, watch)
    props: dict[str, Any] = {}
    if name is not None:
        props["name"] = clean_name(name)
    if on:
        if any(one not in OCCASIONS[found.sort] for one in on):
            raise InvalidInput(f"of this watch is of {', '.join(OCCASIONS[found.sort])}", "on")
        props["on"] = [str(one) for one in dict.fromkeys(on)]
    if url is not None:
        props["url"] = _checked(url or None)
        props["secret"] = (found.secret or new_secret()) if url else None
    if paused is not None:
        props["paused"] = paused
    resumed = found.paused and paused is False
    if resumed or "on" in props:
        now_on = tuple(Occasion(one) for one in props.get("on", found.on))
        return _kept(watching, watch, props, found.sort, found.spec, now_on)
    return watches.keep(watching.database, watch, props, None) or found


def judge(watching: Watching, watch: str, key: str, verdict: str | None) -> Watch:
    """What a row's owner says of one candidate, by the key of any of its names: positive, negative, or None to take it
    back. Tells nothing: whoever said it knows. Raises NotFound, InvalidInput for a watch that is no example."""
    found = watches.get(watching.database, watch)
    if found.sort is not WatchSort.EXAMPLE:
        raise InvalidInput("only examples have judgements", "watch")
    if not watching.world().holders([key]):
        raise NotFound("entity", key)
    others = [one for one in found.spec["judgements"] if one["key"] != key]
    said = [*others, *([{"key": key, "verdict": verdict}] if verdict else [])]
    spec = {**found.spec, "judgements": said}
    return _kept(watching, watch, {"spec": spec}, found.sort, spec, found.on)


def new_secret() -> str:
    """256 random bits, as Standard Webhooks writes them."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _kept(
    watching: Watching,
    watch: str,
    props: dict[str, Any],
    sort: WatchSort,
    spec: dict[str, Any],
    on: tuple[Occasion, ...],
) -> Watch:
    for _ in range(_AGAIN):
        since = watches.standing(watching.database).change
        state = state_of(watching.world(), sort, spec, on)
        kept = watches.keep(watching.database, watch, {**props, "state": state}, since)
        if kept is not None:
            return kept
    raise Conflict("too much was committed meanwhile: ask again")


def _whole(sort: WatchSort, spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with its defaults. Raises InvalidInput."""
    given = {name: value for name, value in spec.items() if value is not None}
    match sort:
        case WatchSort.ENTITY:
            return {"key": _needed(given, "key"), "rank_change": given.get("rank_change", RANK_CHANGE)}
        case WatchSort.PAIR:
            return {"a": _needed(given, "a"), "b": _needed(given, "b"), "hops": given.get("hops", HOPS)}
        case WatchSort.QUERY:
            _needed(given, "q")
            filters_of(given)
            return given
        case WatchSort.EXAMPLE:
            _needed(given, "names")
            return {"least": LEAST, "delta": DELTA, "judgements": [], **given}


def _needed(spec: dict[str, Any], name: str) -> Any:
    if not spec.get(name):
        raise InvalidInput("is needed", f"spec.{name}")
    return spec[name]


def _named(watching: Watching, sort: WatchSort, spec: dict[str, Any]) -> str:
    """A name for a watch that was given none. Raises NotFound for a key that nothing has."""
    keys = [spec[name] for name in ("key", "a", "b") if name in spec]
    holders = watching.world().holders(keys)
    for key in keys:
        if key not in holders:
            raise NotFound("entity", key)
    if sort is WatchSort.QUERY:
        return str(spec["q"])
    return " — ".join(holders[key].name for key in keys) if keys else str(spec["names"][0])


def _checked(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        Guard.place(url)
    except FetchError as error:
        raise InvalidInput(str(error), "url") from error
    return url
