"""Who did what to whom, where, when; what happened to somebody in a period; what changed since: told by events."""

import re

from api.ask.answer import Told, sentence
from api.ask.asked import Ground, Sought, lacking, sought
from api.ask.evidence import Evidence
from api.ask.facts import facts_since, facts_that_tell
from api.ask.question import Question, Slot, Template
from api.ask.weighing import NEAR, Weighed, best_of
from api.ask.words import words
from graph.entity import KINDS
from graph.keys import W

NEWEST = 5
"""Events told where somebody asks what is new and says no time."""
_WHERE = re.compile(r"\b(?:where|où)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:in|at|near|off|to|from|of|on|outside|across|over|into)\s+(?:the\s+|its\s+)?(?:\w+\s+){0,2}?[A-ZÀ-Þ]"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"
    r"|billions?"
    r"|dozens?|scores|several|half|both|first|second|third)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because|due to|owing to|causes?|after|following|amid|in (?:response|protest|order|retaliation|support"
    r"|solidarity)|so that"
    r"|citing|thanks to|caused by|blam\w+|accus\w+|on (?:the )?grounds?|prompt\w+|spark\w+|trigger\w+|saying"
    r"|says|allegations?"
    r"|charg\w+|violat\w+|alleged|scandal|gesture|goodwill|as a result|result\w*|over (?!\d)|since (?!\d)|in favou?r of"
    r"|as (?!the\b|an?\b|[A-Z]|head\b|ceo\b|of\b)"
    r"|for (?!the first|an? (?:\w+ )?(?:day|week|month|year)|\d|best\b|[A-Z])|to (?=[a-z])(?!the\b|an?\b|its\b"
    r"|be\b|\w+ing\b))",
)


_TOLD_BESIDE = {Slot.WHERE: (W.WHERE, "Where"), Slot.WHO: (W.WHO, "Who")}


def events_told(ground: Ground, question: Question, found: Sought | None = None) -> Told:
    """The answer of the templates EVENT, TIMELINE and CHANGES; `found` where its events were sought already."""
    if question.shape.template is not Template.CHANGES and (facts := facts_that_tell(ground, question)):
        return facts
    found = found or sought(ground, question)
    if not question.links and not found.wanted and question.window.open:
        return Told(reason="The question names nobody and tells neither what happened nor when.")
    told = _fitting(found)
    if not told and found.found:
        return Told(reason=_untold(found.question.shape.slot))
    extra = facts_since(ground, question) if question.shape.template is Template.CHANGES else Told()
    if not told and not extra.sentences:
        return Told(reason=lacking(found), missed=True)
    shown = told[-ground.limit :]
    return Told(
        (*(sentence(one, _with_asked(one, question)) for one in shown), *extra.sentences),
        (*shown, *extra.evidence),
        at_least=found.cut or len(shown) < len(told),
    )


def _fitting(found: Sought) -> list[Evidence]:
    """The events that are told, oldest first."""
    shape = found.question.shape
    fitting = [one for one in found.found if tells(shape.slot, one.evidence, found.question)]
    listed = shape.many or not found.wanted
    if shape.order and fitting:
        near = fitting if listed else best_of(fitting, 200)
        chosen = min(near, key=_when) if shape.order == "first" else max(near, key=_when)
        return [chosen.evidence]
    if shape.template is Template.CHANGES and found.question.window.open:
        fitting = sorted(fitting, key=_when)[-NEWEST:]
    elif not listed:
        # Of a time there is mostly one: what reports of it later has another.
        fitting = best_of(fitting, near=NEAR / 2 if shape.slot is Slot.WHEN else NEAR)
    return [one.evidence for one in sorted(fitting, key=_when)]


def _when(one: Weighed) -> tuple[float, str]:
    return one.evidence.order


def tells(slot: Slot, evidence: Evidence, question: Question) -> bool:
    """Whether an event tells what is asked for: a number where one asks how many, a reason where one asks why."""
    if slot is Slot.HOW_MANY:
        return bool(_NUMBER.search(evidence.said))
    if slot is Slot.WHY:
        return gives_reason(evidence, question)
    if slot is Slot.WHERE and _WHERE.search(question.text):
        asked = {key for link in question.links for key in link.keys}
        placed = any(
            one.w == W.WHERE or one.kind in KINDS[W.WHERE] for one in evidence.mentions if one.key not in asked
        )
        return placed or bool(_PLACED.search(evidence.said))
    return True


def gives_reason(evidence: Evidence, question: Question) -> bool:
    """Whether an event says why, by a reason, a cause, or in its own words: `to join` is no reason for joining."""
    if evidence.reasons or evidence.causes:
        return True
    asked = {word.stem for word in question.content}
    following = (words(evidence.said[match.end() : match.end() + 30]) for match in _WHY.finditer(evidence.said))
    return any(not rest or rest[0].stem not in asked for rest in following)


def _with_asked(evidence: Evidence, question: Question) -> str:
    """What an event says, with whom or the places that are asked for where its words leave them out."""
    which = question.shape.slot is Slot.WHAT and question.text.lower().startswith("which")
    w, told = _TOLD_BESIDE.get(Slot.WHO if which else question.shape.slot, (None, ""))
    said = {word.folded for word in words(evidence.said)}
    asked = {key for link in question.links for key in link.keys}
    beside = [
        one.surface
        for one in evidence.mentions
        if one.w == w and one.key not in asked and not said.issuperset(word.folded for word in words(one.surface))
    ]
    listed = ", ".join(dict.fromkeys(beside))
    return f"{evidence.said.rstrip('.')}. {told}: {listed}." if listed else evidence.said


def _untold(slot: Slot) -> str:
    what = {Slot.HOW_MANY: "how many", Slot.WHY: "why", Slot.WHERE: "where"}.get(slot, "what is asked")
    return f"It is told that this happened, but not {what}."
