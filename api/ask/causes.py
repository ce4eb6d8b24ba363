"""Why something happened, and what came of it: the event that is meant, then its reasons, causes or consequences."""

from api.ask.answer import Sentence, Told, sentence
from api.ask.asked import Ground, lacking, sought
from api.ask.events import gives_reason
from api.ask.evidence import Evidence, evidence_of
from api.ask.question import Question, Template
from api.ask.weighing import best_of
from graph.reading.why import DEPTH, Direction
from resolution.past.at import causation_at


def causes_told(ground: Ground, question: Question) -> Told:
    """The answer of the templates CAUSE and CONSEQUENCE."""
    found = sought(ground, question)
    if not found.found or (not question.links and not found.wanted):
        return Told(reason=lacking(found), missed=True)
    if question.shape.template is Template.CONSEQUENCE:
        return _consequences(ground, question, [one.evidence for one in best_of(found.found)])
    telling = [one.evidence for one in best_of(found.found) if gives_reason(one.evidence, found.question)]
    if not telling:
        return Told(reason="It is told that this happened, but not why.")
    return _causes(ground, question, telling[0])


def _causes(ground: Ground, question: Question, anchor: Evidence) -> Told:
    if question.shape.deep:
        chain = _walked(ground, anchor, Direction.CAUSES)
    else:
        chain = list(evidence_of(ground.database, anchor.causes, ground.clocks).values())
    first = [sentence(anchor, _with_reasons(anchor))]
    told = [sentence(one, _with_reasons(one), "cause") for one in chain]
    return Told((*first, *told), (anchor, *chain))


def _with_reasons(one: Evidence) -> str:
    if not one.reasons:
        return one.said
    return f"{one.said.rstrip('.')}. Reason given: {'; '.join(one.reasons)}."


def _consequences(ground: Ground, question: Question, anchors: list[Evidence]) -> Told:
    for anchor in anchors:
        if question.shape.deep:
            came = _walked(ground, anchor, Direction.CONSEQUENCES)
        else:
            came = list(evidence_of(ground.database, _effects(ground, anchor), ground.clocks).values())
        came = [one for one in came if question.window.holds(one.at)] if not question.window.open else came
        if came:
            told = [_came(one) for one in sorted(came, key=lambda one: one.order)]
            return Told((sentence(anchor), *told), (anchor, *came))
    return Told(reason="It is told that this happened, but nothing that came of it.")


def _came(one: Evidence) -> Sentence:
    return sentence(one, _with_reasons(one), "consequence")


def _effects(ground: Ground, anchor: Evidence) -> tuple[str, ...]:
    if anchor.effects or not ground.clocks.remembers:
        return anchor.effects
    walked = causation_at(ground.database, anchor.id, Direction.CONSEQUENCES, ground.clocks, depth=1)
    return tuple(one.id for one in walked.events if one.depth == 1)


def _walked(ground: Ground, anchor: Evidence, direction: Direction) -> list[Evidence]:
    walked = causation_at(ground.database, anchor.id, direction, ground.clocks, depth=DEPTH)
    ids = [one.id for one in walked.events if one.depth]
    return list(evidence_of(ground.database, ids, ground.clocks).values())
