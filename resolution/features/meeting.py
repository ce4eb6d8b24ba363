"""How the words of two names meet, word by word: made once for a pair, read by every feature."""

from dataclasses import dataclass

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
    joined: list[Run]
    left_a: list[int]
    left_b: list[int]
    covered_a: float
    covered_b: float
    shared: float
    best: float
    worst: float
    exact: int
    close: int
    initials: int
    pets: int
    left_told_a: float
    left_told_b: float
    sharpest: float
    against: float
    alone_a: int
    alone_b: int
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
    open_a, open_b = list(range(a.count)), list(range(b.count))
    pairs: list[Pair] = []
    joined: list[Run] = []
    if a.script != b.script and not SIGNS.isdisjoint((a.script, b.script)):
        # A given name that these signs write as one is what Latin writings cut in two: Jeongeun, Jong-un.
        turned = b.script in SIGNS
        one, other, open_one, open_other = (b, a, open_b, open_a) if turned else (a, b, open_a, open_b)
        joined += _run_together(one, other, open_one, open_other, person, turned=turned, least=SURE)
    if found:
        found.sort(reverse=True)
        for value, _, i, j in found:
            if -i in open_a and -j in open_b:
                open_a.remove(-i)
                open_b.remove(-j)
                pairs.append((-i, -j, value))
    if open_a and len(open_b) > 1:
        joined += _run_together(a, b, open_a, open_b, person, turned=False)
    if open_b and len(open_a) > 1:
        joined += _run_together(b, a, open_b, open_a, person, turned=True)
    return _summed(a, b, pairs, joined, open_a, open_b)


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
    one: Parts,
    other: Parts,
    open_one: list[int],
    open_other: list[int],
    person: bool,
    *,
    turned: bool,
    least: float = 0.8,
) -> list[Run]:
    """A word of one name that is two neighbours of the other: ElBaradei, El Baradei. What meets is open no longer;
    `turned` when `one` is the longer name."""
    found: list[Run] = []
    texts = other.texts
    for i in tuple(open_one):
        size = len(one.texts[i])
        if size < 5:
            continue
        for j in open_other:
            if j + 1 not in open_other or not -2 <= len(texts[j]) + len(texts[j + 1]) - size <= 2:
                continue
            x, y = one.words[i], other.words[j]
            if x.bones[:1] != y.bones[:1] and x.script == y.script:
                continue
            value = likeness(x, y.with_(other.words[j + 1]), person)
            if value >= least:
                open_one.remove(i)
                open_other.remove(j)
                open_other.remove(j + 1)
                found.append(((j, j + 1), (i,), value) if turned else ((i,), (j, j + 1), value))
                break
    return found


def _summed(a: Parts, b: Parts, pairs: list[Pair], joined: list[Run], left_a: list[int], left_b: list[int]) -> Meeting:
    """The meeting with its sums. They are kept in names of their own until all is known: this runs for every pair."""
    words_a, words_b = a.words, b.words
    met_a = met_b = shared = best = 0.0
    worst, exact, close, initials, pets = 1.0, 0, 0, 0, 0
    told = [(words_a[i].weight, words_b[j].weight, value) for i, j, value in pairs]
    for places_a, places_b, value in joined:
        told.append((sum(words_a[i].weight for i in places_a), sum(words_b[j].weight for j in places_b), value))
    for weight_a, weight_b, value in told:
        if value == INITIAL:
            initials += 1
            met_a += 0.35 * weight_a
            met_b += 0.35 * weight_b
            continue
        share = 2.0 * value - 1.0
        least = weight_a if weight_a < weight_b else weight_b
        met_a += share * weight_a
        met_b += share * weight_b
        shared += share * least
        best = max(best, value * least)
        if value == EXACT:
            exact += 1
        else:
            worst = min(worst, value)
            close += value > 0.8
            pets += value == PET
    if not told:
        worst = 0.0
    left_told_a = left_told_b = sharpest = 0.0
    for i in left_a:
        weight = words_a[i].weight
        left_told_a += weight
        sharpest = weight if weight > sharpest else sharpest
    for j in left_b:
        weight = words_b[j].weight
        left_told_b += weight
        sharpest = weight if weight > sharpest else sharpest
    meeting = Meeting(
        a, b, pairs, joined, left_a, left_b, met_a / (a.told or 1.0), met_b / (b.told or 1.0), shared, best, worst,
        exact, close, initials, pets, left_told_a, left_told_b, sharpest,
        left_told_a if left_told_a < left_told_b else left_told_b, len(left_a), len(left_b),
    )  # fmt: skip
    if told and worst < EXACT:
        for i, j, value in pairs:
            if value not in (EXACT, INITIAL, PET):
                _slip(meeting, words_a[i], words_b[j], value)
    return meeting


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
