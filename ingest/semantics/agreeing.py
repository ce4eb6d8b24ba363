"""Two readings of one page made one: what a model says goes before, what it leaves unsaid stands as read without it.

All that is made here are spans of the page; weights, gates and keys are the same for both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.keys import W
from graph.moment import Instant
from ingest.extraction.answers import KEPT, QUESTIONS, Answer
from ingest.extraction.article import Sentence
from ingest.extraction.dates import dates
from ingest.semantics.claims import Claimed, Span, Told, instant, time_of
from ingest.semantics.modelled import Called, Deed, Modelled, Quoted, sentence_of
from ingest.semantics.names import Name, Spot, joined
from ingest.semantics.page import Page

SURE = 0.9
"""Confidence of an answer that a model gives and the text has."""


def _spans(sentences: Sequence[Sentence]) -> list[tuple[str, int, int]]:
    return [(one.part, one.offset, one.offset + len(one.text)) for one in sentences]


def agreed_names(found: Sequence[Name], sentences: Sequence[Sentence], modelled: Modelled) -> list[Name]:
    """The model's names, and those others that do not merely stand inside of them or around them."""
    spans = _spans(sentences)
    acting = {(quote.part, quote.start) for deed in modelled.deeds for quote in deed.who}
    own: dict[str, Name] = {}
    for called in modelled.names:
        for quote in called.quotes:
            number = sentence_of(quote, spans)
            if number is None or not _is_name(quote.text):
                continue
            name = own.setdefault(quote.text, Name(quote.text, w=called.w, vouched=True))
            if all((spot.part, spot.start) != (quote.part, quote.start) for spot in name.spots):
                name.spots.append(_spot(called, quote, number, (quote.part, quote.start) in acting))
    taken = [spot for name in own.values() for spot in name.spots]
    for one in found:
        if one.surface in own:
            own[one.surface].spots = _united(own[one.surface].spots, one.spots)
        elif not all(any(_overlap(spot, other) for other in taken) for spot in one.spots):
            own[one.surface] = one
    for name in own.values():
        name.spots.sort(key=lambda spot: (spot.sentence, spot.start))
    kept = joined(sorted(own.values(), key=lambda one: (one.spots[0].sentence, one.spots[0].start)))
    for name in kept:
        name.spots = list({(spot.part, spot.start): spot for spot in name.spots}.values())
    return kept


def _is_name(text: str) -> bool:
    """Whether it may name somebody: a group without a name ("dock workers") only acts."""
    return any(letter.isupper() or (letter.isalpha() and not letter.islower()) for letter in text)


def _spot(called: Called, quote: Quoted, number: int, acts: bool) -> Spot:
    placed = called.w is W.WHERE
    return Spot(number, quote.part, quote.start, quote.end, called.role, placed=placed, acts=acts)


def _united(own: Sequence[Spot], others: Sequence[Spot]) -> list[Spot]:
    """Spots of one name, each once: what grammar saw beside it (a title, a word of place) is kept."""
    by_place = {(spot.part, spot.start): spot for spot in own}
    for spot in others:
        mine = by_place.get((spot.part, spot.start))
        by_place[spot.part, spot.start] = replace(
            spot,
            role=spot.role or (mine.role if mine else ""),
            acts=spot.acts or bool(mine and mine.acts),
            lone=spot.lone and mine is None,
        )
    return list(by_place.values())


def _overlap(one: Spot, other: Spot) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end


def agreed_claims(
    page: Page,
    sentences: Sequence[Sentence],
    found: Sequence[Name],
    read: Sequence[Claimed],
    modelled: Modelled,
    told: Told,
) -> list[Claimed]:
    """The model's deeds as claims, one a deed; other claims stand in sentences of which it tells none."""
    spans = _spans(sentences)
    made: list[Claimed] = []
    for deed in modelled.deeds:
        number = sentence_of(deed.what, spans)
        if number is not None:
            made.append(_claimed(page, sentences[number], number, deed, found, told))
    spoken = {claim.number for claim in made}
    kept = [claim for claim in read if claim.number not in spoken]
    return sorted([*made, *kept], key=lambda claim: (claim.number, claim.span.start))


def _claimed(page: Page, sentence: Sentence, number: int, deed: Deed, found: Sequence[Name], told: Told) -> Claimed:
    last = sentence.offset + len(sentence.text)
    what = _within(sentence, deed.what, last)
    here = [one for one in deed.who if _inside(sentence, one, last)]
    subject = Span(here[0].start, here[0].end, here[0].text) if here else Span(what.start, what.start, "")
    first, end = min(subject.start, what.start), max(subject.end, what.end)
    acts = next((name for one in [*here, *deed.who] if (name := _name(one, found))), "")
    place = next((name for one in deed.where if (name := _name(one, found))), "")
    named = [one.surface for one in found if number in one.sentences]
    at, when = time_of(page, sentence, [(one.start, one.end) for one in deed.when if one.part == sentence.part])
    why = next((one for one in deed.why if one.part == sentence.part), None)
    return Claimed(
        sentence=sentence,
        number=number,
        span=Span(first, end, sentence.text[first - sentence.offset : end - sentence.offset]),
        subject=subject,
        deed=what,
        subject_name=acts,
        names=tuple(name for name in dict.fromkeys([acts, place, *named]) if name),
        where=place,
        at=at or _elsewhere(page, deed) or told.at,
        told=at is not None,
        when=when,
        why=Span(why.start, why.end, why.text) if why else None,
        says=False,
        vouched=True,
    )


def _within(sentence: Sentence, quote: Quoted, last: int) -> Span:
    """A span that goes beyond its sentence ends with it."""
    end = min(quote.end, last)
    return Span(quote.start, end, sentence.text[quote.start - sentence.offset : end - sentence.offset])


def _inside(sentence: Sentence, quote: Quoted, last: int) -> bool:
    return quote.part == sentence.part and sentence.offset <= quote.start and quote.end <= last


def _name(quote: Quoted, found: Sequence[Name]) -> str:
    """The name that a span is, or that stands in it: "Governor Ann Lee" is Ann Lee."""
    return next(
        (
            one.surface
            for one in found
            if one.surface == quote.text
            or any(s.part == quote.part and quote.start <= s.start and s.end <= quote.end for s in one.spots)
        ),
        "",
    )


def _elsewhere(page: Page, deed: Deed) -> Instant | None:
    """When it happened, where another sentence tells that."""
    for quote in deed.when:
        for one in dates(quote.text, page.published):
            if (at := instant(one.moment)) is not None:
                return at
    return None


def agreed_answers(
    page: Page,
    sentences: Sequence[Sentence],
    told: Mapping[str, Sequence[Answer]],
    modelled: Modelled,
) -> dict[str, Sequence[Answer]]:
    """The five answers: those of the model's main deed first, then what was read without it."""
    deed = next((one for one in modelled.deeds if one.main), modelled.deeds[0] if modelled.deeds else None)
    if deed is None:
        return dict(told)
    spans = _spans(sentences)
    first = {"who": deed.who[:1], "what": (deed.what,), "when": deed.when[:1], "where": deed.where[:1]}
    first["why"] = deed.why[:1]
    answers: dict[str, Sequence[Answer]] = {}
    for question in QUESTIONS:
        own = [_answer(page, one, sentences, spans, question) for one in first[question]]
        said = {one.text.casefold() for one in own}
        rest = [one for one in told.get(question, ()) if one.text.casefold() not in said]
        answers[question] = [*own, *rest][:KEPT]
    return answers


def _answer(
    page: Page, quote: Quoted, sentences: Sequence[Sentence], spans: Sequence[tuple[str, int, int]], question: str
) -> Answer:
    number = sentence_of(quote, spans)
    moment = next((one.moment for one in dates(quote.text, page.published)), None) if question == "when" else None
    sentence = sentences[number].text if number is not None else quote.text
    return Answer(quote.text, SURE, quote.part, quote.start, quote.end, sentence, moment)
