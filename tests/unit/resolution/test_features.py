"""Each feature keeps the promise of its docstring."""

import pytest

from graph.keys import Family
from resolution.features import counts, coverage, leftover, order, shared, spelling
from resolution.features.acronyms import acronym, same_body
from resolution.features.brackets import brackets
from resolution.features.given import first_given, given
from resolution.features.initials import initials, initials_differ, initials_left
from resolution.features.kunya import kunya
from resolution.features.legal import legal_form
from resolution.features.meeting import Meeting, meet
from resolution.features.numbers import numbers
from resolution.features.pets import pet_forms
from resolution.features.scripts import scripts
from resolution.features.surname import surname, surname_place, surnames_left
from resolution.features.territory import country_left, same_country, same_place
from resolution.features.vetoes import discriminators_differ
from resolution.names.parts import take_apart
from resolution.tables import APART, FEATURES


def people(one: str, other: str) -> Meeting:
    return meet(take_apart(one, Family.PERSON), take_apart(other, Family.PERSON), True)


def bodies(one: str, other: str) -> Meeting:
    return meet(take_apart(one, Family.COLLECTIVE), take_apart(other, Family.COLLECTIVE), False)


def places(one: str, other: str) -> Meeting:
    return meet(take_apart(one, Family.PLACE), take_apart(other, Family.PLACE), False)


def test_coverage_is_the_share_that_meets() -> None:
    m = people("Rosa Lindqvist", "Rosa Maja Lindqvist")
    assert coverage.of_shorter(m) == 1.0
    assert 0.5 < coverage.of_longer(m) < 1.0
    assert coverage.of_shorter(people("Rosa Lindqvist", "Emil Brandt")) == 0.0


def test_slips_are_counted_in_letters_and_in_sounds() -> None:
    m = people("Tarik Brandenburg", "Tariq Brandenburg")
    assert (shared.slips(m), shared.slips_heard(m)) == (1.0, 0.0)
    assert shared.shortest_slip(m) == 5.0
    assert shared.shortest_slip(people("Rosa Brandt", "Rosa Brandt")) == 20.0
    assert shared.slips_at_end(people("Emil Brandson", "Emil Brandman")) == 3.0
    assert shared.other_beginning(people("Emil Sandberg", "Emil Landberg")) == 1.0


def test_frequent_words_tell_less_than_rare_ones() -> None:
    assert shared.rarest(people("Ali Khan", "Ali Omar")) < shared.rarest(people("Zoltan Khan", "Zoltan Omar"))
    assert shared.shared(bodies("Trading Company Aurex", "Trading Company Belmo")) <= 0.5


def test_words_that_stand_against_each_other_are_a_conflict() -> None:
    assert leftover.conflict(people("Kim Jong Nam", "Kim Yong Nam")) >= 0.0
    assert leftover.conflict(people("Rosa Brandt", "Rosa Lindqvist")) > 0.5
    assert leftover.conflict(people("Rosa Brandt", "Rosa Maja Brandt")) == 0.0
    assert leftover.left_of_longer(people("Rosa Brandt", "Rosa Maja Brandt")) == 1.0


def test_words_meet_in_another_order_and_run_together() -> None:
    assert order.other_order(bodies("Liberal National", "National Liberal")) == 1.0
    assert people("Omar El Mansour", "Omar Elmansour").left_b == []
    assert spelling.run_together(people("Anne Marie Brandt", "Annemarie Brandt")) == 1.0
    assert counts.words_of_longer(people("Anne Brandt", "Anne Marie Brandt")) == 3.0


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("Rosa Brandt", "Rosa Lindqvist", 1.0),
        ("R. Brandt", "Rosa Brandt", 0.5),
        ("Brandt", "Rosa Brandt", -0.5),
        ("Emil Brandt", "Rosa Brandt", -1.0),
    ],
)
def test_given_names_agree_or_differ(one: str, other: str, value: float) -> None:
    assert given(people(one, other)) == value


def test_family_names_agree_or_do_not_meet() -> None:
    assert surname(people("Brandt, Rosa", "Rosa Brandt")) == 1.0
    assert surname(people("Rosa Brandt", "Rosa Lindqvist")) == 0.0
    assert surnames_left(people("Rosa Brandt", "Rosa Lindqvist")) == 2.0
    assert first_given(people("Rosa Brandt", "Emil Brandt")) == -1.0


def test_initials_meet_and_part() -> None:
    assert initials(people("R. Brandt", "Rosa Brandt")) == 1.0
    assert initials_left(people("Rosa Brandt", "Rosa M. Brandt")) == 1.0
    assert initials_differ(people("Emil K. Brandt", "Emil L. K. Brandt"))
    assert not initials_differ(people("Emil Brandt", "Emil K. Brandt"))


def test_pet_forms_meet_their_names() -> None:
    assert pet_forms(people("Peggy Brandt", "Margaret Brandt")) == 1.0
    assert pet_forms(people("Sasha Petrenko", "Aleksandr Petrenko")) == 1.0


def test_names_of_fatherhood_are_known() -> None:
    assert [kunya(people("Abu Tariq", x)) for x in ("Abou Tariq", "Tariq")] == [2.0, 1.0]


def test_legal_forms_of_one_family_agree() -> None:
    assert legal_form(bodies("Aurex Ltd", "Aurex Limited")) == 1.0
    assert legal_form(bodies("Aurex Ltd", "Aurex AG")) == -1.0
    assert legal_form(bodies("Aurex Ltd", "Aurex")) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("NRO", "Northern Rescue Organization", 2.0),
        ("Northern Rescue Organization (NRO)", "NRO", 3.0),
        ("NRO", "NRB", -2.0),
        ("XYZ", "Northern Rescue Organization", -1.0),
        ("Finserv", "Financial Services", 0.0),
        ("CARSA", "Cementos Arenal, S.A.", 2.0),
    ],
)
def test_letters_stand_for_the_words_they_begin(one: str, other: str, value: float) -> None:
    assert acronym(bodies(one, other)) == value


def test_known_bodies_places_and_countries_have_several_names() -> None:
    assert same_body(bodies("OTAN", "NATO")) == 1.0
    assert same_place(places("München", "Munich")) == 1.0
    assert same_country(places("Deutschland", "Germany")) == 1.0
    assert same_country(places("Niger", "Nigeria")) == -1.0
    assert country_left(bodies("Aurex Norway", "Aurex Finland")) == 1.0


def test_brackets_and_numbers_part_or_support() -> None:
    assert brackets(bodies("Police (India)", "Police (Nepal)")) == -1.0
    assert brackets(bodies("Northern Rescue Organization (NRO)", "Northern Rescue Organization")) == 0.0
    assert numbers(bodies("7th Fleet", "Seventh Fleet")) == 1.0
    assert numbers(bodies("7th Fleet", "6th Fleet")) == -1.0


def test_scripts_are_told_apart() -> None:
    assert scripts(people("محمود", "Mahmoud")) == 3.0
    assert scripts(people("Владимир", "Vladimir")) == 2.0


@pytest.mark.parametrize(
    "feature",
    sorted({f for features in (*FEATURES.values(), *APART.values()) for f in features}, key=lambda f: f.__name__),
)
def test_every_feature_says_what_it_is_and_does_not_depend_on_who_is_asked_first(feature: object) -> None:
    assert feature.__doc__
    for one, other in (("Rosa Brandt", "Brandt, R."), ("NRO", "Northern Rescue (NRO)"), ("习近平", "Xi Jinping")):
        assert feature(people(one, other)) == feature(people(other, one))  # type: ignore[operator]
        assert feature(bodies(one, other)) == feature(bodies(other, one))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("rosa", "brandt"), 1),
        (("rosa", "brandt", "jr"), 1),
        (("rosa", "brandt", "jr", "iii"), 1),
        (("brandt",), 0),
        (("jr",), 0),
        (("jr", "iii"), 0),
    ],
)
def test_the_surname_is_the_last_word_that_is_no_generation_mark(words: tuple[str, ...], place: int) -> None:
    assert surname_place(words) == place


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("wikidata:Q42", "wikidata:Q43", True),
        ("wikidata:Q42", "wikidata:Q42", False),
        ("wikidata:Q42", "lei:5493001KJTIIGC8Y1R12", False),
        ("wikidata:Q42", "india", False),
        ("india", "brazil", True),
        ("india", "india", False),
        ("", "india", False),
        ("wikidata:Q42", "", False),
        ("doi:10.1:a", "doi:10.1:b", True),
    ],
)
def test_what_is_stated_of_two_names_clashes_within_one_scheme_alone(one: str, other: str, differ: bool) -> None:
    assert discriminators_differ(one, other) is differ
    assert discriminators_differ(other, one) is differ
