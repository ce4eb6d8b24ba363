"""What each level of each column weighs, learned from the table itself without labels.

Fellegi and Sunter (1969) with Winkler's expectation-maximisation (1988), on all pairs of the table: the compared ones,
and a sample that stands for the rest. Two things keep it from settling on the wrong class, as plain EM does where
columns hang together (one town, one post code): matches are drawn towards what their kind of column leads to expect,
and non-matches are two classes, of pairs that share nothing and of pairs that are related (as Larsen and Rubin 2001).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resolution.records.column import Floats, Ints, Levels

ROUNDS = 60
PULL, AT_LAST = 0.15, 0.08
"""How many times the matches themselves the expectation counts: at first, and from `SETTLED` of the rounds on."""
SETTLED = 0.6
APART = 0.2
"""The same for non-matches, towards all pairs: so that being related cannot explain a match away."""
LEAST = 5.0
"""Pairs that each expectation counts at least."""
RELATED_FROM = 4
"""Columns from which on related non-matches can be told from matches."""
ENOUGH = 3
"""Columns that three classes of agreement can be told by (Goodman 1974: fewer leave latent classes open)."""
_FLOOR = 1e-12
_MATCH = 0


@dataclass(frozen=True, slots=True)
class Model:
    """`odds` of each pattern: natural log-odds that such a pair is one thing. `share` is that of matches among all."""

    odds: Floats
    share: float
    matched: tuple[Floats, ...]


def learn(
    patterns: Levels, counts: Floats, priors: Sequence[Floats], expected: float, held: int | None = None
) -> Model:
    """Fits the classes to patterns of levels, each standing for `counts` pairs; `expected` matches are a first guess.

    With fewer than `ENOUGH` columns the table cannot tell by itself: then what is expected of column `held`, or of the
    single one, stands, and with it how many match."""
    steady = held if len(priors) < ENOUGH else None
    single = len(priors) == 1
    total = float(counts.sum())
    every = [_shares(patterns[:, c], counts, len(p)) for c, p in enumerate(priors)]
    classes = [list(priors), every]
    mixture = [expected / total, 1 - expected / total]
    if len(priors) >= RELATED_FROM:
        classes.append([_normal(np.sqrt(shares)) for shares in every])
        mixture = [mixture[0], mixture[1] - 1e-4, 1e-4]
    for turn in range(ROUNDS):
        drawn = PULL + (AT_LAST - PULL) * min(1.0, turn / (ROUNDS * SETTLED))
        logs = _logs(patterns, classes, mixture)
        belongs = np.exp(logs - logs.max(axis=1, keepdims=True))
        belongs *= (counts / belongs.sum(axis=1))[:, None]
        if steady is None and not single:
            mixture = (belongs.sum(axis=0) / total).tolist()
        for k, shares in enumerate(classes):
            for c, prior in enumerate(priors):
                if k == _MATCH and (single or c == steady):
                    continue
                seen = np.bincount(patterns[:, c], weights=belongs[:, k], minlength=len(prior))
                seen[0] = 0.0
                pull = prior * (drawn * seen.sum() + LEAST) if k == _MATCH else every[c] * (APART * seen.sum() + LEAST)
                shares[c] = _normal(seen + pull)
    logs = _logs(patterns, classes, mixture)
    odds = logs[:, _MATCH] - np.logaddexp.reduce(logs[:, 1:], axis=1)
    return Model(odds, mixture[_MATCH], tuple(classes[_MATCH]))


def _logs(patterns: Levels, classes: Sequence[Sequence[Floats]], mixture: Sequence[float]) -> Floats:
    """Natural log of how likely each pattern is together with each class. What is missing says nothing."""
    logs = np.tile(np.log(np.array(mixture) + 1e-300), (len(patterns), 1))
    for k, shares in enumerate(classes):
        for c, share in enumerate(shares):
            told = np.log(share + _FLOOR)
            told[0] = 0.0
            logs[:, k] += told[patterns[:, c]]
    return logs


def _shares(levels: Levels, counts: Floats, size: int) -> Floats:
    seen: Floats = np.bincount(levels, weights=counts, minlength=size).astype(np.float64)
    seen[0] = 0.0
    return _normal(seen)


def _normal(shares: Floats) -> Floats:
    shares = shares.copy()
    shares[0] = 0.0
    shares[1:] += _FLOOR
    return shares / shares.sum()


def patterns_of(levels: Levels, sizes: Sequence[int]) -> tuple[Levels, Ints]:
    """The distinct rows of levels, and for each row which it is."""
    keys = np.zeros(len(levels), np.int64)
    for column, size in enumerate(sizes):
        keys = keys * size + levels[:, column]
        if column % 8 == 7:
            keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    return levels[first], of.astype(np.int64)
