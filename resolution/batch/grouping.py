"""One family thought through: from its names to what the ledger should hold of each pair. A pure function of the names,
what is stated and told of them, and the model; earlier runs only save work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from graph.judgement import Verdict
from graph.keys import Family
from resolution.batch.comparing import likeness
from resolution.batch.memory import Memory, found
from resolution.batch.model import Model
from resolution.batch.subject import Scene, Scenes, Subject, may_meet, record_of
from resolution.names.parts import take_apart
from resolution.records.column import Flags, Floats, Ints, distinct, each, hashed
from resolution.records.names import LOOK, name_keys
from resolution.records.pairs import meet
from resolution.score import POSITIVE, UNSURE

SHARED_BY = 40
"""Names that may share a blocking key."""
LEAST = -1.5
"""Log-odds of the names alone under which a pair is not scored: nothing told beside them brings it to a half."""
CONNECTED = 0.5
"""Probability from which on a pair is handed to the grouping."""
AT_ONCE = 20_000
"""Pairs whose scenes and scores are in memory at a time."""
_MIX, _TURN = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
Told = Callable[[str, int, int], None]
"""Told of progress: what is done, how far, of how many."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the ledger should hold of a pair."""

    verdict: Verdict
    score: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """What came of one family: pairs of keys (first < second), the groups of two or more, and how much was done."""

    wanted: dict[Pair, Wanted]
    groups: list[list[str]]
    blocked: int
    scored: int
    fresh: int
    memory: Memory


def silent(_: str, __: int, ___: int) -> None:
    """Tells nobody."""


def grouping(
    family: Family, subjects: Sequence[Subject], model: Model, scenes: Scenes, memory: Memory, told: Told = silent
) -> Grouping:
    """Thinks one family through. The order of the subjects does not matter."""
    ordered = sorted(subjects, key=lambda subject: number_of(subject.alias.key))
    work = _Work(family, ordered, model, scenes, memory, told)
    one, other, pairs = work.blocked()
    odds = work.odds(one, other, pairs)
    near = odds >= LEAST
    one, other, edges = one[near], other[near], pairs[near]
    allowed = work.allowed(one, other)
    one, other, edges = one[allowed], other[allowed], edges[allowed]
    scores, fresh = work.scored(one, other, edges)
    strong = scores >= CONNECTED
    inside, signatures = work.inside(one[strong], other[strong], edges[strong], scores[strong])
    kept = work.kept
    kept.pairs, kept.odds = pairs, odds
    kept.edges, kept.scores = edges, scores
    kept.inside, kept.signatures = np.zeros(len(edges), np.int64), np.full(len(edges), -1, np.int64)
    kept.inside[strong], kept.signatures[strong] = inside, signatures
    keys = [subject.alias.key for subject in ordered]
    wanted, groups = wanted_of(keys, one[strong], other[strong], scores[strong], inside > 0)
    return Grouping(wanted, groups, len(pairs), len(edges), fresh, kept)


class _Work:
    def __init__(
        self, family: Family, subjects: Sequence[Subject], model: Model, scenes: Scenes, memory: Memory, told: Told
    ) -> None:
        self.family, self.subjects, self.model = family, subjects, model
        self.scenes, self.memory, self.told = scenes, memory, told
        self.numbers = np.array([number_of(subject.alias.key) for subject in subjects], dtype=np.int64)
        self.stamps = np.array([subject.stamp for subject in subjects], dtype=np.int64)
        self.kept = Memory()

    def blocked(self) -> tuple[Ints, Ints, Ints]:
        """Pairs of places in the subjects, and their numbers, in ascending order of these."""
        memory, kept = self.memory, self.kept
        places, known = found(memory.names, self.numbers)
        ends = np.append(memory.starts, len(memory.keys))
        rows = [
            memory.keys[ends[place] : ends[place + 1]] if there else self._keys(subject)
            for place, there, subject in zip(places.tolist(), known.tolist(), self.subjects, strict=True)
        ]
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        kept.names, kept.starts = self.numbers, np.cumsum(lengths) - lengths
        kept.keys = np.concatenate(rows) if rows else kept.keys
        owners = np.repeat(np.arange(len(rows)), lengths).astype(np.int32)
        packed, _ = meet((owners, kept.keys), max(1, len(rows)), SHARED_BY)
        packed = distinct(packed)
        one, other = packed // max(1, len(rows)), packed % max(1, len(rows))
        pairs = _mixed(self.numbers[one], self.numbers[other])
        order = np.argsort(pairs, kind="stable")
        return one[order], other[order], pairs[order]

    def _keys(self, subject: Subject) -> Ints:
        keys = name_keys(take_apart(subject.alias.name, self.family), self.family)
        return np.array(sorted({hashed("", key) for key in keys}), dtype=np.int64)

    def allowed(self, one: Ints, other: Ints) -> Flags:
        """Whether what is stated of the two names lets them be one."""
        aliases = [subject.alias for subject in self.subjects]
        pairs = zip(listed(one), listed(other), strict=True)
        return np.array([may_meet(aliases[i], aliases[j]) for i, j in pairs], dtype=bool)

    def odds(self, one: Ints, other: Ints, pairs: Ints) -> Floats:
        """Log-odds of the names alone; -inf where their letters are far apart."""
        places, known = found(self.memory.pairs, pairs)
        odds = np.full(len(pairs), -np.inf)
        odds[known] = self.memory.odds[places[known]]
        new = np.flatnonzero(~known)
        ends, back = np.unique(np.concatenate([one[new], other[new]]), return_inverse=True)
        parts = [take_apart(self.subjects[i].alias.name, self.family) for i in listed(ends)]
        first, second = np.split(back.astype(np.int32), 2)
        near = each(fuzz.ratio, [part.spaced for part in parts], first, second) >= LOOK
        # Katherine Jones, Catherine Jones: another first letter turns the order of the words round, too.
        near |= each(fuzz.ratio, [part.whole for part in parts], first, second) >= LOOK
        asked = new[near].tolist()
        for done, place in enumerate(asked):
            if done % AT_ONCE == 0:
                self.told("compared", done, len(asked))
            a, b = self.subjects[int(one[place])].alias.name, self.subjects[int(other[place])].alias.name
            odds[place] = likeness(a, b, self.family)
        return odds

    def scored(self, one: Ints, other: Ints, edges: Ints) -> tuple[Floats, int]:
        """Probability of each pair by the model, and how many were not known."""
        stamps = _mixed(self.stamps[one], self.stamps[other])
        places, known = found(self.memory.edges, edges)
        if len(self.memory.stamps):
            known &= self.memory.stamps[places] == stamps
        self.kept.stamps = stamps
        scores = np.zeros(len(edges))
        scores[known] = self.memory.scores[places[known]]
        new = np.flatnonzero(~known)
        for start in range(0, len(new), AT_ONCE):
            self.told("scored", start, len(new))
            part = new[start : start + AT_ONCE]
            scores[part] = self._scores(listed(one[part]), listed(other[part]))
        return scores, len(new)

    def _scores(self, one: list[int], other: list[int]) -> list[float]:
        keys = sorted({self.subjects[i].alias.key for i in (*one, *other)})
        scenes = self.scenes(keys)
        nowhere = Scene()
        records = {
            i: record_of(alias, scenes.get(alias.key, nowhere))
            for i in {*one, *other}
            if (alias := self.subjects[i].alias)
        }
        pairs = [
            ((self.subjects[i].alias.key, records[i]), (self.subjects[j].alias.key, records[j]))
            for i, j in zip(one, other, strict=True)
        ]
        told = self.model.score(pairs)
        return [told.get((a, b), 0.0) for (a, _), (b, _) in pairs]

    def inside(self, one: Ints, other: Ints, edges: Ints, scores: Floats) -> tuple[Ints, Ints]:
        """Whether each pair lies inside a group, and the signature of its component: what stands in it."""
        tops = _components(len(self.subjects), one, other)[one] if len(one) else one
        own = _mixed(edges, np.round(scores * 1e6).astype(np.int64))
        order = np.argsort(tops, kind="stable")
        begins = np.flatnonzero(np.concatenate([[True], tops[order][1:] != tops[order][:-1]])) if len(one) else order
        signatures = np.zeros(len(one), np.int64)
        if len(one):
            sums = np.add.reduceat(own[order], begins)
            signatures[order] = np.repeat(sums, np.diff(np.append(begins, len(one))))
        places, known = found(self.memory.edges, edges)
        if len(self.memory.signatures):
            known &= self.memory.signatures[places] == signatures
        inside = np.zeros(len(one), np.int64)
        inside[known] = self.memory.inside[places[known]]
        new = np.flatnonzero(~known)
        keys = [subject.alias.key for subject in self.subjects]
        ends = {place: (keys[int(one[place])], keys[int(other[place])]) for place in listed(new)}
        self.told("grouped", 0, len(ends))
        asked = {pair: float(scores[place]) for place, pair in ends.items()}
        group_of = {key: n for n, group in enumerate(self.model.group(asked)) for key in group}
        for place, (a, b) in ends.items():
            inside[place] = a in group_of and group_of[a] == group_of.get(b)
        return inside, signatures


def listed(numbers: Ints) -> list[int]:
    """The numbers as a list."""
    return numbers.tolist()


def number_of(key: str) -> int:
    """The first 60 bits of a key."""
    return int(key[:15], 16)


def _mixed(one: Ints, other: Ints) -> Ints:
    """One number of two, in their order."""
    mixed = one.astype(np.uint64) * _MIX
    mixed ^= (mixed >> _TURN) + other.astype(np.uint64)
    mixed *= _MIX
    return (mixed >> np.uint64(2)).astype(np.int64)


def _components(count: int, one: Ints, other: Ints) -> Ints:
    root = list(range(count))
    for i, j in zip(listed(one), listed(other), strict=True):
        a, b = _top(root, i), _top(root, j)
        if a != b:
            root[max(a, b)] = min(a, b)
    return np.array([_top(root, i) for i in range(count)], dtype=np.int64)


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = i = root[root[i]]
    return i


def wanted_of(
    keys: Sequence[str], one: Ints, other: Ints, scores: Floats, inside: Flags
) -> tuple[dict[Pair, Wanted], list[list[str]]]:
    """Positives that hold each group together and all strong ones within it, unsure ones between groups; and the
    groups. `one` and `other` are places in `keys`, `inside` tells of each pair whether one group holds both."""
    wanted: dict[Pair, Wanted] = {}
    root = list(range(len(keys)))
    rows: list[tuple[float, Pair, int, int, bool]] = []
    for place, (i, j) in enumerate(zip(listed(one), listed(other), strict=True)):
        a, b = sorted((keys[i], keys[j]))
        rows.append((-round(min(float(scores[place]), 1.0), 6), (a, b), i, j, bool(inside[place])))
    for minus, pair, i, j, within in sorted(rows):
        score = -minus
        if within:
            a, b = _top(root, i), _top(root, j)
            if a != b:
                root[max(a, b)] = min(a, b)
            if a != b or score >= UNSURE:
                wanted[pair] = Wanted(Verdict.POSITIVE, score)
        elif score >= UNSURE:
            wanted[pair] = Wanted(Verdict.UNSURE, min(score, POSITIVE))
    groups: dict[int, list[str]] = {}
    for i in {*listed(one), *listed(other)}:
        groups.setdefault(_top(root, i), []).append(keys[i])
    return wanted, sorted(sorted(group) for group in groups.values() if len(group) > 1)


def changes(
    wanted: Mapping[Pair, Wanted], standing: Mapping[Pair, Sequence[tuple[str, bool, Verdict, float]]]
) -> tuple[list[Pair], list[str]]:
    """What is to be made and which ids taken back, that the automatic judgements standing (id, of the batch, verdict,
    score) become the wanted ones. Those of the batch that say the same already stay."""
    made: list[Pair] = []
    revoked: list[str] = []
    for pair, rows in standing.items():
        want = wanted.get(pair)
        revoked += [id_ for id_, batch, verdict, score in rows if not _says(want, batch, verdict, score)]
    for pair, want in wanted.items():
        if not any(_says(want, batch, verdict, score) for _, batch, verdict, score in standing.get(pair, ())):
            made.append(pair)
    return sorted(made), sorted(revoked)


def _says(want: Wanted | None, batch: bool, verdict: Verdict, score: float) -> bool:
    return want is not None and batch and verdict is want.verdict and abs(score - want.score) < 1e-6
