"""Online resolve among a million names: build, memory, time and recall, beside RapidFuzz's brute `extractOne`.

Times are CPU of one core, so that a busy machine tells nearly the same.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable

import psutil
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bench.figures import Figure
from bench.many_names import Maker, written_otherwise
from graph.alias import Alias
from graph.keys import Family
from resolution.candidates import candidates
from resolution.index import AliasIndex
from resolution.matching import match
from resolution.names.normalise import normalise

WAYS = ("typo", "order", "initial", "custom")
BEST = 20


def measure(count: int = 1_000_000, asked: int = 2_000) -> list[Figure]:
    """Rows of the table."""
    made = list(Maker().names(count))
    taken = psutil.Process().memory_info().rss
    index = AliasIndex()
    built = _cpu(lambda: _fill(index, made))
    gc.collect()
    # What stands in the index stays: the collector need not walk it again and again.
    gc.freeze()
    figures = [
        Figure(f"build of an index of {count:,} aliases", built, None, "s cpu"),
        Figure("memory of that index", (psutil.Process().memory_info().rss - taken) / 1e6, None, "MB", "1500"),
    ]
    chance = random.Random(11)
    times: list[float] = []
    for way in WAYS:
        met, spent = _ask(index, made, way, asked // len(WAYS), chance)
        times += spent
        figures.append(Figure(f"recall at {BEST}, {way}", met, None, "share", ".98"))
    times.sort()
    brute = _brute(made, chance)
    figures += [
        *_pairs(made, chance),
        Figure("resolve p50 / extractOne", statistics.median(times) * 1e3, brute, "ms cpu", "2"),
        Figure("resolve p99", times[len(times) * 99 // 100] * 1e3, None, "ms cpu", "5"),
        Figure("insert, seen by the next resolve", _insert(index) * 1e3, None, "ms cpu p50", "1"),
    ]
    return figures


def _fill(index: AliasIndex, made: list[tuple[str, Family]]) -> None:
    for born, (name, family) in enumerate(made):
        taken = normalise(name, family)
        alias = Alias.of(name, taken.normalised, family, taken.qualifier, "unspecified", born)
        if alias.key not in index.by_key:
            index.add(alias, alias.key)
    index.settle(1)


def _ask(
    index: AliasIndex, made: list[tuple[str, Family]], way: str, count: int, chance: random.Random
) -> tuple[float, list[float]]:
    """Share of the names that are among the best for another writing of theirs, and how long each look-up took."""
    met, spent = 0, list[float]()
    while len(spent) < count:
        name, family = chance.choice(made)
        other = written_otherwise(name, way, chance)
        taken = normalise(name, family)
        entry = index.by_key.get(Alias.of(name, taken.normalised, family, taken.qualifier, "").key)
        if other is None or entry is None or entry.form is not None:
            continue
        start = time.process_time()
        found = candidates(index, normalise(other, family), family)[:BEST]
        spent.append(time.process_time() - start)
        met += any(ranked.entry is entry for ranked in found)
    return met / count, spent


def _brute(made: list[tuple[str, Family]], chance: random.Random) -> float:
    """Median milliseconds of the best of all names by Jaro-Winkler."""
    names = [name for name, _ in made]
    queries = [written_otherwise(chance.choice(names), "typo", chance) or "x" for _ in range(5)]
    return (
        statistics.median(
            _cpu(lambda q=query: process.extractOne(q, names, scorer=JaroWinkler.normalized_similarity))
            for query in queries
        )
        * 1e3
    )


def _pairs(made: list[tuple[str, Family]], chance: random.Random) -> list[Figure]:
    """Pairs of names scored in a second, by CPU time: for the first time, and again."""
    kinds = {Family.PERSON: "person", Family.COLLECTIVE: "organization", Family.PLACE: "place"}
    pairs: list[tuple[str, str, str]] = []
    while len(pairs) < 4_000:
        (name, family), (other, _) = chance.choice(made), chance.choice(made)
        near = written_otherwise(name, chance.choice(WAYS), chance)
        pairs += [(name, near or other, kinds[family])]
    spent: list[float] = []
    for _ in range(2):
        start = time.process_time()
        for pair in pairs:
            match(*pair)
        spent.append(time.process_time() - start)
    return [
        Figure(f"pairs scored, {how}", len(pairs) / taken, None, "1/s cpu", target)
        for how, taken, target in zip(("first time", "prepared"), spent, ("15000", "50000"), strict=True)
    ]


def _insert(index: AliasIndex) -> float:
    """Seconds that a new name takes to be found by another writing of it, looked up right after."""
    spent: list[float] = []
    for number in range(200):
        name = f"Quorvane Tresk{chr(97 + number % 26)}ild{chr(97 + number // 26)}"
        start = time.process_time()
        entry = index.add(Alias.of(name, name.lower(), Family.PERSON, "", "person", number), name)
        spent.append(time.process_time() - start)
        found = candidates(index, normalise(name.replace("Quor", "Kuor"), Family.PERSON), Family.PERSON)
        assert any(ranked.entry is entry for ranked in found)
    return statistics.median(spent)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
