"""`python -m resolution.fitting.online --data DIR`: how sure the online path is among distractors, beside the truth.

DIR holds `*_records.csv.gz` (id, entity_id, name, type). All names of a list stand in one index; some of them, chosen
by seed, are looked up among all the others. Prints for each kind: calibration error of the candidates, precision of
what would be joined, recall among candidates, and the share of names that would be sent to a person.
"""

import argparse
import random
from collections import defaultdict
from pathlib import Path

from graph.alias import Alias
from resolution.candidates import candidates
from resolution.fitting.data import rows_of
from resolution.fitting.figures import calibration_error, reliability
from resolution.index import AliasIndex
from resolution.matching import FAMILIES
from resolution.names.normalise import normalise
from resolution.score import POSITIVE, UNSURE

ASKED = 1_500
"""Names of each list that are looked up."""


def main() -> None:
    """Reads, looks up and tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    told: dict[str, list[tuple[float, int]]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    folder = parser.parse_args().data
    paths = sorted(folder.glob("*_records.csv.gz"))
    if not paths:
        parser.error(f"{folder} holds no *_records.csv.gz")
    for path in paths:
        _ask([row for row in rows_of(path) if row.get("type", "organization") in FAMILIES], told, names)
    for family, found in told.items():
        joined = [label for value, label in found if value >= POSITIVE]
        asked = [label for value, label in found if UNSURE <= value < POSITIVE]
        matches = sum(label for _, label in found)
        counted = names[family]
        right = sum(joined) / max(1, len(joined))
        line = " ".join(f"{mean:.2f}:{share:.2f}({count})" for mean, share, count in reliability(found))
        print(  # noqa: T201 - a command's answer
            f"{family}: {len(found)} candidates of {len(counted)} names, calibration error "
            f"{calibration_error(found):.3f}, joined {len(joined)} with precision {right:.3f} "
            f"and recall {sum(joined) / max(1, matches):.3f}, asked {len(asked)} of which "
            f"{sum(asked) / max(1, len(asked)):.2f} match, names sent to review "
            f"{counted.count('asked') / len(counted):.3f}\n  {line}"
        )


def _ask(rows: list[dict[str, str]], told: dict[str, list[tuple[float, int]]], names: dict[str, list[str]]) -> None:
    index = AliasIndex()
    meant: dict[str, set[str]] = defaultdict(set)
    for born, row in enumerate(rows):
        family = FAMILIES[row.get("type", "organization")]
        taken = normalise(row["name"], family)
        alias = Alias.of(row["name"], taken.normalised, family, taken.qualifier, "unspecified", born)
        meant[alias.key].add(row["entity_id"])
        if alias.key not in index.by_key:
            index.add(alias, alias.key)
    entries = [entry for entry in index.by_key.values() if entry.form is None]
    for entry in random.Random(5).sample(entries, min(ASKED, len(entries))):  # noqa: S311 - the same each time
        family, own = entry.alias.family, meant[entry.alias.key]
        values: list[float] = []
        for ranked in candidates(index, entry.name, family):
            if ranked.entry is not entry:
                told[family].append((ranked.score.value, int(not own.isdisjoint(meant[ranked.entry.alias.key]))))
                values.append(ranked.score.value)
        best = max(values, default=0.0)
        names[family].append("joined" if best >= POSITIVE else "asked" if best >= UNSURE else "alone")


if __name__ == "__main__":
    main()
