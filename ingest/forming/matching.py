"""Whether others told the event of some pages already: by time, shared entities, place and words."""

from collections import Counter
from collections.abc import Sequence

from graph.database import Database
from graph.reading.claims import Near, events_near
from ingest.forming.formed import Source
from ingest.forming.regrouping import LIKE
from ingest.forming.reports import DAY, FormingOptions, Report, likeness, overlap, score

ASKED = 15
"""Entities of a group that events are looked for by, the most told."""


def matched(database: Database, sources: Sequence[Source], options: FormingOptions) -> str | None:
    """Id of the best event that others told of what these pages tell, None where there is none."""
    told = Counter(entity for one in sources for claim in one.claims for entity in {m.entity for m in claim.about})
    keys = [entity for entity, _ in sorted(told.items(), key=lambda item: (-item[1], item[0]))[:ASKED]]
    times = [one.report.at for one in sources]
    reach = round(options.near * DAY)
    found = events_near(database, keys, min(times) - reach, max(times) + reach)
    scored = [(_score(one, sources, options), one.id) for one in found]
    best = max(scored, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))
    return best[1] if best[0] >= options.least else None


def _score(event: Near, sources: Sequence[Source], options: FormingOptions) -> float:
    """0 where time, place or words do not fit, or the event itself is not sure enough."""
    span = min(abs(one.report.at // DAY - event.ts // DAY) for one in sources)
    entities = frozenset(entity for one in sources for entity in one.report.entities)
    places = frozenset(m.entity for one in sources for claim in one.claims for m in claim.about if m.w == "WHERE")
    unsure = event.confidence is not None and event.confidence < options.confidence
    elsewhere = bool(event.places) and bool(places) and not (event.places & places)
    if unsure or elsewhere or span > options.near:
        return 0.0
    alike = max(likeness(_as_report(event, one.report), one.report) for one in sources)
    if options.same * alike / LIKE < options.candidate:
        return 0.0
    return score(span, overlap(event.entities, entities), options)


def _as_report(event: Near, like: Report) -> Report:
    """The event as if it were a page in the language of the other."""
    lead = f"{event.title}\n{event.text}"
    return Report(event.id, event.ts, (), event.entities, event.title, like.language, event.ts, lead)
