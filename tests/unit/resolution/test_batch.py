"""The batch without a graph: what is grouped, that order and memory decide nothing, and what changes in the ledger."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from bench.many_names import Maker, written_otherwise
from graph.alias import Alias
from graph.judgement import Verdict
from graph.keys import Family
from resolution.batch.grouping import Grouping, Wanted, changes, grouping
from resolution.batch.memory import Memory, load, save
from resolution.batch.model import Label, Model, starter
from resolution.batch.regression import Regression
from resolution.batch.starting import labels
from resolution.batch.subject import Scene, Subject, record_of, taken
from resolution.fitting.batch import grouped
from resolution.names.normalise import normalise
from resolution.score import POSITIVE, score


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(Family.PERSON)


def alias(name: str, family: Family = Family.PERSON, discriminator: str = "") -> Alias:
    return Alias.of(name, normalise(name, family).normalised, family, discriminator, "unspecified")


def subjects(names: Sequence[str]) -> list[Subject]:
    found = {one.key: Subject(one, one.key, 1) for one in map(alias, names) if taken(one)}
    return list(found.values())


def some_names(count: int) -> list[str]:
    """Names, a third of them written a second way."""
    chance = random.Random(2)
    names: list[str] = []
    for name, family in Maker(3, 4_000).names(count * 2):
        if family is Family.PERSON:
            other = written_otherwise(name, chance.choice(("typo", "order", "custom")), chance)
            names += [name, *([other] if other and chance.random() < 0.35 else [])]
    return names[:count]


def think(model: Model, of: Sequence[Subject], memory: Memory | None = None) -> Grouping:
    return grouping(Family.PERSON, of, model, lambda _: {}, memory or Memory())


def test_writings_of_one_name_are_grouped_and_others_stay_apart(model: Model) -> None:
    found = think(
        model,
        subjects(["Rosalind Ostrovsky", "Ostrovskiy, Rosalind", "Rosalind Orlovsky", "Karl Ostrovsky", "Yuki Hanada"]),
    )
    assert found.groups == [sorted(alias(name).key for name in ("Rosalind Ostrovsky", "Ostrovskiy, Rosalind"))]
    assert {want.verdict for want in found.wanted.values()} == {Verdict.POSITIVE}


def test_order_and_memory_decide_nothing(model: Model, tmp_path: Path) -> None:
    every = subjects(some_names(600))
    first = think(model, every[:-40])
    save(tmp_path / "person.npz", model.version, first.memory)
    whole = think(model, every)
    again = think(model, random.Random(1).sample(every, len(every)), load(tmp_path / "person.npz", model.version))
    assert (again.wanted, again.groups) == (whole.wanted, whole.groups)
    assert again.fresh < whole.fresh / 4
    assert load(tmp_path / "person.npz", "another version").names.size == 0
    (tmp_path / "person.npz").write_bytes(b"broken")
    assert load(tmp_path / "person.npz", model.version).names.size == 0


def test_what_is_stated_of_two_names_keeps_them_apart(model: Model) -> None:
    one, other = (
        alias("Rosalind Ostrovsky", discriminator="wikidata:Q1"),
        alias("Rosalind Ostrovskiy", discriminator="wikidata:Q2"),
    )
    assert think(model, [Subject(one, one.key, 1), Subject(other, other.key, 1)]).wanted == {}


def test_company_speaks_for_a_pair_and_one_event_that_names_both_against_it(model: Model) -> None:
    one, other = alias("Tomasz Wronkovic"), alias("Tomas Wronkovich")

    def value(a: Scene, b: Scene) -> float:
        return next(iter(model.score([(("a", record_of(one, a)), ("b", record_of(other, b)))]).values()))

    apart = value(Scene(("x",), (1, 2, 3)), Scene(("y",), (7, 8, 9)))
    assert value(Scene(("x",), (1, 2, 3)), Scene(("y",), (1, 2, 3))) > apart
    assert value(Scene(("x",), (1, 2, 3)), Scene(("x",), (7, 8, 9))) < apart


def test_persons_decisions_change_the_model(model: Model) -> None:
    record = record_of(alias("Rosalind Ostrovsky"), Scene())
    other = record_of(alias("Rosalind Orlovsky"), Scene())
    trained = Model(Family.PERSON, [Label(record, other, same=True, reviewed=True)] * 5)
    assert trained.version != model.version
    pair = [(("a", record), ("b", other))]
    assert trained.score(pair)["a", "b"] > model.score(pair)["a", "b"]


def test_the_same_labels_in_any_order_make_the_same_model() -> None:
    record = record_of(alias("Rosalind Ostrovsky"), Scene())
    more = [
        Label(record, record_of(alias(name), Scene()), same=False, reviewed=True) for name in ("Karl Lis", "Ida Lis")
    ]
    one, other = Model(Family.PERSON, more), Model(Family.PERSON, reversed(more))
    assert (one.version, one.weights()) == (other.version, other.weights())


def test_the_starter_labels_are_those_that_the_command_makes() -> None:
    made = list(labels(Family.PLACE))
    kept = starter(Family.PLACE)
    assert [(label.one["name"], label.other["name"], label.same) for label in kept] == [
        (row["a"]["name"], row["b"]["name"], row["same"]) for row in made
    ]


def test_the_ledger_changes_only_where_it_says_something_else() -> None:
    one, two, three = ("a", "b"), ("c", "d"), ("e", "f")
    wanted = {one: Wanted(Verdict.POSITIVE, 0.9), two: Wanted(Verdict.UNSURE, 0.8)}
    standing = {
        one: [("1", True, Verdict.POSITIVE, 0.9), ("2", False, Verdict.POSITIVE, 0.95)],
        two: [("3", True, Verdict.POSITIVE, 0.8)],
        three: [("4", False, Verdict.POSITIVE, 0.99)],
    }
    assert changes(wanted, standing) == ([two], ["2", "3", "4"])


def test_short_forms_are_left_to_the_rules() -> None:
    assert not taken(alias("Ostrovsky"))
    assert not taken(alias("R. Ostrovsky"))
    assert not taken(alias("NATO", Family.COLLECTIVE))
    assert taken(alias("Rosalind Ostrovsky"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viktor Sable", "Виктор Сейбл"),
        ("Katherine Jones", "Catherine Jones"),
        ("Mohammed al-Masri", "Muhammad Al Masri"),
    ],
)
def test_the_batch_does_not_part_what_the_online_path_joins_and_nothing_speaks_against(
    model: Model, one: str, other: str
) -> None:
    a, b = alias(one), alias(other)
    online = score(normalise(one, Family.PERSON), normalise(other, Family.PERSON), Family.PERSON).value
    assert online >= POSITIVE
    few = {a.key: Scene(("x",), (1, 2)), b.key: Scene(("y",), (3, 4))}
    for scenes in ({}, few):
        found = grouping(
            Family.PERSON, [Subject(a, a.key, 1), Subject(b, b.key, 1)], model, lambda _, s=scenes: s, Memory()
        )
        assert found.groups == [sorted((a.key, b.key))]


def test_what_is_free_is_learned_and_what_is_not_stays() -> None:
    rows = [[0.0, 1.0], [1.0, 1.0], [0.0, 1.0], [1.0, 1.0]] * 50
    held = Regression([0.0, 0.5, 0.0], [1.0, 0.0, 1.0]).fit(rows, [False, True, False, True] * 50)
    assert held.weights[1] == 0.5
    told = held.predict_proba([[0.0, 1.0], [1.0, 1.0]])
    assert told[0, 1] < 0.1
    assert told[1, 1] > 0.9
    assert told.sum(axis=1) == pytest.approx([1.0, 1.0])


def test_a_label_that_counts_twice_is_two_labels() -> None:
    rows, same = [[0.2], [0.9], [0.4]], [False, True, True]
    once = Regression([0.0, 0.0], [1.0, 1.0]).fit(rows, same, [1.0, 2.0, 1.0])
    twice = Regression([0.0, 0.0], [1.0, 1.0]).fit([*rows, [0.9]], [*same, True])
    assert once.weights == pytest.approx(twice.weights)


def test_a_list_of_names_is_grouped_and_measured() -> None:
    told = grouped(
        [
            ("Rosalind Ostrovsky", "1"),
            ("Ostrovskiy, Rosalind", "1"),
            ("Rosalind Orlovsky", "2"),
            ("Karl Ostrovsky", "3"),
        ],
        Family.PERSON,
    )
    assert (told.names, told.groups, told.joined, told.precision, told.recall) == (4, 1, 1, 1.0, 1.0)


def test_a_name_of_no_known_kind_is_not_decided_and_nothing_scores_nothing(model: Model) -> None:
    assert not taken(alias("Rosalind Ostrovsky", Family.UNSPECIFIED))
    assert model.score([]) == {}
    told = grouped([("Rosalind Ostrovsky", "1"), ("Ostrovsky", "1"), ("R. Ostrovsky", "1")], Family.PERSON)
    assert (told.names, told.groups) == (1, 0)


@pytest.mark.parametrize("family", [Family.PERSON, Family.COLLECTIVE, Family.PLACE])
def test_made_labels_are_half_of_one_thing_and_always_the_same(family: Family) -> None:
    made = list(labels(family))
    assert made == list(labels(family))
    assert sum(row["same"] for row in made) * 2 == len(made)
    assert all(row["a"]["name"] != row["b"]["name"] for row in made)
    # Most of what is one thing is written alike, and what is two shares something at least.
    likeness = [
        fuzz.token_sort_ratio(row["a"]["name"].lower(), row["b"]["name"].lower()) for row in made if row["same"]
    ]
    assert sorted(likeness)[len(likeness) // 2] > 80
