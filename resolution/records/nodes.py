"""Records that agree in every compared column, told as one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resolution.records.column import Codes, Column, Ints, Levels


@dataclass(frozen=True, slots=True)
class Nodes:
    """The distinct rows in an order that only their values make. `of` is the node of each record, `weights` how many
    records each holds, `codes` each column's code of each node, `sources` and `barriers` its source and stated type
    (-1: none)."""

    of: Ints
    weights: Ints
    codes: tuple[Codes, ...]
    sources: Codes
    barriers: Codes

    def __len__(self) -> int:
        return len(self.weights)

    def levels(self, columns: Sequence[Column], one: Ints, other: Ints) -> Levels:
        """Levels of pairs of nodes, one row a pair, one place a column."""
        found = np.zeros((len(one), len(columns)), np.int16)
        for place, (column, codes) in enumerate(zip(columns, self.codes, strict=True)):
            found[:, place] = column.levels(codes[one], codes[other])
        return found


def nodes_of(columns: Sequence[Column], sources: Codes, barriers: Codes) -> Nodes:
    """The distinct rows of all columns, sources and types."""
    every = [*(column.codes for column in columns), sources, barriers]
    keys = np.zeros(len(sources), np.int64)
    for codes in every:
        packed = keys * (int(codes.max(initial=-1)) + 2) + codes + 1
        keys = np.unique(packed, return_inverse=True)[1].astype(np.int64)
    _, first, of, weights = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    taken = [codes[first].astype(np.int32) for codes in every]
    return Nodes(of.astype(np.int64), weights.astype(np.int64), tuple(taken[:-2]), taken[-2], taken[-1])
