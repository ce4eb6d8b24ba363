"""Words of questions and of news, brought to forms that can be compared: stems, and groups of words that mean alike."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from api.ask.lexicon import lines_of

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*\d*")
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ations", "ate"), ("ation", "ate"), ("ings", ""), ("ing", ""), ("edly", ""),
    ("ied", "y"), ("ed", ""), ("es", ""), ("s", ""), ("ment", ""), ("ly", ""),
)  # fmt: skip
_MADE_WITH = frozenset("er or r ist ian an al ic n ity y ion ness".split())
_EVERY = 10_000
"""Numbers of groups that each list has for itself."""
_SHORT = 3
_PARTICLES = frozenset("back up off down out away".split())
_SLIP = 86.0
"""Likeness (0..100) from which two long words are one, written with a slip."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, folded (no case, no accents), its stem, and whether it begins with a capital."""

    start: int
    end: int
    written: str
    folded: str
    stem: str
    proper: bool


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’.")


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Word, ...]:
    """All words of a text in order; a possessive 's is left away."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        written = re.sub(r"['’]s$|['’]$", "", match[0])
        folded = fold(written)
        if folded:
            proper = written[0].isupper() or (written[0].isdigit() and not written.isdigit())
            found.append(Word(match.start(), match.start() + len(written), written, folded, stem(folded), proper))
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a folded word that its forms share; irregular forms by list."""
    known = _forms().get(word)
    if known is not None:
        return known
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            cut = word[: -len(ending)] + instead
            if ending in ("ing", "ings", "ed") and len(cut) > _SHORT and cut[-1] == cut[-2] and cut[-1] not in "lsz":
                cut = cut[:-1]
            return _forms().get(cut, _bare(cut))
    return _bare(word)


def _bare(word: str) -> str:
    """Without a final e: `close` and `closing` meet."""
    return word[:-1] if len(word) > _SHORT and word.endswith("e") else word


@cache
def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines_of("forms"):
        first, *others = line.split()
        for word in (first, *others, *(_bare(one) for one in (first, *others))):
            found.setdefault(word, first)
    return found


@cache
def _groups() -> tuple[dict[str, frozenset[int]], dict[tuple[str, ...], str]]:
    """By stem the groups it stands in; and phrases of several stems with the one that stands for them."""
    held: dict[str, set[int]] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for place, name in enumerate(("alike", "peoples", "wordnet")):
        for number, line in enumerate(lines_of(name), start=place * _EVERY):
            for word in line.split():
                parts = tuple(stem(fold(part)) for part in word.split("_"))
                key = "_".join(parts)
                if len(parts) > 1:
                    phrases[parts] = key
                held.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in held.items()}, phrases


def groups(one: str) -> frozenset[int]:
    """Numbers of the groups of words that mean alike, that a stem stands in."""
    return _groups()[0].get(one, frozenset())


def phrases_in(stems: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Phrases of the list (`step down`) among stems: from, to, and the stem that stands for it. Up to three words may
    lie between a verb and its particle (`gave the credit back`); then it is the verb alone."""
    known = _groups()[1]
    found: list[tuple[int, int, str]] = []
    for at in range(len(stems)):
        for length in (3, 2):
            key = known.get(stems[at : at + length])
            if key is not None:
                found.append((at, at + length, key))
                break
        else:
            apart = (known.get((stems[at], one)) for one in stems[at + 2 : at + 5] if one in _PARTICLES)
            key = next((key for key in apart if key), None)
            if key is not None:
                found.append((at, at + 1, key))
    return found


def passed_over() -> frozenset[str]:
    """Folded words that say nothing of what happened."""
    return _listed("passed_over")


@cache
def faint() -> frozenset[str]:
    """Stems that weigh little."""
    return frozenset(stem(word) for word in _listed("faint"))


def strictly() -> frozenset[str]:
    """Folded words without which no event answers."""
    return _listed("strictly")


def offices() -> frozenset[str]:
    """Folded words that are written with a capital and yet name nobody."""
    return _listed("offices")


def peoples() -> frozenset[str]:
    """Folded names of countries and of their people."""
    return _listed("peoples")


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(fold(word) for line in lines_of(name) for word in line.split())


def _derived(short: str, long: str) -> bool:
    """Whether the longer is made of the shorter: boxer of box, Norvian of Norvia."""
    return len(short) >= _SHORT and long.startswith(short) and long[len(short) :] in _MADE_WITH


def alike(one: str, other: str) -> float:
    """How far a word of the question is met by one of the news, 0..1, by their stems."""
    if one == other:
        return 1.0
    shared = groups(one) & groups(other)
    if shared:
        return 0.9 if min(shared) < 2 * _EVERY else 0.8
    if _derived(*sorted((one, other), key=len)):
        return 0.85
    if len(one) >= 5 and len(other) >= 5:
        short, long = sorted((one, other), key=len)
        if long.startswith(short) and len(long) - len(short) <= 4:
            return 0.85
        if abs(len(one) - len(other)) <= 2 and one[0] == other[0] and ratio(one, other) >= _SLIP:
            return 0.8
    return 0.0
