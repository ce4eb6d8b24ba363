"""Should it go on? One rule for each passage from stage to stage, its numbers in the settings.

Each answers whether to go on, how sure that is (0..1), and why, in words that a reader of the document understands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graph.artifact import GateDecision
from ingest.pages.addresses import words_of
from ingest.pages.text import Likeness


class Gate(StrEnum):
    """Between which stages."""

    URL = "url"
    """Before an address is fetched."""
    TEXT = "text"
    """Before a text is asked what it says."""
    SEMANTIC = "semantic"
    """Of what a text says, what is kept."""
    EVENT = "event"
    """Before an event is formed."""
    ENRICHMENT = "enrichment"
    """Before others are asked about its entities."""


class Verdict(NamedTuple):
    """What a gate says."""

    go: bool
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class GateOptions:
    """The numbers; see docs/pages.md."""

    url: float = 0.7
    quality: float = 0.7
    words: int = 100
    languages: tuple[str, ...] = ("en", "zh", "es", "fr", "pt")
    entity: float = 0.6
    claim: float = 0.7
    claims: int = 3
    entities: int = 3
    enrichment: float = 0.9


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a page at a gate; each gate looks at its own part. `entities` and `claims` are confidences."""

    gate: Gate
    url: str = ""
    domain_score: float = 0.9
    text: Likeness | None = None
    entities: tuple[float, ...] = ()
    claims: tuple[float, ...] = ()
    event_confidence: float = 0.0


def should_process(state: State, options: GateOptions | None = None) -> Verdict:
    """Whether a page goes on from where it is."""
    return RULES[state.gate](state, options or GateOptions())


def decision(state: State, options: GateOptions | None = None) -> GateDecision:
    """The same, to be recorded on the document."""
    go, confidence, reason = should_process(state, options)
    return GateDecision(gate=str(state.gate), go=go, confidence=round(confidence, 3), reason=reason)


_NEWS = frozenset("news article articles story stories noticias actualites nachrichten noticia actualite press".split())
_SOCIAL = frozenset(
    "twitter x facebook instagram tiktok reddit weibo linkedin threads mastodon bsky telegram t".split()
)
_DOMAIN_SHARE, _TYPE_SHARE = 0.6, 0.4


def type_hint(url: str) -> tuple[float, str]:
    """What the form of an address says of what it leads to, with its name."""
    if url.lower().partition("?")[0].endswith(".pdf"):
        return 0.3, "pdf"
    words = words_of(url)
    host = frozenset(url.split("/")[2].lower().split(".")) if url.count("/") >= 2 else frozenset[str]()
    if host & _SOCIAL:
        return 0.6, "social"
    return (0.9, "news") if words & _NEWS else (0.5, "page")


def text_quality(text: Likeness) -> float:
    """.4 below five sentences, .6 below two paragraphs, else .9."""
    if text.sentences < 5:
        return 0.4
    return 0.6 if text.paragraphs < 2 else 0.9


def _url(state: State, options: GateOptions) -> Verdict:
    hint, name = type_hint(state.url)
    score = state.domain_score * _DOMAIN_SHARE + hint * _TYPE_SHARE
    told = f"domain {state.domain_score:.2f}, {name} {hint:.1f}: {score:.2f} of {options.url:g}"
    return Verdict(score >= options.url - 1e-9, score, told)


def _text(state: State, options: GateOptions) -> Verdict:
    text = state.text or Likeness(0, 0, 0, "")
    quality = text_quality(text)
    if text.words < options.words:
        return Verdict(False, 1 - text.words / max(1, options.words), f"{text.words} words of {options.words}")
    if text.language not in options.languages:
        return Verdict(False, 0.9, f"language {text.language or 'unknown'} is none of {' '.join(options.languages)}")
    if quality < options.quality:
        told = f"quality {quality:g} of {options.quality:g}: {text.sentences} sentences, {text.paragraphs} paragraphs"
        return Verdict(False, 1 - quality, told)
    return Verdict(True, quality, f"{text.words} words in {text.language}, {text.sentences} sentences")


def _semantic(state: State, options: GateOptions) -> Verdict:
    entities = [one for one in state.entities if one >= options.entity]
    claims = [one for one in state.claims if one >= options.claim]
    sure = max([*entities, *claims], default=0.0)
    return Verdict(bool(entities or claims), sure, f"{len(entities)} entities, {len(claims)} claims are sure enough")


def _event(state: State, options: GateOptions) -> Verdict:
    entities = [one for one in state.entities if one >= options.entity]
    claims = [one for one in state.claims if one >= options.claim]
    go = len(claims) >= options.claims and len(entities) >= options.entities
    sure = min(1.0, len(claims) / max(1, options.claims), len(entities) / max(1, options.entities))
    told = f"{len(claims)} claims of {options.claims}, {len(entities)} entities of {options.entities}"
    return Verdict(go, sure, told)


def _enrichment(state: State, options: GateOptions) -> Verdict:
    sure = state.event_confidence
    return Verdict(sure >= options.enrichment, sure, f"event confidence {sure:.2f} of {options.enrichment:g}")


RULES: Mapping[Gate, Callable[[State, GateOptions], Verdict]] = {
    Gate.URL: _url,
    Gate.TEXT: _text,
    Gate.SEMANTIC: _semantic,
    Gate.EVENT: _event,
    Gate.ENRICHMENT: _enrichment,
}
"""The one table of gates."""
