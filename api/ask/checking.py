"""Whether the evidence bears what a language model says of it: its words, names, figures and dates, what is denied, and
who did it to whom.

Read from words, not from meaning, so a claim in words far from those of its evidence is taken out rather than believed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.ask.answer import Sentence
from api.ask.evidence import Evidence
from api.ask.roles import Deed, Names, Range, deeds_in, done_by, stands_in, turned_round, undone
from api.ask.times import window_of
from api.ask.words import Word, alike, faint, passed_over, phrases_in, words

LENGTH = 500
"""Characters that a claim may have."""
BORNE = 0.75
"""Share of a claim's words that its evidence must have."""
_SAME = 0.8
_DENIES = frozenset(
    "not no never none nobody nothing without neither nor cannot cant didnt wasnt isnt arent werent doesnt dont wont"
    " hasnt havent denies denied deny".split()
)
_NO_DAY = date(1900, 1, 1)
"""What `yesterday` is counted from in a claim: from no day of the graph."""
_BEFORE = 3
"""Words before a verb among which one may deny it."""
_CUTS = re.compile(r"[,;:.!?]|\band\b|\bwhile\b|\bbut\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Borne:
    """What a claim rests on: the sentences that it cites, and their events where these are at hand."""

    sentences: Sequence[Sentence]
    events: Sequence[Evidence] = ()

    @property
    def texts(self) -> list[str]:
        """What the sentences say."""
        return [one.text for one in self.sentences]


def borne(text: str, evidence: Sequence[Sentence], events: Sequence[Evidence] = ()) -> bool:
    """Whether what sentences say bears a claim; `events` are those that they cite."""
    if not evidence or not text or len(text) > LENGTH:
        return False
    on = Borne(evidence, events)
    checks: tuple[Callable[[str, Borne], bool], ...] = (_worded, _dated, _counted, _denied, _done_so)
    return all(check(text, on) for check in checks)


def _worded(text: str, on: Borne) -> bool:
    """Every name and figure stands there, and most of the words."""
    said = words(" \n ".join(f"{one.text} {_day(one)}" for one in on.sentences))
    stems = tuple(word.stem for word in said)
    there = {*stems, *(key for _, _, key in phrases_in(stems))}
    folded = {word.folded for word in said}
    claim = words(text)
    told = [word for word in claim if word.folded not in passed_over()]
    if any(_must(word, claim) and word.folded not in folded and not _near(word, there, 0.9) for word in told):
        return False
    plain = [word for word in told if word.stem not in faint() and word.folded not in _DENIES]
    met = sum(_near(word, there, _SAME) for word in plain)
    return bool(told) and (not plain or met / len(plain) >= BORNE)


def _day(one: Sentence) -> str:
    return "" if one.at is None else f"{one.at:%Y-%m-%d} {one.at.day} {one.at:%B %Y}"


def _must(word: Word, claim: Sequence[Word]) -> bool:
    """Names and figures: they are there as they are."""
    return word.stem[0].isdigit() or (word.proper and word is not claim[0])


def _near(word: Word, there: Iterable[str], least: float) -> bool:
    return any(alike(word.stem, stem) >= least for stem in there)


def _dated(text: str, on: Borne) -> bool:
    """A date of the claim is one of the events', or stands in their words."""
    told, _ = window_of(text, _NO_DAY)
    if told.open or any(one.at is not None and told.holds(one.at) for one in on.sentences):
        return True
    others = (window_of(said, _NO_DAY)[0] for said in on.texts)
    return any(other == told or (not other.open and told.holds(other.since or other.until)) for other in others)


def _counted(text: str, on: Borne) -> bool:
    """A figure counts there what it counts in the claim: not the injured where the dead are told."""
    counts = [found for said in on.texts for found in _counts(said)]
    for figure, near in _counts(text):
        same = [other for one, other in counts if one == figure]
        if not near or not same or any(not other for other in same):
            continue
        if not any(_near_any(near, other) for other in same):
            return False
    return True


def _near_any(near: frozenset[str], other: frozenset[str]) -> bool:
    return any(alike(one, two) >= _SAME for one in near for two in other)


def _counts(text: str) -> list[tuple[str, frozenset[str]]]:
    """The figures of a text, each with the stems of what it counts: the words round it up to a mark or an `and`."""
    found: list[tuple[str, frozenset[str]]] = []
    start = 0
    ends = [*((cut.start(), cut.end()) for cut in _CUTS.finditer(text) if not _within_figure(text, cut.start()))]
    for end, following in (*ends, (len(text), len(text))):
        part = words(text[start:end])
        plain = frozenset(
            word.stem
            for word in part
            if word.folded not in passed_over()
            and word.stem not in faint()
            and not word.stem[0].isdigit()
            and not word.proper
        )
        found += [(word.stem, plain) for word in part if word.stem[0].isdigit()]
        start = following
    return found


def _within_figure(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _denied(text: str, on: Borne) -> bool:
    """A deed is denied, or only demanded, in the claim as it is there."""
    claim = words(text)
    deeds = {deed.start for deed in deeds_in(text)}
    others = [words(said) for said in on.texts]
    if not deeds and _DENIES & {word.folded for word in claim}:
        return any(_DENIES & {word.folded for word in said} for said in others)
    for at, word in enumerate(claim):
        if word.start not in deeds or word.stem in faint() or word.folded in passed_over():
            continue
        there = [(said, n) for said in others for n, one in enumerate(said) if alike(word.stem, one.stem) >= _SAME]
        if there and all(_denies(said, n) != _denies(claim, at) for said, n in there):
            return False
        if there and not undone(claim, at) and all(undone(said, n) for said, n in there):
            return False
        if not there and _denies(claim, at):
            return False
    return True


def _denies(said: Sequence[Word], at: int) -> bool:
    return any(word.folded in _DENIES for word in said[max(0, at - _BEFORE) : at])


def _done_so(text: str, on: Borne) -> bool:
    """Nobody does in the claim what is done to them there, nor has done to them what they do."""
    claim = words(text)
    for deed in deeds_in(text):
        doers = _names_in(claim, deed.doers)
        sufferers = _names_in(claim, deed.done_to)
        for name in doers:
            others = [one for one in sufferers if one != name]
            if any(turned_round(said, (deed.stem,), name, others) for said in on.texts):
                return False
        if any(_all_done_by(on, deed, name) for name in sufferers):
            return False
        if doers and sufferers and _against_roles(on.events, doers, sufferers):
            return False
    return True


def _all_done_by(on: Borne, deed: Deed, name: Names) -> bool:
    told = [done_by(said, (deed.stem,), name) for said in on.texts]
    return any(told) and not any(stands_in(said, (deed.stem,), name) for said in on.texts)


def _names_in(said: Sequence[Word], spans: Sequence[Range]) -> list[Names]:
    """The names that stand there: words with a capital one behind the other."""
    runs: list[list[Word]] = []
    for word in said:
        inside = any(begin <= word.start and word.end <= end for begin, end in spans)
        if not inside or not word.proper or word.folded in passed_over():
            continue
        if runs and runs[-1][-1].end + 1 >= word.start:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Names.of([" ".join(word.written for word in run)]) for run in runs]


def _against_roles(events: Sequence[Evidence], doers: Sequence[Names], sufferers: Sequence[Names]) -> bool:
    """Whether the events have those who do it in the claim as its targets alone, and the others as its sources."""

    def roles(name: Names) -> set[str | None]:
        return {one.role for event in events for one in event.mentions if name.ranges(words(one.surface))}

    return any(roles(one) == {"target"} for one in doers) and any(roles(one) == {"source"} for one in sufferers)
