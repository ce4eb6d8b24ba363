"""What an earlier run worked out, so that the next one works out only what is new. Nothing hangs on it: without it, or
with that of another version, everything is worked out again, to the same end."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from resolution.records.column import Flags, Floats, Ints


def _ints() -> Ints:
    return np.zeros(0, np.int64)


def _floats() -> Floats:
    return np.zeros(0)


@dataclass(slots=True)
class Memory:
    """Of one family. `names` are the numbers of aliases (ascending) whose blocking keys stand flat in `keys`, those of
    one from its `starts` on. `pairs` (ascending) have the log-odds `odds`; `edges` (ascending) the `scores` that stood
    under `stamps`, their component's `signature`, and whether they lie `inside` a group."""

    names: Ints = field(default_factory=_ints)
    starts: Ints = field(default_factory=_ints)
    keys: Ints = field(default_factory=_ints)
    pairs: Ints = field(default_factory=_ints)
    odds: Floats = field(default_factory=_floats)
    edges: Ints = field(default_factory=_ints)
    stamps: Ints = field(default_factory=_ints)
    scores: Floats = field(default_factory=_floats)
    signatures: Ints = field(default_factory=_ints)
    inside: Ints = field(default_factory=_ints)


def load(path: Path, version: str) -> Memory:
    """What was kept under this version; empty where there is none, or it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["version"]) == version:
                return Memory(**{one.name: kept[one.name] for one in fields(Memory)})
    except (OSError, ValueError, KeyError, BadZipFile):
        pass
    return Memory()


def save(path: Path, version: str, memory: Memory) -> None:
    """Keeps it: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        np.savez(file, version=version, **{one.name: getattr(memory, one.name) for one in fields(Memory)})
    draft.replace(path)


def found(known: Ints, asked: Ints) -> tuple[Ints, Flags]:
    """For each number asked its place among the known (ascending), and whether it is there."""
    if not len(known):
        return np.zeros(len(asked), np.int64), np.zeros(len(asked), bool)
    places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return places.astype(np.int64), known[places] == asked
