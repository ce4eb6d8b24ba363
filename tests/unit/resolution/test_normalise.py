"""Normalisation makes keys, so it must be total and stable, bring together what is one form, and erase no script."""

import unicodedata

import pytest
from hypothesis import strategies as st

from graph.keys import Family
from resolution.names.normalise import NORMALISED_LENGTH, normalise
from tests.factory import counts, forall

NAMED = [Family.PERSON, Family.COLLECTIVE, Family.PLACE, Family.UNSPECIFIED]
families = st.sampled_from(Family)
words = st.sampled_from(
    [
        "Dr.",
        "O'Neil",
        "Ltd",
        "S.A.",
        "(India)",
        "Maduro,",
        "ß",
        "İ",
        "ﬁ",
        "Ⅳ",
        "III",
        "\u200d",
        "习近平",
        "Ψ",
        "عبد",
        "½",
        "..",
        "(",
    ]
)
names = (st.text(max_size=30) | st.lists(words, max_size=5).map(" ".join)).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        ("Nicolás Maduro", "NICOLÁS MADURO", Family.PERSON),
        ("Nicolás Maduro", "Maduro, Nicolás", Family.PERSON),
        ("Nicolás Maduro", "President Nicolás Maduro", Family.PERSON),
        ("Nicolás Maduro", "Former Vice President Nicolás Maduro", Family.PERSON),
        ("Nicolás Maduro", "Ｎｉｃｏｌáｓ　Ｍａｄｕｒｏ", Family.PERSON),
        ("Angela Merkel", "Dr. Angela Merkel", Family.PERSON),
        ("Jean-Luc Picard", "Jean Luc Picard", Family.PERSON),
        ("Sinead O’Connor", "Sinead O'Connor", Family.PERSON),
        ("Straße", "STRASSE", Family.PLACE),
        ("Siemens AG", "Siemens", Family.COLLECTIVE),
        ("Apple Inc.", "APPLE", Family.COLLECTIVE),
        ("Gazprom PAO", "Gazprom", Family.COLLECTIVE),
        ("Acme Co., Ltd.", "Acme", Family.COLLECTIVE),
        ("U.S. Army", "US Army", Family.COLLECTIVE),
        ("U.N.", "UN", Family.COLLECTIVE),
        ("ﬁnland", "Finland", Family.PLACE),
        ("The  Cold\tWar", "the cold war", Family.WHY),
    ],
)
def test_forms_of_one_name_have_one_key(one: str, other: str, family: Family) -> None:
    assert normalise(one, family).normalised == normalise(other, family).normalised


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        ("Martin Luther King", "Martin Luther King Jr.", Family.PERSON),
        ("John Paul II", "John Paul", Family.PERSON),
        ("Nicolás Maduro", "Nicolas Maduro", Family.PERSON),
        ("Владимир Путин", "Vladimir Putin", Family.PERSON),
        ("习近平", "習近平", Family.PERSON),
        ("42nd Street", "43rd Street", Family.PLACE),
        ("Siemens AG", "Siemens", Family.PERSON),
        ("Sir Lanka", "Lanka", Family.PLACE),
        ("किताब", "कतब", Family.UNSPECIFIED),
    ],
)
def test_different_forms_keep_different_keys(one: str, other: str, family: Family) -> None:
    assert normalise(one, family).normalised != normalise(other, family).normalised


@pytest.mark.parametrize("initials", ["M.R.", "M.S.", "D.R.", "S.R.", "m.r."])
def test_initials_with_a_dot_each_are_no_honorific(initials: str) -> None:
    letters = initials.replace(".", "").lower()
    assert normalise(f"{initials} Sharma", Family.PERSON).normalised == f"{letters} sharma"
    assert normalise(f"Prof. {initials} Sharma", Family.PERSON).normalised == f"{letters} sharma"
    assert normalise(f"{letters.title()}. Sharma", Family.PERSON).normalised == "sharma"


def test_a_name_of_honorifics_alone_keeps_its_last_word() -> None:
    assert normalise("Mr. President", Family.PERSON).normalised == "president"
    assert normalise("Queen", Family.PERSON).normalised == "queen"
    assert normalise("Inc.", Family.COLLECTIVE).normalised == "inc"


def test_a_generation_mark_after_a_comma_is_no_first_name() -> None:
    assert normalise("King, Jr.", Family.PERSON).normalised == "king jr"


@pytest.mark.parametrize(
    ("name", "normalised", "qualifier"),
    [
        ("Police (India)", "police", "india"),
        ("Police  ( INDIA )", "police", "india"),
        ("Ministry (Finance (Peru))", "ministry", "finance peru"),
        ("(India)", "india", ""),
        ("Police (", "police", ""),
        ("Police ()", "police", ""),
    ],
)
def test_what_stands_in_brackets_at_the_end_tells_apart(name: str, normalised: str, qualifier: str) -> None:
    found = normalise(name, Family.COLLECTIVE)
    assert (found.normalised, found.qualifier) == (normalised, qualifier)


@pytest.mark.parametrize(
    "name",
    [
        "习近平",
        "Владимир",
        "عبد الفتاح",
        "ประยุทธ์",
        "नरेन्द्र मोदी",
        "Ελλάδα",
        "ქართული",
        "한국",
        "ሰላም",
        "ไทย",
        "🦊",
        "...",
        "♥",
    ],
)
@pytest.mark.parametrize("family", NAMED)
def test_no_script_is_erased(name: str, family: Family) -> None:
    kept = normalise(name, family).normalised
    assert set(kept.replace(" ", "")) == set(unicodedata.normalize("NFKC", name).casefold().replace(" ", ""))


def test_names_in_other_scripts_have_a_latin_form_for_comparison() -> None:
    assert normalise("Владимир Путин", Family.PERSON).roman == ("vladimir", "putin")
    assert normalise("Nicolás Maduro", Family.PERSON).roman == ("nicolas", "maduro")


@pytest.mark.parametrize(
    ("name", "acronym"),
    [("NATO", True), ("U.N.", True), ("FARC-EP", True), ("Nato", False), ("A", False), ("UN Women", False)],
)
def test_an_acronym_is_told_by_its_capitals(name: str, acronym: bool) -> None:
    assert normalise(name, Family.COLLECTIVE).acronym is acronym


def test_initials_leave_small_words_out() -> None:
    assert normalise("Federal Bureau of Investigation", Family.COLLECTIVE).initials == "fbi"


@pytest.mark.parametrize("family", Family)
def test_a_name_blown_up_by_nfkc_stays_within_an_index_and_keeps_its_own_key(family: Family) -> None:
    one, other = (normalise("\ufdfa" * 900 + end, family).normalised for end in ("a", "b"))
    assert one != other
    assert len(one) <= NORMALISED_LENGTH


@counts(300, 30_000)
def test_any_name_has_a_key_and_its_key_form_is_its_own(examples: int) -> None:
    @forall(examples, names, families)
    def law(name: str, family: Family) -> None:
        found = normalise(name, family)
        assert bool(found.normalised) or not name.strip()
        assert len(found.normalised) <= NORMALISED_LENGTH
        if not name.strip():
            return
        again = normalise(found.normalised, family)
        assert again.normalised == found.normalised
        assert again.qualifier == ""
        assert found.tokens
        assert found.roman


@counts(200, 20_000)
def test_letters_and_digits_of_any_script_survive(examples: int) -> None:
    @forall(examples, names, st.sampled_from([Family.PLACE, Family.WHAT]))
    def law(name: str, family: Family) -> None:
        found = normalise(name, family)
        wanted = {c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum() and c not in "ʼʹ"}
        assert wanted <= set(found.normalised + found.qualifier)
