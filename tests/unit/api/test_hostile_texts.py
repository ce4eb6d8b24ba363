"""Every regular expression of the code on hostile texts: none takes more than time in proportion to their length.

Of 5 KB in CI, of 100 KB when slow. On those one that takes quadratic time needs many seconds and one that is linear
some milliseconds, so a generous bound tells them apart. It is counted in a piece of plain work measured in the same
run: a slow machine is slow at both.
"""

import ast
import importlib
import pkgutil
import re
import time
import warnings
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
ROOMS = ("graph", "resolution", "ingest", "api")
SHORT, LONG = 5_000, 100_000
SHORT_MOST, LONG_MOST = 4, 60
"""Pieces of work that one expression on one text of that length takes at most."""
BOUNDED = {"cypher_gate": 2_000, "ask": 500}
"""Characters that these are given at most, whoever asks: a model's query, a question."""
UNITS = [
    *(
        "a",
        "A",
        "0",
        " ",
        "\n",
        "\t",
        ".",
        ",",
        "-",
        "_",
        "'",
        '"',
        "(",
        ")",
        "[",
        "<",
        "&",
        "/",
        "@",
        ":",
        "é",
        "́",
        "中",
    ),
    *(
        "a ",
        "A ",
        "Ab ",
        "A. ",
        "a.",
        "a-",
        "a,",
        "a@",
        "0.",
        "0,",
        "0-",
        "0:",
        "0 ",
        "  \n",
        "a\n",
        "\r\n",
        ". ",
        "((",
        "<a",
        "&#",
    ),
    *(
        "http://",
        "www.",
        "of the ",
        "and ",
        "who is ",
        "on 5 May 2015 ",
        "“a” ",
        "Mr. ",
        "Inc. ",
        "2015-05-05T",
        "+00:00",
    ),
]


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4 and isinstance(value, dict):
        for one in value.values():
            yield from _inside(one, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset) and len(value) < 2_000:
        for one in value:
            yield from _inside(one, depth + 1)


def _written(source: str) -> Iterator[str]:
    """Expressions that stand in calls of `re`, as they are."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
            first = node.args[0] if isinstance(node, ast.Call) and node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _module(name: str) -> Any:
    """A module, without what its libraries say at their first import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


@cache
def expressions() -> dict[str, re.Pattern[str]]:
    """Every expression of the rooms, by where it was found."""
    found: dict[tuple[str, int], str] = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        names = [room, *(one.name for one in pkgutil.walk_packages(package.__path__, f"{room}."))]
        for name in names:
            if name.endswith("__main__"):
                continue
            for pattern in _inside(vars(_module(name))):
                found.setdefault((pattern.pattern, pattern.flags), name)
        for file in sorted((ROOT / room).rglob("*.py")):
            for written in _written(file.read_text(encoding="utf-8")):
                pattern = re.compile(written)
                if all(written != known for known, _ in found):
                    found[(written, pattern.flags)] = str(file.relative_to(ROOT))
    return {
        f"{where}: {text[:60]!r}": re.compile(text, flags) for (text, flags), where in sorted(found.items(), key=str)
    }


def hostile(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Repetitions of what occurs in texts and of what the expression itself names, each ended by what does not fit."""
    own = set(re.findall(r"[^\W_]{2,}", pattern.pattern)[:12])
    for unit in [*UNITS[:: 1 if length > SHORT else 2], *sorted(own), *sorted(f"{one} " for one in own)]:
        yield (unit * (length // len(unit) + 1))[: length - 1] + "\x01"


def piece() -> float:
    """Processor seconds of one piece of work: a million numbers added (some 17 ms)."""
    seconds = []
    for _ in range(5):
        began = time.process_time()
        sum(range(1_000_000))
        seconds.append(time.process_time() - began)
    return sorted(seconds)[2]


def slowest(pattern: re.Pattern[str], length: int, most: float) -> tuple[float, str]:
    """Seconds that the expression takes at most, and on what; no more is tried once it is over the bound."""
    worst = (0.0, "")
    for text in hostile(pattern, length):
        began = time.process_time()
        pattern.search(text)
        pattern.fullmatch(text)
        deque(pattern.finditer(text), maxlen=0)
        worst = max(worst, (time.process_time() - began, text[:20]))
        if worst[0] > most:
            break
    return worst


def slower(length: int, pieces: int) -> dict[str, tuple[float, str]]:
    """Those that are over the bound twice: once may be the collector's doing."""
    most = pieces * piece()
    found: dict[str, tuple[float, str]] = {}
    for name, pattern in expressions().items():
        given = next((bound for part, bound in BOUNDED.items() if part in re.split(r"[./:]", name)), length)
        if slowest(pattern, min(length, given), most)[0] > most:
            worst = slowest(pattern, min(length, given), most)
            if worst[0] > most:
                found[name] = worst
    return found


def test_no_expression_takes_more_than_its_share() -> None:
    assert len(expressions()) > 100
    assert slower(SHORT, SHORT_MOST) == {}


@pytest.mark.slow
def test_no_expression_takes_more_than_its_share_of_a_long_text() -> None:
    assert slower(LONG, LONG_MOST) == {}
