"""The event that a group of pages tells of: its five W's, and what it records of itself. Pure.

The whole is a function of the pages in the group and of nothing else: the same pages give the same event, whichever
came first and whatever the hour. Phase and scale are told by spread in time and space, not by what is important:
- phase: `emerging` while its pages lie within a day, `developing` within a week, `sustained` beyond that;
- scale: `macro` from three countries or ten pages on, `meso` from two countries, three pages or two days on, else
  `micro`. Countries weigh most, since what crosses borders concerns more people than what is told often at one place.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.moment import epoch_ms, from_epoch_ms
from graph.reading.claims import Mentioned, PageTold, Told
from ingest.forming.reports import DAY, FormingOptions, Report, Said, coherence, report
from resolution.names.territory import country

WHO, WHERE, WHAT, WHY = 20, 8, 3, 3
"""Names, places, deeds and reasons that a formed event tells at most."""
LABEL, TEXT = 200, 500
MANY_PAGES, SOME_PAGES = 10, 3
MANY_COUNTRIES, SOME_COUNTRIES = 3, 2
SUBJECT = "subject"
BESIDE = 7
"""Days around a page's event within which its other claims tell of the same people."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page with its report: what a group is made of."""

    page: PageTold
    report: Report

    @property
    def claims(self) -> list[Told]:
        """The claims of the report, in the page's order."""
        kept = {claim.id for claim in self.report.claims}
        return [claim for claim in self.page.claims if claim.id in kept]

    @property
    def first(self) -> tuple[int, str]:
        """Its place among the pages of an event: by publication, then by id."""
        return self.report.published, self.page.id


@dataclass(frozen=True, slots=True)
class Event:
    """An event to be written: the record for the pipeline, and what stands beside it on the node."""

    id: str
    record: dict[str, Any]
    props: dict[str, Any]
    claims: tuple[str, ...]
    documents: tuple[str, ...]


def source(page: PageTold, options: FormingOptions) -> Source | None:
    """The page with its report, None where it claims nothing that has a time."""
    said = [
        Said(claim.id, claim.ts, frozenset(one.entity for one in claim.about), claim.sentence) for claim in page.claims
    ]
    published = epoch_ms(page.published_at) if page.published_at else page.event_ts
    found = report(page.id, said, options, page.title, page.language, published)
    return Source(page, found) if found else None


def enough(sources: Iterable[Source], options: FormingOptions) -> bool:
    """Whether the pages together have the claims and entities that an event needs."""
    pages = list(sources)
    if any(one.page.claim_count >= options.claims and one.page.entity_count >= options.named for one in pages):
        return True
    claims = sum(len(one.report.claims) for one in pages)
    return claims >= options.claims and len({e for one in pages for e in one.report.entities}) >= options.named


def event_id(sources: Sequence[Source]) -> str:
    """An event goes by its first page."""
    return id_of(min(sources, key=lambda one: one.first).page.id)


def id_of(document: str) -> str:
    """The id of the event whose first page this is."""
    return "formed-" + hashlib.sha256(document.encode()).hexdigest()[:32]


def formed(sources: Sequence[Source], options: FormingOptions) -> Event:
    """The event of a group of pages."""
    ordered = sorted(sources, key=lambda one: one.first)
    claims = [claim for one in ordered for claim in one.claims]
    day = _day(ordered)
    record: dict[str, Any] = {
        "id": event_id(ordered),
        "title": _cut(ordered[0].page.title or claims[0].sentence, TEXT),
        "text": _cut(claims[0].sentence, TEXT),
        "occurred_at": day,
        "who": _who(ordered),
        "where": _where(ordered),
        "what": [{"label": label} for label in _deeds(ordered)],
        "when": [day],
        "why": [{"text": text} for text in _reasons(ordered)],
        "sources": [_document(one.page) for one in ordered if one.page.url],
        "confidence": round(math.fsum(claim.confidence for claim in claims) / len(claims), 6),
    }
    return Event(
        record["id"],
        {name: value for name, value in record.items() if value},
        _props(ordered, claims, options),
        tuple(sorted(claim.id for claim in claims)),
        tuple(one.page.id for one in ordered),
    )


def _props(ordered: Sequence[Source], claims: Sequence[Told], options: FormingOptions) -> dict[str, Any]:
    said = [claim for one in ordered for claim in one.report.claims]
    props: dict[str, Any] = {
        "reports": [one.page.id for one in ordered],
        "claim_count": len(claims),
        "entity_count": len({entity for one in ordered for entity in one.report.entities}),
        "languages": sorted({one.page.language for one in ordered if one.page.language}),
        "coherence": coherence(said, options),
        "phase": phase(ordered),
        "scale": scale(ordered),
    }
    told = orjson.dumps([props, sorted(claim.id for claim in claims)], option=orjson.OPT_SORT_KEYS)
    return props | {"merged_into": None, "formed_hash": hashlib.sha256(told).hexdigest()[:32]}


def phase(sources: Sequence[Source]) -> str:
    """emerging | developing | sustained; see above."""
    times = [one.report.published for one in sources]
    days = (max(times) - min(times)) / DAY
    return "emerging" if days < 1 else "developing" if days < 7 else "sustained"


def scale(sources: Sequence[Source]) -> str:
    """micro | meso | macro; see above."""
    named = {one.surface for source in sources for claim in source.claims for one in claim.about if one.w == "WHERE"}
    countries = len({code for code in map(country, named) if code})
    times = [one.report.published for one in sources]
    days = (max(times) - min(times)) / DAY
    if countries >= MANY_COUNTRIES or len(sources) >= MANY_PAGES:
        return "macro"
    return "meso" if countries >= SOME_COUNTRIES or len(sources) >= SOME_PAGES or days >= 2 else "micro"


def _day(ordered: Sequence[Source]) -> str:
    """The day that most pages tell of, the earliest of equals."""
    days = Counter(one.report.at // DAY for one in ordered)
    best = min(days, key=lambda one: (-days[one], one))
    return from_epoch_ms(best * DAY).date().isoformat()


def _named(claims: Iterable[tuple[str, Told]], w: str) -> dict[str, tuple[str, bool]]:
    """Entities of claims (each with the id of its page) by one W, as most often written, and whether they act; those
    of most pages first."""
    told: dict[str, list[tuple[str, Mentioned]]] = defaultdict(list)
    for page, claim in claims:
        for mentioned in claim.about:
            if mentioned.w == w:
                told[mentioned.entity].append((page, mentioned))
    ranked = sorted(
        told.items(), key=lambda item: (-len({page for page, _ in item[1]}), -len(item[1]), _surface(item[1]))
    )
    return {entity: (_surface(found), any(m.role == SUBJECT for _, m in found)) for entity, found in ranked}


def _main(ordered: Sequence[Source]) -> list[tuple[str, Told]]:
    """The claims that the event is made of, each with the id of its page."""
    return [(one.page.id, claim) for one in ordered for claim in one.claims]


def _beside(ordered: Sequence[Source]) -> list[tuple[str, Told]]:
    """What else its pages claim of about that time."""
    main = {claim.id for _, claim in _main(ordered)}
    return [
        (one.page.id, claim)
        for one in ordered
        for claim in one.page.claims
        if claim.id not in main and abs(claim.ts - one.report.at) <= BESIDE * DAY
    ]


def _surface(found: Sequence[tuple[str, Mentioned]]) -> str:
    said = Counter(mentioned.surface for _, mentioned in found)
    return min(said, key=lambda one: (-said[one], -len(one), one))


def _who(ordered: Sequence[Source]) -> list[dict[str, Any]]:
    """Who acts first, then who is named, then whom the pages tell of beside: a story's people may stand in other
    sentences than its main claims."""
    main = _named(_main(ordered), "WHO")
    beside = {entity: told for entity, told in _named(_beside(ordered), "WHO").items() if entity not in main}
    found = [(name, 1.0 if acts else 0.8) for name, acts in main.values()]
    found.sort(key=lambda one: -one[1])
    found += [(name, 0.6) for name, _ in beside.values()]
    return [{"name": name, "relevance": relevance} for name, relevance in found[:WHO]]


def _where(ordered: Sequence[Source]) -> list[dict[str, Any]]:
    return [{"name": name} for name, _ in list(_named(_main(ordered), "WHERE").values())[:WHERE]]


def _deeds(ordered: Sequence[Source]) -> list[str]:
    """What the surest claim of each page tells was done, of the first pages."""
    found: dict[str, None] = {}
    for one in ordered:
        best = max(one.claims, key=lambda claim: claim.confidence)
        if best.deed:
            found[_cut(best.deed, LABEL)] = None
    return list(found)[:WHAT]


def _reasons(ordered: Sequence[Source]) -> list[str]:
    """The reason that each page tells first, of the first pages."""
    found: dict[str, None] = {}
    for one in ordered:
        told = next((claim.reason for claim in one.claims if claim.reason), "")
        if told:
            found[_cut(told, TEXT)] = None
    return list(found)[:WHY]


def _document(page: PageTold) -> dict[str, Any]:
    told = {"url": page.url, "title": _cut(page.title, TEXT), "name": page.source}
    return {name: value for name, value in told.items() if value}


def _cut(text: str, length: int) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= length else whole[: length - 1].rstrip() + "…"
