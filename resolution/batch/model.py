"""Dedupe's learned model of one family: trained from the starter labels and what persons decided, with fixed settings.

It begins at the probability that the online path gives the two names, which was calibrated on real ones. Starter labels
are made up: they teach what the company of names is worth, not how often alike names are one; persons' decisions teach
all of it. The same labels in any order make the same model. Dedupe never sees the table: it scores the pairs it is
given and groups them. Nothing here forks, so Celery's children may use it.
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
from resolution.batch.regression import Regression
from resolution.batch.standin import stand_in
from resolution.batch.subject import Record

REVIEWED = 3.0
"""How many starter labels one decision of a person weighs."""
GROUPED = 0.85
"""Least mean probability within a group, as Dedupe's `threshold`."""
_COLUMNS = ("letters", "likeness", "caution", "kinds", "company", "together", "has company")
"""What Dedupe hands its classifier: the aspects, and whether the one that may be missing is there."""
_OF_COMPANY = _COLUMNS[3:]
_FREEDOM = {"letters": 0.5, "likeness": 0.25, "caution": 0.5}
"""How far persons' decisions may move a weight, as a standard deviation; 1 for the others."""


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
        made, told = sorted(starter(family), key=_place), sorted(reviewed, key=_place)
        dedupe = _library()
        self._dedupe: Any = dedupe.Dedupe(_variables(family), num_cores=0, in_memory=True)
        begun = dict.fromkeys((*_COLUMNS, "intercept"), 0.0) | {"caution": 1.0}
        freedom = dict.fromkeys(begun, 1.0)
        taught = self._learned(made, begun, freedom).weights
        # Half of the made pairs are of one thing and all look alike, which sways the intercept and what names weigh.
        begun |= {name: weight for name, weight in zip(begun, taught.tolist(), strict=True) if name in _OF_COMPANY}
        self._dedupe.classifier = self._learned(told, begun, freedom | _FREEDOM)
        self.version = hashlib.sha256(b"2" + b"".join(_place(label) for label in (*made, *told))).hexdigest()[:16]

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
        """What each compared aspect weighs, in log-odds a unit, whether it is known, and the intercept."""
        return dict(zip((*_COLUMNS, "intercept"), self._dedupe.classifier.weights.tolist(), strict=True))

    def _learned(self, labels: Sequence[Label], begun: Mapping[str, float], freedom: Mapping[str, float]) -> Regression:
        """A classifier that began at these weights and learned from these labels."""
        regression = Regression(list(begun.values()), [freedom[name] for name in begun])
        if labels:
            pairs = [(label.one, label.other) for label in labels]
            weights = [REVIEWED if label.reviewed else 1.0 for label in labels]
            regression.fit(self._dedupe.data_model.distances(pairs), [label.same for label in labels], weights)
        return regression


def _library() -> Any:
    """Dedupe: some 100 MB, loaded where a model is made and not before."""
    stand_in()
    import dedupe

    return dedupe


def _variables(family: Family) -> list[Any]:
    variables = _library().variables
    custom = variables.Custom
    return [
        variables.Exact("plain", name="letters"),
        custom("name", comparator=of_family(likeness, family), name="likeness"),
        custom("name", comparator=of_family(caution, family), name="caution"),
        custom("kind", comparator=kinds, name="kinds"),
        custom("company", comparator=company, name="company", has_missing=True),
        custom("events", comparator=together, name="together"),
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
