"""A page read through: the names and claims that are sure enough, each with what makes it so. Pure, deterministic."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Protocol

from graph.claim import claim_id
from graph.errors import BudgetExceeded, Unavailable
from graph.keys import W
from graph.moment import Instant
from ingest.extraction.answers import Answer, answers
from ingest.extraction.article import Article, Sentence
from ingest.extraction.gazetteer import known_place
from ingest.pages.text import language_of
from ingest.semantics.agreeing import agreed_answers, agreed_claims, agreed_names
from ingest.semantics.claims import Claimed, Told, by_surface, claims, instant
from ingest.semantics.confidence import UNTOLD, confidence, factors
from ingest.semantics.modelled import Modelled
from ingest.semantics.names import Kinds, Name, Spot, names, settle
from ingest.semantics.options import SemanticOptions
from ingest.semantics.page import Page, reach, read
from ingest.semantics.weighing import View, headline, of_claim, of_name

Lookup = Callable[[Collection[str]], Kinds]
"""Kinds of those of the names that the graph knows."""
ENTITIES = 100
"""Names kept of one page, the surest; `CLAIMS` likewise."""
CLAIMS = 60


class Model(Protocol):
    """A language model that reads pages: `ingest/llm/five_w.py`."""

    @property
    def name(self) -> str: ...
    def read(self, page: Page, until: int, /) -> Modelled: ...


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that is sure enough, told `n` times. `w` is WHO or WHERE."""

    surface: str
    w: W
    n: int
    role: str
    confidence: float
    factors: Mapping[str, float]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that is sure enough. `about` is (name, W, role) of each kept name in it; role subject, object or place.
    `factors` holds those of each W that the claim tells."""

    id: str
    read: Claimed
    confidence: float
    factors: Mapping[str, float]
    about: Sequence[tuple[str, W, str]]


@dataclass(slots=True)
class Semantics:
    """What is kept of a page. `unfounded` counts what was read but does not stand in the text; `unsure` what fell
    below its least confidence. `told` is the page's five W's, `at` when what it tells happened."""

    page: Page
    entities: list[Entity] = field(default_factory=list[Entity])
    claims: list[Claim] = field(default_factory=list[Claim])
    unfounded: int = 0
    unsure: Counter[str] = field(default_factory=Counter[str])
    told: Mapping[str, Sequence[Answer]] = field(default_factory=dict[str, Sequence[Answer]])
    at: Instant | None = None
    model: str = ""
    """The language model that read it, too; empty where none did."""
    failure: str = ""
    """Why a model that should have read it did not."""


def nothing_known(_: Collection[str]) -> Kinds:
    """Where there is no graph to ask."""
    return {}


def semantics(
    page: Page,
    options: SemanticOptions | None = None,
    lookup: Lookup = nothing_known,
    modelled: Modelled | None = None,
) -> Semantics:
    """Reads a page, with what a language model says of it where one was asked. Its time is bounded by the sentences
    that are read, whatever its length."""
    options = options or SemanticOptions()
    page = page if page.language else replace(page, language=language_of(f"{page.title}. {page.text}"))
    page = replace(page, language=page.language.split("-")[0].lower())
    sentences = read(page, options.sentences)
    found = names(sentences, page.language)
    if modelled is not None:
        found = agreed_names(found, sentences, modelled)
    found = settle(found, lookup([one.surface for one in found]))
    told: Mapping[str, Sequence[Answer]] = answers(page.article)
    if modelled is not None:
        told = agreed_answers(page, sentences, told, modelled)
    at = _when(page, told["when"])
    done = Semantics(page, told=told, at=at)
    if modelled is not None:
        done.model, done.unfounded = modelled.model, modelled.unfounded
    view = _view(page, sentences, found, told, options)
    _entities(done, found, view, options)
    kept = {one.surface: one for one in done.entities}
    whole = Told(at, told["why"])
    said = claims(page, sentences, found, whole)
    if modelled is not None:
        said = agreed_claims(page, sentences, found, said, modelled, whole)
    for claim in said:
        _claim(done, claim, (kept, by_surface(found)), view, options)
    done.claims = sorted(sorted(done.claims, key=lambda one: -one.confidence)[:CLAIMS], key=lambda c: c.read.number)
    return done


def answers_by(model: Model, article: Article) -> tuple[Mapping[str, Sequence[Answer]], str]:
    """The five answers with a model, and why it gave none of its own: what is answered without it stands."""
    page = Page(article.id, article.title, article.description, article.text, article.published)
    most = SemanticOptions().sentences
    told = answers(article)
    modelled, failure = asked(model, page, most)
    return (told if modelled is None else agreed_answers(page, read(page, most), told, modelled)), failure


def asked(model: Model | None, page: Page, most: int) -> tuple[Modelled | None, str]:
    """What the model says of a page; where it says nothing, why."""
    if model is None:
        return None, ""
    try:
        return model.read(page, reach(page, most)), ""
    except (Unavailable, BudgetExceeded) as error:
        return None, str(error)[:300]


def _when(page: Page, found: Sequence[Answer]) -> Instant | None:
    """When what the page tells happened: the time it tells first, where that is near; else its day."""
    published = Instant(at=datetime.combine(page.published, time(), UTC), precision="day") if page.published else None
    for one in found:
        at = instant(one.moment)
        if at is not None and at.precision not in ("year", "month"):
            far = published is not None and abs((at.at - published.at).days) > 14
            return published if far else at
    return published


def _view(
    page: Page,
    sentences: Sequence[Sentence],
    found: Sequence[Name],
    told: Mapping[str, Sequence[Answer]],
    options: SemanticOptions,
) -> View:
    _ = sentences
    return View(
        source=options.unknown_source if page.reliability is None else page.reliability,
        published=page.published,
        timed=any(one.field and one.moment for one in told["when"]),
        placed=any(one.w is W.WHERE and (known_place(one.surface) or one.known) for one in found),
        headline=headline([page.title]) if page.title else frozenset(),
    )


def _entities(done: Semantics, found: Sequence[Name], view: View, options: SemanticOptions) -> None:
    kept: list[Entity] = []
    for one in found:
        spot = one.spots[0]
        if any(_elsewhere(done.page, one, spot) for spot in one.spots):
            done.unfounded += 1
            continue
        parts = of_name(one, view)
        value = confidence(parts, options)
        if value < options.entity_confidence:
            done.unsure["entities"] += 1
            continue
        kept.append(Entity(one.surface, one.w, len(one.spots), one.role, value, factors(one.w, parts), spot))
    surest = {one.surface for one in sorted(kept, key=lambda one: (-one.confidence, one.surface))[:ENTITIES]}
    done.entities = [one for one in kept if one.surface in surest]


def _elsewhere(page: Page, name: Name, spot: Spot) -> bool:
    """Whether the name does not stand where it is told to."""
    return page.part(spot.part)[spot.start : spot.end] != (spot.said or name.surface)


def _claim(
    done: Semantics,
    claim: Claimed,
    known: tuple[Mapping[str, Entity], Mapping[str, Name]],
    view: View,
    options: SemanticOptions,
) -> None:
    kept, found = known
    whole = done.page.part(claim.sentence.part)
    spans = [claim.span, claim.subject, claim.deed, *(one for one in (claim.when, claim.why) if one)]
    if any(whole[span.start : span.end] != span.text for span in spans):
        done.unfounded += 1
        return
    parts = of_claim(claim, found, view)
    value = confidence(parts, options)
    about = [(one, kept[one].w, _role(claim, one, kept[one].w)) for one in claim.names if one in kept]
    if value < options.claim_confidence or not about:
        done.unsure["claims"] += 1
        return
    of_w = {W.WHO: bool(claim.subject_name), W.WHAT: True, W.WHERE: bool(claim.where), W.WHEN: True, W.WHY: claim.why}
    precision = view.geographic if claim.where else UNTOLD
    all_factors = {
        f"{w.value.lower()}.{name}": factor
        for w, told in of_w.items()
        if told
        for name, factor in factors(w, parts, precision).items()
    }
    key = claim_id(done.page.id, claim.sentence.part, claim.span.start, claim.span.text)
    done.claims.append(Claim(key, claim, value, all_factors, about))


def _role(claim: Claimed, name: str, w: W) -> str:
    if name == claim.subject_name:
        return "subject"
    return "place" if w is W.WHERE else "object"
