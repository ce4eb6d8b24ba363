"""Why two are or are not one is told from judgements first, then from their names."""

from dataclasses import replace

import pytest

from graph.judgement import Author, Judgement, Verdict
from graph.reading.explain import Facing, NamedAlias, NamedEntity
from resolution.explaining import explain, path


def alias(name: str, family: str = "person", discriminator: str = "") -> NamedAlias:
    return NamedAlias(name if family == "person" else f"{name} {family}", name, family, discriminator, family, 1)


def entity(*aliases: NamedAlias) -> NamedEntity:
    return NamedEntity(aliases[0].key, aliases[0].name, "person", 1, len(aliases), list(aliases))


def said(a: str, b: str, verdict: str = "positive", score: float = 0.9, by: str = "online") -> Judgement:
    return Judgement(a=a, b=b, verdict=Verdict(verdict), by=Author(by), score=score, reason="similar names")


def test_one_alias_is_one_without_a_chain() -> None:
    one = entity(alias("Ann Lis"))
    told = explain(Facing(one, one, []))
    assert told.one and told.chain == [] and told.verdict == "one alias: both keys are its own"


def test_the_chain_is_the_shortest_and_names_its_weakest_link() -> None:
    names = [alias(name) for name in ("a", "b", "c", "d")]
    judgements = [said("a", "b", score=0.99), said("b", "c", score=0.86), said("c", "d", score=0.97), said("a", "c")]
    one = entity(*names)
    other = entity(names[3], *names[:3])
    told = explain(Facing(one, NamedEntity("a", "a", "person", 1, 4, other.aliases), judgements))
    assert [(j.a, j.b) for j in told.chain] == [("a", "c"), ("c", "d")]
    assert "2 judgements" in told.verdict and "(0.90)" in told.verdict
    assert path("a", "z", judgements) == []
    assert path("a", "b", [said("a", "b", "unsure")]) == []


@pytest.mark.parametrize(
    ("judgements", "verdict"),
    [
        ([said("Ann Lis", "Bea Zych", "negative", 1.0, "person")], "two: parted by person"),
        ([said("Ann Lis", "Bea Zych", "unsure", 0.8)], "two so far: online is unsure (0.80)"),
        ([], "two: no judgement is on them"),
    ],
)
def test_two_are_told_apart_by_what_was_judged_first(judgements: list[Judgement], verdict: str) -> None:
    told = explain(Facing(entity(alias("Ann Lis")), entity(alias("Bea Zych")), judgements))
    assert not told.one and told.verdict.startswith(verdict)


def test_stated_kinds_and_identifiers_decide_before_names() -> None:
    clash = explain(Facing(entity(alias("Jordan")), entity(alias("Jordan", "place")), []))
    assert clash.compared[0].why == "stated kinds clash: person and place"
    facing = Facing(
        entity(alias("Ann Lis", discriminator="wikidata:q1")), entity(alias("A. L.", discriminator="wikidata:q1")), []
    )
    assert (explain(facing).compared[0].probability, explain(facing).compared[0].why) == (1.0, "both carry wikidata:q1")


def test_names_are_compared_with_what_each_feature_added() -> None:
    told = explain(Facing(entity(alias("Nicolás Maduro")), entity(alias("Nicolas Maduro"), alias("Bea Zych")), []))
    assert [one.b.name for one in told.compared] == ["Nicolas Maduro", "Bea Zych"]
    assert told.compared[0].log_odds and told.compared[0].probability > 0.85


def test_two_identifiers_of_one_scheme_are_two_whatever_the_names_say() -> None:
    one, other = (entity(alias("Ann Lis", discriminator=f"wikidata:q{n}")) for n in (1, 2))
    (found,) = explain(
        Facing(one, NamedEntity("x", "Ann Lis", "person", 1, 1, [_under("x", other.aliases[0])]), [])
    ).compared
    assert (found.probability, found.verdict, found.why) == (0.0, "negative", "wikidata:q1 is not wikidata:q2")


def _under(key: str, one: NamedAlias) -> NamedAlias:
    return replace(one, key=key)
