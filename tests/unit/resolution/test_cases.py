"""The cases in tests/cases/names.jsonl, each reviewed like law: what the score makes of two names, and why."""

import json
from pathlib import Path

import pytest

from graph.keys import Family
from resolution.decide import verdict_of
from resolution.names.normalise import normalise
from resolution.score import score

CASES = [json.loads(line) for line in (Path(__file__).parents[2] / "cases/names.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['mention']} | {case['candidate']}")
def test_the_verdict_is_the_reviewed_one(case: dict[str, str]) -> None:
    family = Family(case["family"])
    one, other = normalise(case["mention"], family), normalise(case["candidate"], family)
    same = one.normalised == other.normalised and one.qualifier == other.qualifier
    found = score(one, other, family)
    verdict = "positive" if same else verdict_of(found.value) or "none"
    assert verdict == case["verdict"], f"{found}: {case['why']}"


def test_no_case_stands_twice() -> None:
    pairs = [frozenset((case["mention"], case["candidate"])) for case in CASES]
    assert len(set(pairs)) == len(pairs)
    assert all(case.keys() == {"mention", "candidate", "family", "verdict", "why"} for case in CASES)
