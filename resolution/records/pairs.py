"""Which rows are compared at all: those that share a key few others have, or two keys of different columns.

A key that too many rows share is left out whole, never in part, so the pairs do not depend on any order.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from resolution.records.column import Codes, Column, Flags, Ints, distinct
from resolution.records.nodes import Nodes

SHARED_BY = 50
"""Rows that may share a key of one column."""
SHARED_BOTH = 30
"""Rows that may share a key of one column and a key of another."""
SHARED_ONLY = 150
"""Rows that may share a key where there is one column alone."""
_MIXED = 1_000_003
Keyed = tuple[Codes, Ints]


def candidates(columns: Sequence[Column], nodes: Nodes) -> Ints:
    """Pairs (one * rows + other, one < other), ascending, each once."""
    most = SHARED_BY if len(columns) > 1 else SHARED_ONLY
    found: list[Ints] = []
    common: list[Keyed] = []
    for place, column in enumerate(columns):
        keyed = _of_nodes(column.keys_of_values(), nodes.codes[place])
        pairs, left = meet(keyed, len(nodes), most if column.alone else 0)
        found.append(pairs)
        common.append(left)
    found.extend(_both(common, len(nodes)))
    pairs = distinct(_joined(found))
    return pairs[_allowed(pairs, nodes)]


def _allowed(pairs: Ints, nodes: Nodes) -> Flags:
    one, other = pairs // len(nodes), pairs % len(nodes)
    source = nodes.sources[one]
    barrier_one, barrier_other = nodes.barriers[one], nodes.barriers[other]
    of_one = (source >= 0) & (source == nodes.sources[other])
    parted = (barrier_one >= 0) & (barrier_other >= 0) & (barrier_one != barrier_other)
    return ~of_one & ~parted


def _of_nodes(keys: tuple[Ints, Ints, Ints], codes: Codes) -> Keyed:
    """(node, key) of all nodes that have a value; keys stand flat, by the start and length of each value's."""
    flat, starts, lengths = keys
    rows = np.flatnonzero(codes >= 0)
    held = codes[rows]
    counts = lengths[held]
    within = _within(counts)
    return np.repeat(rows, counts).astype(np.int32), flat[np.repeat(starts[held], counts) + within]


def _within(counts: Ints) -> Ints:
    """0, 1, 2 … for each count, one after another."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def meet(keyed: Keyed, rows: int, most: int) -> tuple[Ints, Keyed]:
    """Pairs of rows under each key that no more than `most` rows share, and what other rows share."""
    nodes, keys = keyed
    if not len(keys):
        return np.zeros(0, np.int64), keyed
    order = np.lexsort((nodes, keys))
    nodes, keys = nodes[order], keys[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(keys)]]))
    found: list[Ints] = []
    there = np.bincount(np.minimum(sizes, most + 1), minlength=most + 2)
    for size in (size for size in range(2, most + 1) if there[size]):
        members = nodes[begins[sizes == size][:, None] + np.arange(size)].astype(np.int64)
        i, j = np.triu_indices(size, 1)
        found.append((members[:, i] * rows + members[:, j]).ravel())
    wide = np.repeat(sizes > most, sizes)
    return _joined(found), (nodes[wide], keys[wide])


def _joined(found: Sequence[Ints]) -> Ints:
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _both(common: Sequence[Keyed], rows: int) -> Iterator[Ints]:
    """Pairs of rows that share two common keys of different columns."""
    for (nodes, keys), (others, other_keys) in combinations(common, 2):
        if not len(keys) or not len(other_keys):
            continue
        order = np.argsort(others, kind="stable")
        others, other_keys = others[order], other_keys[order]
        low, high = np.searchsorted(others, nodes), np.searchsorted(others, nodes, "right")
        counts = high - low
        within = _within(counts)
        mixed = np.repeat(keys, counts) * np.int64(_MIXED) ^ other_keys[np.repeat(low, counts) + within]
        yield meet((np.repeat(nodes, counts), mixed), rows, SHARED_BOTH)[0]
