"""Who did it, and to whom, by the order of words: the deeds of a text, each with where its doers and those it was done
to stand.

Read from tags, not from a full grammar, so it speaks up only where the words leave no doubt: a name that stands among
those a deed was done to, while somebody else stands where its doers do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.ask.words import Word, alike, fold, groups, peoples, stem, words
from ingest.extraction.tagging import BE, FINITE, HAVE, NOUNS, can_be_verb, tag
from ingest.extraction.tokens import Token, sentences, tokens

_SENTENCES = 12
_MARKS = frozenset("after while when who which that and but as because since where whom if although before or".split())
_PROPER = frozenset(("NNP", "NNPS"))
_BETWEEN = 4
"""Words that may stand between a word that leaves a deed undone and the deed: `demanding the resignation`."""
_UNDONE = frozenset(
    stem(word)
    for word in "demand urge refuse fail threaten reject deny prevent avert prohibit oppose"
    " stay postpone delay cancel halt survive escape foil".split()
)
_ATTEMPTS = frozenset("attempt attempts plot plots bid threat threats".split())
_CALLS = frozenset((("call", "for"), ("ask", "for")))
_MUTUAL = frozenset(
    stem(word)
    for word in "meet talk sign marry fight clash exchange agree negotiate discuss speak join connect trade share face"
    " play battle ally argue split cooperate"
    " be have do".split()
)
"""Deeds in which either may be named first."""
_SAYS = frozenset(stem(word) for word in "say tell state claim think warn announce promise threaten admit deny".split())
_SAME = 0.9
"""Likeness, 0..1, from which two verbs are one deed."""
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of a text with where, in characters, its doers and those it was done to may stand."""

    stem: str
    start: int
    doers: tuple[Range, ...]
    done_to: tuple[Range, ...]
    passive: bool


@lru_cache(maxsize=4_096)
def deeds_in(text: str) -> tuple[Deed, ...]:
    """The deeds of a text, in order."""
    return tuple(deed for start, end in sentences(text, _SENTENCES) for deed in _of_sentence(text[start:end], start))


def _of_sentence(text: str, offset: int) -> Iterable[Deed]:
    said = tokens(text)
    tags = tag(said)
    if not any(one in FINITE for one in tags):
        tags = tag(said, headline=True)
    verbs = [at for at in range(len(said)) if _is_verb(said, tags, at)]
    main = next((at for at in verbs if tags[at] in (*FINITE, "NNS", "NN")), verbs[0] if verbs else 0)
    for at in verbs:
        if _helps(said, tags, at):
            continue
        passive = _passive(said, tags, at)
        before = _before(said, tags, at, main, verbs)
        after = [(at + 1, _clause_end(said, at))]
        if passive:
            by = next((j for j in range(at + 1, min(len(said), at + 9)) if said[j].lower == "by"), None)
            doers = [] if by is None else [(by + 1, _clause_end(said, by))]
            done_to = before
        else:
            doers, done_to = before, after
        yield Deed(
            stem(fold(said[at].text)),
            offset + said[at].start,
            tuple(_range(said, one, offset) for one in doers if one[0] < one[1]),
            tuple(_range(said, one, offset) for one in done_to if one[0] < one[1]),
            passive,
        )


def _range(said: Sequence[Token], span: Range, offset: int) -> Range:
    return offset + said[span[0]].start, offset + said[span[1] - 1].end


def _is_verb(said: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    if tags[at].startswith("VB"):
        # `an expected 10,000 migrants`: a participle that tells of a noun.
        return not (tags[at] == "VBN" and at and tags[at - 1] in ("DT", "JJ", "CD", "PRP$", "POS"))
    # `Ukraine selectively bans certain airlines`: read as a noun, yet it stands where a verb does.
    if (
        said[at].capital
        or tags[at] not in ("NNS", "NN")
        or not at
        or at + 1 == len(said)
        or not can_be_verb(said[at].lower)
    ):
        return False
    if tags[at] == "NN" and not (
        # `Forces trade equipment`, `Japan defeat two-time champion South Africa`
        (said[at - 1].lower.endswith("s") and tags[at - 1] in ("NNS", *_PROPER))
        or (tags[at - 1] in _PROPER and tags[at + 1] in ("CD", "DT", "JJ", "PRP$"))
    ):
        return False
    return (said[at - 1].text == "," or tags[at - 1] in ("RB", "NNS", *_PROPER)) and (
        tags[at + 1] in ("JJ", "DT", "CD", "PRP$", *_PROPER, *NOUNS)
    )


def _helps(said: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    if said[at].lower not in BE | HAVE | {"do", "does", "did"}:
        return False
    return any(tags[j].startswith("VB") for j in range(at + 1, min(len(said), at + 4)))


def _passive(said: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    if tags[at] not in ("VBN", "VBD"):
        return False
    behind = at - 1
    while behind >= 0 and (tags[behind] == "RB" or said[behind].lower in ("been", "being")):
        behind -= 1
    if (behind >= 0 and said[behind].lower in BE) or (at and said[at - 1].lower in ("been", "being")):
        return True
    return at + 1 < len(said) and said[at + 1].lower == "by"


def _before(said: Sequence[Token], tags: Sequence[str], at: int, main: int, verbs: Sequence[int]) -> list[Range]:
    """Where the subject of a verb may stand: before the sentence's first verb, and behind the last mark."""
    if at <= main or not any(one < at for one in verbs):
        return [(0, at)]
    found = [(0, main)]
    mark = next((j for j in range(at - 1, main, -1) if said[j].lower in _MARKS or said[j].text in ";:"), None)
    if mark is not None:
        found.append((mark + 1, at))
        if said[mark].lower in ("who", "which", "that", "whom"):
            found.append((max(main + 1, mark - 6), mark))
    if tags[at] == "VBG" and tags[at - 1] in NOUNS:
        found.append((max(main + 1, at - 3), at))  # `triggers floods killing ten`
    if tags[at - 1] == "TO":
        found.append((max(one for one in verbs if one < at) + 1, at))
    return found


def _clause_end(said: Sequence[Token], at: int) -> int:
    return next(
        (j for j in range(at + 1, len(said)) if said[j].text in ";:" or said[j].lower in ("while", "who")), len(said)
    )


@dataclass(frozen=True, slots=True)
class Names:
    """The forms that a name may stand in a text by: rows of stems."""

    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, forms: Iterable[str]) -> "Names":
        """Each form by its last two words, and a single word by itself."""
        return cls(tuple(dict.fromkeys(tuple(word.stem for word in words(form))[-2:] for form in forms if words(form))))

    def ranges(self, said: Sequence[Word]) -> list[Range]:
        """Where they stand among the words of a text; the people of a country count as the country."""
        return [
            (word.start, said[at + len(row) - 1].end)
            for at, word in enumerate(said)
            for row in self.rows
            if tuple(one.stem for one in said[at : at + len(row)]) == row or (len(row) == 1 and _people(row[0], word))
        ]


def _people(name: str, word: Word) -> bool:
    if not word.proper:
        return False
    if groups(name) & groups(word.stem) and word.folded in peoples():
        return True
    short, long = sorted((name, word.stem), key=len)
    return len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2


def turned_round(
    text: str, verbs: Iterable[str], doer: Names, others: Sequence[Names] = (), *, named: bool = False
) -> bool:
    """Whether a text tells that it was done to whom the question has do it: he stands among those it was done to, and
    another where its doers do. `others` are further names of the question; `named` tells that the doer is a name."""
    wanted = frozenset(verbs) - _MUTUAL
    said = words(text)
    own = doer.ranges(said)
    if not own or not wanted:
        return False
    deeds = deeds_in(text)
    same = [deed for deed in deeds if any(alike(deed.stem, verb) >= _SAME for verb in wanted)]
    if same:
        return (
            not any(_within(own, deed.doers) for deed in same)
            and any(_within(own, deed.done_to) for deed in deeds)
            and all(deed.passive or _proper_in(said, deed.doers) for deed in same)
        )
    if wanted and (named or wanted & _SAYS):
        # What somebody did or said is not told by what was said or done about them.
        return not any(_within(own, deed.doers) for deed in deeds) and any(
            _within(own, deed.done_to) and _proper_in(said, deed.doers) for deed in deeds
        )
    there = [one for name in others for one in name.ranges(said)]
    if not there or any(_within(own, deed.doers) for deed in deeds if not deed.passive):
        return False
    return any(_within(own, deed.done_to) and _within(there, deed.doers) for deed in deeds)


def done_by(text: str, verbs: Iterable[str], sufferer: Names) -> bool:
    """Whether a text tells that it was done by whom the question has it done to, and by nobody else."""
    wanted = frozenset(verbs) - _MUTUAL
    said = words(text)
    own = sufferer.ranges(said)
    same = [deed for deed in deeds_in(text) if deed.stem in wanted]
    if not own or not same or any(_within(own, deed.done_to) for deed in same):
        return False
    rest = [word for word in said if word.proper and not _within([(word.start, word.end)], own)]
    return all(
        _within(own, deed.doers) and not any(_within([(w.start, w.end)], deed.doers) for w in rest) for deed in same
    )


def stands_in(text: str, verbs: Iterable[str], sufferer: Names) -> bool:
    """Whether a text tells of a name among those a deed was done to."""
    wanted = frozenset(verbs)
    own = sufferer.ranges(words(text))
    return any(_within(own, deed.done_to) for deed in deeds_in(text) if deed.stem in wanted)


def _within(ranges: Sequence[Range], spans: Sequence[Range]) -> bool:
    return any(begin <= start and end <= close for start, end in ranges for begin, close in spans)


def _proper_in(said: Sequence[Word], spans: Sequence[Range]) -> bool:
    return any(word.proper and _within([(word.start, word.end)], spans) for word in said)


def undone(said: Sequence[Word], at: int) -> str:
    """The stem of what leaves the deed at a place undone, such as a demand for it; empty where nothing does."""
    if at + 1 < len(said) and said[at + 1].folded in _ATTEMPTS:
        return said[at + 1].stem
    for back in range(at - 1, max(-1, at - 1 - _BETWEEN), -1):
        if said[back].stem in _UNDONE:
            return said[back].stem
        if (said[back].stem, said[back + 1].folded) in _CALLS:
            return said[back].stem
    return ""
