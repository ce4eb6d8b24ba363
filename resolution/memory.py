"""Document memory: what an event says of its own names. A shorter mention stands for the longer one in the same event,
a bare or untyped one for its namesake of which more is stated, wherever in the event they are.

An event is a set of mentions: their order in a record is the sender's, so it decides nothing (docs/decisions/0012).
"""

from collections.abc import Sequence

from graph.keys import Family
from resolution.decide import compatible, level
from resolution.index import Entry


class DocumentMemory:
    """What one event names."""

    __slots__ = ("_full",)

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._full = {entry.alias.key: entry for entry in entries if entry.number >= 0}

    def recall(self, entry: Entry) -> list[Entry]:
        """The aliases of this event that a form or bare name stands for, the one to take first; none when they are two
        people or bodies."""
        if entry.number < 0:
            return []
        fits = [other for other in self._full.values() if _stands_for(entry, other)]
        fits.sort(key=lambda other: (other.alias.normalised, other.alias.discriminator, other.alias.family))
        one = {other.entity for other in fits}
        return fits if len(one) == 1 or all(_extends(fits[0], other) for other in fits[1:]) else []


def speaks_of_itself(entries: Sequence[Entry]) -> bool:
    """True when names of an event may stand for one another: a short form, or one name as two aliases."""
    named: dict[str, Entry] = {}
    return any(
        entry.form is not None or named.setdefault(entry.alias.normalised, entry) is not entry for entry in entries
    )


def _stands_for(short: Entry, long: Entry) -> bool:
    if short is long or long.form is not None or not compatible(short, long):
        return False
    if short.form is None:
        return short.alias.normalised == long.alias.normalised and level(short) < level(long)
    words, fuller = short.name.roman, long.name.roman
    mark, _, text = short.form.partition("|")
    if mark == "a":
        return text == long.name.initials
    if mark == "p":
        return len(fuller) > 1 and text in fuller
    return fuller[0].startswith(words[0]) and fuller[-1] == words[-1]


def _extends(one: Entry, other: Entry) -> bool:
    """True when one name has all words of the other and initials beside (Gerald Ford, Gerald R. Ford), or both are one
    name of which more or less is stated."""
    if one.alias.family == Family.COLLECTIVE:
        return False
    short, long = sorted((one.name.roman, other.name.roman), key=len)
    rest = [word for word in long if word not in short]
    return set(short) <= set(long) and all(len(word) == 1 for word in rest) and compatible(one, other)
