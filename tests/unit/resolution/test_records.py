"""Records told apart and put together: by what they hold alone, whatever their order."""

import csv
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest

from bench.records import records as generated
from graph.errors import InvalidInput
from resolution.records.column import DIFFER
from resolution.records.dates import read as read_date
from resolution.records.groups import Rule, grouped
from resolution.records.guessing import guess
from resolution.records.linking import link
from resolution.records.nodes import Nodes
from resolution.records.reading import records_of, table_of
from resolution.records.schema import Kind, read
from resolution.records.texts import Texts
from resolution.records.values import Amounts
from resolution.records.weights import patterns_of
from tests.factory import counts, forall

Rows = Sequence[dict[str, str]]
PEOPLE = "full_name=person,dob=date,birth_place=place,postcode=code,occupation=category"


def groups_of(rows: Rows, schema: str | None = None) -> set[frozenset[str]]:
    """The groups as sets of ids."""
    columns = list(rows[0])
    told = read(schema, columns) if schema else guess(columns, rows)
    found: dict[int, set[str]] = {}
    for row, group in zip(rows, link(table_of(rows, told)).group.tolist(), strict=True):
        found.setdefault(group, set()).add(row["id"])
    return {frozenset(ids) for ids in found.values()}


def pairs_of(groups: Iterable[frozenset[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def gold_of(rows: Rows) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["cluster"], set()).add(row["id"])
    return {frozenset(ids) for ids in found.values()}


def test_people_written_several_ways_are_found_without_labels() -> None:
    rows = list(generated(3_000))
    found, gold = pairs_of(groups_of(rows, PEOPLE)), pairs_of(gold_of(rows))
    assert len(found & gold) > 0.97 * len(gold)
    assert len(found & gold) > 0.97 * len(found)


@counts(3, 1_000)
def test_the_order_of_records_does_not_matter(examples: int) -> None:
    rows = list(generated(150))
    told = groups_of(rows)

    @forall(examples, st.randoms(use_true_random=False))
    def law(chance: random.Random) -> None:
        shuffled = list(rows)
        chance.shuffle(shuffled)
        assert groups_of(shuffled) == told


def test_the_schema_is_guessed_from_names_and_values() -> None:
    rows = list(generated(200))
    assert str(guess(list(rows[0]), rows)) == (
        "birth_place=place,dob=date,full_name=person,id=id,occupation=category,postcode=code"
    )
    firms = [
        {"id": str(n), "source": "ab"[n % 2], "name": f"Nordwind {n} GmbH", "price": str(n), "colour": "x"}
        for n in range(40)
    ]
    told = guess(list(firms[0]), firms)
    assert {field.name: field.kind for field in told.fields if field.kind is not Kind.IGNORE} == {
        "id": Kind.ID,
        "source": Kind.SOURCE,
        "name": Kind.TEXT,
        "price": Kind.AMOUNT,
    }
    parts = [{"id": str(n), "given_name": f"Ana{n}", "surname": f"Lis{n % 3}", "cluster": "7"} for n in range(9)]
    assert str(guess(list(parts[0]), parts)) == "given_name+surname=person,id=id"


def test_what_tells_the_answer_is_never_compared() -> None:
    rows = list(generated(60))
    for column in ("cluster", "entity_id", "label"):
        spoiled = [{**row, column: row["cluster"]} for row in rows]
        assert column not in str(guess(list(spoiled[0]), spoiled))


def test_no_source_tells_one_thing_twice() -> None:
    titles = [
        f"{a} {b} of {c}" for a in ("green", "grey", "gold") for b in ("harbour", "lantern") for c in ("oslo", "bern")
    ]
    rows = [
        {"id": f"{source}{n}{copy}", "source": source, "title": f"{title} {copy}", "year": str(1990 + n)}
        for source in "ab"
        for n, title in enumerate(titles)
        for copy in ("", "again")
    ]
    for group in groups_of(rows, "title=text,year=year,source=source"):
        assert len({id_[0] for id_ in group}) == len(group)


def test_records_of_two_types_are_never_one() -> None:
    rows = [
        {"id": f"{kind}{n}", "type": kind, "name": f"Rosa Lind {n % 20}"}
        for kind in ("person", "organization")
        for n in range(40)
    ]
    assert all(len({id_[0] for id_ in group}) == 1 for group in groups_of(rows, "name=name,type=type"))


def test_same_name_alone_is_one_and_strangers_stay_apart() -> None:
    names = ["Rosa Lindqvist", "LINDQVIST, Rosa", "Roza Lindkvist", "Miguel Ortega", "Tomasz Wrona", "Yuki Hanada"]
    rows = [{"id": str(n), "name": name} for n, name in enumerate([*names, "Rosa Lindqvist"])]
    assert groups_of(rows, "name=person") == {
        frozenset({"0", "1", "2", "6"}),
        frozenset({"3"}),
        frozenset({"4"}),
        frozenset({"5"}),
    }


def test_one_good_pair_does_not_join_two_groups() -> None:
    nodes = Nodes(np.arange(6), np.ones(6, np.int64), (), np.full(6, -1, np.int32), np.full(6, -1, np.int32))
    inner = [(a, b, 5.0) for three in ((0, 1, 2), (3, 4, 5)) for a, b in combinations(three, 2)]
    edges = [*inner, (2, 3, 4.0), (0, 3, -6.0), (1, 4, -6.0)]
    pairs = np.array(sorted(a * 6 + b for a, b, _ in edges))
    odds = np.array([value for _, value in sorted((a * 6 + b, value) for a, b, value in edges)])
    assert grouped(nodes, pairs, odds, Rule()).tolist() == [0, 0, 0, 3, 3, 3]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1972-06-13", "1972-06-13"),
        ("19720613", "1972-06-13"),
        ("13 Jun 1972", "1972-06-13"),
        ("June 13, 1972", "1972-06-13"),
        ("6/13/1972", "1972-06-13"),
        ("13.6.1972", "1972-06-13"),
        ("circa 1972", "1972-00-00"),
        ("Jun 1972", "1972-06-00"),
        ("01 Jan 1961 to 31 Dec 1963", "1961-01-01"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_dates_are_read_as_they_are_typed(written: str, meant: str) -> None:
    assert read_date(written) == meant


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("nom=person", "no column 'nom'"),
        ("name=human", "no kind 'human'"),
        ("name", "column=kind is expected"),
        ("id=id", "no column is compared"),
        ("no-such-file.toml", "No such file"),
    ],
)
def test_a_schema_that_does_not_fit_says_why(schema: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read(schema, ["id", "name"])


def command(*given: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "api.cli", "match", *given]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_the_command_groups_a_file_and_names_each_cluster_by_its_first_id(tmp_path: Path) -> None:
    file, schema = tmp_path / "people.csv", tmp_path / "people.toml"
    file.write_text('id,name\nb,Rosa Lindqvist\na,"Lindqvist, Rosa"\nc,Yuki Hanada\n', encoding="utf-8")
    schema.write_text('[columns]\nname = "person"\n', encoding="utf-8")
    told = command("--records", str(file), "--schema", str(schema))
    assert list(csv.DictReader(told.stdout.splitlines())) == [
        {"id": "b", "cluster": "a"},
        {"id": "a", "cluster": "a"},
        {"id": "c", "cluster": "c"},
    ]
    guessed = command("--records", str(file), "--json")
    assert json.loads(guessed.stdout.splitlines()[0]) == {"id": "b", "cluster": "a", "size": 2}
    assert guessed.stderr == "schema: id=id,name=person\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "no header line"), ("id,name\n1,Rosa\n1,Yuki\n", "is there twice"), ("id,shade\n1,x\n", "give --schema")],
)
def test_a_file_that_cannot_be_grouped_is_one_line_and_exit_code_two(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "records.csv"
    file.write_text(text, encoding="utf-8")
    told = command("--records", str(file))
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (2, "", 1)
    assert reason in told.stderr
    with pytest.raises(InvalidInput):
        records_of(file, None)


def test_the_schema_is_guessed_from_values_where_the_names_of_columns_say_nothing() -> None:
    rows = [
        {
            "id": str(n),
            "name": f"Firm {n}",
            "type": "company" if n % 2 else "person",
            "seen": f"2024-0{n % 9 + 1}-1{n % 8}",
            "remark": f"What was said of number {n} on day {n * 7}",
            "date": f"19{60 + n}-03-04",
            "birth date": f"19{60 + n}-05-06",
            "update date": f"20{10 + n}-05-06",
            "grade": "ab"[n % 2],
        }
        for n in range(20)
    ]
    told = str(guess(list(rows[0]), rows)).split(",")
    assert {"seen=date", "remark=text", "date=date", "birth date=date", "type=type"} <= set(told)
    assert not any(one.startswith(("update", "grade")) for one in told)
    # A type that says nothing of what a thing is parts nobody.
    odd = [{**row, "type": f"sort {n % 3}"} for n, row in enumerate(rows)]
    assert "type=type" not in str(guess(list(odd[0]), odd)).split(",")


def test_records_without_ids_go_by_their_number_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("name,town\nAda Reed,Varna\nBo Leaves,Varna\nAda Reed,Oruro\n", encoding="utf-8")
    assert records_of(path, "name=person,town=place").ids == ["1", "2", "3"]


def test_prices_near_each_other_speak_for_one_thing_by_how_near_they_are() -> None:
    column = Amounts("price", ["100", "100.00 EUR", "102", "115", "180", "9000", "0"])
    assert column.clean("0") == ""
    codes = {value: code for code, value in enumerate(column.values)}

    def level(one: str, other: str) -> int:
        ends = (np.array([codes[value]], dtype=np.int32) for value in (one, other))
        return int(column.compare(*ends)[0])

    steps = [level("100", other) for other in ("9000", "180", "115", "102", "100")]
    assert steps == sorted(steps) and len(set(steps)) == 5


def test_many_columns_have_patterns_as_few_have() -> None:
    chance = np.random.default_rng(3)
    for count in (3, 8, 9, 20):
        levels = chance.integers(0, 4, (500, count)).astype(np.int16)
        levels[250:] = levels[:250]
        patterns, of = patterns_of(levels, [4] * count)
        assert (patterns[of] == levels).all()
        assert len(patterns) == len(np.unique(levels, axis=0))


@pytest.mark.parametrize("text", ["columns = 3", 'name = "person"', "columns = ['name']"])
def test_a_schema_file_without_a_table_of_columns_says_what_is_expected(tmp_path: Path, text: str) -> None:
    path = tmp_path / "schema.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"a table \[columns\]"):
        read(str(path), ["name"])


def test_codes_in_texts_part_or_join_and_say_nothing_where_one_side_has_none() -> None:
    written = ["Tide lamp model AX1200", "Lamp for tides AX1200", "Tide lamp model BX1300", "Tide lamp model of old"]
    column = Texts("title", written)
    codes = {value: code for code, value in enumerate(column.values)}

    def state(one: int, other: int) -> int:
        ends = (np.array([codes[column.clean(written[n])]], dtype=np.int32) for n in (one, other))
        return (int(column.compare(*ends)[0]) - DIFFER) % 3

    assert (state(0, 1), state(0, 2), state(0, 3), state(3, 0)) == (2, 1, 0, 0)
