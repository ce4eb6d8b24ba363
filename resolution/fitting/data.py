"""Labelled pairs for fitting, from CSV files as they come."""

import csv
import gzip
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from resolution.matching import FAMILIES

NEAREST = 3
"""Near misses that are made for each mention of a list of mentions."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair; `group` is what cross-validation must not tear apart: the entity of the first name."""

    a: str
    b: str
    family: str
    match: int
    source: str
    group: str


def read_pairs(path: Path, records: Path | None) -> list[Pair]:
    """Pairs of a CSV file with columns a, b, match and, if it has them, type and a_id; `records` (id, entity_id) tells
    whose a_id is."""
    entity = {row["id"]: row["entity_id"] for row in rows_of(records)} if records else {}
    source = path.name.split("_pairs")[0]
    return [
        Pair(
            row["a"],
            row["b"],
            FAMILIES.get(row.get("type", ""), "unspecified"),
            int(row["match"]),
            source,
            entity.get(row.get("a_id", ""), row["b"] if "lang" in row else row["a"]),
        )
        for row in rows_of(path)
    ]


def read_mentions(path: Path) -> list[Pair]:
    """Pairs from a list of mentions (mention, type, entity_id, entity): each with its own entity's name, with those
    nearest to it, and with one at random."""
    chance = random.Random(3)  # noqa: S311 - the same pairs each time, no secret
    names: dict[str, dict[str, str]] = {}
    meant: dict[tuple[str, str], set[str]] = {}
    for row in rows_of(path):
        names.setdefault(row["type"], {})[row["entity_id"]] = row["entity"]
        meant.setdefault((row["mention"], row["type"]), set()).add(row["entity_id"])
    made: list[Pair] = []
    for (mention, kind), own in meant.items():
        known = names[kind]
        near = [key for _, _, key in process.extract(mention, known, scorer=fuzz.token_set_ratio, limit=NEAREST)]
        keys = dict.fromkeys([*sorted(own), *near, chance.choice(sorted(known))])
        made += [
            Pair(mention, known[key], FAMILIES[kind], int(key in own), "mentions", mention)
            for key in keys
            if known[key] != mention
        ]
    return made


def folds(pairs: Iterable[Pair], count: int) -> list[int]:
    """The fold of each pair; pairs of one group share it."""
    listed = list(pairs)
    groups = sorted({(pair.source, pair.group) for pair in listed})
    random.Random(7).shuffle(groups)  # noqa: S311 - the same folds each time
    fold = {group: place % count for place, group in enumerate(groups)}
    return [fold[pair.source, pair.group] for pair in listed]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
