"""Cheap keys that bring a name together with the names it might be, and the forms that do not identify alone."""

import math
from functools import lru_cache

from graph.keys import Family
from resolution.features.surname import surname_place
from resolution.names.lists import same
from resolution.names.normalise import Name
from resolution.names.territory import country

_VOWELS = frozenset("aeiouyhw")


def whole_keys(name: Name, family: str) -> list[str]:
    """Keys under which one meeting is enough: the letters run together, and the country, place or
    body that the name is one of."""
    keys = [f"j|{name.qualifier}|{''.join(name.roman)}"]
    known = same("bodies" if family == Family.COLLECTIVE else "places")
    listed = family != Family.PERSON and (known.get(name.normalised) or known.get(" ".join(name.roman)))
    if listed and not name.qualifier:
        keys.append(f"l|{listed}")
    if family in (Family.PLACE, Family.UNSPECIFIED):
        code = country(name.display)
        if code:
            keys.append(f"c|{code}")
    return keys


def word_keys(name: Name) -> list[tuple[str, ...]]:
    """For each word of three letters or more the keys under which it meets its like: itself, and from five letters
    on its skeleton, so that slips in vowels and doubled letters meet."""
    scope = name.qualifier
    return [
        (f"t|{scope}|{word}", f"s|{scope}|{skeleton(word)}") if len(word) > 4 else (f"t|{scope}|{word}",)
        for word in dict.fromkeys(name.roman)
        if len(word) > 2
    ]


def needed(words: int) -> int:
    """Words of a name that a candidate must meet to be worth comparing: all of one or two, else half."""
    return words if words <= 2 else max(2, math.ceil(words / 2))


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """First letter and the consonants after it, runs made one: khashoggi and khashogi are both khsg."""
    kept = [word[0]]
    for letter in word[1:]:
        if letter not in _VOWELS and letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


def ambiguous_form(name: Name, family: str) -> str | None:
    """The bearer key of a form that does not identify (`Maduro`, `N. Maduro`, `NATO`), None when the name does."""
    if name.acronym and family == Family.COLLECTIVE:
        return f"a|{name.roman[0]}"
    if family != Family.PERSON:
        return None
    if len(name.roman) == 1 and name.tokens[0].isascii():
        return f"p|{name.roman[0]}"
    if len(name.roman) == 2 and len(name.roman[0]) == 1 and len(name.roman[1]) > 1:
        return f"i|{name.roman[0]} {name.roman[1]}"
    return None


def bearer_keys(name: Name, family: str) -> list[str]:
    """The ambiguous forms that this fuller name bears, as `ambiguous_form` writes them; none when it is one itself."""
    if ambiguous_form(name, family) is not None:
        return []
    if family == Family.PERSON and len(name.roman) > 1:
        surname = name.roman[surname_place(name.roman)]
        keys = [f"p|{word}" for word in dict.fromkeys(name.roman) if len(word) > 2]
        return [*keys, f"i|{name.roman[0][0]} {surname}"]
    if family == Family.COLLECTIVE and len(name.initials) > 1:
        return [f"a|{name.initials}"]
    return []
