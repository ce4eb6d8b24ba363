"""The whole way from a table of records to groups of records that are one thing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resolution.records.column import Codes, Column, Flags, Floats, Ints, Levels, distinct
from resolution.records.groups import Rule, grouped
from resolution.records.names import Names
from resolution.records.nodes import Nodes, nodes_of
from resolution.records.pairs import candidates
from resolution.records.weights import learn, patterns_of

SAMPLE = 200_000
"""Pairs that stand for all that are not compared."""
SEED = 20_261_121
MATCHES_A_RECORD = 0.5
"""Matches a record that are guessed where no name tells better."""
OTHER_NAME = 0.2
"""How far the names of one thing are expected as anywhere rather than as this table's names alone would tell."""
NAMES_ALONE = Rule(least=-1.0, unseen=-0.5)
"""A name that differs says little where there is nothing else: aliases do."""


@dataclass(frozen=True, slots=True)
class Table:
    """The compared columns of records, with each record's source and stated type (-1: none)."""

    columns: tuple[Column, ...]
    sources: Codes
    barriers: Codes


@dataclass(frozen=True, slots=True)
class Linked:
    """Groups of records. `group` names each record's group by a number, `pairs` holds compared nodes with the log-odds
    `odds` that they are one thing."""

    group: Ints
    nodes: Nodes
    pairs: Ints
    odds: Floats


def link(table: Table) -> Linked:
    """Groups the records. The partition depends on their values alone, not on their order."""
    nodes = nodes_of(table.columns, table.sources, table.barriers)
    pairs = candidates(table.columns, nodes)
    single = table.columns[0] if len(table.columns) == 1 else None
    if isinstance(single, Names):
        odds, own = _by_name(single, nodes, pairs)
        rule = NAMES_ALONE
    else:
        odds, own = _by_all(table.columns, nodes, pairs)
        rule = Rule()
    names = grouped(nodes, pairs, odds, rule)
    return Linked(_records(nodes, names, own > 0), nodes, pairs, odds)


def _by_name(column: Names, nodes: Nodes, pairs: Ints) -> tuple[Floats, Floats]:
    """Log-odds of pairs, and of two records of one node, where a name is all there is."""
    codes, count = nodes.codes[0], len(nodes)
    return column.alone_odds(codes[pairs // count], codes[pairs % count]), column.alone_odds(codes, codes)


def _by_all(columns: Sequence[Column], nodes: Nodes, pairs: Ints) -> tuple[Floats, Floats]:
    """The same by all columns, as the table itself shows what they weigh."""
    count = len(nodes)
    records = int(nodes.weights.sum())
    every = np.concatenate([pairs, np.arange(count) * (count + 1), _sample(nodes, pairs)])
    one, other = every // count, every % count
    seen = len(pairs) + count
    weights = (nodes.weights[one] * nodes.weights[other]).astype(np.float64)
    weights[len(pairs) : seen] = nodes.weights * (nodes.weights - 1) / 2
    rest = records * (records - 1) / 2 - weights[:seen].sum()
    weights[seen:] = max(rest, 0.0) / max(1, len(every) - seen)
    levels = nodes.levels(columns, one, other)
    patterns, of = patterns_of(levels, [column.size for column in columns])
    counts: Floats = np.bincount(of, weights=weights).astype(np.float64)
    priors, expected = _expected(columns, patterns, counts, MATCHES_A_RECORD * records)
    held = next((place for place, column in enumerate(columns) if isinstance(column, Names)), None)
    model = learn(patterns, counts, priors, expected, held)
    odds = model.odds[of]
    return odds[: len(pairs)], odds[len(pairs) : seen]


def _expected(
    columns: Sequence[Column], patterns: Levels, counts: Floats, matches: float
) -> tuple[list[Floats], float]:
    """What matches look like, and how many there are, before the table has spoken: by its names, where it has some."""
    priors = [column.prior for column in columns]
    for place, column in enumerate(columns):
        if isinstance(column, Names):
            told = np.bincount(patterns[:, place], weights=counts, minlength=column.size) * column.expected()
            priors[place] = (1 - OTHER_NAME) * told / max(told.sum(), 1.0) + OTHER_NAME * column.prior
            return priors, float(told.sum())
    return priors, matches


def _sample(nodes: Nodes, pairs: Ints) -> Ints:
    """Pairs of records drawn by chance (always the same), without those that are compared."""
    chance = np.random.default_rng(SEED)
    records = np.repeat(np.arange(len(nodes)), nodes.weights)
    one, other = (records[chance.integers(0, len(records), SAMPLE)] for _ in range(2))
    apart: Flags = one != other
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    drawn = distinct(low * len(nodes) + high)
    at = np.minimum(np.searchsorted(pairs, drawn), len(pairs) - 1)
    return drawn[pairs[at] != drawn] if len(pairs) else drawn


def _records(nodes: Nodes, names: Ints, one: Flags) -> Ints:
    """The group of each record. A node alone whose own records may well be several things is as many groups."""
    sizes = np.bincount(names, minlength=len(nodes))
    scattered = (sizes[names] == 1) & ~one & (nodes.weights > 1)
    group = names[nodes.of]
    loose = np.flatnonzero(scattered[nodes.of])
    group[loose] = len(nodes) + np.arange(len(loose))
    return group
