"""Forms that several bear: the event and the recent past choose, or nobody does."""

from collections.abc import Mapping, Sequence

import pytest

from graph.alias import Alias
from graph.keys import W
from graph.mention import Mention
from resolution.context import Answer, Asked, Context, Support, choose, question, stands, told_here, weight
from resolution.index import AliasIndex
from resolution.names.normalise import normalise
from resolution.resolver import BatchResolver, Resolved

DAY = 86_400_000
NOW = 20_000 * DAY


class Past:
    """A context from a list of past events: time, and the entities of each."""

    def __init__(self, *events: tuple[int, set[str]]) -> None:
        self.events = [(f"past {n}", ts, frozenset(entities)) for n, (ts, entities) in enumerate(events)]

    def support(self, asked: Asked) -> Mapping[str, Support]:
        return told_here(asked, self.events)


def mention(name: str, nth: int = 0, identifier: str = "", kind: str = "person") -> Mention:
    family = "collective" if kind == "organization" else "person"
    taken = normalise(name, family)
    return Mention(W.WHO, name, "", nth, family, taken.normalised, identifier or taken.qualifier, kind, name)


def known(*names: tuple[str, str]) -> tuple[AliasIndex, dict[str, str]]:
    """An index of people (name, identifier), and the entity key of each by both."""
    index = AliasIndex()
    keys: dict[str, str] = {}
    for born, (name, identifier) in enumerate(names):
        taken = normalise(name, "person")
        alias = Alias.of(name, taken.normalised, "person", identifier, "person", born)
        keys[f"{name} {identifier}".strip()] = index.add(alias, alias.key).entity
    index.settle(1)
    return index, keys


def resolve(index: AliasIndex, *told: Mention, past: Context | None = None) -> tuple[Sequence[Resolved], BatchResolver]:
    resolver = BatchResolver(index, 2, past)
    return resolver.event("now", list(told), NOW), resolver


VELDES = (("Harun Velde", ""), ("Selma Velde", ""), ("Ida Brekke", ""))


def test_the_bearer_that_stood_with_the_others_of_the_event_is_meant() -> None:
    index, keys = known(*VELDES)
    past = Past(*((NOW - n * DAY, {keys["Selma Velde"], keys["Ida Brekke"]}) for n in (1, 3, 9)))
    resolved, resolver = resolve(index, mention("Velde"), mention("Ida Brekke"), past=past)
    assert resolved[0].entry.entity == keys["Selma Velde"]
    (placement,) = [j for j in resolver.outcome.judgements if j.is_placement]
    assert placement.reason == "the bearer that its context supports"
    assert set(placement.rests_on) == {keys["Selma Velde"]}


@pytest.mark.parametrize(
    "past",
    [None, Past(), Past((NOW + DAY, {"later"})), Past((NOW - 2 * DAY, {"somebody else"}))],
)
def test_without_support_nobody_is_chosen(past: Context | None) -> None:
    index, keys = known(*VELDES)
    resolved, resolver = resolve(index, mention("Velde"), mention("Ida Brekke"), past=past)
    assert resolved[0].entry.entity not in keys.values()
    assert not [j for j in resolver.outcome.judgements if j.is_placement]


def test_support_for_both_chooses_nobody() -> None:
    index, keys = known(*VELDES)
    both = [(NOW - DAY, {keys[name], keys["Ida Brekke"]}) for name in ("Selma Velde", "Harun Velde")]
    resolved, _ = resolve(index, mention("Velde"), mention("Ida Brekke"), past=Past(*both))
    assert resolved[0].entry.entity not in keys.values()


def test_a_bearer_of_the_last_days_weighs_more_than_one_long_gone() -> None:
    index, keys = known(*VELDES)
    old = [(NOW - n * DAY, {keys["Harun Velde"]}) for n in range(200, 240)]
    new = [(NOW - n * DAY, {keys["Selma Velde"]}) for n in range(1, 20)]
    resolved, _ = resolve(index, mention("Velde"), past=Past(*old, *new))
    assert resolved[0].entry.entity == keys["Selma Velde"]


TWO = (("Omar Aziz", "wikidata:q1"), ("Omar Aziz", "wikidata:q2"), ("Ida Brekke", ""))


def test_two_people_of_one_name_stay_two_and_the_bare_name_goes_where_its_context_points() -> None:
    index, keys = known(*TWO)
    assert len(set(keys.values())) == 3
    past = Past(*((NOW - n * DAY, {keys["Omar Aziz wikidata:q2"], keys["Ida Brekke"]}) for n in (1, 2, 3)))
    resolved, _ = resolve(index, mention("Omar Aziz"), mention("Ida Brekke"), past=past)
    assert resolved[0].entry.entity == keys["Omar Aziz wikidata:q2"]
    index.undo()
    resolved, _ = resolve(index, mention("Omar Aziz"), mention("Ida Brekke"), past=Past())
    assert resolved[0].entry.entity not in keys.values()


def test_a_bare_name_beside_one_of_its_identified_namesakes_is_that_one() -> None:
    index, keys = known(*TWO)
    resolved, _ = resolve(index, mention("Omar Aziz"), mention("Omar Aziz", 1, "wikidata:q1"))
    assert {one.entry.entity for one in resolved} == {keys["Omar Aziz wikidata:q1"]}


def test_what_an_event_says_of_itself_and_what_comes_later_does_not_count() -> None:
    asked = question("now", ["a", "b"], ["c"], NOW)
    assert asked is not None
    events = [("now", NOW - DAY, frozenset("ac")), ("later", NOW + DAY, frozenset("ac"))]
    assert told_here(asked, events) == {}


def test_the_choice_does_not_hang_on_order_and_is_a_probability() -> None:
    support = {"a": Support(3.0, 2), "b": Support(1.0, 0)}
    one, other = question("now", ["a", "b"], ["c", "d"], NOW), question("now", ["b", "a"], ["d", "c"], NOW)
    assert one == other
    assert one is not None
    found = choose(one, support)
    assert found is not None
    assert found == choose(one, dict(reversed(support.items())))
    assert found[0] == "a"
    assert 0.0 < found[1] < 1.0
    assert weight(Support(3.0, 2)) > weight(Support(3.0, 1)) > weight(Support(3.0, 0)) > weight(Support(1.0, 0))


def test_too_many_bearers_or_one_are_no_question() -> None:
    assert question("now", map(str, range(9)), [], NOW) is None
    assert question("now", ["a", "a"], [], NOW) is None


def test_an_answer_stands_until_the_graph_says_otherwise() -> None:
    index, keys = known(*VELDES)
    past = Past(*((NOW - n * DAY, {keys["Selma Velde"], keys["Ida Brekke"]}) for n in (1, 3, 9)))
    _, resolver = resolve(index, mention("Velde"), mention("Ida Brekke"), past=past)
    answers: list[Answer] = resolver.outcome.asked
    assert len(answers) == 1
    assert stands(answers, past, 0.85)
    assert not stands(answers, Past(), 0.85)
