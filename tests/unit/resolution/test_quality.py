"""What persons' decisions tell of the joins, and the ledger replayed with another threshold."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.judgement import Author, Judgement, Verdict
from resolution.quality import Quality, quality, wilson

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NAMES = {f"n{n}": "person" for n in range(200)}
BORN = {key: n for n, key in enumerate(NAMES)}


def said(n: int, verdict: str, by: str = "online", score: float = 0.9, days: int = 5, **more: object) -> Judgement:
    """A word on the pair (n, n + 1)."""
    return Judgement(
        a=f"n{n}",
        b=f"n{n + 1}",
        verdict=Verdict(verdict),
        by=Author(by),
        score=score,
        reason="test",
        at=NOW - timedelta(days=days),
        change=1 if by != "person" else 2,
        **more,  # type: ignore[arg-type]
    )


def told(*judgements: Judgement, threshold: float | None = None) -> Quality:
    return quality(NAMES, BORN, judgements, NOW, threshold)


def test_precision_is_the_share_of_joined_pairs_that_persons_say_are_one() -> None:
    joined = [said(n, "positive") for n in range(0, 40, 2)]
    right = [said(n, "positive", "person") for n in range(0, 18, 2)]
    (kind,) = told(*joined, *right, said(18, "negative", "person")).kinds
    assert (kind.joined, kind.reviewed, kind.precision.value, kind.precision.seen) == (20, 10, 0.9, 10)
    assert kind.precision.low is not None
    assert kind.precision.high is not None
    assert 0.59 < kind.precision.low < 0.9 < kind.precision.high < 0.99


def test_recall_weighs_each_stratum_by_the_pairs_it_holds() -> None:
    joined = [said(n, "positive") for n in range(0, 80, 2)]
    asked = [said(n, "unsure", score=0.8) for n in range(80, 120, 2)]
    seen = [said(0, "positive", "person"), said(80, "positive", "person"), said(82, "negative", "person")]
    (kind,) = told(*joined, *asked, *seen, said(150, "positive", "person")).kinds
    # 40 joined, all right; half of 20 asked are one; one was found by a person alone.
    assert kind.recall.value == pytest.approx(40 / (40 + 10 + 1))
    assert kind.waiting == 18
    assert kind.load == pytest.approx(36 / 200)


def test_nothing_is_claimed_where_nobody_looked() -> None:
    (kind,) = told(said(0, "positive")).kinds
    assert (kind.precision.value, kind.recall.value, kind.drift, kind.extraction.value) == (None, None, None, None)


def test_a_word_that_the_batch_superseded_still_counts_as_what_was_reviewed() -> None:
    online = said(0, "positive").model_copy(update={"revoked_at": NOW})
    (kind,) = told(online, said(0, "negative", "person")).kinds
    assert (kind.joined, kind.precision.value) == (1, 0.0)


def test_what_persons_say_of_new_entities_is_the_accuracy_of_extraction() -> None:
    def looked(n: int, verdict: str) -> Judgement:
        return said(n, verdict, "person").model_copy(update={"b": f"n{n}"})

    (kind,) = told(looked(0, "positive"), looked(1, "positive"), looked(2, "negative")).kinds
    assert kind.extraction.value == pytest.approx(2 / 3)


def test_scores_that_moved_show_as_drift() -> None:
    before = [said(n, "positive", score=0.97, days=90) for n in range(0, 100, 2)]
    same = [said(n, "positive", score=0.97) for n in range(100, 160, 2)]
    other = [said(n, "unsure", score=0.76) for n in range(100, 160, 2)]
    steady, moved = told(*before, *same).kinds[0].drift, told(*before, *other).kinds[0].drift
    assert steady is not None
    assert moved is not None
    assert steady < 0.1 < 0.25 < moved


def test_a_threshold_replays_the_ledger() -> None:
    ledger = [
        said(0, "positive", score=0.99),
        said(1, "positive", score=0.86),
        said(10, "unsure", score=0.8),
        said(20, "positive", "rule", score=0.86),
        said(1, "negative", "person").model_copy(update={"revoked_at": NOW}),
    ]
    higher, lower = told(*ledger, threshold=0.9).what_if, told(*ledger, threshold=0.78).what_if
    assert higher is not None
    assert lower is not None
    assert (higher.entities_now, higher.entities_then) == (197, 198)
    assert (higher.asked_instead, higher.joined_instead) == (1, 0)
    assert (lower.entities_then, lower.joined_instead) == (196, 1)


@pytest.mark.parametrize(
    ("hits", "seen", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_intervals_are_those_of_wilson(hits: int, seen: int, low: float, high: float) -> None:
    share = wilson(hits, seen)
    assert (share.low, share.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_what_the_path_itself_parts_is_no_join_and_nothing_to_review() -> None:
    joined = said(0, "positive")
    (alone,) = told(joined).kinds
    (beside,) = told(joined, said(10, "negative")).kinds
    assert (beside.joined, beside.waiting) == (alone.joined, alone.waiting) == (1, 0)
