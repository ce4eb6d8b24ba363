"""Cheap keys that bring a name together with the names it might be, and the forms that do not identify alone."""

from graph.keys import Family
from resolution.features.surname import surname_place
from resolution.names.east_asia import east_asian_keys
from resolution.names.normalise import Name
from resolution.names.parts import Parts
from resolution.names.scripts import latin, script_of
from resolution.names.words import SMALL_WORDS

_SMALL = SMALL_WORDS | frozenset("al el ul ur ad as il bin ben ibn bint bt van der den los las da do dos di".split())
"""Words that bring nobody together while a name has others."""


def block_words(parts: Parts, qualifier: str) -> list[str]:
    """The words that a name is found by, each once. Names that cannot be one thing have different ones: behind a bar
    stand what was in brackets, the numbers, and a 1 when the name is one word alone."""
    words = [word for word in dict.fromkeys(parts.texts) if word not in _SMALL] or list(dict.fromkeys(parts.texts))
    scope = "1" if len(words) == 1 else ""
    if qualifier:
        scope += "(" + qualifier
    if parts.numbers:
        scope += "#" + ".".join(sorted(parts.numbers))
    return [f"{word}|{scope}" for word in words if word] if scope else [word for word in words if word]


def whole_keys(parts: Parts, normalised: str, family: str) -> list[str]:
    """Keys under which one meeting is enough: the letters run together, what a Korean or Chinese name sounds like, and
    the country, place or body that the name is one of."""
    keys = [joined(normalised)]
    if parts.joined != keys[0]:
        keys.append(parts.joined)
    if family == Family.PERSON:
        keys += east_asian_keys(parts.texts, parts.script)
    else:
        keys += [
            mark + known
            for mark, known in (("c|", parts.land), ("p|", parts.place), ("b|", parts.body))
            if known is not None
        ]
    return keys


def joined(normalised: str) -> str:
    """Letters of a normalised name run together, in Latin letters: a function of the normalised name alone."""
    if normalised.isascii():
        return normalised.replace(" ", "")
    return "".join(latin(token) or token for token in normalised.split())


def ambiguous_form(name: Name, family: str) -> str | None:
    """The bearer key of a form that does not identify (`Maduro`, `al-Maliki`, `N. Maduro`, `NATO`), None when the name
    does. Where names are written without blanks between their words (Han, Hangul, Thai) one word is a full name."""
    if name.acronym and family == Family.COLLECTIVE:
        return f"a|{name.roman[0]}"
    if family != Family.PERSON:
        return None
    words = name.roman
    while len(words) > 1 and words[0] in _BEFORE_SURNAMES:
        words = words[1:]
    if len(words) == 1 and (name.tokens[-1].isascii() or script_of(name.tokens[-1]) not in _RUN_ON_SCRIPTS):
        return f"p|{words[0]}"
    if len(words) == 2 and len(words[0]) == 1 and len(words[1]) > 1:
        return f"i|{words[0]} {words[1]}"
    return None


_BEFORE_SURNAMES = frozenset("al el de di du da dos van von der den ter ten la le bin ben ibn".split())
_RUN_ON_SCRIPTS = frozenset({"han", "hangul", "kana", "thai"})


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
