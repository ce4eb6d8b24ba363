"""What speaks for a name and for a claim: parts of their confidence, from the page and what the graph knows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.keys import W
from graph.moment import Instant
from ingest.extraction.candidate import content, stem
from ingest.extraction.gazetteer import known_place
from ingest.semantics.claims import Claimed, people
from ingest.semantics.confidence import KNOWN, TOLD, UNTOLD, Parts
from ingest.semantics.names import Name
from resolution.names.kinds import person_words

EARLY = 4
"""Sentences from the head of a page that count as its lead."""
_FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class View:
    """What holds for the whole page: reliability of its source, its day, whether it tells its time and a known place,
    and the words of its headline."""

    source: float
    published: date | None
    timed: bool
    placed: bool
    headline: frozenset[str]

    @property
    def temporal(self) -> float:
        """How well the page stands in time."""
        return TOLD if self.timed else 0.7 if self.published else UNTOLD

    @property
    def geographic(self) -> float:
        """How well it stands in space."""
        return TOLD if self.placed else UNTOLD


def of_name(name: Name, view: View) -> Parts:
    """Parts of a name's confidence."""
    words = name.surface.split()
    known = bool(name.known) or known_place(name.surface)
    said = len(name.spots)
    odds = (
        -0.2
        + 1.5 * (len(words) > 1)
        + 0.8 * any(not spot.lone for spot in name.spots)
        + 0.8 * (said > 1)
        + 0.9 * known
        + 0.5 * (len(words) == 1 and 1 < len(name.surface) < 7 and name.surface.isupper())
        + 0.6 * bool(name.role)
        + 0.4 * any(word.lower() in person_words() for word in words)
        + 0.8 * name.vouched
    )
    several = len(name.sentences)
    early = any(spot.sentence < EARLY for spot in name.spots)
    contextual = min(1.0, 0.4 + 0.2 * min(several, 2) + 0.2 * early + 0.2 * any(spot.acts for spot in name.spots))
    geographic = _placed(name) if name.w is W.WHERE else view.geographic
    return Parts(odds, view.source, contextual, view.temporal, geographic)


def _placed(name: Name) -> float:
    if known_place(name.surface) or name.known:
        return KNOWN
    return 0.7 if any(spot.placed for spot in name.spots) else 0.5


def of_claim(claim: Claimed, names: Mapping[str, Name], view: View) -> Parts:
    """Parts of a claim's confidence."""
    named = bool(claim.subject_name)
    objects = [one for one in claim.names if one != claim.subject_name]
    words = len(claim.deed.text.split()) if " " in claim.deed.text else len(claim.deed.text) // 2
    odds = (
        -0.5
        + (1.2 if named else 0.6 * people(claim.subject.text))
        + 0.8 * (words > 1)
        + 0.5 * bool(objects)
        + 0.6 * (claim.number < EARLY)
        + 0.3 * (not claim.says)
        + 0.4 * claim.told
        + 0.8 * claim.vouched
        - 0.8 * claim.sentence.text.rstrip().endswith("?")
    )
    return Parts(odds, view.source, _contextual(claim, names, view), _temporal(claim, view), _geographic(claim, view))


def _contextual(claim: Claimed, names: Mapping[str, Name], view: View) -> float:
    """Whether the page goes on speaking of it: who acts is named again, words of the headline come back."""
    said = max((len(names[one].sentences) for one in claim.names if one in names), default=0)
    again = 1.0 if said > 1 else 0.7 if said else 0.4
    words = content(claim.sentence.tokens)
    back = claim.sentence.part == "title" or bool(words & view.headline)
    return 0.5 * again + 0.5 * (1.0 if back or not view.headline else 0.5)


def _temporal(claim: Claimed, view: View) -> float:
    if not claim.told or claim.at is None:
        return view.temporal
    return KNOWN if near(claim.at, view.published) else 0.6


def near(at: Instant, published: date | None) -> bool:
    """Whether it lies within a fortnight of publication, known to the day."""
    if at.precision in ("year", "month"):
        return False
    return published is None or abs((at.at.date() - published).days) <= _FORTNIGHT


def _geographic(claim: Claimed, view: View) -> float:
    if not claim.where:
        return view.geographic
    return KNOWN if known_place(claim.where) else 0.7


def headline(sentences: Sequence[str]) -> frozenset[str]:
    """Stems of the words of a headline that carry meaning."""
    return frozenset(
        stem(word.lower().strip(".,:;'\"")) for text in sentences for word in text.split() if len(word) > 3
    )
