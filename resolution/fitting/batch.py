"""`python -m resolution.fitting.batch FILE --type person`: how the batch groups a list of names by the names alone.

FILE is a CSV (gzipped or not) with the columns name, type and entity_id; pairs of one entity_id are right. Prints one
line: names, groups, pairs joined, their precision and recall, pairs asked about and how many of these are one.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from graph.alias import Alias
from graph.judgement import Verdict
from graph.keys import Family
from resolution.batch.grouping import grouping
from resolution.batch.memory import Memory
from resolution.batch.model import Model
from resolution.batch.subject import Subject, taken
from resolution.fitting.data import rows_of
from resolution.matching import FAMILIES
from resolution.names.normalise import normalise


@dataclass(frozen=True, slots=True)
class Grouped:
    """What came of a list of names; precision, recall and `asked_right` are shares, 0..1."""

    names: int
    groups: int
    joined: int
    precision: float
    recall: float
    asked: int
    asked_right: float


def grouped(rows: Iterable[tuple[str, str]], family: Family) -> Grouped:
    """Groups (name, entity) rows of one family; a name that two entities bear is right with either."""
    bearers: dict[str, set[str]] = {}
    aliases: dict[str, Alias] = {}
    for name, entity in rows:
        alias = Alias.of(name, normalise(name, family).normalised, family, "", "unspecified")
        if taken(alias):
            aliases[alias.key] = alias
            bearers.setdefault(alias.key, set()).add(entity)
    subjects = [Subject(alias, key, 1) for key, alias in aliases.items()]
    found = grouping(family, subjects, Model(family), lambda _: {}, Memory())
    names: dict[str, list[str]] = {}
    for key, entities in bearers.items():
        for entity in entities:
            names.setdefault(entity, []).append(key)
    true = {pair for keys in names.values() for pair in combinations(sorted(keys), 2)}
    joined = [pair for group in found.groups for pair in combinations(sorted(group), 2)]
    asked = [pair for pair, want in found.wanted.items() if want.verdict is Verdict.UNSURE]
    right = sum(pair in true for pair in joined)
    return Grouped(
        len(subjects),
        len(found.groups),
        len(joined),
        right / max(1, len(joined)),
        right / max(1, len(true)),
        len(asked),
        sum(pair in true for pair in asked) / max(1, len(asked)),
    )


def main() -> None:
    """Reads the file and prints the line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--type", required=True, choices=sorted(FAMILIES), help="Rows of this type alone.")
    asked = parser.parse_args()
    rows = [(row["name"], row["entity_id"]) for row in rows_of(asked.file) if row["type"] == asked.type]
    told = grouped(rows, Family(FAMILIES[asked.type]))
    print(  # noqa: T201 - a command's answer
        f"{asked.type}: {told.names} names, {told.groups} groups, {told.joined} pairs at precision "
        f"{told.precision:.3f} and recall {told.recall:.3f}; {told.asked} asked, {told.asked_right:.2f} of them one"
    )


if __name__ == "__main__":
    main()
