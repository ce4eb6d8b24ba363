"""Where candidates come from: the timelines of whom the question names, and the full text of events.

Both are bounded, whatever the size of the graph: the newest `EACH` mentions of a name in the window, and the `TEXTS`
events whose words fit best.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from api.ask.evidence import Evidence, evidence_of
from api.ask.lexicon import lines_of
from api.ask.likeness import Likeness
from api.ask.question import Link, Question
from api.ask.times import Window
from api.ask.weighing import Wanted
from api.ask.words import fold, groups, stem
from graph.database import Database
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.instants import from_time, to_time
from resolution.past.at import event_list_at, timeline_at

EACH = 300
"""Newest mentions of one entity that are looked at."""
TEXTS = 150
"""Events that the full text brings."""
SCAN = 1_000
MOST = 400
"""Events that are weighed."""
_ENDINGS = ("", "s", "es", "ed", "d", "ing", "e")


class Retrieving(Protocol):
    """Chooses events like a text, by their ids."""

    def __call__(self, text: str, terms: Sequence[str], window: Window) -> list[str]:
        """Best first; `terms` are quoted words of a full-text query."""
        ...

    def likeness(self) -> Likeness | None:
        """What tells whether two words mean alike, where that is known."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates with whether there may be more than were looked at."""

    events: list[Evidence]
    cut: bool


def candidates(
    database: Database, question: Question, wanted: Sequence[Wanted], window: Window, clocks: Clocks
) -> Found:
    """Events of the window that may answer, in no order. Raises DatabaseUnavailable, BudgetExceeded."""
    times: dict[str, Any] = {} if window.yearless else {"since": window.since, "until": window.until}
    mentioned = [_mentioning(database, link, clocks, times) for link in question.links if link.keys]
    cut = any(more for _, more in mentioned)
    ids: list[str] = []
    if mentioned:
        common = set[str](mentioned[0][0]).intersection(*(found for found, _ in mentioned[1:]))
        ids += [key for key in mentioned[0][0] if key in common]
    if not clocks.remembers:
        ids += _texts(database, question, wanted, window)
    if not question.links and not wanted and not window.open:
        page = event_list_at(database, clocks, limit=200, **times)
        ids += [row.id for row in page.rows]
        cut = cut or page.more
    found = evidence_of(database, list(dict.fromkeys(ids))[:MOST], clocks)
    return Found(within(found.values(), window), cut or len(ids) > MOST)


def retrieved(
    database: Database, question: Question, wanted: Sequence[Wanted], retrieving: Retrieving, clocks: Clocks
) -> Found:
    """Events like the question. Raises DatabaseUnavailable, BudgetExceeded."""
    ids = retrieving(question.text, terms_of(question, wanted), question.window)
    return Found(within(evidence_of(database, ids, clocks).values(), question.window), cut=False)


def within(found: Iterable[Evidence], window: Window) -> list[Evidence]:
    """Those that lie in the window."""
    return [one for one in found if window.open or window.holds(one.at)]


def _mentioning(database: Database, link: Link, clocks: Clocks, times: dict[str, Any]) -> tuple[list[str], bool]:
    ids: list[str] = []
    more = False
    for key in link.keys:
        try:
            found = timeline_at(database, key, clocks, limit=EACH, **times)
        except NotFound:
            continue
        ids += [row.event for row in found.rows]
        more = more or found.more
    return list(dict.fromkeys(ids)), more


def _texts(database: Database, question: Question, wanted: Sequence[Wanted], window: Window) -> list[str]:
    terms = terms_of(question, wanted)
    if not terms:
        return []
    since, until = (None, None) if window.yearless else (window.since, window.until)
    asked = {
        "words": " OR ".join(terms),
        "since": from_time(since),
        "until": to_time(until),
        "scan": SCAN,
        "limit": TEXTS,
    }
    return list(database.read(statement("read/ask_texts"), asked)[0]["ids"])


def terms_of(question: Question, wanted: Sequence[Wanted]) -> list[str]:
    """Quoted words of a full-text query, 200 at most: names, and all forms and kin of the other words."""
    terms = [f'"{_plain(link.text)}"^4' for link in question.links if _plain(link.text)]
    return [*terms, *(f'"{word}"' for one in wanted for word in _variants(one.stem))][:200]


def _plain(text: str) -> str:
    """Words of letters and digits alone: nothing in them can be an operator."""
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


@cache
def _forms() -> dict[str, frozenset[str]]:
    """By stem the words of the lists that have it, and by group those that mean alike."""
    by_stem: dict[str, set[str]] = {}
    by_group: dict[int, set[str]] = {}
    for name in ("forms", "alike", "peoples", "wordnet"):
        for line in lines_of(name):
            for word in line.split():
                plain = word.replace("_", " ")
                key = "_".join(stem(fold(part)) for part in word.split("_"))
                by_stem.setdefault(key, set()).add(plain)
    for key, members in by_stem.items():
        for number in groups(key):
            by_group.setdefault(number, set()).update(members)
    return {
        key: frozenset(members.union(*(by_group[number] for number in groups(key)))) for key, members in by_stem.items()
    }


def _variants(one: str) -> list[str]:
    own = one.replace("_", " ")
    made = [own + ending for ending in _ENDINGS] if own.isalpha() else [own]
    return [word for word in dict.fromkeys([*made, *sorted(_forms().get(one, ()))]) if _plain(word) == word]
