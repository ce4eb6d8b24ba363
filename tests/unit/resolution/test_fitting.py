"""The fitting commands on small made-up files: the tables they write tell one thing's names from another's, what they
print is counted rightly, the same files give the same answer, and a folder without data is refused in a line."""

import csv
import gzip
import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.keys import Family
from resolution.batch.starting import Maker
from resolution.features.letters import letter_odds, tables
from resolution.features.meeting import meet
from resolution.features.words import forget
from resolution.fitting import __main__ as fitting
from resolution.fitting import data, news, online
from resolution.fitting.letters import learn_letters
from resolution.names.parts import take_apart
from resolution.tables import APART, FEATURES, Table, apart

KINDS = {"person": Family.PERSON, "organization": Family.COLLECTIVE, "place": Family.PLACE}
STRANGERS = {
    "person": [("Rosalind Ostrovsky", "Yuki Hanada"), ("Karl Dunmore", "Bettina Zick"), ("Ivo Prag", "Suse Mehl")],
    "organization": [("Harbour Board", "Quince Motors"), ("Zick Media", "Ferry Union"), ("Mehl AG", "Tide Institute")],
    "place": [("Oldbrook", "Fernwick"), ("Kalimoor", "Zestown"), ("Tarnholm", "Quimby Vale")],
}
"""Two that share no word."""
WRITTEN_APART = {
    "person": [("De Vos", "Devos"), ("De Zick", "Dezick"), ("De Mehl", "Demehl"), ("Liesl", "Elisabeth")],
    "organization": [
        ("Harbour Water Council", "HWC"),
        ("Ferry Trade Union", "FTU"),
        ("Tide Research Institute", "TRI"),
        ("Quince Youth Bank", "QYB"),
    ],
    "place": [
        ("New Tarn Holm", "NTH"),
        ("East Old Vale", "EOV"),
        ("Upper Zest Ford", "UZF"),
        ("South Quimby Bay", "SQB"),
    ],
}
"""One thing by two names that share no word."""
LETTERS = [("boris", "борис"), ("roman", "роман"), ("marina", "марина"), ("nora", "нора"), ("baron", "барон")] * 2


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, listed[0].keys())
        table.writeheader()
        table.writerows(listed)


def labelled() -> Iterator[dict[str, Any]]:
    for kind, family in KINDS.items():
        maker = Maker(family)
        for number in range(48):
            a, b = maker.same() if number % 2 else maker.different()
            yield {"a": a, "b": b, "match": number % 2, "type": kind, "a_id": f"{kind}{number}"}
        for pairs, match in ((WRITTEN_APART, 1), (STRANGERS, 0)):
            for number, (a, b) in enumerate(pairs[kind]):
                yield {"a": a, "b": b, "match": match, "type": kind, "a_id": f"{kind}{match}-{number}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    pairs = list(labelled())
    write(made / "made_pairs.csv.gz", pairs)
    write(made / "made_records.csv.gz", [{"id": one["a_id"], "entity_id": one["a_id"]} for one in pairs])
    write(
        made / "translit_pairs.csv.gz",
        [{"a": latin, "b": foreign, "match": 1, "lang": "ru"} for latin, foreign in LETTERS]
        + [{"a": LETTERS[n][0], "b": LETTERS[n + 1][1], "match": 0, "lang": "ru"} for n in range(4)],
    )
    write(
        made / "street_mentions.csv.gz",
        [
            {"mention": mention, "type": "person", "entity_id": key, "entity": entity}
            for mention, key, entity in (
                ("Rosalind Ostrovskaya", "1", "Rosalind Ostrovsky"),
                ("Ostrovsky", "1", "Rosalind Ostrovsky"),
                ("Yuki Hanada", "2", "Yuki Hanada"),
                ("Karl Dunmor", "3", "Karl Dunmore"),
            )
        ],
    )
    return made


class HereAndNow:
    """A pool whose work is done in this process, one job after the other."""

    def __init__(self, _: int) -> None:
        pass

    def __enter__(self) -> "HereAndNow":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    map = staticmethod(map)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A source tree to write to; letters that were learned meanwhile are forgotten at the end."""
    made = tmp_path / "tree"
    (made / "features").mkdir(parents=True)
    monkeypatch.setattr(fitting, "HERE", made)
    monkeypatch.setattr(fitting, "ProcessPoolExecutor", HereAndNow)
    yield made
    tables.cache_clear()
    forget()


def run(main: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *asked: str | Path) -> str:
    monkeypatch.setattr(sys, "argv", ["fitting", *map(str, asked)])
    main()
    return capsys.readouterr().out


def odds(fitted: dict[str, Any], family: Family, a: str, b: str) -> float:
    meeting = meet(take_apart(a, family), take_apart(b, family), family == Family.PERSON)
    far = apart(meeting)
    table = Table(fitted[f"{family} apart" if far else family], (APART if far else FEATURES)[family])
    return table.odds(meeting)[0]


def test_written_tables_tell_one_thing_from_another(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(fitting.main, monkeypatch, capsys, "--data", folder, "--write")
    fitted = json.loads((tree / "weights.json").read_text())
    assert set(fitted) == {name for family in FEATURES for name in (str(family), f"{family} apart")}
    for family, same, other in (
        (Family.PERSON, ("Sabine Torvald", "TORVALD, Sabine"), ("Sabine Torvald", "Sabine Kormann")),
        (Family.COLLECTIVE, ("Lavo Shipping", "The Lavo Shipping"), ("Lavo Shipping", "Tamo Shipping")),
        (Family.PLACE, ("North Balin", "north balin"), ("North Balin", "North Teska")),
    ):
        assert odds(fitted, family, *same) > odds(fitted, family, *other), family
        assert odds(fitted, family, *WRITTEN_APART[next(k for k, f in KINDS.items() if f == family)][0]) > odds(
            fitted, family, *STRANGERS[next(k for k, f in KINDS.items() if f == family)][0]
        )
    letters = json.loads((tree / "features" / "letters.json").read_text())
    assert letters["cyrillic"]["bb"] > 0 > letters["cyrillic"].get("bn", -2.5)
    assert "out of sample" not in told
    assert run(fitting.main, monkeypatch, capsys, "--data", folder, "--write") == told
    assert json.loads((tree / "weights.json").read_text()) == fitted


def test_figures_out_of_sample_are_told_beside_those_in_sample(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = run(fitting.main, monkeypatch, capsys, "--data", folder, "--cross").splitlines()
    assert not list(tree.rglob("*.json"))
    found = {
        (family, where, source): (int(count), float(ap))
        for line in lines
        for family, where, source, count, ap in re.findall(
            r"^(\w+) (in|out of) sample: (\w+): (\d+) pairs, AP ([\d.]+), best F1", line
        )
    }
    assert {family for family, _, _ in found} == set(map(str, FEATURES))
    pairs = list(labelled())
    for kind, family in KINDS.items():
        of_kind = sum(one["type"] == kind for one in pairs)
        for where in ("in", "out of"):
            assert found[str(family), where, "made"][0] == of_kind
        inside, outside = (found[str(family), where, "made"][1] for where in ("in", "out of"))
        assert inside >= outside
        assert inside > 0.9
    # Of people told in texts only full names count; by the table of any kind all pairs are weighed.
    assert found["person", "in", "mentions"][0] < found["unspecified", "in", "mentions"][0]
    assert found["unspecified", "in", "translit"][0] == len(LETTERS) + 4
    assert sum(" reliability " in line for line in lines) == 2 * len(FEATURES)


def test_letters_are_tested_on_words_that_they_were_not_learned_from(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = data.read_pairs(folder / "translit_pairs.csv.gz", None)
    fold = data.folds(pairs, fitting.FOLDS)
    learned_from: list[set[str]] = []

    def learned(words: list[tuple[str, str]]) -> dict[str, dict[str, float]]:
        learned_from.append({foreign for foreign, _ in words})
        return learn_letters(words)

    monkeypatch.setattr(fitting, "learn_letters", learned)
    before = letter_odds("boris", "cyrillic", "boris")
    assert len(fitting._meetings(pairs, Family.UNSPECIFIED, fold)) == len(pairs)
    assert len(learned_from) == fitting.FOLDS
    for turn, words in enumerate(learned_from):
        tested = {pair.b for pair, k in zip(pairs, fold, strict=True) if k == turn}
        assert words and words.isdisjoint(tested)
    assert letter_odds("boris", "cyrillic", "boris") != before


def test_pairs_without_a_type_or_records_are_of_any_kind_and_grouped_by_their_first_name(tmp_path: Path) -> None:
    write(tmp_path / "bare_pairs.csv.gz", [{"a": "Ada Reed", "b": "A. Reed", "match": 1}])
    (pair,) = data.read_pairs(tmp_path / "bare_pairs.csv.gz", None)
    assert (pair.family, pair.match, pair.source, pair.group) == ("unspecified", 1, "bare", "Ada Reed")


def test_mentions_make_pairs_with_their_own_entity_and_with_near_ones(folder: Path) -> None:
    pairs = data.read_mentions(folder / "street_mentions.csv.gz")
    assert {(one.a, one.b) for one in pairs if one.match} == {
        ("Rosalind Ostrovskaya", "Rosalind Ostrovsky"),
        ("Ostrovsky", "Rosalind Ostrovsky"),
        ("Karl Dunmor", "Karl Dunmore"),
    }
    assert any(not one.match for one in pairs)
    assert all(one.a != one.b for one in pairs)
    assert data.read_mentions(folder / "street_mentions.csv.gz") == pairs


@pytest.mark.parametrize("command", ["resolution.fitting", "resolution.fitting.online", "resolution.fitting.news"])
def test_a_folder_without_data_is_refused_in_a_line(command: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", command, "--data", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert ".csv.gz" in told.stderr.splitlines()[-1]
    assert "Traceback" not in told.stderr
    assert not told.stdout


LIST = [
    *((f"p{n}", name, "person") for n, name in enumerate(("Rosalind Ostrovsky", "Karl Dunmore", "Yuki Hanada"))),
    *((f"p{n}", name, "person") for n, name in enumerate(("Rosalind Ostrovskiy", "Karl Dunmoore", "Yuki Hannada"))),
    ("p9", "Bettina Zick", "person"),
    ("o1", "Quince Motors", "organization"),
    ("o1", "Quinces Motors", "organization"),
    ("o1", "Quince Motors", "organization"),
    ("x", "Blue Lantern", "vessel"),
]


def test_names_among_distractors_are_measured_against_the_truth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        tmp_path / "list_records.csv.gz",
        [{"id": n, "entity_id": key, "name": name, "type": kind} for n, (key, name, kind) in enumerate(LIST)],
    )
    told = run(online.main, monkeypatch, capsys, "--data", tmp_path)
    found = {
        family: (int(names), float(precision), float(recall), float(review))
        for family, names, precision, recall, review in re.findall(
            r"^(\w+): \d+ candidates of (\d+) names, .* with precision ([\d.]+) and recall ([\d.]+), "
            r".*names sent to review ([\d.]+)$",
            told,
            re.MULTILINE,
        )
    }
    # A name that stands twice is one; a sort that is not known is left out.
    assert set(found) == {"person", "collective"}
    assert found["person"] == (7, 1.0, 1.0, 0.0)
    assert found["collective"][:3] == (2, 1.0, 1.0)
    assert run(online.main, monkeypatch, capsys, "--data", tmp_path) == told


NEWS = [
    ("1", "Rosalind Ostrovsky", "person", "Q1", "Rosalind Ostrovsky"),
    ("1", "Ostrovsky", "person", "Q1", "Rosalind Ostrovsky"),
    ("1", "Quince Motors", "organization", "Q2", "Quince Motors"),
    ("2", "Zestown", "place", "Q3", "Zestown"),
    ("2", "The Hatter", "person", "Q4", "Bettina Zick"),
]


def told_of_news(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    write(
        path / "news_mentions.csv.gz",
        [
            {"doc": doc, "n": n, "mention": mention, "type": kind, "entity_id": key, "entity": entity}
            for n, (doc, mention, kind, key, entity) in enumerate(NEWS)
        ],
    )
    return run(news.main, monkeypatch, capsys, "--data", path, *more)


def test_mentions_of_news_are_linked_and_counted_in_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told_of_news(tmp_path, monkeypatch, capsys).splitlines()
    for way in ("open", "closed"):
        assert f"{way}, organization: 1 mentions, precision 1.000, recall 1.000, F1 1.000" in lines
        assert f"{way}, place: 1 mentions, precision 1.000, recall 1.000, F1 1.000" in lines
    # The nickname says nothing of whom it names: it is linked to nobody, which costs recall and no precision.
    assert "closed, person: 3 mentions, precision 1.000, recall 0.667, F1 0.800" in lines
    assert {line.split(":")[0] for line in lines if "sent to review" in line} == {
        "open, organization",
        "open, person",
        "open, place",
    }
    assert len(lines) == 9
    assert told_of_news(tmp_path, monkeypatch, capsys).splitlines() == lines


def test_missed_links_are_told_when_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = told_of_news(tmp_path, monkeypatch, capsys, "--missed", "5")
    assert told.count("  1 x 'The Hatter' is 'Bettina Zick', linked to None") == 2
    assert told.count(" x ") == 2


def test_a_list_is_grouped_by_the_command_as_by_the_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["name", "type", "entity_id"])
        table.writerows((name, kind, key) for key, name, kind in LIST)
    monkeypatch.setattr(sys, "argv", ["fitting", str(path), "--type", "person"])
    monkeypatch.delitem(sys.modules, "resolution.fitting.batch", raising=False)
    runpy.run_module("resolution.fitting.batch", run_name="__main__")
    assert capsys.readouterr().out.startswith(
        "person: 7 names, 3 groups, 3 pairs at precision 1.000 and recall 1.000; "
    )
