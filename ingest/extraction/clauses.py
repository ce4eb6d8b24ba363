"""Subjects and verbs of a tagged sentence, roughly: who stands before the verb, and how far the verb reaches."""

from dataclasses import dataclass

from ingest.extraction.article import Group, Sentence
from ingest.extraction.tagging import BE, FINITE, HAVE

LINKS = frozenset(
    "after as because while when before since although though despite amid following until unless whereas if where"
    " who which that".split()
)
"""Words that begin another clause."""
_MARKS = frozenset('.,;:()[]"“”|—–-…'.split()) | {"--", "...", ",", "-"}


@dataclass(frozen=True, slots=True)
class Clause:
    """Places of tokens: the subject group (None when there is none), the verb group, and the end of the clause.
    `link` is the word that opens a further clause, empty for the first."""

    subject: Group | None
    verb: int
    main: int
    end: int
    link: str


def clauses(sentence: Sentence) -> list[Clause]:
    """The clauses in their order; of a headline without a finite verb also that of a participle ("injured")."""
    if sentence.told is None:
        sentence.told = _clauses(sentence)
    return sentence.told


def _clauses(sentence: Sentence) -> list[Clause]:
    tags = sentence.tags
    found: list[Clause] = []
    i = 0
    while i < len(tags):
        if tags[i] in FINITE or _bare_participle(sentence, i):
            main = _main_verb(sentence, i)
            subject = _subject(sentence, i)
            found.append(
                Clause(subject, i, main, _end(sentence, main + 1), _link(sentence, subject.start if subject else i))
            )
            i = main
        i += 1
    return found


def kicker(sentence: Sentence) -> int:
    """Place after a headline's opening words before a colon ("Croydon crash: Police …"), 0 when there are none."""
    for i, token in enumerate(sentence.tokens[:8]):
        if token.text in (":", "|") and 0 < i < len(sentence.tokens) - 2:
            return i + 1
    return 0


def _bare_participle(sentence: Sentence, i: int) -> bool:
    if sentence.part != "title" or sentence.tags[i] != "VBN" or i == 0:
        return False
    before = sentence.tags[i - 1]
    return before in ("NN", "NNS", "NNP", "NNPS", "CD", "JJ") or sentence.tokens[i - 1].lower in BE


def _main_verb(sentence: Sentence, first: int) -> int:
    """The last verb of the group that begins here: "has been arrested", "is set to meet"."""
    last = first
    i = first
    while i + 1 < len(sentence.tags) and sentence.tags[i + 1] in ("VB", "VBN", "VBG", "VBD", "RB", "VBP"):
        i += 1
        if sentence.tags[i] != "RB":
            if sentence.tokens[last].lower not in BE | HAVE and sentence.tags[last] != "MD":
                break
            last = i
    return last


def _subject(sentence: Sentence, verb: int) -> Group | None:
    before = [g for g in sentence.groups if g.end <= verb and verb - g.end <= 12]
    if not before:
        return None
    group = before[-1]
    # "the death toll from an attack rose": the group before "from" is meant, not the one nearest to the verb.
    place = len(before) - 1
    while (
        place > 0
        and group.start
        and sentence.tags[group.start - 1] in ("IN", "TO")
        and (sentence.tokens[group.start - 1].lower not in LINKS)
    ):
        former = before[place - 1]
        if former.end != group.start - 1:
            break
        place -= 1
        group = former
    return group


def _link(sentence: Sentence, start: int) -> str:
    for i in range(start - 1, max(-1, start - 3), -1):
        word = sentence.tokens[i].lower
        if word in LINKS:
            return word
    return ""


def _end(sentence: Sentence, start: int) -> int:
    for i in range(start, len(sentence.tokens)):
        word = sentence.tokens[i]
        mark = word.text in (".", ";", ":", "|", "—", "–", "…", "--", "...") and sentence.tags[i] != "NNP"
        if word.lower in LINKS or mark:
            return i
        if (
            word.text == ","
            and i + 1 < len(sentence.tags)
            and sentence.tags[i + 1] in ("VBG", "CC", "WDT", "WP", "DT", "IN")
        ):
            return i
    return len(sentence.tokens)
