"""`python -m resolution.fitting --data DIR [--cross N] [--write]`: fits the weight tables to labelled pairs.

DIR holds `*_pairs.csv.gz` (a, b, match, type, a_id), beside them `*_records.csv.gz` (id, entity_id), and
`*_mentions.csv.gz`. Prints figures in and, with --cross, out of sample (folds by the entity of the first name).
"""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph.keys import Family
from resolution.features.letters import use_tables
from resolution.features.meeting import Meeting, meet
from resolution.features.words import forget
from resolution.fitting.additive import Fit, Rows, edges_of, fit
from resolution.fitting.data import Pair, folds, read_mentions, read_pairs
from resolution.fitting.figures import average_precision, best_f1, calibration_error, f1_at, reliability
from resolution.fitting.letters import learn_letters
from resolution.fitting.pairings import APART_PAIRINGS, PAIRINGS
from resolution.matching import SOLE_BEARER, bears
from resolution.names.parts import take_apart
from resolution.score import parted, probability, settled
from resolution.tables import APART, FEATURES, Feature, apart

HERE = Path(__file__).parents[1]
WEIGHTS = {"name_bench": 6.0, "mentions": 0.3}
"""Weight of a pair by its source; the small bench is of many kinds of cases, the mentions lean on their text."""
FOLDS = 5


def main() -> None:
    """Reads, fits, tells, and with --write commits the tables to the source tree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cross", action="store_true", help="Also out of sample, in five folds.")
    parser.add_argument("--write", action="store_true", help="Write weights.json and features/letters.json.")
    asked = parser.parse_args()
    pairs = list(_read(asked.data))
    if not pairs:
        parser.error(f"{asked.data} holds no *_pairs.csv.gz and no *_mentions.csv.gz")
    if asked.write:
        letters = learn_letters(_words(pairs))
        _dump(HERE / "features" / "letters.json", {k: json.dumps(v) for k, v in letters.items()})
        use_tables(letters)
    with ProcessPoolExecutor(2) as pool:
        jobs = [(family, _of_family(pairs, family), asked.cross) for family in FEATURES]
        results = list(pool.map(_fit_family, jobs))
    if asked.write:
        _dump(HERE / "weights.json", {name: text for tables, _ in results for name, text in tables.items()})
    for _, lines in results:
        print("\n".join(lines))  # noqa: T201 - a command's answer


def _read(folder: Path) -> Iterator[Pair]:
    for path in sorted(folder.glob("*_pairs.csv.gz")):
        records = path.with_name(path.name.replace("_pairs", "_records"))
        yield from read_pairs(path, records if records.exists() else None)
    for path in sorted(folder.glob("*_mentions.csv.gz")):
        yield from read_mentions(path)


def _words(pairs: list[Pair]) -> list[tuple[str, str]]:
    return [(pair.b, pair.a) for pair in pairs if pair.source == "translit" and pair.match]


def _of_family(pairs: list[Pair], family: Family) -> list[Pair]:
    """The pairs of a kind; without a kind all are compared as if none had been stated. Of people mentioned in texts
    only full names: whom a bare one means, the text tells."""
    if family == Family.UNSPECIFIED:
        return pairs
    return [
        pair
        for pair in pairs
        if pair.family == family
        and (
            family == Family.PLACE
            or pair.source != "mentions"
            or (family == Family.PERSON and " " in pair.a.strip() and " " in pair.b.strip())
        )
    ]


def _meetings(pairs: list[Pair], family: Family, fold: list[int]) -> list[Meeting]:
    """How the names of each pair meet. Words of other scripts are read by letters learned from the other folds only."""
    found: dict[int, Meeting] = {}
    learned_from = any(pair.source == "translit" for pair in pairs)
    for turn in range(FOLDS) if learned_from else range(1):
        if learned_from:
            use_tables(learn_letters(_words([p for p, k in zip(pairs, fold, strict=True) if k != turn])))
            forget()
        for place, pair in enumerate(pairs):
            if fold[place] == turn or not learned_from:
                a, b = take_apart(pair.a, family), take_apart(pair.b, family)
                found[place] = meet(a, b, family == Family.PERSON)
    return [found[place] for place in range(len(pairs))]


def _fit_family(job: tuple[Family, list[Pair], bool]) -> tuple[dict[str, str], list[str]]:
    """Both tables of a family as text, and the lines that tell how good they are."""
    family, pairs, cross = job
    fold = folds(pairs, FOLDS)
    meetings = _meetings(pairs, family, fold)
    inside, outside = [0.0] * len(pairs), [0.0] * len(pairs)
    tables: dict[str, str] = {}
    for name, features, wanted, is_apart in (
        (family, FEATURES[family], PAIRINGS[family], False),
        (f"{family} apart", APART[family], APART_PAIRINGS, True),
    ):
        places = [place for place, meeting in enumerate(meetings) if apart(meeting) == is_apart]
        tables[name] = _fit_table(
            _Task([pairs[p] for p in places], [meetings[p] for p in places], [fold[p] for p in places], cross),
            features,
            wanted,
            (places, inside, outside),
        )
    lines = _tell(f"{family} in sample", pairs, meetings, inside)
    return tables, lines + (_tell(f"{family} out of sample", pairs, meetings, outside) if cross else [])


@dataclass(frozen=True, slots=True)
class _Task:
    pairs: list[Pair]
    meetings: list[Meeting]
    fold: list[int]
    cross: bool


def _fit_table(
    task: _Task,
    features: tuple[Feature, ...],
    wanted: list[tuple[str, str]],
    told: tuple[list[int], list[float], list[float]],
) -> str:
    """Fits one table, writes the log-odds in and out of sample where they belong, and returns the table as text."""
    places, inside, outside = told
    names = [feature.__name__ for feature in features]
    values = [[feature(meeting) for feature in features] for meeting in task.meetings]
    edges = [edges_of([row[f] for row in values]) for f in range(len(names))]
    pairings = [(names.index(one), names.index(other)) for one, other in wanted]
    whole = fit(_rows(task.pairs, values, [True] * len(values)), edges, pairings)
    for row, place in zip(values, places, strict=True):
        inside[place] = whole.odds(row)
    for turn in range(FOLDS) if task.cross else ():
        part = fit(_rows(task.pairs, values, [k != turn for k in task.fold]), edges, pairings)
        for row, place, k in zip(values, places, task.fold, strict=True):
            if k == turn:
                outside[place] = part.odds(row)
    return _written(whole, names)


def _rows(pairs: list[Pair], values: list[list[float]], keep: list[bool]) -> Rows:
    kept = [place for place, kept in enumerate(keep) if kept]
    weights = [WEIGHTS.get(pairs[place].source, 1.0) for place in kept]
    return Rows([values[place] for place in kept], [pairs[place].match for place in kept], weights)


def _tell(title: str, pairs: list[Pair], meetings: list[Meeting], odds: list[float]) -> list[str]:
    """One line a source, and the reliability of all."""
    sources: dict[str, list[tuple[float, int]]] = {}
    for pair, meeting, value in zip(pairs, meetings, odds, strict=True):
        sources.setdefault(pair.source, []).append((_shipped(pair, meeting, value), pair.match))
    every = [one for told in sources.values() for one in told]
    lines = [
        f"{title}: {source}: {len(told)} pairs, AP {average_precision(told):.3f}, best F1 {best_f1(told):.3f}, "
        f"F1 at .85 {f1_at(told, 0.85):.3f}, calibration error {calibration_error(told):.3f}"
        for source, told in {**sources, "all": every}.items()
    ]
    told = " ".join(f"{mean:.2f}:{share:.2f}({count})" for mean, share, count in reliability(every))
    return [*lines, f"{title}: reliability {told}"]


def _shipped(pair: Pair, meeting: Meeting, odds: float) -> float:
    """The probability as `pentad match` tells it: with vetoes and rules. The family is the pair's own."""
    family = Family(pair.family)
    if parted(meeting, family):
        return 0.0
    value = settled(meeting, family, probability(odds))
    return SOLE_BEARER if value < SOLE_BEARER and bears(meeting, family) else value


def _written(fitted: Fit, names: list[str]) -> str:
    """The table as readable JSON: one feature a line."""
    mains = ",\n    ".join(
        f'"{name}": {json.dumps({"edges": edges, "weights": _rounded(weights)})}'
        for name, edges, weights in zip(names, fitted.edges, fitted.mains, strict=True)
    )
    together = ",\n    ".join(
        json.dumps({"of": [names[one], names[other]], "weights": _grid(cells, len(fitted.mains[other]))})
        for (one, other), cells in zip(fitted.pairings, fitted.together, strict=True)
    )
    return f'{{\n   "bias": {fitted.bias:.3f},\n   "features": {{\n    {mains}}},\n   "together": [\n    {together}]}}'


def _rounded(weights: list[float]) -> list[float]:
    return [round(weight, 2) for weight in weights]


def _grid(cells: list[float], width: int) -> list[list[float]]:
    return [_rounded(cells[start : start + width]) for start in range(0, len(cells), width)]


def _dump(path: Path, parts: dict[str, str]) -> None:
    text = ",\n".join(f"{json.dumps(str(name))}: {part}" for name, part in parts.items())
    path.write_text("{\n" + text + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
