"""Names in the sentences of a page: people, bodies, places, as they are written, each with every place it stands at.

In English a name is a run of words tagged as names; in other languages with capitals a run of capitals that does not
merely begin a sentence; in Chinese a country or a name that the graph knows. A title before a name is its role.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from babel import Locale

from graph.entity import HOME
from graph.keys import W
from ingest.extraction.article import Sentence
from ingest.extraction.dates import dates
from ingest.extraction.gazetteer import known_place
from ingest.extraction.tagging import tag
from ingest.extraction.tokens import Token
from ingest.semantics.name_words import (
    ARTICLES,
    CONNECTORS,
    DOUBTFUL,
    JOINED_BY_OF,
    NO_NAMES,
    PLACE_HEADS,
    PLACED_ABROAD,
    PLACED_BY,
    PLACES,
    TITLES,
)
from resolution.names.territory import country, within_country
from resolution.names.words import ORGANIZATION_WORDS

Kinds = Mapping[str, str]
"""Kind of each name that the graph knows, by the name as written."""

_PEOPLE_ENDS = re.compile(r"(?:an|ans|ian|ish|ese|ic|ch|ss|man|mans|i|is|k|ks|lo|os|ino|inos|sh)$")
_CAPITALISED = re.compile(r"[^\W\d_][\w’'.-]*")
LONGEST = 8
"""Words that a name has at most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One occurrence: number of the sentence, offsets in its part, the role told with it. `lone` marks a single word
    whose capital may only be that of a sentence's head, `placed` one after a word of place."""

    sentence: int
    part: str
    start: int
    end: int
    role: str = ""
    lone: bool = False
    placed: bool = False
    acts: bool = False
    before_noun: bool = False
    said: str = ""
    """The name as it is written here, where a part of it stands for the whole."""


@dataclass(slots=True)
class Name:
    """A name with its occurrences in the order of the page; `w` is WHO or WHERE."""

    surface: str
    spots: list[Spot] = field(default_factory=list[Spot])
    w: W = W.WHO
    known: str = ""
    """Kind that the graph knows it by, empty when it does not."""
    vouched: bool = False
    """A language model named it, too: its W is the model's where the graph does not know better."""

    @property
    def role(self) -> str:
        """The first role told with it."""
        return next((spot.role for spot in self.spots if spot.role), "")

    @property
    def sentences(self) -> set[int]:
        """Numbers of the sentences it stands in."""
        return {spot.sentence for spot in self.spots}


def names(sentences: list[Sentence], language: str) -> list[Name]:
    """The names in the order in which they are first said; `settle` decides their W."""
    found: dict[str, Name] = {}
    titled = any(one.part != "title" for one in sentences)
    for number, sentence in enumerate(sentences):
        for surface, spot in _spots(sentence, number, language):
            found.setdefault(surface, Name(surface)).spots.append(spot)
    kept = [one for one in found.values() if _stands(one, found, only_title=not titled)]
    return sorted(joined(kept), key=lambda one: (one.spots[0].sentence, one.spots[0].start))


def settle(found: Iterable[Name], kinds: Kinds) -> list[Name]:
    """Gives each name its W: a place where it is known or written as one, else who; the model's, if it named it."""
    settled = list(found)
    for one in settled:
        one.known = kinds.get(one.surface, "")
        if not one.vouched or one.known in HOME:
            one.w = W.WHERE if _is_place(one) else W.WHO
    return settled


def _is_place(one: Name) -> bool:
    if one.known in HOME:
        return HOME[one.known] is W.WHERE
    words = one.surface.lower().split()
    if known_place(one.surface) or words[-1] in PLACE_HEADS or words[0] in PLACES or within_country(one.surface):
        return True
    placed = sum(spot.placed for spot in one.spots)
    return placed > 0 and not any(spot.acts or spot.role for spot in one.spots)


def _stands(one: Name, all_of: Mapping[str, Name], *, only_title: bool) -> bool:
    """Not where the only capital is that of a sentence's head, or of a headline that has nothing but capitals."""
    short = len(one.surface) < 2 or one.surface.isdigit() or one.surface[:2] in ("I'", "I’")
    if short or one.surface.lower() in NO_NAMES or _of_a_people(one):
        return False
    sure = [spot for spot in one.spots if not spot.lone]
    if sure or known_place(one.surface):
        return True
    if " " not in one.surface and not _noun(one.surface):
        return False
    elsewhere = any(one.surface in other.split() for other in all_of if other != one.surface)
    return elsewhere or (only_title and len(one.surface) > 3)


def _noun(word: str) -> bool:
    """Whether the word may be a name: the dictionary does not know it as anything but a noun."""
    return tag([Token(word.lower(), word.lower(), 0, len(word))])[0].startswith("NN")


def _of_a_people(one: Name) -> bool:
    """ "German", "Afghan": says whose something is, and is nobody's name."""
    if " " in one.surface or country(one.surface) or not _PEOPLE_ENDS.search(one.surface):
        return False
    before = sum(spot.before_noun for spot in one.spots)
    return within_country(one.surface) and before * 2 >= len(one.spots)


def joined(found: list[Name]) -> list[Name]:
    """A family name alone is the one longer name that ends in it and was said before; of two it stays by itself."""
    longer: dict[str, list[Name]] = {}
    for one in found:
        words = one.surface.split()
        if 2 <= len(words) <= 4 and "of" not in words and not known_place(one.surface):
            longer.setdefault(words[-1].casefold(), []).append(one)
    kept: list[Name] = []
    for one in found:
        whole = longer.get(one.surface.casefold(), []) if " " not in one.surface else []
        whole = [other for other in whole if _follows(one, other)]
        if len(whole) == 1 and not known_place(one.surface):
            whole[0].spots += [replace(spot, said=one.surface) for spot in one.spots]
            whole[0].spots.sort(key=lambda spot: (spot.sentence, spot.start))
        else:
            kept.append(one)
    return kept


def _follows(short: Name, whole: Name) -> bool:
    """News tell the whole name first, headlines apart; a title that the other never bears is somebody else's."""
    roles = {spot.role for spot in short.spots if spot.role}
    if roles and not roles <= {spot.role for spot in whole.spots}:
        return False
    first = next(((spot.sentence, spot.start) for spot in short.spots if spot.part != "title"), None)
    return first is None or (whole.spots[0].sentence, whole.spots[0].start) <= first


def _spots(sentence: Sentence, number: int, language: str) -> Iterator[tuple[str, Spot]]:
    if language == "zh":
        yield from _chinese(sentence, number)
    elif language in ("en", ""):
        yield from _english(sentence, number)
    else:
        yield from _capitals(sentence, number)


def _english(sentence: Sentence, number: int) -> Iterator[tuple[str, Spot]]:
    words, tags = sentence.tokens, sentence.tags
    timed = {i for one in dates(sentence.text, None) for i, t in enumerate(words) if one.start <= t.start < one.end}
    capitals = _all_capitals(sentence)
    i = 0
    while i < len(words):
        if tags[i] not in ("NNP", "NNPS") or i in timed or not words[i].text[0].isalpha():
            i += 1
            continue
        end = _run(sentence, i, timed)
        start, role = _titles(sentence, i, end)
        if start < end and end - start <= LONGEST:
            first, last = words[start].start, words[end - 1].end
            lone = capitals or (end - start == 1 and _begins(sentence, start))
            before = words[start - 1].lower if start else ""
            after = tags[end] if end < len(tags) else ""
            spot = Spot(
                number,
                sentence.part,
                sentence.offset + first,
                sentence.offset + last,
                role,
                lone,
                placed=before in PLACED_BY,
                acts=after in ("VBZ", "VBD", "VBP", "MD", "POS"),
                before_noun=after in ("NN", "NNS", "JJ"),
            )
            yield sentence.text[first:last], spot
        i = max(end, i + 1)


def _all_capitals(sentence: Sentence) -> bool:
    """A headline in which nearly every word has a capital: they tell nothing there."""
    words = [t for t in sentence.tokens if t.text[0].isalpha() and len(t.text) > 3]
    return sentence.part == "title" and len(words) > 3 and sum(t.capital for t in words) > 0.7 * len(words)


def _begins(sentence: Sentence, place: int) -> bool:
    return place == 0 or sentence.tokens[place - 1].text in ":.?!\"“‘'|—–-([]"


def _run(sentence: Sentence, start: int, timed: set[int]) -> int:
    """End of the run of name words, over "of" and "&" where what stands before takes one."""
    words, tags = sentence.tokens, sentence.tags
    end = start + 1
    while end < len(words):
        if tags[end] in ("NNP", "NNPS") and end not in timed and words[end].text[0].isalnum():
            end += 1
            continue
        number = tags[end] == "CD" and words[end].text.isdigit() and len(words[end].text) <= 2 and end not in timed
        if number and end + 1 < len(words) and tags[end + 1] not in ("NN", "NNS"):
            end += 1
            continue
        after = end + 1
        if words[end].lower == "of" and words[end - 1].lower in JOINED_BY_OF:
            after += after < len(words) and words[after].lower == "the"
        elif not (words[end].text == "&" or (words[end].lower in CONNECTORS - {"of", "e", "y"} and end > start)):
            break
        if after >= len(words) or tags[after] not in ("NNP", "NNPS") or after in timed:
            break
        end = after + 1
    return end


def _titles(sentence: Sentence, start: int, end: int) -> tuple[int, str]:
    """Where the name itself begins, and the words before it that say what somebody is."""
    words = sentence.tokens
    said = [i for i in range(start, end) if _titles_somebody(words[i].lower)]
    first = said[-1] + 1 if said else start
    if first < end and said and not _person_after(words[said[-1]].lower, [t.lower for t in words[first:end]]):
        return start, ""
    if first == end:
        # "the President" names nobody; "Police" is no name alone, "Northern Grain Union" is one.
        return (end if len(said) == end - start else start), ""
    before = start
    while before and _titles_somebody(words[before - 1].lower) and sentence.tags[before - 1] in ("NN", "NNP", "JJ"):
        before -= 1
    role = sentence.text[words[before].start : words[first - 1].end] if first > before else ""
    return first, role.lower()[:60]


def _titles_somebody(word: str) -> bool:
    return word.strip(".").removesuffix("-elect") in TITLES


def _person_after(title: str, rest: list[str]) -> bool:
    """Whether the words after a title are somebody's, and not the rest of a body's name ("Justice Department")."""
    if rest[-1] in ORGANIZATION_WORDS or rest[-1] in JOINED_BY_OF or rest[-1] in PLACE_HEADS:
        return False
    return len(rest) > 1 or title.strip(".").removesuffix("-elect") not in DOUBTFUL


def _capitals(sentence: Sentence, number: int) -> Iterator[tuple[str, Spot]]:
    """Runs of capitals in a language whose grammar is not read."""
    timed = [(one.start, one.end) for one in dates(sentence.text, None)]
    run: list[re.Match[str]] = []
    for match in [*_CAPITALISED.finditer(sentence.text), None]:
        inside = match is not None and any(a <= match.start() < b for a, b in timed)
        if match is not None and not inside and _goes_on(sentence.text, run, match):
            run.append(match)
            continue
        yield from _taken(sentence, number, run)
        run = [match] if match is not None and not inside and match[0][0].isupper() else []


def _goes_on(text: str, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    if not run or text[run[-1].end() : match.start()] not in (" ", "-", "’", "'"):
        return False
    return match[0][0].isupper() or (match[0].lower() in CONNECTORS and len(run) < LONGEST)


def _taken(sentence: Sentence, number: int, run: list[re.Match[str]]) -> Iterator[tuple[str, Spot]]:
    while run and not run[-1][0][0].isupper():
        run = run[:-1]
    # An article that only begins the sentence is no part of the name.
    while len(run) > 1 and run[0].start() == 0 and run[0][0].lower() in ARTICLES:
        run = run[1:]
    if not run or len(run) > LONGEST or (len(run) == 1 and run[0][0].lower() in ARTICLES):
        return
    first, last = run[0].start(), run[-1].end()
    surface = sentence.text[first:last].rstrip(".’'-")
    lone = len(run) == 1 and (first == 0 or sentence.text[:first].rstrip()[-1:] in ":.?!\"“«‘'|—–-(¿¡")
    lone = lone or _all_capitals(sentence)
    start = sentence.offset + first
    before = sentence.text[:first].split()[-1:]
    placed = bool(before) and before[0].lower() in PLACED_ABROAD
    yield surface, Spot(number, sentence.part, start, start + len(surface), "", lone, placed)


_LATIN_OR_QUOTED = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*|(?<=[“「《])[^“”「」《》]{2,12}(?=[”」》])")


@cache
def _chinese_places() -> re.Pattern[str]:
    territories: dict[str, str] = dict(Locale.parse("zh").territories)
    found = {name for code, name in territories.items() if code.isalpha() and len(name) > 1 and country(name)}
    return re.compile("|".join(sorted(map(re.escape, found), key=len, reverse=True)))


def _chinese(sentence: Sentence, number: int) -> Iterator[tuple[str, Spot]]:
    for match in [*_chinese_places().finditer(sentence.text), *_LATIN_OR_QUOTED.finditer(sentence.text)]:
        start = sentence.offset + match.start()
        yield match[0], Spot(number, sentence.part, start, sentence.offset + match.end())
