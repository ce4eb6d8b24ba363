"""Many who ask the same are answered by one scan, and told how old it is."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import BudgetExceeded
from graph.trending.scans import ScanOptions, Scans


class Hand:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Scan:
    """Waits for leave and counts how often it ran, and how many ran at once."""

    def __init__(self) -> None:
        self.leave = threading.Event()
        self.lock = threading.Lock()
        self.runs = self.now = self.most = 0

    def __call__(self) -> int:
        with self.lock:
            self.runs += 1
            self.now += 1
            self.most = max(self.most, self.now)
        self.leave.wait(5)
        with self.lock:
            self.now -= 1
        return self.runs


def test_a_burst_is_one_scan() -> None:
    scans, scan = Scans(), Scan()
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(scans.answer, "all", scan) for _ in range(40)]
        scan.leave.set()
        assert {answer.result()[0] for answer in asked} == {1}
    assert scan.runs == 1


def test_different_questions_run_few_at_once() -> None:
    scans, scan = Scans(ScanOptions(at_once=2)), Scan()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(scans.answer, number, scan) for number in range(8)]
        scan.leave.set()
        assert len([answer.result() for answer in asked]) == 8
    assert (scan.runs, scan.most) == (8, 2)


def test_an_answer_is_kept_for_a_while_and_tells_its_age() -> None:
    hand = Hand()
    scans = Scans(ScanOptions(keep=5), hand)
    assert scans.answer("all", lambda: 1) == (1, 0.0)
    hand.now += 3
    assert scans.answer("all", lambda: 2) == (1, 3.0)
    hand.now += 3
    assert scans.answer("all", lambda: 2) == (2, 0.0)


def test_an_error_is_told_and_not_kept() -> None:
    def fails() -> int:
        raise BudgetExceeded("too long")

    scans = Scans()
    with pytest.raises(BudgetExceeded, match="too long"):
        scans.answer("all", fails)
    assert scans.answer("all", lambda: 1) == (1, 0.0)


def test_nobody_waits_for_ever() -> None:
    scans, scan = Scans(ScanOptions(wait=0.05)), Scan()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(scans.answer, "all", scan)
        while not scan.runs:
            pass
        with pytest.raises(BudgetExceeded):
            scans.answer("all", scan)
        scan.leave.set()
        assert first.result()[0] == 1
