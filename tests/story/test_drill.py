"""`pentad drill` as somebody runs it who wants to see what this version promises."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from api.drill import DRILLS

EACH = {one.number for one in DRILLS}


def drilled(tmp_path: Path, *words: str, within: float = 600) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api.cli", "drill", *words],
        env={**os.environ, "PENTAD_CONFIG": str(tmp_path / "none"), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=within,
    )


def results(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    return json.loads(done.stdout)


def test_the_drills_are_listed_as_the_table_has_them(tmp_path: Path) -> None:
    listed = results(drilled(tmp_path, "--list", "--json"))
    assert [one["number"] for one in listed] == list(range(1, 28))
    table = (Path(__file__).parents[2] / "docs" / "drills.md").read_text()
    assert all(f"\n| {number} | " in table for number in EACH)


@pytest.mark.parametrize("only", ["0", "28", "x", "1,,2", ""])
def test_a_number_that_no_drill_has_is_refused(tmp_path: Path, only: str) -> None:
    done = drilled(tmp_path, "--only", only)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().splitlines() == ["pentad: --only: takes numbers of 1 to 27, commas between"]


def test_some_drills_are_kept_and_leave_nothing(tmp_path: Path) -> None:
    done = drilled(tmp_path, "--only", "2,3,4,5,11,13,16,20,26", "--json")
    found = results(done)
    assert [(one["number"], one["state"]) for one in found] == [
        (number, "kept") for number in (2, 3, 4, 5, 11, 13, 16, 20, 26, 0)
    ], found
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_every_drill_is_kept_in_full(tmp_path: Path) -> None:
    found = results(drilled(tmp_path, "--full", "--json", within=7_000))
    assert {one["number"] for one in found} == EACH | {0}
    assert [one for one in found if one["state"] == "broken"] == []
    assert {one["number"] for one in found if one["state"] == "not here"} <= {12, 14}


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_thirty_minutes_of_load_with_a_fault_a_minute(tmp_path: Path) -> None:
    soaked, audit = results(drilled(tmp_path, "--soak", "30", "--json", within=3_500))
    assert (soaked["state"], audit["state"]) == ("kept", "kept"), soaked


@pytest.mark.slow
@pytest.mark.timeout(2_400)
def test_ten_minutes_of_a_hundred_events_a_second_beside_a_hub(tmp_path: Path) -> None:
    loaded, audit = results(drilled(tmp_path, "--load", "10", "--full", "--json", within=2_300))
    assert (loaded["state"], audit["state"]) == ("kept", "kept"), loaded


def test_what_takes_long_is_asked_for_alone(tmp_path: Path) -> None:
    done = drilled(tmp_path, "--load", "10", "--soak", "30")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "pentad: --soak: is a drill of its own: leave --only and the other out"
