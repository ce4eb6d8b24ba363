"""An answer in the words of a language model, from the evidence of the extracted one alone, each claim checked.

A claim stays when the evidence that it cites bears it: every name and figure of it stands there, and most of its words;
what it denies is denied there. What fails is taken out and counted. Where nothing stays, or the model says nothing, the
extracted answer stands.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel

from api.ask.answer import Answer, Sentence
from api.ask.model import AskModel
from api.ask.words import Word, alike, faint, passed_over, phrases_in, words
from graph.errors import BudgetExceeded, Unavailable

PIECES = 40
"""Sentences of the extracted answer that the model gets."""
CLAIMS = 20
CLAIM_LENGTH = 500
BORNE = 0.75
"""Share of a claim's words that its evidence must have."""
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous)\b"
    r"|^\s*(?:system|assistant|developer)\s*:|\b(?:system|assistant|developer)\s*:|<\|?(?:im_start|system|assistant)"
    r"|\byou are now\b|\bas an ai\b|\bnew instructions?\b|\bdo not tell the user\b|\[/?inst\]",
    re.IGNORECASE,
)
"""Texts that speak to a model instead of telling what happened: it does not get them."""
_DENIES = frozenset(
    "not no never none nobody nothing without neither nor cannot cant didnt wasnt isnt denies denied".split()
)


class _Claim(BaseModel):
    text: str
    cites: list[int] = []


class _Claims(BaseModel):
    claims: list[_Claim]


def composed(answer: Answer, model: AskModel, who: str) -> Answer:
    """The answer in the model's words as far as they are borne. Raises nothing: a model that fails is a warning."""
    if not answer.answered:
        return answer
    pieces = answer.sentences[:PIECES]
    evidence = [
        {"n": n, "date": f"{one.at:%Y-%m-%d}" if one.at else None, "text": one.text}
        for n, one in enumerate(pieces, 1)
        if not _ORDERS.search(one.text)
    ]
    try:
        said = model.said(who, "compose", {"question": answer.question, "evidence": evidence})
        claims = _claims(said)
    except (Unavailable, BudgetExceeded) as error:
        return replace(answer, warnings=(f"told as extracted: {error}",))
    except ValueError:
        return replace(answer, warnings=("told as extracted: the model answered what is no list of claims",))
    kept = [claim for claim in claims if borne(claim.text, _cited(claim, pieces))]
    removed = len(claims) - len(kept)
    if not kept:
        return replace(
            answer, removed=removed, warnings=("told as extracted: the evidence bore no claim of the model",)
        )
    sentences = tuple(_sentence(claim, pieces) for claim in kept)
    events = {event for one in sentences for event in one.events}
    return replace(
        answer,
        text="\n".join(one.text for one in sentences),
        sentences=sentences,
        citations=tuple(one for one in answer.citations if one.event in events),
        composed_by="model",
        removed=removed,
    )


def _claims(said: str) -> list[_Claim]:
    """Raises ValueError for what is no list of claims."""
    text = said.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    return _Claims.model_validate_json(text).claims[:CLAIMS]


def _cited(claim: _Claim, pieces: Sequence[Sentence]) -> list[Sentence]:
    if not claim.cites or any(not 1 <= n <= len(pieces) for n in claim.cites):
        return []
    found = [pieces[n - 1] for n in claim.cites]
    return [] if any(_ORDERS.search(one.text) for one in found) else found


def borne(text: str, evidence: Sequence[Sentence]) -> bool:
    """Whether what sentences say bears a claim."""
    if not evidence or not text or len(text) > CLAIM_LENGTH:
        return False
    said = words(" \n ".join(f"{one.text} {one.at:%Y-%m-%d %d %B %Y}" if one.at else one.text for one in evidence))
    stems = tuple(word.stem for word in said)
    there = {*stems, *(key for _, _, key in phrases_in(stems))}
    folded = {word.folded for word in said}
    claim = words(text)
    if bool(_DENIES & {word.folded for word in claim}) and not _DENIES & folded:
        return False
    told = [word for word in claim if word.folded not in passed_over()]
    if any(_must(word, claim) and word.folded not in folded and not _near(word, there, 0.9) for word in told):
        return False
    plain = [word for word in told if word.stem not in faint()]
    met = sum(_near(word, there, 0.8) for word in plain)
    return bool(told) and (not plain or met / len(plain) >= BORNE)


def _must(word: Word, claim: Sequence[Word]) -> bool:
    """Names and figures: they are there as they are."""
    return any(c.isdigit() for c in word.written) or (word.proper and word is not claim[0])


def _near(word: Word, there: set[str], least: float) -> bool:
    return any(alike(word.stem, stem) >= least for stem in there)


def _sentence(claim: _Claim, pieces: Sequence[Sentence]) -> Sentence:
    cited = _cited(claim, pieces)
    events = tuple(dict.fromkeys(event for one in cited for event in one.events))
    documents = tuple(dict.fromkeys(document for one in cited for document in one.documents))
    return Sentence(claim.text, cited[0].at, events, documents, cited[0].role)
