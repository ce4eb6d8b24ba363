"""Who was who at a past time is a function of the judgements that stood then."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from graph.judgement import Author, Judgement, Verdict
from resolution.clusters import partition
from resolution.replay import replay, stood
from tests.factory import counts, forall

START = datetime(2026, 1, 1, tzinfo=UTC)
BORN = {f"alias {n}": n for n in range(6)}


def said(a: int, b: int, verdict: str, made: int, lasted: int | None) -> Judgement:
    return Judgement(
        a=f"alias {a}",
        b=f"alias {b}",
        verdict=Verdict(verdict),
        by=Author.ONLINE,
        score=0.9,
        reason="test",
        at=START + timedelta(days=made),
        revoked_at=None if lasted is None else START + timedelta(days=made + lasted),
    )


some = st.lists(
    st.builds(
        said,
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(["positive", "negative", "unsure"]),
        st.integers(0, 20),
        st.none() | st.integers(0, 20),
    ),
    max_size=12,
)


def test_a_judgement_stands_from_when_it_is_made_until_it_is_taken_back() -> None:
    one = said(0, 1, "positive", 3, 4)
    days = [day for day in range(10) if stood(one, START + timedelta(days=day))]
    assert days == [3, 4, 5, 6]
    assert not stood(one.model_copy(update={"at": None}), START + timedelta(days=5))


def test_what_was_one_once_goes_by_its_earliest_name() -> None:
    judgements = [said(4, 2, "positive", 1, 5), said(2, 3, "positive", 2, None)]
    entities = {day: replay(BORN, judgements, START + timedelta(days=day)) for day in (0, 3, 9)}
    assert [name for name, entity in entities[3].items() if entity == "alias 2"] == ["alias 2", "alias 3", "alias 4"]
    assert entities[9]["alias 4"] == "alias 4"
    assert entities[0]["alias 3"] == "alias 3"


@counts(150, 10_000)
def test_a_past_time_is_what_a_ledger_of_then_alone_would_say(examples: int) -> None:
    @forall(examples, some, st.integers(0, 45), st.randoms(use_true_random=False))
    def law(judgements: list[Judgement], day: int, chance: random.Random) -> None:
        at = START + timedelta(days=day)
        then = [one for one in judgements if one.at and one.at <= at and not (one.revoked_at and one.revoked_at <= at)]
        living = [one.model_copy(update={"revoked_at": None}) for one in then]
        chance.shuffle(living)
        assert replay(BORN, judgements, at) == partition(BORN, living)
