"""An answer in the words of a language model, from the evidence of the extracted one alone, each claim checked.

A claim stays when the evidence that it cites bears it: every name and figure of it stands there, and most of its words;
what it denies is denied there. What fails is taken out and counted. Where nothing stays, or the model says nothing, the
extracted answer stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from pydantic import BaseModel

from api.ask.answer import Answer, Sentence
from api.ask.checking import borne
from api.ask.evidence import Evidence, evidence_of
from api.ask.model import AskModel
from graph.database import Database
from graph.errors import BudgetExceeded, Unavailable
from graph.reading.clocks import Clocks

PIECES = 40
"""Sentences of the extracted answer that the model gets."""
CLAIMS = 20
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous)\b"
    r"|^\s*(?:system|assistant|developer)\s*:|\b(?:system|assistant|developer)\s*:|<\|?(?:im_start|system|assistant)"
    r"|\byou are now\b|\bas an ai\b|\bnew instructions?\b|\bdo not tell the user\b|\[/?inst\]",
    re.IGNORECASE,
)
"""Texts that speak to a model instead of telling what happened: it does not get them."""


class _Claim(BaseModel):
    text: str
    cites: list[int] = []


class _Claims(BaseModel):
    claims: list[_Claim]


def composed(answer: Answer, model: AskModel, who: str, database: Database, clocks: Clocks) -> Answer:
    """The answer in the model's words as far as they are borne: a model that fails is a warning. Raises
    DatabaseUnavailable, BudgetExceeded of a past too long to read."""
    if not answer.answered:
        return answer
    pieces = answer.sentences[:PIECES]
    evidence = [
        {"n": n, "date": f"{one.at:%Y-%m-%d}" if one.at else None, "text": one.text}
        for n, one in enumerate(pieces, 1)
        if not _ORDERS.search(one.text)
    ]
    if not evidence:
        return replace(answer, warnings=("told as extracted: the evidence speaks to a model",))
    try:
        claims = _claims(_said(model, who, answer.question, evidence))
    except (Unavailable, BudgetExceeded) as error:
        return replace(answer, warnings=(f"told as extracted: {error}",))
    except ValueError:
        return replace(answer, warnings=("told as extracted: the model answered what is no list of claims",))
    events = evidence_of(database, (event for one in pieces for event in one.events), clocks)
    kept = [claim for claim in claims if _borne(claim, pieces, events)]
    removed = len(claims) - len(kept)
    if not kept:
        return replace(
            answer, removed=removed, warnings=("told as extracted: the evidence bore no claim of the model",)
        )
    sentences = tuple(_sentence(claim, pieces) for claim in kept)
    told = {event for one in sentences for event in one.events}
    return replace(
        answer,
        text="\n".join(one.text for one in sentences),
        sentences=sentences,
        citations=tuple(one for one in answer.citations if one.event in told),
        composed_by="model",
        removed=removed,
    )


def _said(model: AskModel, who: str, question: str, evidence: Sequence[Mapping[str, Any]]) -> str:
    """By neo4j-graphrag where it is installed; else the same is asked without it."""
    if find_spec("neo4j_graphrag") is None:
        return model.said(who, "compose", {"question": question, "evidence": evidence})
    from api.ask.graphrag import said

    return said(model, who, question, evidence)


def _claims(said: str) -> list[_Claim]:
    """Raises ValueError for what is no list of claims."""
    text = said.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    return _Claims.model_validate_json(text).claims[:CLAIMS]


def _cited(claim: _Claim, pieces: Sequence[Sentence]) -> list[Sentence]:
    if not claim.cites or any(not 1 <= n <= len(pieces) for n in claim.cites):
        return []
    found = [pieces[n - 1] for n in claim.cites]
    return [] if any(_ORDERS.search(one.text) for one in found) else found


def _borne(claim: _Claim, pieces: Sequence[Sentence], events: Mapping[str, Evidence]) -> bool:
    cited = _cited(claim, pieces)
    return borne(claim.text, cited, [events[key] for one in cited for key in one.events if key in events])


def _sentence(claim: _Claim, pieces: Sequence[Sentence]) -> Sentence:
    cited = _cited(claim, pieces)
    events = tuple(dict.fromkeys(event for one in cited for event in one.events))
    documents = tuple(dict.fromkeys(document for one in cited for document in one.documents))
    return Sentence(claim.text, cited[0].at, events, documents, cited[0].role)
