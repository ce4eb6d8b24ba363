"""The words that names are found by, and which of them are written or sound nearly alike.

A word finds its like by one slip (an insertion, deletion, substitution or transposition: both lose one letter of their
beginnings to become equal, Garbe 2012) or by its consonants. Words come last in, first out, so that what an index takes
back leaves no trace.
"""

from array import array
from typing import TypeAlias

from rapidfuzz.distance import OSA

from resolution.names.sounds import bones, sound

BEGINNING = 6
"""Letters of a word whose slips are indexed; a later slip leaves them as they are, so nothing is lost."""
SHORT = 4
"""Letters that a word needs to be sought with a slip in it: in a shorter one a slip is another word."""
ALIKE = 500
"""Words looked at under one key; a key with more does not tell words apart."""
Numbers: TypeAlias = "int | array[int]"
"""One number, or several: most lists hold one, and an int costs no list."""


class Vocabulary:
    """Words with their numbers, from 0. A word is written with its scope behind a bar (`police|india`): words of
    different scopes are never alike."""

    __slots__ = ("_by_slip", "_by_sound", "_numbers", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._by_slip: dict[str, Numbers] = {}
        self._by_sound: dict[str, Numbers] = {}

    def number(self, word: str) -> int | None:
        """The number of a word, None when it is not there."""
        return self._numbers.get(word)

    def add(self, word: str) -> int:
        """The number of a word that is taken in when it is not there."""
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            bare, bar, scope = word.partition("|")
            if _sought(bare):
                for key in _slips(bare, bar + scope):
                    push(self._by_slip, key, number)
                push(self._by_sound, _heard(bare, bar + scope), number)
        return number

    def drop_last(self) -> None:
        """Takes the newest word out."""
        word = self.words.pop()
        del self._numbers[word]
        bare, bar, scope = word.partition("|")
        if _sought(bare):
            for key in _slips(bare, bar + scope):
                pull(self._by_slip, key)
            pull(self._by_sound, _heard(bare, bar + scope))

    def alike(self, word: str) -> list[int]:
        """Numbers of the word itself, if it is there, and of those that differ from it by one slip or, with the same
        consonants, by little more."""
        own = self._numbers.get(word)
        found = [] if own is None else [own]
        bare, bar, scope = word.partition("|")
        if not _sought(bare):
            return found
        near: dict[int, None] = {}
        for key in _slips(bare, bar + scope):
            near.update(dict.fromkeys(numbers(self._by_slip.get(key))[:ALIKE]))
        distance = OSA.distance
        words = self.words
        found += (
            number
            for number in near
            if number != own and distance(bare, words[number].partition("|")[0], score_cutoff=1) <= 1
        )
        heard = sound(bare)
        apart = 2 if len(heard) > 5 else 1
        for number in numbers(self._by_sound.get(_heard(bare, bar + scope)))[:ALIKE]:
            if number not in found and distance(heard, sound(words[number].partition("|")[0])) <= apart:
                found.append(number)
        return found


def numbers(held: "Numbers | None") -> "array[int] | tuple[int, ...]":
    """All numbers of a list that may be one number."""
    return () if held is None else (held,) if isinstance(held, int) else held


def push(lists: dict[str, Numbers], key: str, number: int) -> None:
    """Puts a number at the end of a list."""
    held = lists.get(key)
    if held is None:
        lists[key] = number
    elif isinstance(held, int):
        lists[key] = array("I", (held, number))
    else:
        held.append(number)


def pull(lists: dict[str, Numbers], key: str) -> None:
    """Takes the last number of a list away, and the list with its last one."""
    held = lists[key]
    if isinstance(held, int):
        del lists[key]
        return
    held.pop()
    if len(held) == 1:
        lists[key] = held[0]


def _sought(word: str) -> bool:
    return len(word) >= SHORT and word.isalpha()


def _slips(word: str, scope: str) -> set[str]:
    start = word[:BEGINNING]
    return {start + scope, *(start[:place] + start[place + 1 :] + scope for place in range(len(start)))}


def _heard(word: str, scope: str) -> str:
    kept = bones(word)
    return (kept if len(kept) > 2 else sound(word)) + scope
