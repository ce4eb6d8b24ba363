"""Names of a document linked to a closed base."""

from graph.alias import Alias
from graph.keys import Family
from resolution.index import AliasIndex
from resolution.linking import link
from resolution.names.normalise import normalise

PERSON, BODY, PLACE = Family.PERSON, Family.COLLECTIVE, Family.PLACE


def base(*names: tuple[str, Family]) -> AliasIndex:
    index = AliasIndex()
    for born, (name, family) in enumerate(names):
        index.add(Alias.of(name, normalise(name, family).normalised, family, "", "unspecified", born), name)
    return index


def linked(index: AliasIndex, *names: tuple[str, Family]) -> list[str | None]:
    return [found.entry.entity if found else None for found in link(index, names)]


def test_a_short_name_goes_to_its_one_bearer() -> None:
    index = base(("Ida Brekke", PERSON), ("Tarnvik Software", BODY), ("Harun Velde", PERSON), ("Selma Velde", PERSON))
    assert linked(index, ("Brekke", PERSON), ("Tarnvik", BODY), ("Velde", PERSON)) == [
        "Ida Brekke",
        "Tarnvik Software",
        None,
    ]


def test_a_longer_name_anywhere_in_the_document_says_who_the_short_one_is() -> None:
    index = base(("Harun Velde", PERSON), ("Selma Velde", PERSON))
    assert linked(index, ("Velde", PERSON), ("Selma Velde", PERSON)) == ["Selma Velde"] * 2
    assert linked(index, ("Velde", PERSON), ("Selma Velde", PERSON), ("Harun Velde", PERSON))[0] is None
    often = [("Selma Velde", PERSON)] * 3
    assert linked(index, ("Velde", PERSON), *often, ("Harun Velde", PERSON))[0] == "Selma Velde"


def test_of_several_the_one_that_is_like_the_documents_others() -> None:
    index = base(
        *((f"{name} {kind}", BODY) for name in ("Norvik", "Tarn") for kind in ("Rowing Crew", "Grain Union")),
        ("Selwyn Rowing Crew", BODY),
    )
    assert linked(index, ("Norvik", BODY), ("Selwyn", BODY)) == ["Norvik Rowing Crew", "Selwyn Rowing Crew"]
    assert linked(index, ("Norvik", BODY)) == [None]


def test_a_people_is_its_country_where_a_place_was_told_and_only_there() -> None:
    index = base(("Norway", PLACE), ("Kenya", PLACE))
    assert linked(index, ("Norwegian", PLACE), ("the Kenyans", PLACE), ("Norwegian", BODY)) == ["Norway", "Kenya", None]


def test_nobody_is_linked_to_a_name_that_the_base_lacks() -> None:
    assert linked(base(("Ida Brekke", PERSON)), ("Emil Lund", PERSON), ("Ida Lund", PERSON)) == [None, None]


def test_a_ruler_is_the_one_of_that_number_and_a_mark_left_out_means_its_one_bearer() -> None:
    index = base(("Osric IV of Tarn", PERSON), ("Osric Velde", PERSON), ("Ewan Brekke Sr.", PERSON))
    assert linked(index, ("Osric IV", PERSON)) == ["Osric IV of Tarn"]
    assert linked(index, ("Osric V", PERSON), ("Osric IX", PERSON)) == [None, None]
    assert linked(index, ("Ewan Brekke", PERSON), ("Ewan Brekke Jr.", PERSON)) == ["Ewan Brekke Sr.", None]
    index = base(("Ewan Brekke Sr.", PERSON), ("Ewan Brekke Jr.", PERSON))
    assert linked(index, ("Ewan Brekke", PERSON)) == [None]


def test_a_family_name_that_sounds_like_the_one_bearers_is_its_own_only_where_nobody_has_its_letters() -> None:
    index = base(("Selma Tuthuli", PERSON))
    assert linked(index, ("Tutuli", PERSON), ("Tutili", PERSON)) == ["Selma Tuthuli", None]
    index = base(("Selma Tuthuli", PERSON), ("Harun Tutuli", PERSON))
    assert linked(index, ("Tutuli", PERSON)) == ["Harun Tutuli"]


def test_among_bodies_of_another_sort_a_town_is_not_its_university() -> None:
    index = base(
        ("University of Tarnvik", BODY), ("Tarnvik Gulls", BODY), ("Selwyn Otters", BODY), ("Brekke Grey Hounds", BODY)
    )
    others = [("Selwyn", BODY), ("Brekke", BODY)]
    assert linked(index, ("Tarnvik", BODY), *others)[0] == "Tarnvik Gulls"
    assert linked(index, ("Tarnvik", BODY)) == [None]
    index = base(("University of Tarnvik", BODY), ("Tarnvik Gulls", BODY), ("University of Selwyn", BODY))
    assert linked(index, ("Tarnvik", BODY), ("Selwyn", BODY))[0] == "University of Tarnvik"


def test_what_stands_around_a_whole_name_may_say_where_it_is() -> None:
    index = base(("Selwyn Bay", PLACE), ("Grain and Tide Administration", BODY), ("Velde", PLACE), ("Velde", PERSON))
    assert linked(index, ("Selwyn Bay, Ontario", PLACE), ("Velde, Norway", PLACE)) == ["Selwyn Bay", "Velde"]
    assert linked(index, ("U.S. Grain and Tide Administration", BODY)) == ["Grain and Tide Administration"]
    assert linked(index, ("Tarn Bay, Ontario", PLACE), ("Selwyn Bay, Ontario", BODY)) == [None, None]
    assert linked(index, ("Tarn Grain and Tide Administration", BODY)) == [None]


def test_a_state_goes_before_another_thing_of_its_short_name() -> None:
    assert linked(base(("Ireland", PLACE), ("Republic of Ireland", PLACE)), ("Ireland", PLACE)) == [
        "Republic of Ireland"
    ]
    assert linked(base(("Portugal", PLACE), ("Kingdom of Portugal", PLACE)), ("Portugal", PLACE)) == ["Portugal"]
    assert linked(base(("Ireland", PLACE), ("Republic of Tarn", PLACE)), ("Ireland", PLACE)) == ["Ireland"]
