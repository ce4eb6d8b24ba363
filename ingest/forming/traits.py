"""What two texts about one event share: names in any script, countries, numbers, and in one language words.

A name is compared by its consonants in Latin letters, runs made one and near sounds folded: Mahsa Amini, Махса Амини
and مهسا امینی meet. Words of scripts that leave no blanks are pairs of characters.
"""

import re
from collections import Counter
from functools import lru_cache

from anyascii import anyascii

from resolution.names.territory import country, country_word

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BLANKLESS = re.compile("[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_NEAR = str.maketrans("bcdfgjkqszvtx", "pktfkkkkzzftk")
"""Sounds that scripts write for one another: b and p, d and t, v and f, all of c g j k q x, s and z."""
_SILENT = frozenset("aeiouyhw")
LEAST_LETTERS = 3
"""Consonants that a name's key has at least: shorter ones meet by chance."""


def names(text: str) -> Counter[str]:
    """Keys of names, countries and numbers, with how often they stand there. Where a script has capitals only words
    with one count as names."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if word.isdigit():
            if len(word) < 5:
                found[f"n|{int(word)}"] += 1
            continue
        code = _country(word)
        if code:
            found[f"c|{code}"] += 1
        if not word[0].islower():
            key = consonants(word)
            if len(key) >= LEAST_LETTERS:
                found[f"s|{key}"] += 1
    return found


def words(text: str) -> Counter[str]:
    """Words of one language, folded; pairs of characters where blanks part no words."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text.lower()):
        if _BLANKLESS.search(word):
            found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            found[_plain(word)] += 1
    return found


@lru_cache(maxsize=100_000)
def consonants(word: str) -> str:
    """The key of a name: its first letter and its consonants in Latin letters, folded."""
    letters = _plain(word)
    if not letters:
        return ""
    # Kh and h write one another's sound.
    head = re.sub("^(?:kh?|h)", "k", letters)
    kept = [head[0]]
    for letter in head[1:]:
        if letter not in _SILENT and letter != kept[-1]:
            kept.append(letter)
    return "".join(kept).translate(_NEAR)


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", anyascii(word).lower())


@lru_cache(maxsize=100_000)
def _country(word: str) -> str | None:
    return country(word) or country_word(word)
