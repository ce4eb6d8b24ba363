"""Dedupe's learned model of one family: trained from the starter labels and what persons decided, with fixed settings.

The same labels in any order make the same model. Dedupe never sees the table: it scores the pairs it is given and
groups them. Nothing here forks, so Celery's children may use it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import numpy as np
import orjson

from graph.keys import Family
from resolution.batch.comparing import caution, company, kinds, likeness, of_family, together
from resolution.batch.standin import stand_in
from resolution.batch.subject import Record

REVIEWED = 3.0
"""How many starter labels one decision of a person weighs."""
GROUPED = 0.85
"""Least mean probability within a group, as Dedupe's `threshold`."""
_STEADINESS = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """Two names of which it is known whether they are one thing; `reviewed` when a person said so."""

    one: Record
    other: Record
    same: bool
    reviewed: bool = False


class Model:
    """The model of one family. `version` changes with its labels and its code."""

    def __init__(self, family: Family, reviewed: Iterable[Label] = ()) -> None:
        self.family = family
        labels = sorted([*starter(family), *reviewed], key=_place)
        dedupe, regression = _library()
        self._dedupe: Any = dedupe.Dedupe(_variables(family), num_cores=0, in_memory=True)
        self._dedupe.classifier = regression(C=_STEADINESS, max_iter=1_000)
        self._dedupe.mark_pairs(
            {
                "match": [(label.one, label.other) for label in labels if label.same],
                "distinct": [(label.one, label.other) for label in labels if not label.same],
            }
        )
        ordered = [*(label for label in labels if label.same), *(label for label in labels if not label.same)]
        distances = self._dedupe.data_model.distances([(label.one, label.other) for label in ordered])
        weights = [REVIEWED if label.reviewed else 1.0 for label in ordered]
        self._dedupe.classifier.fit(distances, [label.same for label in ordered], sample_weight=weights)
        self.version = hashlib.sha256(b"1" + b"".join(_place(label) for label in labels)).hexdigest()[:16]

    def score(self, pairs: Sequence[tuple[tuple[str, Record], tuple[str, Record]]]) -> dict[tuple[str, str], float]:
        """Probability of each pair of (key, record)."""
        if not pairs:
            return {}
        found = self._dedupe.score(iter(pairs))
        return {(str(row["pairs"][0]), str(row["pairs"][1])): float(row["score"]) for row in found}

    def group(self, scores: Mapping[tuple[str, str], float]) -> Iterator[tuple[str, ...]]:
        """Groups of two or more, by Dedupe's hierarchical clustering of what the scores connect."""
        rows = sorted(scores.items())
        if not rows:
            return
        longest = max(len(key) for pair, _ in rows for key in pair)
        kind = np.dtype([("pairs", f"<U{longest}", 2), ("score", "f4")])
        table: np.ndarray[Any, Any] = np.array(rows, dtype=kind)
        for members, _ in self._dedupe.cluster(table, GROUPED):
            yield tuple(sorted(str(member) for member in members))

    def weights(self) -> dict[str, float]:
        """What each compared aspect weighs, in log-odds a unit."""
        names = [variable.name for variable in self._dedupe.data_model.field_variables]
        return dict(zip(names, self._dedupe.classifier.coef_[0].tolist(), strict=False))


def _library() -> tuple[Any, Any]:
    """Dedupe and the regression it learns with: some 100 MB, loaded where a model is made and not before."""
    stand_in()
    import dedupe
    from sklearn.linear_model import LogisticRegression

    return dedupe, LogisticRegression


def _variables(family: Family) -> list[Any]:
    variables = _library()[0].variables
    custom = variables.Custom
    return [
        variables.Exact("plain", name="letters"),
        custom("name", comparator=of_family(likeness, family), name="likeness"),
        custom("name", comparator=of_family(caution, family), name="caution"),
        custom("kind", comparator=kinds, name="kinds", has_missing=True),
        custom("company", comparator=company, name="company", has_missing=True),
        custom("events", comparator=together, name="together", has_missing=True),
    ]


@cache
def starter(family: Family) -> tuple[Label, ...]:
    """The labels that come with the project: made by `resolution.batch.starting`, of no data set."""
    rows = orjson.loads((files("resolution.batch") / "starter.json").read_bytes())[family.value]
    return tuple(Label(_tuples(row["a"]), _tuples(row["b"]), row["same"]) for row in rows)


def _tuples(record: Record) -> Record:
    return {
        name: tuple(cast("list[Any]", value)) if isinstance(value, list) else value for name, value in record.items()
    }


def _place(label: Label) -> bytes:
    return orjson.dumps([label.one, label.other, label.same, label.reviewed], option=orjson.OPT_SORT_KEYS)
