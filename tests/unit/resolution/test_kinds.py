"""What a name's form suggests, in the order of the rules; the list of people's names."""

import pytest

from graph.keys import W
from resolution.names.kinds import guess_kind, guess_w, person_words
from resolution.names.normalise import normalise


def guess(name: str, known: dict[str, str] | None = None) -> str:
    return guess_kind(name, (known or {}).get, lambda word: word == "riel")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Northern Grain Ltd", "organization"),
        ("Ministry of Ports", "organization"),
        ("Norway", "country"),
        ("Delaware", "region"),
        ("Lake Selwyn", "region"),
        ("Ann Lee", "person"),
        ("Order of the Boot", "organization"),
        ("Rossi", "person"),
        ("Kowalski", "person"),
        ("Riel", "person"),
        ("Tesla", "organization"),
        ("Иванов", "person"),
        ("protesters", "unspecified"),
        ("习近平", "unspecified"),
    ],
)
def test_the_form_of_a_name_suggests_a_kind(name: str, kind: str) -> None:
    assert guess(name) == kind


def test_what_the_graph_knows_goes_before_every_other_rule() -> None:
    assert guess("Ann Lee", {"ann lee": "group"}) == "group"
    assert guess("Norway", {"norway": "organization"}) == "organization"


@pytest.mark.parametrize(("kind", "w"), [("city", W.WHERE), ("person", W.WHO), ("unspecified", W.WHO)])
def test_the_w_is_the_one_that_the_kind_is_at_home_in(kind: str, w: W) -> None:
    assert guess_w("Ann Lee", lambda _: kind, lambda _: False) is w


def test_each_word_of_the_list_is_one_normalised_word() -> None:
    assert 5_000 < len(person_words()) < 10_000
    assert [word for word in person_words() if normalise(word, "unspecified").normalised != word] == []
