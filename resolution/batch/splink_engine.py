"""What Splink is told of names: columns, comparisons, and what it learns from labels.

The settings are made in no store's words, so DuckDB here and Spark elsewhere compare the very same.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from graph.errors import InvalidInput
from graph.keys import Family
from resolution.batch.grouping import CONNECTED
from resolution.batch.model import REVIEWED, Label
from resolution.batch.subject import Record
from resolution.names.parts import take_apart

Levels = Mapping[str, Sequence[tuple[float, float]]]
"""By comparison and level, best first: the share of pairs of one thing at it, and of others."""
Scored = tuple[str, str, float]
"""Two keys in order, and the probability that they are one thing."""
EXPECTED = 10.0
"""Labels that general expectation weighs beside what labels show."""
ONE_IN = 0.1
"""Share of the pairs that blocking brings that are expected to be one thing."""
_LEVELS: Levels = {
    "name": (
        *((0.2, 0.001), (0.15, 0.002), (0.2, 0.008), (0.15, 0.01), (0.1, 0.03), (0.1, 0.06)),
        *((0.05, 0.12), (0.05, 0.769)),
    ),
    "kind": ((0.95, 0.6), (0.05, 0.4)),
    "company": ((0.25, 0.002), (0.35, 0.02), (0.4, 0.978)),
    "events": ((0.02, 0.02), (0.98, 0.98)),
}
"""For each comparison and level, best first: the share expected of pairs of one thing, and of others that blocking
brings."""


def row_of(key: str, record: Record, family: Family, keys: Sequence[int]) -> dict[str, Any]:
    """A name as Splink compares it; names that share one of `keys` are compared."""
    parts = take_apart(record["name"], family)
    return {
        "unique_id": key,
        "letters": parts.spaced,
        "heard": parts.heard,
        "bones": sorted({word.bones for word in parts.words}),
        "kind": record["kind"],
        "company": list(record["company"]) if record["company"] else None,
        "events": list(record["events"]) if record["events"] else None,
        "keys": list(keys),
    }


def read(path: Path) -> list[tuple[str, str, float]]:
    """Pairs with their probabilities, as Splink wrote them. Raises InvalidInput."""
    parquet, lib = library("pyarrow.parquet"), library("pyarrow")
    columns = ["unique_id_l", "unique_id_r", "match_probability"]
    try:
        table = parquet.read_table(path, columns=columns)
    except (OSError, lib.ArrowException) as error:
        raise InvalidInput(f"{path}: no pairs that Splink scored ({error})") from None
    return _told(table)


def _told(table: Any) -> list[tuple[str, str, float]]:
    names = ("unique_id_l", "unique_id_r", "match_probability")
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    return [(min(a, b), max(a, b), round(float(score), 6)) for a, b, score in rows]


class Engine:
    """Splink on DuckDB, with one table of names."""

    def __init__(self, family: Family, rows: Sequence[dict[str, Any]], labels: Sequence[Label]) -> None:
        self._family, self._rows = family, rows
        self._settings = _settings(_agreement(family, labels))
        self._linker: Any = _opened(rows, self._settings) if rows else None

    def pairs(self) -> tuple[list[tuple[str, str, float]], int]:
        """Pairs from a probability of a half on, and how many were compared."""
        if self._linker is None:
            return [], 0
        blocked = self._linker.inference.compute_blocked_pairs_for_predict()
        count = blocked.query_sql("SELECT count(*) AS n FROM {this}").as_record_list()[0]["n"]
        found = self._linker.inference.predict(threshold_match_probability=CONNECTED)
        return _told(found.as_pyarrow_table()), int(count)

    def export(self, folder: Path) -> None:
        """Writes the table, and the trained settings for DuckDB and for Spark. Raises InvalidInput."""
        if self._linker is None:
            return
        lib, parquet = library("pyarrow"), library("pyarrow.parquet")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            parquet.write_table(
                lib.Table.from_pylist(list(self._rows), schema=_schema()), folder / f"{self._family.value}.parquet"
            )
            for dialect in ("duckdb", "spark"):
                settings = orjson.dumps(self._settings.create_settings_dict(dialect), option=orjson.OPT_INDENT_2)
                (folder / f"{self._family.value}.{dialect}.json").write_bytes(settings)
        except OSError as error:
            raise InvalidInput(f"{folder} cannot be written: {error.strerror}") from None


def _agreement(family: Family, labels: Sequence[Label]) -> Levels:
    """How often pairs of one thing, and of others, agree at each level: labels, beside general expectation.

    Of others only what persons decided counts: the labels that come with the project are the hardest of them.
    """
    labels = [label for label in labels if label.same or label.reviewed]
    shown = {name: [[EXPECTED * m, EXPECTED * u] for m, u in levels] for name, levels in _LEVELS.items()}
    rows = [
        row_of(f"{end}{i}", record, family, [i])
        for i, label in enumerate(labels)
        for end, record in (("a", label.one), ("b", label.other))
    ]
    linker = _opened(rows, _settings(_LEVELS, explain=True))
    for row in linker.inference.predict().as_record_list():
        label = labels[int(row["unique_id_l"][1:])]
        for name, counts in shown.items():
            # Splink counts levels from the worst; -1 is missing.
            level = len(counts) - 1 - int(row[f"gamma_{name}"])
            if level < len(counts):
                counts[level][not label.same] += REVIEWED if label.reviewed else 1.0
    return {name: [(m / _sum(counts, 0), u / _sum(counts, 1)) for m, u in counts] for name, counts in shown.items()}


def _sum(counts: Sequence[Sequence[float]], place: int) -> float:
    return sum(count[place] for count in counts)


def _settings(agree: Levels, *, explain: bool = False) -> Any:
    """What is compared, in no store's words yet."""
    splink, level = library("splink"), library("splink.comparison_level_library")
    custom = library("splink.comparison_library").CustomComparison
    made = {
        "name": [
            level.ExactMatchLevel("letters"),
            level.ExactMatchLevel("heard"),
            level.JaroWinklerLevel("letters", 0.96),
            level.And(level.ArraySubsetLevel("bones"), level.ArrayIntersectLevel("bones", min_intersection=2)),
            level.JaroWinklerLevel("letters", 0.92),
            level.ArrayIntersectLevel("bones", min_intersection=2),
            level.JaroWinklerLevel("letters", 0.86),
        ],
        "kind": [level.ExactMatchLevel("kind")],
        "company": [level.ArrayIntersectLevel("company", min_intersection=n) for n in (3, 1)],
        "events": [level.ArrayIntersectLevel("events", min_intersection=1)],
    }
    comparisons = [
        custom(
            output_column_name=name,
            comparison_levels=[
                level.NullLevel("letters" if name == "name" else name),
                *(
                    one.configure(m_probability=m, u_probability=u)
                    for one, (m, u) in zip([*levels, level.ElseLevel()], agree[name], strict=True)
                ),
            ],
        )
        for name, levels in made.items()
    ]
    return splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[_blocking()],
        probability_two_random_records_match=ONE_IN,
        retain_matching_columns=explain,
        retain_intermediate_calculation_columns=explain,
    )


def _blocking() -> Any:
    return library("splink").block_on("keys", arrays_to_explode=["keys"])


def _opened(rows: Sequence[dict[str, Any]], settings: Any) -> Any:
    splink = library("splink")
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = library("pyarrow").Table.from_pylist(list(rows), schema=_schema())
    return splink.Linker(splink.DuckDBAPI().register(table), settings, log_level=logging.ERROR)


@cache
def library(name: str) -> Any:
    """A module that comes with the extra. Raises InvalidInput when it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise InvalidInput("Splink is not installed: pip install 'pentad[splink]'", "engine") from None


def _schema() -> Any:
    arrow = library("pyarrow")
    texts = [(name, arrow.string()) for name in ("unique_id", "letters", "heard", "kind")]
    lists = [("bones", arrow.string()), ("company", arrow.int64()), ("events", arrow.string()), ("keys", arrow.int64())]
    return arrow.schema([*texts, *((name, arrow.list_(kind)) for name, kind in lists)])
