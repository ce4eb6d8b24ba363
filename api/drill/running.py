"""Holds drills one after the other on one ground, and counts at the end what the whole of them left."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.drill.ground import Ground
from api.drill.model import Broken, Drill, NotHere


class State(StrEnum):
    """How a drill ended."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_HERE = "not here"


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen; `figure` says it in one line."""

    number: int
    fault: str
    outcome: str
    state: State
    figure: str
    seconds: float


AUDIT = Drill(0, "all of them", "`pentad check`: 0 differences", lambda ground: _audit(ground))


def drill(ground: Ground, drills: Iterable[Drill]) -> Iterator[Result]:
    """Holds the drills and, last, the audit of what they left; one that breaks does not keep the next from it."""
    for one in (*drills, AUDIT):
        started = time.monotonic()
        try:
            ground.start()
            state, figure = State.KEPT, one.run(ground)
        except Broken as error:
            state, figure = State.BROKEN, str(error)
        except NotHere as error:
            state, figure = State.NOT_HERE, str(error)
        except Exception as error:  # whatever else goes wrong is this drill's fault, and is told
            state, figure = State.BROKEN, f"{type(error).__name__}: {error}"
        yield Result(one.number, one.fault, one.outcome, state, " ".join(figure.split()), time.monotonic() - started)


def _audit(ground: Ground) -> str:
    found = ground.differences()
    if found:
        raise Broken(f"{found} differences")
    return "0 differences"
