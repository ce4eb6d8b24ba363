"""What a romanised word sounds like, roughly: writings of one name that differ by custom come out alike."""

import re
from functools import lru_cache

_CLUSTERS = re.compile("tsch|dzh|tch|sch|shch|cz|sh|ch|kh|zh|th|dh|gh|ph|ck|ts|tz|dj|qu|ou|oo|ee|ii|aa|uu|x|q|w|c")
_PHONES = {
    "tsch": "C",
    "dzh": "j",
    "tch": "C",
    "sch": "S",
    "shch": "S",
    "cz": "C",
    "sh": "S",
    "ch": "C",
    "kh": "K",
    "zh": "j",
    "th": "t",
    "dh": "d",
    "gh": "g",
    "ph": "f",
    "ck": "k",
    "ts": "c",
    "tz": "c",
    "dj": "j",
    "qu": "k",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "ii": "i",
    "aa": "a",
    "uu": "u",
    "x": "ks",
    "q": "k",
    "w": "v",
}
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouy]+")
_ROUGH = str.maketrans({"e": "i", "y": "i", "o": "u", "K": "h", "C": "c", "S": "s", "z": "s", "j": "j", "p": "p"})
_SILENT = re.compile("(?<=[aeiou])h(?![aeiouy])")


def _phone(found: re.Match[str]) -> str:
    cluster = found.group()
    if cluster == "c":
        return "s" if found.string[found.end() : found.end() + 1] in ("e", "i", "y") else "k"
    return _PHONES[cluster]


@lru_cache(maxsize=200_000)
def phones(word: str) -> str:
    """One sign for one sound: sh, ch, kh, ts and their like made single, runs made single. Vowels are kept."""
    return _DOUBLED.sub(r"\1", _CLUSTERS.sub(_phone, word))


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Like `phones`, with vowels made three (a, i, u), each run of them its last two, and the h silent where it closes
    a syllable: hussein and husayn, mohammed and mouhamad come near each other."""
    rough = _SILENT.sub("", phones(word)).translate(_ROUGH)
    return _DOUBLED.sub(
        r"\1", rough.replace("ai", "i").replace("ia", "a").replace("iu", "u").replace("au", "u").replace("ui", "u")
    )


@lru_cache(maxsize=200_000)
def bones(word: str) -> str:
    """The consonants of the sound, with its first letter: muhammad, mohamed and mhmd are all mhmd."""
    heard = sound(word)
    return heard[:1] + _VOWELS.sub("", heard[1:]) if heard else ""
