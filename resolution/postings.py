"""Which names hold which words: the look-up behind blocking, bounded whatever the words.

A list of names under a common word is split by the first letters of their other words, so that two common words
(`Maria Garcia`) are sought together. What is in the lists is a function of the names alone, not of the order in which
they came, except that a look-up over its bound keeps the earliest.
"""

from array import array
from collections.abc import Iterable, Sequence
from math import log2

from resolution.names.parts import LONGEST
from resolution.vocabulary import Numbers, Vocabulary, numbers, pull, push

SPLIT = 256
"""Names under one word from which on its list is split."""
WALK = 250
"""Names of one list that are looked at."""
BUDGET = 500
"""Names looked at in all for one look-up."""
_NEEDED = (1, 1, 2, 2, 2, *(max(2, (words + 1) // 2) for words in range(5, 2 * LONGEST + 1)))
"""For each number of words of the shorter name those that must meet for two names to be worth comparing: all of one
or two, else half, but two at least."""
_SURE, _BEHIND_BEST = 20, 0.5
"""So many of the best are kept whatever they are worth; of the others those that are worth this share of the best."""
_WEAK = 0.4
"""What a word is worth that meets another only in its first letter."""
_SLIPPED = 0.8
_BEHIND = 0.06
"""What a word more or less costs."""


class Postings:
    """Names by number, from 0, each with its words; last in, first out."""

    __slots__ = ("_families", "_lists", "_split", "_starts", "_words", "vocabulary")

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._words = array("I")
        self._starts = array("I", (0,))
        self._families = bytearray()
        self._lists: list[Numbers] = []
        self._split: dict[int, dict[str, Numbers]] = {}

    def add(self, words: Sequence[str], family: int) -> None:
        """Takes in the next name; `family` is a small number, 0 when it goes with all others."""
        number = len(self._families)
        known = [self.vocabulary.add(word) for word in words]
        for word in known:
            if word == len(self._lists):
                self._lists.append(number)
            else:
                self._enlist(word, number)
        self._words.extend(known)
        self._starts.append(len(self._words))
        self._families.append(family)
        for word in known:
            if word in self._split:
                self._spread(word, number)
            elif self.size(word) == SPLIT:
                self._split[word] = {}
                for one in numbers(self._lists[word]):
                    self._spread(word, one)

    def drop_last(self) -> None:
        """Takes the newest name out."""
        number = len(self._families) - 1
        known = self._words[self._starts[number] :]
        # Before any word of it goes: the letters are those of its words.
        for word in known:
            if word in self._split:
                for letter in self._others(word, number):
                    pull(self._split[word], letter)
                if self.size(word) == SPLIT:
                    del self._split[word]
        for word in reversed(known):
            held = self._lists[word]
            if isinstance(held, int):
                self._lists.pop()
                self.vocabulary.drop_last()
            else:
                held.pop()
                if len(held) == 1:
                    self._lists[word] = held[0]
        del self._words[self._starts[number] :]
        self._starts.pop()
        self._families.pop()

    def size(self, word: int) -> int:
        """Names that hold the word of that number."""
        held = self._lists[word]
        return 1 if isinstance(held, int) else len(held)

    def holding(self, word: str, other: str = "") -> Iterable[int]:
        """Names that hold exactly this word, earliest first, those first of all of which another word begins with
        `other` where the list is long."""
        number = self.vocabulary.number(word)
        if number is None:
            return ()
        if other and number in self._split:
            return numbers(self._split[number].get(other))
        return numbers(self._lists[number])

    def meeting(self, words: Sequence[str], family: int, limit: int) -> list[tuple[float, int]]:
        """At most `limit` names that meet enough of these words, each with how well (higher is better), best first,
        then the earliest."""
        query = _Query(words, self)
        seen: dict[int, float] = {}
        left = BUDGET
        for place in query.rarest:
            for number in self._walk(query, place, min(WALK, left)):
                if number not in seen:
                    seen[number] = self._met(query, number, family)
                    left -= 1
            if left <= 0:
                break
        found = [(value, number) for number, value in seen.items() if value > 0.0]
        found.sort(key=lambda one: (-one[0], one[1]))
        if len(found) > _SURE:
            least = _BEHIND_BEST * found[0][0]
            found = found[:_SURE] + [one for one in found[_SURE:limit] if one[0] >= least]
        return found[:limit]

    def _walk(self, query: "_Query", place: int, most: int) -> Iterable[int]:
        """Names that hold the word at that place or its like; where they are many, those that share more with the
        query."""
        alike = query.alike[place]
        if query.sizes[place] <= most:
            return [number for word in alike for number in numbers(self._lists[word])]
        found: dict[int, None] = {}
        for word in alike:
            held = numbers(self._lists[word])
            if word not in self._split:
                found.update(dict.fromkeys(held))
                continue
            for other, letter in enumerate(query.letters):
                if other != place:
                    found.update(dict.fromkeys(self._both(self._split[word].get(letter), query, other, most)))
        return list(found)[:most] if len(found) > most else found

    def _both(self, held: "Numbers | None", query: "_Query", other: int, most: int) -> Iterable[int]:
        """Of the names of a list those that hold a like of another word, when the list alone is too long."""
        listed = numbers(held)
        if len(listed) <= most:
            return listed
        ours = set(listed)
        found: set[int] = set()
        for word in query.alike[other]:
            found.update(ours.intersection(numbers(self._lists[word])))
        return sorted(found)

    def _met(self, query: "_Query", number: int, family: int) -> float:
        """How well a name meets the query, 0 when too few of its words do. Words left over on both sides that begin
        with the same letter meet weakly: initials, pet forms, slips in short words."""
        own = self._families[number]
        if own and family and own != family:
            return 0.0
        words = self._words[self._starts[number] : self._starts[number + 1]]
        hits, met, used, count = query.hits, 0.0, 0, 0
        rest: list[int] = []
        for word in words:
            hit = hits.get(word)
            if hit is None or used >> hit[0] & 1:
                rest.append(word)
            else:
                used |= 1 << hit[0]
                met += hit[1]
                count += 1
        if rest and count < query.count:
            texts = self.vocabulary.words
            for place, letter in enumerate(query.letters):
                if not used >> place & 1:
                    for k, word in enumerate(rest):
                        if texts[word][0] == letter:
                            del rest[k]
                            count += 1
                            met += _WEAK * query.least
                            break
        if count < _NEEDED[min(len(words), query.count)]:
            return 0.0
        return met / query.told - _BEHIND * (len(words) + query.count - 2 * count)

    def _enlist(self, word: int, number: int) -> None:
        held = self._lists[word]
        if isinstance(held, int):
            self._lists[word] = array("I", (held, number))
        else:
            held.append(number)

    def _spread(self, word: int, number: int) -> None:
        for letter in self._others(word, number):
            push(self._split[word], letter, number)

    def _others(self, word: int, number: int) -> set[str]:
        words, texts = self._words[self._starts[number] : self._starts[number + 1]], self.vocabulary.words
        return {texts[other][0] for other in words if other != word}


class _Query:
    """The words of one look-up with the known words that they meet."""

    __slots__ = ("alike", "count", "hits", "least", "letters", "rarest", "sizes", "told")

    def __init__(self, words: Sequence[str], postings: Postings) -> None:
        known = postings.vocabulary
        self.count = len(words)
        self.letters = [word[0] for word in words]
        self.alike = [known.alike(word) for word in words]
        self.sizes = [sum(map(postings.size, alike)) for alike in self.alike]
        # What a word tells: the more, the fewer names hold it or its like.
        told = [1.0 / (1.0 + log2(1 + size)) for size in self.sizes]
        self.told, self.least = sum(told), min(told, default=1.0)
        self.hits: dict[int, tuple[int, float]] = {}
        for place, (text, alike) in enumerate(zip(words, self.alike, strict=True)):
            own = known.number(text)
            for word in alike:
                if word == own or word not in self.hits:
                    self.hits[word] = place, told[place] * (1.0 if word == own else _SLIPPED)
        held = [place for place, size in enumerate(self.sizes) if size]
        self.rarest = sorted(held, key=lambda place: (self.sizes[place], place))
