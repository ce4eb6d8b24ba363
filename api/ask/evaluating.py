"""How good answers are: a set of questions with gold events, asked one by one.

Precision and recall are those of the cited events, averaged over the answerable questions (precision over those that
were answered). An answer is right when it tells every string that the set wants of it. An unanswerable question is
right when nothing is claimed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from api.ask.answer import Answer
from api.ask.words import fold
from graph.errors import InvalidInput
from graph.moment import parse_instant
from graph.reading.clocks import Clocks

BUNDLED = "sample"
"""Names the set that comes with the sample."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what its answer must cite and tell; `answer` strings may offer others between bars."""

    id: str
    question: str
    template: str
    events: frozenset[str]
    answer: tuple[str, ...]
    answerable: bool
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of one question."""

    gold: Gold
    answered: bool
    right: bool
    precision: float | None
    recall: float
    took_ms: float
    composed: bool = False
    """Whether a language model put the answer into sentences."""
    removed: int = 0
    """Its statements that were taken out."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a set; None where it has no such question. Times in milliseconds, without a model's; `composed`
    answers are a model's, of which `removed` statements were taken out."""

    questions: int
    accuracy: float | None
    precision: float | None
    recall: float | None
    abstained: float | None
    unanswered: int
    p50_ms: float
    p95_ms: float
    composed: int = 0
    removed: int = 0


def bundled() -> list[bytes]:
    """The lines of the set that comes with the sample."""
    return files("ingest.sample").joinpath("questions.jsonl").read_bytes().splitlines()


def gold_of(value: dict[str, Any]) -> Gold:
    """A question of a set from its JSON object. Raises ValueError with the reason."""
    question = value.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("has no question")
    events, answer = value.get("events", []), value.get("answer", [])
    if not _texts(events) or not _texts(answer):
        raise ValueError("events and answer are lists of texts")
    answerable = bool(value.get("answerable", True))
    if answerable and not events:
        raise ValueError("is answerable and has no events")
    try:
        times = [_instant(value.get(name)) for name in ("as_of", "known_at", "identity_at")]
    except InvalidInput as error:
        raise ValueError(error.reason) from error
    told = (str(value.get("id", "")), question, str(value.get("template", "")))
    return Gold(*told, frozenset(events), tuple(answer), answerable, Clocks(*times))


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)  # pyright: ignore[reportUnknownVariableType]


def _instant(text: Any) -> Any:
    return None if text is None else parse_instant(str(text)).end


def scored(gold: Gold, answer: Answer) -> Scored:
    """How an answer compares with what is wanted."""
    cited = {one.event for one in answer.citations}
    hits = len(cited & gold.events)
    return Scored(
        gold=gold,
        answered=answer.answered,
        right=answer.answered and _tells(answer, gold.answer) if gold.answerable else not answer.answered,
        precision=hits / len(cited) if cited and gold.answerable else None,
        recall=hits / len(gold.events) if gold.events else 1.0,
        took_ms=answer.took_ms,
        composed=answer.composed_by == "model",
        removed=answer.removed,
    )


def _tells(answer: Answer, wanted: Sequence[str]) -> bool:
    parts = [answer.text, *(f"{one.at:%Y-%m-%d}" for one in answer.sentences if one.at)]
    parts += [f"{step.start['name']} {step.end['name']}" for step in answer.path]
    parts += [" ".join(str(cell) for cell in row) for row in (answer.table.rows if answer.table else ())]
    said = fold("\n".join(parts))
    return all(any(fold(one) in said for one in text.split("|")) for text in wanted)


def figures(found: Sequence[Scored]) -> Figures:
    """The means of a set."""
    answerable = [one for one in found if one.gold.answerable]
    others = [one for one in found if not one.gold.answerable]
    times = sorted(one.took_ms for one in found)
    return Figures(
        questions=len(found),
        accuracy=_mean([float(one.right) for one in answerable]),
        precision=_mean([one.precision for one in answerable if one.precision is not None]),
        recall=_mean([one.recall for one in answerable]),
        abstained=_mean([float(one.right) for one in others]),
        unanswered=sum(not one.answered for one in answerable),
        p50_ms=_at(times, 0.5),
        p95_ms=_at(times, 0.95),
        composed=sum(one.composed for one in found),
        removed=sum(one.removed for one in found),
    )


def by_template(found: Iterable[Scored]) -> dict[str, Figures]:
    """The same for each template of the set, by name."""
    held: dict[str, list[Scored]] = {}
    for one in found:
        held.setdefault(one.gold.template if one.gold.answerable else "unanswerable", []).append(one)
    return {name: figures(held[name]) for name in sorted(held)}


def asked_all(golds: Iterable[Gold], ask: Callable[[Gold], Answer]) -> list[Scored]:
    """Each question asked, in order."""
    return [scored(gold, ask(gold)) for gold in golds]


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0
