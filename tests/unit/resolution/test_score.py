"""The score: a probability that does not depend on which name is asked first, with the features it was made of."""

import unicodedata

import pytest
from hypothesis import strategies as st

from graph.keys import Family
from resolution.decide import verdict_of
from resolution.names.normalise import normalise
from resolution.score import POSITIVE, score
from tests.factory import counts, forall

words = st.sampled_from(
    "Nicolás Nicolas Maduro Moros N. Jr III El Baradei ElBaradei Bank of Finland Ireland Lebanon 6th 7th Khashoggi "
    "Kashogi Владимир Putin Vladimir NATO (India) (Nepal) O'Neil Ltd".split()
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join) | st.text(min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
families = st.sampled_from([Family.PERSON, Family.COLLECTIVE, Family.PLACE, Family.UNSPECIFIED])


@counts(200, 30_000)
def test_the_score_is_a_probability_and_symmetric(examples: int) -> None:
    @forall(examples, names, names, families)
    def law(one: str, other: str, family: Family) -> None:
        a, b = normalise(one, family), normalise(other, family)
        there, back = score(a, b, family), score(b, a, family)
        assert 0.0 <= there.value <= 1.0
        assert there == back


@counts(100, 10_000)
def test_a_name_is_itself(examples: int) -> None:
    @forall(examples, st.lists(words, min_size=2, max_size=4, unique=True).map(" ".join), families)
    def law(name: str, family: Family) -> None:
        taken = normalise(name, family)
        if len(taken.roman) > 1 and all(len(word) > 1 for word in taken.roman):
            assert score(taken, taken, family).value >= 0.85


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("N. Maduro", "unsure"),
        ("President Maduro", None),
        ("Maduro", None),
        ("Nicolas Cage", None),
        ("Cilia Maduro", None),
    ],
)
def test_no_short_or_other_name_is_taken_for_nicolas_maduro_by_letters_alone(name: str, verdict: str | None) -> None:
    # Short forms join by being the sole bearer's, not by score: see tests/live/test_identity.py.
    found = score(normalise(name, Family.PERSON), normalise("Nicolás Maduro", Family.PERSON), Family.PERSON)
    assert verdict_of(found.value) in (verdict, None)


def test_a_veto_tells_what_parted_the_names() -> None:
    def veto(one: str, other: str) -> str:
        return score(normalise(one, Family.COLLECTIVE), normalise(other, Family.COLLECTIVE), Family.COLLECTIVE).veto

    assert veto("Police (India)", "Police (Nepal)") == "qualifier"
    assert veto("6th Fleet", "7th Fleet") == "numerals"
    assert veto("Bank of Finland", "Bank of Ireland") == "territory"


given_names = st.sampled_from(
    "Torvald Ingunn Mbeka Yusra Hedvig Calisto Ranjiv Oyelaran Tamsin Bronwen Zoltan Ilmari".split()
)
family_names = st.sampled_from("Klevstad Orubebe Marchetta Sjonberg Vathrix Palomeque Drozdik Ngcuka Tuilagi".split())
frequent_names = st.sampled_from("Singh Kumar Rahman Khan García Silva Kim".split())


def joined(one: str, other: str) -> bool:
    return score(normalise(one, Family.PERSON), normalise(other, Family.PERSON), Family.PERSON).value >= POSITIVE


@counts(100, 5_000)
def test_a_word_more_joins_only_where_it_is_no_other_family_name(examples: int) -> None:
    families_of_two = st.lists(family_names, min_size=2, max_size=2, unique=True)
    two_given = st.lists(given_names, min_size=2, max_size=2, unique=True)

    @forall(examples, two_given, families_of_two, frequent_names)
    def law(given: list[str], family: list[str], frequent: str) -> None:
        first, second = given
        one, other = family
        name = f"{first} {one}"
        assert joined(name, f"{first} {second} {one}")
        assert not joined(name, f"{name} {other}")
        assert not joined(f"{first} {frequent}", f"{first} {frequent} {other}")
        assert not joined(f"{first} {frequent}", f"{first} {other} {frequent}")
        assert not joined(f"{first} {second} {one}", f"{other} {first} {second} {one}")
        for body in ("Bloc", "USS", "Foundation", "Stadium"):
            assert not joined(name, f"{body} {name}")
            assert not joined(name, f"{name} {body}")
