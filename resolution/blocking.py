"""Cheap keys that bring a name together with the names it might be, and the forms that do not identify alone."""

from graph.keys import Family
from resolution.features.surname import surname_place
from resolution.names.normalise import Name
from resolution.names.territory import territory

_VOWELS = frozenset("aeiouyhw")


def blocking_keys(name: Name, family: str) -> list[str]:
    """Keys under which the name is found, most telling first: its letters run together, each word, each word's
    skeleton (first letter and consonants, so that slips in vowels and doubled letters meet), the country it names."""
    scope = name.qualifier
    words = dict.fromkeys(word for word in name.roman if len(word) > 2)
    keys = [f"j|{scope}|{''.join(name.roman)}"]
    keys += [f"t|{scope}|{word}" for word in words]
    keys += [f"s|{scope}|{skeleton(word)}" for word in words if len(word) > 4]
    if family in (Family.PLACE, Family.UNSPECIFIED):
        code = territory(name.display)
        if code:
            keys.append(f"c|{code}")
    return keys


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
