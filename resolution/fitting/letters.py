"""Learns how letters of other scripts are written in Latin, from pairs of words that are known to be one name."""

import math
from collections import Counter

from resolution.features.letters import Table, alignment, said
from resolution.names.scripts import latin, script_of
from resolution.names.sounds import phones, sound

ROUNDS = 6
_VOWELS = frozenset("aeiouy")


def learn_letters(pairs: list[tuple[str, str]]) -> dict[str, Table]:
    """One table a script from pairs (word in its script, Latin word): alignments and the counts of their steps in
    turn, each step's log-odds against chance, smoothed towards what sounds alike."""
    by_script: dict[str, list[tuple[str, str]]] = {}
    for foreign, plain in pairs:
        script = script_of(foreign)
        by_script.setdefault(script, []).append((said(latin(foreign), script), phones(latin(plain))))
    return {script: _learn(words) for script, words in sorted(by_script.items())}


def _learn(words: list[tuple[str, str]]) -> Table:
    chance_x, chance_y = Counter("".join(x for x, _ in words)), Counter("".join(y for _, y in words))
    table = {x + y: _guess(x, y) for x in chance_x for y in chance_y}
    table |= {x + "_": _guess(x, "") for x in chance_x} | {"_" + y: _guess("", y) for y in chance_y}
    start = dict(table)
    for _ in range(ROUNDS):
        steps = Counter(step for x, y in words for step in alignment(x, y, table)[1])
        table = {step: _log_odds(step, steps, chance_x, chance_y, start[step]) for step in start}
    return {step: round(odds, 1) for step, odds in sorted(table.items()) if round(odds, 1) not in (-2.5,)}


def _guess(x: str, y: str) -> float:
    if not x or not y:
        return -0.6 if (x or y) in _VOWELS or (x or y) in "hw" else -2.2
    if x == y:
        return 2.0
    if x in _VOWELS and y in _VOWELS:
        return 0.7
    return 1.0 if sound(x) == sound(y) else -2.5


def _log_odds(step: str, steps: Counter[str], chance_x: Counter[str], chance_y: Counter[str], start: float) -> float:
    total, all_x, all_y = sum(steps.values()), chance_x.total(), chance_y.total()
    x, y = step
    if x == "_" or y == "_":
        expected = (chance_y[y] / all_y if x == "_" else chance_x[x] / all_x) * total
        return max(-5.0, math.log((steps[step] + 0.3) / (expected + 1.0)))
    expected = chance_x[x] / all_x * chance_y[y] / all_y * total
    prior = 0.5 * min(3.0, expected * math.exp(start))
    return max(-5.0, math.log((steps[step] + prior + 0.02) / (expected + 0.5)))
