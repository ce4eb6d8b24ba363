"""The partition is a function of the judgements that stand: whatever order they came in, and never over a negative."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st

from graph.judgement import Author, Judgement, Verdict
from resolution.clusters import partition
from tests.factory import counts, forall

ALIASES = [f"alias {n}" for n in range(7)]
BORN = {alias: n for n, alias in enumerate(ALIASES)}


def judgement(
    a: int, b: int, verdict: str = "positive", by: str = "online", score: float = 0.9, **more: object
) -> Judgement:
    return Judgement(
        a=ALIASES[a],
        b=ALIASES[b],
        verdict=Verdict(verdict),
        by=Author(by),
        score=score,
        reason="test",
        **more,  # pyright: ignore[reportArgumentType]
    )


def together(*judgements: Judgement) -> set[frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for alias, entity in partition(BORN, judgements).items():
        groups.setdefault(entity, set()).add(BORN[alias])
    return {frozenset(group) for group in groups.values() if len(group) > 1}


some_judgements = st.lists(
    st.builds(
        judgement,
        st.integers(0, 6),
        st.integers(0, 6),
        st.sampled_from(Verdict),
        st.sampled_from(Author),
        st.sampled_from([0.5, 0.8, 0.9, 1.0]),
    ),
    max_size=14,
)


def test_without_judgements_each_alias_is_an_entity() -> None:
    assert partition(BORN, []) == {alias: alias for alias in ALIASES}


def test_positives_join_and_the_earliest_alias_names_the_entity() -> None:
    joined = partition(BORN, [judgement(5, 2), judgement(2, 4)])
    assert joined[ALIASES[5]] == joined[ALIASES[4]] == joined[ALIASES[2]] == ALIASES[2]


def test_birth_not_the_key_decides_who_is_earliest() -> None:
    assert partition(
        {"z": 1, "a": 2}, [Judgement.model_validate({**judgement(0, 1).model_dump(), "a": "a", "b": "z"})]
    ) == {
        "z": "z",
        "a": "z",
    }


@pytest.mark.parametrize("verdict", ["unsure", "negative"])
def test_unsure_and_negative_join_nothing(verdict: str) -> None:
    assert together(judgement(0, 1, verdict)) == set()


def test_unsure_blocks_nothing() -> None:
    assert together(judgement(0, 1), judgement(0, 1, "unsure")) == {frozenset({0, 1})}


def test_a_negative_holds_through_any_chain() -> None:
    chain = [judgement(0, 1, score=0.99), judgement(1, 2, score=0.98), judgement(2, 3, score=0.97)]
    assert together(*chain, judgement(0, 3, "negative")) == {frozenset({0, 1, 2})}


@pytest.mark.parametrize(("stronger", "weaker"), [("person", "rule"), ("rule", "batch"), ("batch", "online")])
def test_the_higher_authority_is_joined_first_whatever_the_scores(stronger: str, weaker: str) -> None:
    pair = [judgement(0, 1, by=weaker, score=1.0), judgement(1, 2, by=stronger, score=0.86)]
    assert together(*pair, judgement(0, 2, "negative")) == {frozenset({1, 2})}


def test_among_equals_the_higher_score_is_joined_first() -> None:
    pair = [judgement(0, 1, score=0.9), judgement(1, 2, score=0.91)]
    assert together(*pair, judgement(0, 2, "negative")) == {frozenset({1, 2})}


def test_revoked_judgements_placements_and_strangers_are_left_out() -> None:
    revoked = judgement(0, 1, revoked_at=datetime(2026, 1, 1, tzinfo=UTC))
    placement = judgement(2, 3, event="e", mention="m")
    stranger = judgement(4, 5).model_copy(update={"b": "unknown"})
    assert together(revoked, placement, stranger) == set()


@counts(150, 20_000)
def test_any_order_of_the_judgements_gives_the_same_partition(examples: int) -> None:
    @forall(examples, some_judgements, st.randoms(use_true_random=False))
    def law(judgements: list[Judgement], chance: random.Random) -> None:
        shuffled = list(judgements)
        chance.shuffle(shuffled)
        turned = [j.model_copy(update={"a": j.b, "b": j.a}) for j in shuffled]
        assert partition(BORN, judgements) == partition(BORN, shuffled) == partition(BORN, turned)


@counts(150, 20_000)
def test_no_cluster_ever_holds_both_ends_of_a_negative_unless_persons_alone_joined_them(examples: int) -> None:
    @forall(examples, some_judgements)
    def law(judgements: list[Judgement]) -> None:
        found = partition(BORN, judgements)
        by_persons = partition(BORN, [one for one in judgements if one.by is Author.PERSON])
        for one in judgements:
            if one.verdict is Verdict.NEGATIVE and one.a != one.b and found[one.a] == found[one.b]:
                assert one.by is not Author.PERSON
                assert by_persons[one.a] == by_persons[one.b]


def test_what_a_person_joins_only_a_person_parts() -> None:
    joined = judgement(0, 1, by="person")
    assert together(joined, judgement(0, 1, "negative", by="rule")) == {frozenset({0, 1})}
    assert together(joined, judgement(0, 1, "negative", by="person")) == set()
    assert together(joined, judgement(1, 2), judgement(0, 2, "negative", by="batch")) == {frozenset({0, 1})}


@counts(150, 20_000)
def test_clusters_are_connected_by_positives_and_named_by_their_earliest(examples: int) -> None:
    @forall(examples, some_judgements)
    def law(judgements: list[Judgement]) -> None:
        found = partition(BORN, judgements)
        reach = {alias: {alias} for alias in ALIASES}
        for _ in ALIASES:
            for one in judgements:
                if one.verdict is Verdict.POSITIVE:
                    joined = reach[one.a] | reach[one.b]
                    reach[one.a] = reach[one.b] = joined
        for alias, entity in found.items():
            members = [other for other in ALIASES if found[other] == entity]
            assert entity == min(members, key=lambda one: BORN[one])
            assert entity in reach[alias] or alias in reach[entity]


def test_a_negative_on_one_alias_itself_parts_nothing() -> None:
    assert together(judgement(0, 1), judgement(0, 0, "negative")) == {frozenset({0, 1})}


@counts(60, 5_000)
def test_a_positive_that_no_negative_is_near_always_joins(examples: int) -> None:
    @forall(examples, some_judgements)
    def law(judgements: list[Judgement]) -> None:
        kept = [one for one in judgements if one.verdict is not Verdict.NEGATIVE]
        found = partition(BORN, kept)
        assert all(found[one.a] == found[one.b] for one in kept if one.verdict is Verdict.POSITIVE)
