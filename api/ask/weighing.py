"""How well an event answers a question: the share of the question's words that it meets, its names met first.

Every name must be there, by the entity or by its words; every word weighs by how much it tells. 1 is a question met in
all its words; `ENOUGH` is the share below which nothing is claimed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from api.ask.evidence import Evidence
from api.ask.likeness import COUNTS, Likeness
from api.ask.question import Link, Question, Template
from api.ask.roles import Names, deeds_in, done_by, turned_round, undone
from api.ask.words import Word, alike, faint, groups, offices, passed_over, peoples, phrases_in, strictly, words

_LONG = 4
ENOUGH = 0.65
"""Share of the words from which an event counts as evidence."""
WITHOUT_DEED = 0.75
"""The same where what was done is not among them."""
NEAR = 0.03
"""Events that rank so near the best are told beside it."""
_FOCUS = 0.25
_APART = 0.9
"""What a phrase counts whose words are there, but not together."""
_ASIDE = 0.6
"""What a word counts that is met in the reasons of an event alone: these tell of another."""
_BESIDE = 0.4
"""What a deed counts that an event only names beside another thing."""
_PREPOSITIONS = frozenset("of in on at for from over about with against to".split())
_NOUN_ENDINGS = ("age", "ages", "tion", "tions", "ment", "ments", "ance", "ence", "ity", "ness", "ing", "ings")
_NUMBERS = frozenset("price score cost amount number total value toll size share margin result name".split())
"""Of these an event tells without the word."""
_LIGHT, _SORT, _PLAIN, _VERB, _FIGURE, _NAME = 0.3, 0.7, 1.0, 1.3, 1.3, 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or a phrase, that an answer should meet; a name must be met."""

    stem: str
    weight: float
    must: bool = False
    name: str = ""
    """Of a name the word as it is, folded: names have no endings to be cut."""
    parts: tuple[str, ...] = ()
    """Stems of the words of a phrase, which may stand apart in the news: cut 10,000 jobs."""
    strict: bool = False
    """Whether no event answers without it: what is asked of somebody, such as a wife or a colour."""
    deed: bool = False
    written: str = field(default="", compare=False)
    """The word, or the words of the phrase, folded."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event with its share, 0..1."""

    evidence: Evidence
    share: float
    focus: float = 0.0
    """Share of the event's own words that the question has, 0..1: a report of a fire before one of its insurance."""

    @property
    def rank(self) -> float:
        """What the best is chosen by."""
        return self.share + _FOCUS * self.focus


def wanted_of(content: Sequence[Word], unknown: Sequence[Sequence[Word]], verbs: Collection[int] = ()) -> list[Wanted]:
    """The words of a question that its answer should meet: those beside its names, and names that nothing has. `verbs`
    are where words begin that tell a deed."""
    strict = _asked_of(content)
    names = {word.start for run in unknown for word in run if word.folded not in offices()}
    # A people by itself tells of what sort somebody is: an American governor.
    names -= {run[0].start for run in unknown if len(run) == 1 and run[0].folded in peoples()}
    phrases = {at: (end, key) for at, end, key in phrases_in(tuple(word.stem for word in content))}
    found: list[Wanted] = []
    at = 0
    while at < len(content):
        if at in phrases:
            end, key = phrases[at]
            deed = any(one.start in verbs for one in content[at:end])
            parts = tuple(one.stem for one in content[at:end])
            written = " ".join(one.folded for one in content[at:end])
            found.append(Wanted(key, _VERB if deed else _PLAIN, parts=parts, deed=deed, written=written))
            at = end
            continue
        word = content[at]
        must = word.start in names
        if word.start in strict or (not must and word.folded in strictly()):
            found.append(Wanted(word.stem, _PLAIN, strict=True, written=word.folded))
        elif must or word.folded not in passed_over():
            # Of `which airline`, the airline says of what sort the answer is: the news may call it otherwise.
            how = at > 0 and content[at - 1].folded == "how"
            sort = at > 0 and content[at - 1].folded in ("which", "what") and not must
            weight = _NAME if must else _SORT if sort else _LIGHT if how else _weight(word, verbs)
            deed = word.start in verbs and not must and not sort
            name = word.folded if must else ""
            found.append(Wanted(word.stem, weight, must, name, deed=deed, written=word.folded))
        at += 1
    return list(dict.fromkeys(found))


def _asked_of(content: Sequence[Word]) -> frozenset[int]:
    """Where the word begins that `what is the … of X` and `who is X's …` ask for: no event answers without it."""
    folded = [word.folded for word in content]
    if len(folded) < 3 or folded[0] not in ("what", "who") or folded[1] not in ("is", "was", "are", "were"):
        return frozenset()
    if folded[2] in ("the", "his", "her", "their", "a") and len(folded) > 4 and folded[4] == "of":
        asked = content[3]
    elif len(folded) == 3:
        asked = content[2]
    else:
        return frozenset()
    free = (
        asked.folded in passed_over() or asked.folded in offices() or asked.stem in faint() or asked.folded in _NUMBERS
    )
    return frozenset() if free or asked.proper else frozenset((asked.start,))


def _weight(word: Word, verbs: Collection[int]) -> float:
    if word.stem[0].isdigit() or word.folded in peoples():
        return _FIGURE
    if word.stem in faint():
        return _LIGHT
    return _VERB if word.start in verbs else _PLAIN


def content_of(body: str, links: Iterable[Link]) -> list[Word]:
    """The words of a text that belong to none of its names."""
    taken = {word.start for link in links for word in link.words}
    return [word for word in words(body) if word.start not in taken]


def meets(link: Link, evidence: Evidence, *, loosely: bool) -> bool:
    """Whether an event is about whom a name means: it mentions the entity or has the name in its text; `loosely`, its
    words stand somewhere in it."""
    if evidence.keys & link.keys.keys():
        return True
    phrase = [word.folded for word in link.words]
    if (len(phrase) > 1 or not link.keys) and evidence.says(phrase):
        return True
    if len(phrase) == 1 and _stands_alone(phrase[0], evidence):
        return True
    if not loosely:
        return False
    return all(word.stem in evidence.stems or _people(word, evidence) for word in link.words)


def _stands_alone(word: str, evidence: Evidence) -> bool:
    """Whether a name of one word stands in the text and is no part of a longer one, such as the South China Sea."""
    running = evidence.running
    for at, one in enumerate(running):
        if one.folded == word and one.proper and len(word) >= _LONG:
            before = at > 0 and running[at - 1].proper and running[at - 1].end + 1 == one.start
            after = at + 1 < len(running) and running[at + 1].proper and one.end + 1 == running[at + 1].start
            if not after and (not before or at == 1):
                return True
    return False


def _another(link: Link, evidence: Evidence) -> bool:
    """Whether a person only stands beside: the text names another person, and this one not."""
    persons = [one for one in evidence.mentions if one.kind == "person"]
    own = [one for one in persons if one.key in link.keys]
    if not own:
        return False
    said = set(evidence.folded)
    return not any(_last(one.surface) in said for one in own) and any(
        _last(one.surface) in said for one in persons if one.key not in link.keys
    )


def _turned_round(question: Question, evidence: Evidence) -> bool:
    """Whether an event tells that it was done to whom the question has do it, or by whom it has it done to."""
    doer, sufferer = question.doer, question.sufferer
    if doer is not None:
        others = [link for link in question.links if link is not doer]
        keys = {key for link in others for key in link.keys}
        own = {one.role for one in evidence.mentions if one.key in doer.keys}
        if own == {"target"} and any(one.role == "source" for one in evidence.mentions if one.key in keys):
            return True
        verbs = (question.deed,) if question.deed else ()
        names = [_names(one, evidence) for one in others]
        named = bool(doer.words) and doer.words[0].proper
        return turned_round(evidence.told, verbs, _names(doer, evidence), names, named=named)
    if sufferer is not None and question.deed:
        return done_by(evidence.told, (question.deed,), _names(sufferer, evidence))
    return False


def _names(link: Link, evidence: Evidence) -> Names:
    surfaces = [one.surface for one in evidence.mentions if one.key in link.keys]
    persons = [one.surface.split()[-1] for one in evidence.mentions if one.key in link.keys and one.kind == "person"]
    return Names.of([link.text, *surfaces, *persons])


def _undone(one: Wanted, evidence: Evidence, asked: Collection[str]) -> bool:
    """Whether the text only demands or refuses a deed, and the question does not ask for that."""
    said = evidence.running
    there = [at for at, word in enumerate(said) if alike(one.stem, word.stem) >= 0.8]
    left = [undone(said, at) for at in there]
    return bool(left) and all(left) and not any(alike(one, other) >= 0.8 for one in left for other in asked)


def _as_a_sort(one: Wanted, evidence: Evidence) -> bool:
    """Whether a text has a deed only as a noun that tells of what sort something is: `issue marriage licences`."""
    if any(alike(one.stem, deed.stem) >= 0.8 for deed in deeds_in(evidence.told)):
        return False
    said = evidence.running
    there = [at for at, word in enumerate(said) if 0 < alike(one.stem, word.stem) < 1]
    return bool(there) and all(
        said[at].folded.endswith(_NOUN_ENDINGS)
        and (
            (at + 1 < len(said) and said[at + 1].start == said[at].end + 1 and said[at + 1].folded not in passed_over())
            or (at > 1 and {said[at - 1].folded, said[at - 2].folded, said[at - 3].folded} & _PREPOSITIONS)
        )
        for at in there
    )


def _likest(name: str, evidence: Evidence) -> float:
    """How far a name that nothing has stands in an event: as it is, of its people, spelt out, or with a slip."""
    if len(name) <= 3 and groups(name) and any(alike(name, one) >= _APART for one in evidence.stems):
        return _APART
    if name in evidence.folded or any(one.folded == name for one in evidence.names):
        return 1.0
    return max((alike(name, one.folded) for one in evidence.names), default=0.0)


def _last(name: str) -> str:
    found = words(name)
    return found[-1].folded if found else ""


def _people(word: Word, evidence: Evidence) -> bool:
    if not word.proper:
        return False
    return any(
        _derived_name(word.folded, one.folded)
        or ({word.folded, word.stem} & peoples() and groups(word.stem) & groups(one.stem))
        for one in evidence.names
    )


def _derived_name(one: str, other: str) -> bool:
    return len(one) > _LONG and other.startswith(one) and len(other) - len(one) <= 2


def share_of(
    question: Question, wanted: Sequence[Wanted], evidence: Evidence, likeness: Likeness | None = None
) -> float:
    """The share of the question that an event meets, 0 where one of its names is missing. By `likeness` words are met
    that mean alike, too."""
    loosely = question.shape.template in (Template.EVENT, Template.CAUSE, Template.CONSEQUENCE)
    if not all(meets(link, evidence, loosely=loosely or len(question.links) > 1) for link in question.links):
        return 0.0
    if question.links and not any(meets(link, evidence, loosely=loosely) for link in question.links):
        return 0.0
    if loosely and wanted and any(_another(link, evidence) for link in question.links):
        return 0.0
    total = met = named = 0.0
    deeds: list[float] = []
    main: float | None = None
    asked = {*(word.stem for word in question.content), *(one.stem for one in wanted)}
    for one in wanted:
        best = max((alike(one.stem, stem) for stem in evidence.stems), default=0.0)
        if best < 1.0:
            best = max(best, _ASIDE * max((alike(one.stem, stem) for stem in evidence.stems_of_reasons), default=0.0))
        if one.parts and best < _APART and evidence.stems.issuperset(one.parts):
            best = _APART
        if likeness is not None and best < COUNTS:
            best = max(best, likeness.of(one.written, evidence))
        if one.must:
            best = _likest(one.name, evidence)
            if best < 0.8:
                return 0.0
        if one.strict and best < _ASIDE * 0.8:
            return 0.0
        if one.deed and best:
            if _undone(one, evidence, asked):
                return 0.0
            if question.doer is not None and best < 1.0 and _as_a_sort(one, evidence):
                best = _BESIDE * best
        if one.deed and one.weight > _LIGHT:
            deeds.append(best)
            main = best if question.deed in (one.stem, *one.parts[:1]) else main
        if one.name:
            named += one.weight
        total += one.weight
        met += one.weight * best
    missed = bool(deeds) and (max(deeds) if main is None else main) < _ASIDE
    if missed and total > named:
        # That its names are there is no evidence of a deed that is not.
        total, met = total - named, met - named
    share = met / total if total else 1.0
    if missed and share < WITHOUT_DEED:
        return 0.0
    return 0.0 if share >= ENOUGH and _turned_round(question, evidence) else share


def focus_of(question: Question, wanted: Sequence[Wanted], evidence: Evidence) -> float:
    """The share of an event's title that the question speaks of."""
    told = [word.stem for word in words(evidence.title or evidence.text[:160]) if word.folded not in passed_over()]
    asked = [*(one.stem for one in wanted), *(word.stem for link in question.links for word in link.words)]
    met = sum(max((alike(one, word) for one in asked), default=0.0) >= 0.85 for word in told)
    return met / len(told) if told else 0.0


def weighed(
    question: Question, wanted: Sequence[Wanted], found: Iterable[Evidence], likeness: Likeness | None = None
) -> list[Weighed]:
    """All events that are evidence, best first, ties newest first."""
    shares = ((one, share_of(question, wanted, one, likeness)) for one in found)
    kept = [Weighed(one, share, focus_of(question, wanted, one)) for one, share in shares if share >= ENOUGH]
    kept.sort(key=lambda one: one.evidence.order, reverse=True)
    return sorted(kept, key=lambda one: -one.rank)


def best_of(found: Sequence[Weighed], most: int = 3, near: float = NEAR) -> list[Weighed]:
    """The best, and what comes near it."""
    return [one for one in found if one.rank >= found[0].rank - near][:most] if found else []
