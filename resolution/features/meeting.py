"""How the words of two names meet, word by word: made once for a pair, read by every feature."""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA, Prefix

from resolution.features.words import EXACT, INITIAL, PET, likeness, within
from resolution.names.east_asia import SIGNS
from resolution.names.parts import Parts, Word

NO_SLIP = 20
"""What stands for the length of the shortest slipped word when none slips."""
SURE = 0.9
Pair = tuple[int, int, float]
Run = tuple[tuple[int, ...], tuple[int, ...], float]

Met = tuple[float, int, int, int]
"""Likeness, and places negated so that sorting down puts the likest, nearest and first words first."""
REMEMBERED = 500_000
"""Likenesses that are remembered for persons and for all others, each some 60 bytes; then the memory is emptied."""
_KNOWN: dict[bool, dict[str, dict[str, float]]] = {True: {}, False: {}}
_COUNT = {True: 0, False: 0}


@dataclass(slots=True)
class Meeting:
    """Two names with the words that meet. `a` is the one with fewer letters, so that order of asking cannot matter.

    `pairs`: (place in a, place in b, likeness); `joined`: places that meet run together; `left_a`, `left_b`: places
    that meet nothing. The sums beside them are weights: what words tell, 0..1 a word.
    """

    a: Parts
    b: Parts
    pairs: list[Pair]
    joined: list[Run] = field(default_factory=list[Run])
    left_a: list[int] = field(default_factory=list[int])
    left_b: list[int] = field(default_factory=list[int])
    met_a: float = 0.0
    met_b: float = 0.0
    shared: float = 0.0
    best: float = 0.0
    worst: float = 1.0
    exact: int = 0
    close: int = 0
    initials: int = 0
    pets: int = 0
    left_told_a: float = 0.0
    left_told_b: float = 0.0
    sharpest: float = 0.0
    slips: int = 0
    slips_heard: int = 0
    shortest_slip: int = NO_SLIP
    other_beginning: int = 0
    slips_at_end: int = 0


def meet(a: Parts, b: Parts, person: bool) -> Meeting:
    """Joins words likest first, each once; equal ones go to the pair nearest in place; then words run together."""
    if (b.size, b.whole) < (a.size, a.whole):
        a, b = b, a
    found = _found(a, b, person) if a.plain and b.plain and a.script == b.script else _found_across(a, b, person)
    found.sort(reverse=True)
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs: list[Pair] = []
    meeting = Meeting(a, b, pairs)
    if a.script != b.script and not SIGNS.isdisjoint((a.script, b.script)):
        # A given name that these signs write as one is what Latin writings cut in two: Jeongeun, Jong-un.
        _run_together(meeting, used_a, used_b, person, turned=b.script in SIGNS, least=SURE)
    for value, _, i, j in found:
        if -i not in used_a and -j not in used_b:
            used_a.add(-i)
            used_b.add(-j)
            pairs.append((-i, -j, value))
    if len(used_a) < len(a.words) and len(used_b) + 1 < len(b.words):
        _run_together(meeting, used_a, used_b, person, turned=False)
    if len(used_b) < len(b.words) and len(used_a) + 1 < len(a.words):
        _run_together(meeting, used_a, used_b, person, turned=True)
    meeting.left_a = [i for i in range(len(a.words)) if i not in used_a]
    meeting.left_b = [j for j in range(len(b.words)) if j not in used_b]
    _sum(meeting)
    return meeting


def _found(a: Parts, b: Parts, person: bool) -> list[Met]:
    """Words that meet in two names of one script. The hot loop: each row of known likenesses is fetched once."""
    known = _KNOWN[person]
    if _COUNT[person] > REMEMBERED:
        known.clear()
        _COUNT[person] = 0
    found: list[Met] = []
    for i, x in enumerate(a.texts):
        row = known.get(x)
        if row is None:
            row = known[x] = {}
        for j, y in enumerate(b.texts):
            value = row.get(y)
            if value is None:
                value = row[y] = within(x, y, person)
                _COUNT[person] += 1
            if value:
                found.append((value, -abs(i - j), -i, -j))
    return found


def _found_across(a: Parts, b: Parts, person: bool) -> list[Met]:
    return [
        (value, -abs(i - j), -i, -j)
        for i, x in enumerate(a.words)
        for j, y in enumerate(b.words)
        if (value := likeness(x, y, person))
    ]


def _run_together(
    meeting: Meeting, used_a: set[int], used_b: set[int], person: bool, *, turned: bool, least: float = 0.8
) -> None:
    """A word of one name that is two neighbours of the other: ElBaradei, El Baradei."""
    one, other = (meeting.b, meeting.a) if turned else (meeting.a, meeting.b)
    used_one, used_other = (used_b, used_a) if turned else (used_a, used_b)
    texts = other.texts
    for i, x in enumerate(one.words):
        size = len(x.text)
        if size < 5 or i in used_one:
            continue
        for j in range(len(texts) - 1):
            if not -2 <= len(texts[j]) + len(texts[j + 1]) - size <= 2 or j in used_other or j + 1 in used_other:
                continue
            y, z = other.words[j], other.words[j + 1]
            if x.bones[:1] != y.bones[:1] and x.script == y.script:
                continue
            value = likeness(x, y.with_(z), person)
            if value >= least:
                used_one.add(i)
                used_other.update((j, j + 1))
                meeting.joined.append(((j, j + 1), (i,), value) if turned else ((i,), (j, j + 1), value))
                break


def _sum(meeting: Meeting) -> None:
    words_a, words_b = meeting.a.words, meeting.b.words
    told = [(words_a[i].weight, words_b[j].weight, value) for i, j, value in meeting.pairs]
    for places_a, places_b, value in meeting.joined:
        told.append((sum(words_a[i].weight for i in places_a), sum(words_b[j].weight for j in places_b), value))
    for weight_a, weight_b, value in told:
        if value == INITIAL:
            meeting.initials += 1
            meeting.met_a += 0.35 * weight_a
            meeting.met_b += 0.35 * weight_b
            continue
        share = 2.0 * value - 1.0
        least = weight_a if weight_a < weight_b else weight_b
        meeting.met_a += share * weight_a
        meeting.met_b += share * weight_b
        meeting.shared += share * least
        meeting.best = max(meeting.best, value * least)
        if value == EXACT:
            meeting.exact += 1
        else:
            meeting.worst = min(meeting.worst, value)
            meeting.close += value > 0.8
            meeting.pets += value == PET
    if not told:
        meeting.worst = 0.0
    for i in meeting.left_a:
        weight = words_a[i].weight
        meeting.left_told_a += weight
        meeting.sharpest = weight if weight > meeting.sharpest else meeting.sharpest
    for j in meeting.left_b:
        weight = words_b[j].weight
        meeting.left_told_b += weight
        meeting.sharpest = weight if weight > meeting.sharpest else meeting.sharpest
    if meeting.worst < EXACT:
        for i, j, value in meeting.pairs:
            if value not in (EXACT, INITIAL, PET):
                _slip(meeting, words_a[i], words_b[j], value)


def _slip(meeting: Meeting, x: Word, y: Word, value: float) -> None:
    """Takes note of two words that meet by a slip."""
    least, most = sorted((len(x.text), len(y.text)))
    meeting.slips += OSA.distance(x.text, y.text)
    meeting.slips_heard += OSA.distance(x.sound, y.sound)
    meeting.shortest_slip = min(meeting.shortest_slip, least)
    if value < PET:
        meeting.other_beginning += x.bones[:1] != y.bones[:1]
        same = Prefix.similarity(x.text, y.text)
        meeting.slips_at_end = max(meeting.slips_at_end, most - same)
