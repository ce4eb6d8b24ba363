"""Document memory: a shorter mention after a longer one of its family in the same event stands for the longer one."""

from graph.keys import Family
from resolution.index import Entry


class DocumentMemory:
    """What one event has named so far, in the order of its mentions."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[str, list[Entry]] = {}

    def note(self, entry: Entry) -> None:
        """Remembers a mention's alias."""
        self._seen.setdefault(entry.alias.family, []).append(entry)

    def recall(self, entry: Entry) -> Entry | None:
        """The one longer alias of this event that an ambiguous form can stand for; None when none or several do."""
        if entry.form is None:
            return None
        fits = {other.alias.key: other for other in self._seen.get(entry.alias.family, ()) if _stands_for(entry, other)}
        return next(iter(fits.values())) if len({other.entity for other in fits.values()}) == 1 else None


def _stands_for(short: Entry, long: Entry) -> bool:
    if long.form is not None or short is long:
        return False
    words, fuller = short.name.roman, long.name.roman
    if short.alias.family == Family.COLLECTIVE:
        return words[0] == long.name.initials
    if len(words) == 1:
        return words[0] in fuller
    return fuller[0].startswith(words[0]) and fuller[-1] == words[-1]
