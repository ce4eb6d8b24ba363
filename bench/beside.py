"""A process beside the bench, asked in lines of JSON: what it measures shares nothing with us but the machine."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Ask = Callable[..., Any]
ROOT = Path(__file__).parents[1]


@contextmanager
def beside(python: str, script: str, *first: object) -> Iterator[Ask | None]:
    """Runs `bench/SCRIPT.py` by an interpreter and tells it `first`; asks it one line and answers its line. None where
    there is no such interpreter, or it lacks what the script imports."""
    if not Path(python).exists():
        yield None
        return
    popen = subprocess.Popen(
        [python, str(ROOT / "bench" / f"{script}.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    assert popen.stdin and popen.stdout
    told, heard = popen.stdin, popen.stdout

    def ask(*what: object) -> Any:
        told.write(json.dumps(what) + "\n")
        told.flush()
        return json.loads(heard.readline())

    try:
        yield ask if _there(ask, first) else None
    finally:
        told.close()
        popen.wait(60)


def _there(ask: Ask, first: tuple[object, ...]) -> bool:
    """Every script answers its first line by `ready`; one that could not import its library is gone by then."""
    try:
        return ask(*first) == "ready"
    except (BrokenPipeError, ValueError):
        return False
