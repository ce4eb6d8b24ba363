"""Names by their words: what a look-up brings is the same whatever order the names came in, common words are sought
together with the others, nothing is looked at beyond the bounds, and what is taken out leaves no trace."""

import random
from itertools import product

import pytest

from resolution.postings import BUDGET, SPLIT, Postings
from resolution.vocabulary import numbers

SYLLABLES = ("ba", "do", "fi", "gu", "he", "ji", "ko", "lu", "me", "ni", "po", "ra", "se", "to", "vu", "wa")
SURNAMES = [f"{one}{two}sen" for one, two in product(SYLLABLES, SYLLABLES)] + [
    f"{one}{two}rik" for one, two in product(SYLLABLES, SYLLABLES)
]
"""512 words, no two of them one slip apart at their ends alone."""


def marias(count: int) -> list[tuple[str, ...]]:
    return [("maria", surname) for surname in SURNAMES[:count]]


def filled(names: list[tuple[str, ...]]) -> Postings:
    made = Postings()
    for name in names:
        made.add(name, 1)
    return made


def watched(names: list[tuple[str, ...]]) -> tuple[Postings, list[int]]:
    """Postings of these names, and the numbers of those that are looked at from now on."""
    looked: list[int] = []
    met = Postings._met

    class Watched(Postings):
        def _met(self, query: object, number: int, family: int) -> float:
            looked.append(number)
            return met(self, query, number, family)  # pyright: ignore[reportArgumentType]

    made = Watched()
    for name in names:
        made.add(name, 1)
    return made, looked


def held(postings: Postings) -> dict[str, object]:
    return {
        "words": list(postings.vocabulary.words),
        "lists": [list(numbers(one)) for one in postings._lists],
        "split": {
            word: {letter: list(numbers(one)) for letter, one in letters.items()}
            for word, letters in postings._split.items()
        },
        "names": (list(postings._words), list(postings._starts), bytes(postings._families)),
    }


def test_a_name_of_two_common_words_is_found_among_all_that_hold_either() -> None:
    names = [*marias(400), *((given, "garcia") for given in SURNAMES[:400]), ("maria", "garcia")]
    postings = filled(names)
    assert postings.size(postings.vocabulary.number("maria") or 0) > SPLIT
    assert postings.size(postings.vocabulary.number("garcia") or 0) > SPLIT
    assert postings.meeting(["maria", "garcia"], 1, 10)[0][1] == len(names) - 1


def test_under_a_common_word_names_are_found_by_the_first_letter_of_the_other() -> None:
    postings = filled(marias(400))
    assert list(postings.holding("maria")) == list(range(400))
    by_letter = list(postings.holding("maria", "k"))
    assert by_letter == [n for n, (_, surname) in enumerate(marias(400)) if surname.startswith("k")]
    assert list(postings.holding("maria", "x")) == []
    # A short list is not split: all of it is looked at.
    assert list(filled(marias(20)).holding("maria", "k")) == list(range(20))
    assert list(postings.holding("nobody", "k")) == []


def test_names_that_are_taken_out_leave_no_trace_even_where_a_list_was_split() -> None:
    postings = filled(marias(SPLIT - 3))
    before = held(postings)
    assert not before["split"]
    for name in marias(SPLIT + 40)[SPLIT - 3 :]:
        postings.add(name, 1)
    assert held(postings)["split"]
    for _ in range(43):
        postings.drop_last()
    assert held(postings) == before


def test_a_split_list_is_the_same_whether_names_came_before_or_after_it_was_split() -> None:
    at_once = filled(marias(SPLIT + 60))
    back_and_forth = filled(marias(SPLIT + 20))
    for _ in range(30):
        back_and_forth.drop_last()
    for name in marias(SPLIT + 60)[SPLIT - 10 :]:
        back_and_forth.add(name, 1)
    assert held(back_and_forth) == held(at_once)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_names_came_does_not_decide_what_is_found(seed: int) -> None:
    names = [*marias(300), *((given, "garcia") for given in SURNAMES[:60]), ("maria", "garcia", "kobasen")]
    mixed = random.Random(seed).sample(names, len(names))
    for asked in (["maria", "garcia"], ["maria", "kobasen"], ["garcia", "dofisen"]):
        found = [
            {(round(value, 9), listed[number]) for value, number in filled(listed).meeting(asked, 1, 200)}
            for listed in (names, mixed)
        ]
        assert found[0] == found[1]
        assert found[0]


def test_names_of_another_kind_are_not_brought_and_those_of_none_are() -> None:
    postings = Postings()
    for family in (1, 2, 0):
        postings.add(("maria", "garcia"), family)
    assert [number for _, number in postings.meeting(["maria", "garcia"], 1, 10)] == [0, 2]
    assert [number for _, number in postings.meeting(["maria", "garcia"], 0, 10)] == [0, 1, 2]


def test_a_look_up_is_bounded_whatever_the_words() -> None:
    """Three words that all names hold: no more names are looked at than the budget, and those are the earliest."""
    names = [("maria", "de", "garcia", surname) for surname in SURNAMES] + [("maria", "de", "garcia")] * (BUDGET + 200)
    postings = filled(names)
    counted, looked = watched(names)
    found = counted.meeting(["maria", "de", "garcia"], 1, 10_000)
    assert found == postings.meeting(["maria", "de", "garcia"], 1, 10_000)
    assert 0 < len(looked) <= BUDGET
    assert len(set(looked)) == len(looked)


def test_once_the_budget_is_spent_no_further_word_is_looked_up() -> None:
    """Four words of as many names each, none of which holds two of them: the rarest are sought first."""
    words = ("maria", "garcia", "lopez", "perez")
    sizes = dict(zip(words, (200, 210, 220, 230), strict=True))
    names = [(word, surname) for word, size in sizes.items() for surname in SURNAMES[:size]]
    counted, looked = watched(names)
    counted.meeting(words, 1, 200)
    by_word = [names[number][0] for number in looked]
    assert {word: by_word.count(word) for word in words} == {"maria": 200, "garcia": 210, "lopez": 90, "perez": 0}
    assert len(looked) == BUDGET


def test_a_slip_in_a_common_word_is_met_where_lists_are_long() -> None:
    names = [*marias(300), *(("marja", surname) for surname in SURNAMES[:30])]
    found = filled(names).meeting(["maria", "kofisen"], 1, 10)
    place = SURNAMES.index("kofisen")
    assert found[0][1] == place
    slipped = filled([*marias(300), ("marja", "zachary")]).meeting(["maria", "zachary"], 1, 10)
    assert slipped[0][1] == 300
