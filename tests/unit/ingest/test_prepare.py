"""From event to mentions: order, numbering of equals, families and the parts of each alias's key."""

from graph.event import Event
from graph.keys import Family, W, canonical_key
from ingest.payload import parse_record
from ingest.prepare import mentions
from tests.factory import country, named, organization, person, told


def event(**fields: object) -> Event:
    return parse_record(told("e", **fields))


def test_names_come_before_what_when_and_why() -> None:
    told_all = event(why="because", when="2015", what="Consult", where="Chile", who="Ban Ki-moon")
    assert [one.w for one in mentions(told_all)] == [W.WHO, W.WHERE, W.WHAT, W.WHEN, W.WHY]


def test_equal_mentions_of_one_event_are_numbered() -> None:
    found = mentions(event(who=["A", "A", {"name": "A", "role": "target"}], where=["A"]))
    assert [one.nth for one in found] == [0, 1, 0, 0]
    assert len({one.id("e") for one in found}) == 4


def test_only_a_stated_kind_gives_a_family_but_the_place_slot_states_a_place() -> None:
    found = mentions(event(who=[person("A"), organization("B"), country("C"), "D"], where=["E", organization("F")]))
    assert [one.family for one in found] == ["person", "collective", "place", "unspecified", "place", "collective"]
    assert [one.kind for one in found][3:5] == ["unspecified", "unspecified"]


def test_an_identifier_tells_apart_before_a_qualifier() -> None:
    found = mentions(event(who=[named("Police (India)"), named("Police (India)", qid="Q7", lei="L")]))
    assert [(one.normalised, one.discriminator, one.identified) for one in found] == [
        ("police", "india", False),
        ("police", "wikidata:q7", True),
    ]


def test_a_deed_goes_by_its_code_and_shows_its_label() -> None:
    (found,) = mentions(event(what={"text": "Consult", "code": "040"}))
    assert (found.normalised, found.display, found.alias0) == ("040", "Consult", canonical_key(Family.WHAT, "040"))


def test_a_cause_goes_by_the_id_of_its_event_exactly() -> None:
    (found,) = mentions(event(why={"event": "Wiki-CEP  7", "text": "The strike"}))
    assert (found.event, found.normalised, found.surface) == ("Wiki-CEP  7", "event:Wiki-CEP  7", "The strike")


def test_no_name_is_longer_in_the_graph_than_an_index_takes() -> None:
    blown = "\ufdfa" * 1_000
    found = mentions(event(why="w" * 10_000, what="d" * 10_000, who=[blown, person(blown)], when={"text": "t" * 9_999}))
    assert all(len(text.encode()) <= 8_000 for one in found for text in (one.normalised, one.display))
    assert [len(one.surface) for one in found if one.w is W.WHY] == [10_000]


def test_long_texts_that_differ_at_their_end_have_different_keys() -> None:
    one, other = (mentions(event(why="w" * 9_000 + end))[0].alias0 for end in "ab")
    assert one != other
