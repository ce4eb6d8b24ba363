"""Questions that facts answer: who holds which office, who belongs to whom; contested ones with both sides."""

from collections.abc import Sequence
from dataclasses import replace

from api.ask.answer import Sentence, Told, documents_of
from api.ask.asked import Ground
from api.ask.evidence import Evidence, evidence_of
from api.ask.question import Question
from api.ask.weighing import wanted_of
from api.ask.words import alike, fold, phrases_in, stem
from graph.errors import NotFound
from graph.fact import State
from graph.reading.facts import Asked, FactRow, Side
from resolution.past.at import facts_at

KEYS = 3
"""Entities of one name whose facts are looked at."""
_ENOUGH = 0.99


def facts_that_tell(ground: Ground, question: Question) -> Told | None:
    """The answer by facts whose predicate has the words of the question, None where there are none."""
    wanted = [one for one in wanted_of(question.content, question.runs) if not one.must]
    if not question.links or not wanted:
        return None
    fitting = [row for row in _facts(ground, question) if _met(row, [one.stem for one in wanted])]
    asked = [set(link.keys) for link in question.links]
    fitting = [row for row in fitting if all({row.subject.key, row.object.key} & keys for keys in asked)]
    return _told(ground, fitting) if fitting else None


def facts_since(ground: Ground, question: Question) -> Told:
    """Facts of whom the question names that began in its window."""
    since = question.window.since
    if since is None or question.content:
        return Told()
    return _told(ground, [row for row in _facts(ground, question) if row.since >= since])


def _facts(ground: Ground, question: Question) -> list[FactRow]:
    clocks = replace(ground.clocks, as_of=ground.clocks.as_of or question.window.until)
    found: dict[str, FactRow] = {}
    for key in [key for link in question.links for key in list(link.keys)[:KEYS]]:
        try:
            facts = facts_at(ground.database, key, ground.now, clocks, Asked())
        except NotFound:
            continue
        found |= {row.id: row for row in facts.rows}
    return list(found.values())


def _met(row: FactRow, stems: Sequence[str]) -> bool:
    """Whether the words of the question are those of the fact's predicate."""
    single = tuple(stem(fold(part)) for part in row.predicate.split("_"))
    parts = (*single, *(key for _, _, key in phrases_in(single)))
    met = sum(max((alike(one, part) for part in parts), default=0.0) >= 0.85 for one in stems)
    return met / len(stems) >= _ENOUGH


def _told(ground: Ground, rows: Sequence[FactRow]) -> Told:
    ids = [event for row in rows for event in row.events]
    found = evidence_of(ground.database, ids, ground.clocks)
    sentences = [one for row in rows for one in _sentences(row, found, rows)]
    cited = [found[key] for key in dict.fromkeys(event for one in sentences for event in one.events) if key in found]
    return Told(tuple(sentences), tuple(cited), reason="" if sentences else "No fact is known that would answer this.")


def _sentences(row: FactRow, found: dict[str, Evidence], rows: Sequence[FactRow]) -> list[Sentence]:
    contested = row.state == State.CONTESTED
    told = [_one(row, found, "contested" if contested else "fact")]
    shown = {other.id for other in rows}
    # The other sides are rows of their own where they are facts of the same entity.
    return told + [_side(side) for side in row.contested_by if side.id not in shown]


def _one(row: FactRow, found: dict[str, Evidence], role: str) -> Sentence:
    events = tuple(key for key in row.events if key in found)
    end = row.ended_at or row.until
    until = f" until {end:%Y-%m-%d}" if end else ""
    state = f" ({row.state})" if row.state != State.CURRENT else ""
    text = f"{row.subject.name}: {_words(row.predicate)} {row.object.name}, since {row.since:%Y-%m-%d}{until}{state}."
    return Sentence(text, row.since, events, documents_of(found[key] for key in events), role)


def _side(side: Side) -> Sentence:
    text = f"Contested by: {side.subject.name}, {side.object.name}, since {side.since:%Y-%m-%d} ({side.state})."
    return Sentence(text, side.since, (), (), "contested")


def _words(predicate: str) -> str:
    return predicate.replace("_", " ")
