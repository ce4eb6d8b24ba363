"""Splink in Dedupe's place: whole-graph re-resolution in SQL, on DuckDB here or with the same settings on Spark.

For graphs beyond Dedupe's reach (`pip install 'pentad[splink]'`). Fellegi and Sunter's model (1969), learned from the
starter labels and what persons decided; our blocking keys bring the pairs. What comes out is held to the same vetoes as
everything else, grouped by the mean of all pairs between two groups, and decided by the same ledger. Nothing hangs on
the order of the names.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graph.keys import Family
from resolution.batch.comparing import likeness
from resolution.batch.grouping import CONNECTED, SHARED_BY, Grouping, Told, number_of, silent, wanted_of
from resolution.batch.memory import Memory
from resolution.batch.model import Label, starter
from resolution.batch.splink_engine import Engine, Scored, read, row_of
from resolution.batch.subject import Scene, Scenes, Subject, may_meet, record_of
from resolution.names.parts import take_apart
from resolution.records.column import Flags, Floats, Ints, hashed
from resolution.records.groups import Rule, grouped
from resolution.records.names import name_keys
from resolution.records.nodes import Nodes
from resolution.score import POSITIVE, UNSURE

AGAINST = 0.0
"""Log-odds of the names alone under which a pair is only asked, whatever is told beside them."""
IMPOSSIBLE = -1.5
"""Log-odds of the names alone under which a pair is nothing."""
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """What is asked beside the names: where to put what Spark needs (`out`), or where its pairs are (`pairs`)."""

    out: Path | None = None
    pairs: Path | None = None


def grouping(
    family: Family,
    subjects: Sequence[Subject],
    labels: Sequence[Label],
    scenes: Scenes,
    given: Given | None = None,
    told: Told = silent,
) -> Grouping:
    """Thinks one family through with Splink. Raises InvalidInput when Splink is not installed, or pairs that were
    scored elsewhere cannot be read."""
    ordered = sorted(subjects, key=lambda subject: number_of(subject.alias.key))
    given = given or Given()
    if given.pairs is not None:
        rows = read(given.pairs / f"{family.value}.pairs.parquet")
        blocked = len(rows)
    else:
        engine = Engine(family, _table(family, ordered, scenes, told), [*starter(family), *labels])
        if given.out is not None:
            engine.export(given.out)
        rows, blocked = engine.pairs()
    told("scored", len(rows), len(rows))
    one, other, scores = _possible(family, ordered, rows)
    strong = scores >= CONNECTED
    one, other, scores = one[strong], other[strong], scores[strong]
    told("grouped", 0, len(one))
    inside = _groups(len(ordered), one, other, scores)
    wanted, groups = wanted_of([subject.alias.key for subject in ordered], one, other, scores, inside)
    return Grouping(wanted, groups, blocked, len(rows), len(rows), Memory())


def _possible(family: Family, subjects: Sequence[Subject], rows: Sequence[Scored]) -> tuple[Ints, Ints, Floats]:
    """Pairs that nothing parts, in an order of their own; those that the names speak against are at most asked."""
    place = {subject.alias.key: i for i, subject in enumerate(subjects)}
    found: list[tuple[int, int, float]] = []
    for a, b, score in sorted(rows):
        if a not in place or b not in place or a == b:
            # Scored elsewhere, on names that are not there any more.
            continue
        i, j = sorted((place[a], place[b]))
        one, other = subjects[i].alias, subjects[j].alias
        odds = likeness(one.name, other.name, family) if may_meet(one, other) else -np.inf
        if odds >= IMPOSSIBLE:
            found.append((i, j, score if odds >= AGAINST else min(score, (UNSURE + POSITIVE) / 2)))
    found.sort()
    ends = np.array([(i, j) for i, j, _ in found], dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array([score for _, _, score in found], dtype=np.float64)


def _groups(count: int, one: Ints, other: Ints, scores: Floats) -> Flags:
    """Whether each pair lies inside a group: joined while the mean of all pairs between two groups would be joined."""
    nobody = np.full(count, -1, np.int32)
    nodes = Nodes(np.arange(count), np.ones(count, np.int64), (), nobody, nobody)
    bounded = np.clip(scores, 1e-6, 1 - 1e-6)
    odds = np.log(bounded / (1 - bounded)) - np.log(POSITIVE / (1 - POSITIVE))
    names = grouped(nodes, one * count + other, odds, Rule())
    return names[one] == names[other]


def _table(family: Family, subjects: Sequence[Subject], scenes: Scenes, told: Told) -> list[dict[str, Any]]:
    """The names that share a key with another, one row each."""
    keys: list[list[int]] = []
    for subject in subjects:
        parts = take_apart(subject.alias.name, family)
        keys.append(sorted({hashed("", key) for key in name_keys(parts, family)}))
    held = Counter(key for own in keys for key in own)
    keys = [[key for key in own if 1 < held[key] <= SHARED_BY] for own in keys]
    asked = [i for i, own in enumerate(keys) if own]
    rows: list[dict[str, Any]] = []
    for start in range(0, len(asked), AT_ONCE):
        told("read", start, len(asked))
        part = asked[start : start + AT_ONCE]
        known = scenes([subjects[i].alias.key for i in part])
        for i in part:
            alias = subjects[i].alias
            rows.append(row_of(alias.key, record_of(alias, known.get(alias.key, Scene())), family, keys[i]))
    return rows
