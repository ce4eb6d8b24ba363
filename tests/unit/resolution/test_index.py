"""The index in memory: finds what was put in, from either side, and takes back exactly what was not settled."""

import random
from typing import Any

import pytest
from hypothesis import strategies as st

from graph.alias import Alias
from graph.judgement import Author, Judgement, Verdict
from graph.keys import Family
from resolution.index import AliasIndex
from resolution.names.normalise import normalise
from resolution.vocabulary import Numbers, numbers
from tests.factory import NOW, counts, forall

NAMES = [
    ("Nicolás Maduro", "person"),
    ("Maduro", "person"),
    ("N. Maduro", "person"),
    ("Nicolas Maduro", "unspecified"),
    ("International Monetary Fund", "collective"),
    ("IMF", "collective"),
    ("Chile", "place"),
    ("Consult", "what"),
]


def alias(n: int) -> Alias:
    name, family = NAMES[n]
    taken = normalise(name, family)
    return Alias.of(name, taken.normalised, family, "s:1" if n == 0 else taken.qualifier, "unspecified", n)


def judged(a: int, b: int, verdict: str, revoked: bool) -> Judgement:
    return Judgement(
        a=alias(a).key,
        b=alias(b).key,
        verdict=Verdict(verdict),
        by=Author.ONLINE,
        score=0.9,
        reason="test",
        revoked_at=NOW if revoked else None,
    )


def seen(index: AliasIndex) -> dict[str, Any]:
    """All that the index holds, by content."""
    postings = index._postings
    words = postings.vocabulary
    held: dict[str, Any] = {"entities": {key: entry.entity for key, entry in index.by_key.items()}}
    held["members"] = {entity: [one.alias.key for one in index.members[entity]] for entity in index.members.held}
    held["entries"] = [entry.alias.key for entry in index._entries]
    for name in ("_whole", "_bearers", "_forms", "_by_identifier"):
        held[name] = _plain(getattr(index, name))
    held["words"] = (list(words.words), dict(words._numbers), _plain(words._by_slip), _plain(words._by_sound))
    held["postings"] = [
        list(postings._words),
        list(postings._starts),
        bytes(postings._families),
        [list(numbers(one)) for one in postings._lists],
        {word: _plain(letters) for word, letters in postings._split.items()},
    ]
    judgements: dict[str, dict[str, Judgement]] = index._judged
    held["judged"] = {key: dict(found) for key, found in judgements.items() if found}
    return held


def _plain(lists: dict[str, Numbers]) -> dict[str, list[int]]:
    return {key: list(numbers(held)) for key, held in lists.items()}


steps = st.lists(
    st.tuples(st.just("add"), st.integers(0, 7), st.integers(0, 7))
    | st.tuples(st.just("move"), st.integers(0, 7), st.integers(0, 7))
    | st.tuples(
        st.just("judge"), st.integers(0, 7), st.integers(0, 7), st.sampled_from(["positive", "negative"]), st.booleans()
    ),
    max_size=20,
)


def do(index: AliasIndex, step: tuple[Any, ...]) -> None:
    kind, n, other, *rest = step
    known = index.by_key.get(alias(n).key)
    if kind == "add" and known is None:
        index.add(alias(n), alias(other).key)
    elif kind == "move" and known is not None and known.entity != alias(other).key:
        index.move(known, alias(other).key)
    elif kind == "judge" and n != other:
        index.judge(judged(n, other, *rest))


@counts(150, 10_000)
def test_undo_restores_what_was_settled_exactly(examples: int) -> None:
    @forall(examples, steps, steps)
    def law(kept: list[Any], undone: list[Any]) -> None:
        index = AliasIndex()
        for step in kept:
            do(index, step)
        index.settle(1)
        before = seen(index)
        for step in undone:
            do(index, step)
        index.undo()
        assert seen(index) == before
        assert index.change == 1
        index.undo()
        assert seen(index) == before


@counts(80, 5_000)
def test_an_index_holds_the_same_whatever_order_it_learnt_in(examples: int) -> None:
    @forall(examples, st.randoms(use_true_random=False))
    def law(chance: random.Random) -> None:
        order = list(range(len(NAMES)))
        chance.shuffle(order)
        index = AliasIndex()
        for n in order:
            index.add(alias(n), alias(n).key)
        maduro = index.by_key[alias(0).key]
        assert {one.alias.name for one in index.forms_of(maduro)} == {"Maduro", "N. Maduro"}
        assert [one.alias.name for one in index.bearers("p|maduro")] == ["Nicolás Maduro"]
        assert [one.alias.name for one in index.bearers("a|imf")] == ["International Monetary Fund"]
        assert [one.alias.name for one in index.identified(maduro)] == []
        assert len(index) == len(NAMES)


def test_either_of_two_near_names_brings_the_other() -> None:
    for one, other in (
        ("Jamal Khashoggi", "Jamal Khashogi"),
        ("Mohamed ElBaradei", "Mohamed El Baradei"),
        ("Deutschland", "Germany"),
    ):
        family = Family.PLACE if one == "Deutschland" else Family.PERSON
        for first, second in ((one, other), (other, one)):
            index = AliasIndex()
            entry = index.add(Alias.of(first, normalise(first, family).normalised, family, "", "unspecified"), "e")
            assert entry in index.block(normalise(second, family), family, 200)


@pytest.mark.parametrize(
    ("signs", "latin"),
    [
        ("박근혜", "Park Geun-hye"),
        ("윤석열", "Suk-yeol Yoon"),
        ("류현진", "Ryu Hyun-jin"),
        ("周恩来", "Chou En-lai"),
        ("蔡英文", "Tsai Ing-wen"),
        ("王毅", "Wang Yi"),
    ],
)
def test_a_name_in_east_asian_signs_and_its_latin_writings_bring_each_other(signs: str, latin: str) -> None:
    for known, asked in ((signs, latin), (latin, signs)):
        index = AliasIndex()
        for born, name in enumerate((known, "Park Chung-hee", "Wang Yang", "Anna Long")):
            taken = normalise(name, "person")
            index.add(Alias.of(name, taken.normalised, "person", "", "person", born), name)
        found = index.block(normalise(asked, "person"), "person", 10)
        assert found[0].entity == known


def test_a_negative_parts_two_from_both_sides_until_it_is_revoked() -> None:
    index = AliasIndex()
    a, b = (index.add(alias(n), alias(n).key).alias.key for n in (0, 1))
    index.judge(judged(0, 1, "negative", False))
    assert index.parted(a, b)
    assert index.parted(b, a)
    index.judge(judged(0, 1, "negative", True))
    assert not index.parted(a, b)


def test_candidates_are_bounded_however_common_a_word() -> None:
    index = AliasIndex()
    for n in range(600):
        name = f"Maria Number{n}"
        index.add(Alias.of(name, normalise(name, "person").normalised, "person", "", "person", n), name)
    assert len(index.block(normalise("Maria Number7", "person"), "person", 200)) <= 200


def test_a_new_name_under_a_common_word_is_taken_back_like_any_other() -> None:
    """So many names hold the word that its list is split; the other word of the newest goes with it."""
    index = AliasIndex()

    def add(name: str, born: int) -> None:
        taken = normalise(name, "person")
        made = Alias.of(name, taken.normalised, "person", "", "person", born)
        index.add(made, made.key)

    letters = "bdfgklmnprst"
    surnames = [f"{one}a{two}o{three}en" for one in letters for two in letters for three in "lmn"][:300]
    for born, surname in enumerate(surnames):
        add(f"Maria {surname.title()}", born)
    index.settle(1)
    before = seen(index)
    add("Maria Quellinger", 1000)
    assert index.block(normalise("Maria Quellinger", "person"), "person", 5)[0].alias.name == "Maria Quellinger"
    index.undo()
    assert seen(index) == before
