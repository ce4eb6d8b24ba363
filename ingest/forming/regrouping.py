"""Which reports tell of one event: a pure function of the reports and of what persons said of them.

Two reports are linked where time and names score enough and their likeness reaches that of one event. Average link
over the links, best first, never across a pair that a person parted, always over a pair that a person joined. The
outcome depends on no order: reports are sorted by id, the likeness of a pair on nothing but the pair.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.forming.reports import DAY, FormingOptions, Report, by_name, likeness, overlap, score, traits_of

LIKE = 0.28
"""Likeness at which two pages are told to be of one event: there the overlap is `same` (.8). Chosen on texts of many
events (ECB+: B-cubed F1 .875, 48 news articles: .90); cross-language pairs reach a precision of .87 on ITN."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What persons said of pairs of documents: which tell of one event, which of two."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class Regrouped:
    """Groups of reports, each sorted by id, by their first; `candidates` are pairs that a person may be asked about,
    with their overlap."""

    groups: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    candidates: list[tuple[Pair, float]] = field(default_factory=list[tuple[Pair, float]])


def pair(one: str, two: str) -> Pair:
    """The two in their order."""
    return (one, two) if one < two else (two, one)


def joined(one: Report, two: Report, options: FormingOptions) -> float:
    """Overlap of two reports, 0..1: from `same` on they are one event, from `candidate` on perhaps. 0 where their times
    and names do not score enough."""
    alike = likeness(one, two)
    shared = max(overlap(one.entities, two.entities), by_name(one, two))
    if shared <= 0 or score(abs(one.at - two.at) / DAY, shared, options) < options.least:
        return 0.0
    return min(1.0, options.same * alike / LIKE)


def regroup(reports: Sequence[Report], options: FormingOptions, said: Words | None = None) -> Regrouped:
    """Groups all reports; one that is like no other is a group of its own."""
    said = said or Words()
    ordered = sorted({one.id: one for one in reports}.values(), key=lambda one: one.id)
    links = _links(ordered, options)
    state = _State(ordered, links, said)
    state.join_all(options.same)
    groups = sorted(tuple(sorted(members)) for members in state.members.values())
    place = {one: number for number, group in enumerate(groups) for one in group}
    asked = [
        (ends, round(value, 6))
        for ends, value in sorted(links.items())
        if value >= options.candidate
        and place[ends[0]] != place[ends[1]]
        and ends not in said.different
        and ends not in said.same
    ]
    return Regrouped(groups, asked)


def _links(ordered: Sequence[Report], options: FormingOptions) -> dict[Pair, float]:
    by_id = {one.id: one for one in ordered}
    pairs = set[Pair]()
    for holders in traits_of(ordered).values():
        pairs |= {pair(a.id, b.id) for n, a in enumerate(holders) for b in holders[n + 1 :] if _near(a, b, options)}
    found = {ends: joined(by_id[ends[0]], by_id[ends[1]], options) for ends in pairs}
    return {ends: value for ends, value in found.items() if value > 0}


def _near(one: Report, two: Report, options: FormingOptions) -> bool:
    return abs(one.at - two.at) <= options.window * DAY


class _State:
    """Clusters under way, by the id of one member; links between two are sums over their pairs."""

    def __init__(self, ordered: Sequence[Report], links: dict[Pair, float], said: Words) -> None:
        self.members = {one.id: [one.id] for one in ordered}
        self._near: dict[str, dict[str, float]] = {one.id: {} for one in ordered}
        for (one, two), value in links.items():
            self._near[one][two] = self._near[two][one] = value
        self._apart: dict[str, set[str]] = {one.id: set() for one in ordered}
        for one, two in said.different:
            if one in self._apart and two in self._apart:
                self._apart[one].add(two)
                self._apart[two].add(one)
        for one, two in sorted(said.same):
            roots = self._root(one), self._root(two)
            if None not in roots and roots[0] != roots[1]:
                self._join(str(roots[0]), str(roots[1]))

    def join_all(self, least: float) -> None:
        """Joins the two most alike until none reach `least` on average."""
        todo = [(-self._mean(a, b), *pair(a, b)) for a, row in self._near.items() for b in row if a < b]
        heapq.heapify(todo)
        while todo:
            value, one, two = heapq.heappop(todo)
            if one not in self.members or two not in self.members or self._mean(one, two) != -value:
                continue
            if -value < least:
                return
            if two in self._apart[one]:
                continue
            self._join(one, two)
            for other in self._near[one]:
                heapq.heappush(todo, (-self._mean(one, other), *pair(one, other)))

    def _mean(self, one: str, two: str) -> float:
        between = len(self.members[one]) * len(self.members[two])
        return round(self._near[one].get(two, 0.0) / between, 9)

    def _join(self, one: str, two: str) -> None:
        """Puts the second into the first; where a person keeps them apart that is stronger than any likeness, but not
        than another person's word."""
        for other, value in self._near.pop(two).items():
            del self._near[other][two]
            if other != one:
                self._near[one][other] = self._near[other][one] = self._near[one].get(other, 0.0) + value
        for other in self._apart.pop(two):
            self._apart[other].discard(two)
            if other != one:
                self._apart[one].add(other)
                self._apart[other].add(one)
        self.members[one] += self.members.pop(two)

    def _root(self, key: str) -> str | None:
        return next((root for root, members in self.members.items() if key in members), None)


def roots(groups: Iterable[Sequence[Report]]) -> list[Report]:
    """The first report of each group: the earliest published, then by id. An event goes by it."""
    return [min(group, key=lambda one: (one.published or one.at, one.id)) for group in groups]
