"""The kind that a name's form suggests when none was stated. A guess: it never enters a key and never vetoes."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from graph.entity import HOME, UNSPECIFIED
from graph.keys import W
from resolution.names.normalise import normalise
from resolution.names.territory import country, within_country
from resolution.names.words import LEGAL_FORMS, ORGANIZATION_WORDS, PLACE_WORDS, SMALL_WORDS

Known = Callable[[str], str | None]
"""The one kind that the graph's aliases of a normalised name state, None when it knows none or several."""


def guess_place(name: str) -> str:
    """The kind of a name that is known to be a place's: country or region by its name, else unspecified."""
    if country(name):
        return "country"
    sounds = within_country(name) or any(word in PLACE_WORDS for word in normalise(name, "place").tokens)
    return "region" if sounds else UNSPECIFIED


def guess_kind(name: str, known: Known, person_word: Callable[[str], bool]) -> str:
    """The kind by these rules, in this order: an alias of one kind that the graph knows (`known`); a legal form or
    institution word: organization; the name of a country: country, of a part of one or with a geographic word:
    region; two or more capitalised words: person; one capitalised word: person when it is a known surname or first
    name, of the list in this package or of somebody in the graph (`person_word`), else organization; else
    unspecified."""
    taken = normalise(name, "unspecified")
    of_graph = known(taken.normalised)
    if of_graph:
        return of_graph
    raw = [word.strip(".,").casefold() for word in name.split()]
    if any(word in ORGANIZATION_WORDS for word in taken.tokens) or (len(raw) > 1 and raw[-1] in LEGAL_FORMS):
        return "organization"
    place = guess_place(name)
    if place != UNSPECIFIED:
        return place
    words = [word for word in name.split() if word.casefold() not in SMALL_WORDS]
    if not words or not all(word[:1].isupper() for word in words):
        return UNSPECIFIED
    if len(words) > 1:
        inner = any(word.casefold() in SMALL_WORDS for word in name.split())
        return "organization" if inner else "person"
    return "person" if taken.normalised in person_words() or person_word(taken.normalised) else "organization"


def guess_w(name: str, known: Known, person_word: Callable[[str], bool]) -> W:
    """WHERE for a name that sounds like a place, else WHO: the W of a name that was told without one."""
    return W.WHERE if HOME.get(guess_kind(name, known, person_word)) is W.WHERE else W.WHO


@cache
def person_words() -> frozenset[str]:
    """First names and surnames, normalised; the file's head says where they come from."""
    text = (files("resolution.names") / "person_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
