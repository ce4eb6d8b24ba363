"""Who trends and why: the board as of the time asked, each row with the events that contribute most."""

from datetime import datetime
from typing import Any

from api.ask.answer import Sentence, Table, Told, documents_of, sentence
from api.ask.asked import Ground
from api.ask.evidence import Evidence, evidence_of
from api.ask.question import Question
from graph.errors import NotFound
from graph.moment import epoch_ms
from graph.trending import ALL, rank, trending

ROWS = 5
"""Rows of the board that are told."""
EVENTS = 3
"""Events of each row, those that contribute most."""


def board_told(ground: Ground, question: Question) -> Told:
    """The answer of the template TRENDING: of one where the question names somebody, else of the board."""
    at = _at(ground, question)
    if question.links:
        return _one(ground, question, at)
    if question.unknown:
        return Told(reason=f"Nothing is told of “{question.unknown[0]}”.")
    return _board(ground, question, at)


def _at(ground: Ground, question: Question) -> datetime | None:
    times = [time for time in (ground.clocks.as_of, question.window.until) if time and time <= ground.now]
    return min(times, default=None)


def _asked(ground: Ground, at: datetime | None) -> dict[str, Any]:
    return {"as_of": epoch_ms(at) if at else None, "scans": ground.scans}


def _one(ground: Ground, question: Question, at: datetime | None) -> Told:
    name = question.links[0]
    for key in name.keys:
        try:
            found = rank(ground.database, ground.boards, key, epoch_ms(ground.now), why=True, **_asked(ground, at))
        except NotFound:
            continue
        if found.rank is None or found.why is None or not found.why.events:
            continue
        told = list(evidence_of(ground.database, [event.event for event in found.why.events], ground.clocks).values())
        shares = {event.event: event.share for event in found.why.events}
        rows = tuple((one.title, round(shares[one.id], 3)) for one in told)
        first = f"{name.keys[key]} stands at {found.rank} of {found.total}, score {found.trending_score:.3f}."
        head = Sentence(first, found.at, tuple(one.id for one in told), documents_of(told), "board")
        sentences = (head, *(sentence(one) for one in told))
        return Told(sentences, tuple(told), table=Table(("event", "share of the score"), rows))
    return Told(reason=f"{name.text} does not stand on the board of that time.")


def _board(ground: Ground, question: Question, at: datetime | None) -> Told:
    kind = question.shape.kind or ALL
    now = epoch_ms(ground.now)
    board = trending(ground.database, ground.boards, now, kind=kind, limit=ROWS, **_asked(ground, at))
    sentences: list[Sentence] = []
    cited: dict[str, Evidence] = {}
    for row in board.rows:
        found = rank(ground.database, ground.boards, row.entity_id, now, kind=kind, why=True, **_asked(ground, at))
        events = [event.event for event in found.why.events[:EVENTS]] if found.why else []
        told = list(evidence_of(ground.database, events, ground.clocks).values())
        if not told:
            continue
        cited |= {one.id: one for one in told}
        text = f"{row.rank}. {row.name} ({row.type}), score {row.trending_score:.3f}: {told[0].said}"
        sentences.append(sentence(told[0], text, "board", *told[1:]))
    if not sentences:
        return Told(reason="Nobody stands on the board of that time.")
    rows = tuple((row.rank, row.name, row.type, round(row.trending_score, 3), row.mention_count) for row in board.rows)
    return Told(
        tuple(sentences), tuple(cited.values()), table=Table(("rank", "name", "kind", "score", "mentions"), rows)
    )
