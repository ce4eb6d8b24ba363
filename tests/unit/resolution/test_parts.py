"""Names taken apart for comparison: one writing for what is one name, and nothing lost that can part two."""

import time

import pytest
from hypothesis import strategies as st

from graph.keys import Family
from resolution.names.parts import take_apart
from resolution.names.scripts import latin
from tests.factory import counts, forall


def person(name: str) -> tuple[str, ...]:
    return take_apart(name, Family.PERSON).texts


def body(name: str) -> tuple[str, ...]:
    return take_apart(name, Family.COLLECTIVE).texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abd al-Rahman Zubair", "Abdul Rahman Zubair"),
        ("Abdulkarim Zubair", "Abd el-Karim Zubair"),
        ("Abd Allah Qasim", "Abdullah Qasim"),
        ("Nur al-Din Zengi", "Nureddin Zengi"),
        ("Habibullah Zubair", "Habib Allah Zubair"),
        ("Nasrullahi Zubair", "Nasrallah Zubair"),
        ("Tariq bin Ziyad", "Tariq ibn Ziyad"),
        ("Dr. Marie van der Meer", "Marie Meer"),
        ("J.C. Dupont", "J C Dupont"),
        ("JC Dupont", "J. C. Dupont"),
        ("AnneDupont", "Anne Dupont"),
    ],
)
def test_writings_of_one_name_come_out_alike(one: str, other: str) -> None:
    heard = [[word.sound for word in take_apart(name, Family.PERSON).words] for name in (one, other)]
    assert heard[0] == heard[1]


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("Nordwind Aktiengesellschaft", ("nordwind",), "ag"),
        ("NordwindGmbH", ("nordwind",), "llc"),
        ("ООО «Северный Ветер»", ("severnyy", "veter"), "llc"),
        ("Viento Norte, S.A. de C.V.", ("viento", "norte"), "ag"),
        ("Polnocny Wiatr Sp. z o.o.", ("polnocny", "wiatr"), "llc"),
        ("Northwind Sdn. Bhd.", ("northwind",), "ltd"),
        ("Open Joint Stock Company Severny", ("severny",), "ag"),
    ],
)
def test_legal_forms_of_the_world_are_set_apart_not_lost(name: str, words: tuple[str, ...], form: str) -> None:
    assert body(name) == words
    assert take_apart(name, Family.COLLECTIVE).forms == {form}


def test_a_seat_behind_the_legal_form_tells_little() -> None:
    taken = take_apart("NORDWIND HOLLAND B.V., ROTTERDAM", Family.COLLECTIVE)
    assert taken.texts == ("nordwind", "holland", "rotterdam")
    assert taken.words[2].weight < 0.3 < taken.words[0].weight


def test_family_names_are_known_by_comma_and_by_script() -> None:
    assert take_apart("Lima Costa, Rui", Family.PERSON).surnames == {1, 2}
    assert take_apart("王小明", Family.PERSON).texts == ("wang", "xiaoming")
    assert take_apart("王小明", Family.PERSON).surnames == {0}
    assert take_apart("欧阳小明", Family.PERSON).texts[0] == "ouyang"


def test_generation_marks_ordinals_and_digits_are_numbers() -> None:
    assert take_apart("Gustav III", Family.PERSON).numbers == {"3"}
    assert take_apart("Sam Hill Jr.", Family.PERSON).numbers == {"jr"}
    assert take_apart("Hill, Jr.", Family.PERSON).numbers == {"jr"}
    assert take_apart("Third Rifle Division", Family.COLLECTIVE).numbers == {"3"}
    assert take_apart("3rd Rifle Division", Family.COLLECTIVE).numbers == {"3"}


@pytest.mark.parametrize(
    ("word", "roman"),
    [
        ("محمود", "mhmwd"),
        ("عباس", "abas"),
        ("שלום", "shlvm"),
        ("ナターシャ", "natasha"),
        ("ヴァン", "van"),
        ("Ødegård", "odegard"),
    ],
)
def test_words_of_every_script_have_a_latin_form(word: str, roman: str) -> None:
    assert latin(word.lower()) == roman


@counts(300, 20_000)
def test_any_text_can_be_taken_apart_into_words(examples: int) -> None:
    families = st.sampled_from([Family.PERSON, Family.COLLECTIVE, Family.PLACE, Family.UNSPECIFIED])

    @forall(examples, st.text(min_size=1, max_size=40), families)
    def law(name: str, family: Family) -> None:
        taken = take_apart(name, family)
        assert taken.words
        assert taken.size == sum(map(len, taken.texts))
        if any(c.isalpha() for c in name) and not taken.numbers and not taken.titles and not taken.forms:
            assert any(taken.texts)


@pytest.mark.parametrize("sign", ["a", "ab ", "ア", "ع", "习", "S.", "(", "-", "9 ", "Ⅷ", "\ufdfa", "e\u0301"])
def test_a_thousand_characters_take_less_than_a_twentieth_of_a_second(sign: str) -> None:
    for family in (Family.PERSON, Family.COLLECTIVE):
        take_apart("warm up", family)
        begun = time.process_time()
        take_apart((sign * 1000)[:1000], family)
        assert time.process_time() - begun < 0.05


@pytest.mark.parametrize("name", ["Zubair al", "Zubair Abd", "Li van"])
def test_a_particle_that_nothing_follows_stays_a_word_of_the_name(name: str) -> None:
    assert person(name) == tuple(name.lower().split())
