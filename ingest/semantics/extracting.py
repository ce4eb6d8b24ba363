"""The extraction API: a text to entities at once, an entity with what speaks for it, and what the service did so far.

Readings of texts are kept by their content, answers about entities by the number of the last change: what is answered
from memory is what the graph would answer now. Turning a switch off clears what was kept.
"""

import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any

from graph.artifact import content_hash
from graph.database import Database
from graph.errors import InvalidInput
from graph.reading.artifacts import artifact
from graph.reading.extraction import Related, change_of, extracted_entity, related_to, totals
from graph.reading.history import entity_history
from ingest.forming.reports import FormingOptions
from ingest.pages.text import mended
from ingest.semantics.cache import Cache, hit_rate
from ingest.semantics.extracted import Config, Detail, Extracted, Found, RelatedTo, Stats
from ingest.semantics.job import gated, page_of
from ingest.semantics.keeping import kept
from ingest.semantics.options import SemanticOptions
from ingest.semantics.page import Page
from ingest.semantics.reading import Entity, Semantics, semantics
from ingest.semantics.standing import of_entity
from ingest.semantics.switches import Switch, Switches
from ingest.semantics.writing import Follower, Index, Place, Writer, lookup

READINGS, ENTITIES = 256, 4_096
"""Answers that are kept."""
TRAIL = 50
RELATED_FROM = 0.7
"""Confidence above which a related entity is told."""
_TIMED = 1_000
_MINUTE = 60.0


class Extraction:
    """The service. Thread-safe; one a process."""

    def __init__(
        self,
        index: Index,
        database: Database,
        clock: Callable[[], datetime],
        follower: Follower | None = None,
        *,
        options: SemanticOptions | None = None,
        forming: FormingOptions | None = None,
        switches: Switches | None = None,
    ) -> None:
        self._index = index
        self._database = database
        self._clock = clock
        self._follower = follower
        self._options = options or SemanticOptions()
        self._forming = forming or FormingOptions()
        self.switches = switches or Switches()
        self._readings: Cache[Any] = Cache(READINGS)
        self._entities: Cache[Any] = Cache(ENTITIES)
        self._took: deque[tuple[float, float]] = deque(maxlen=_TIMED)
        self._lock = Lock()

    def turn(self, switch: Switch, share: float) -> None:
        """Sets the share of a switch; what was kept is forgotten. Raises InvalidInput."""
        if not 0.0 <= share <= 1.0:
            raise InvalidInput("is no share, 0 to 1", str(switch))
        with self._lock:
            self.switches = Switches({**self.switches.shares, switch: share})
        self._readings.clear()
        self._entities.clear()

    def process(self, content: str, source: str | None = None, config: Config | None = None) -> Extracted:
        """Reads a text, keeps it as a document with its names and claims, and answers the entities in it.

        `source` is the id of a document that is there, or the name of who published the text. Where extraction is off
        for the text, nothing is kept and no entity told. Raises InvalidInput, DatabaseUnavailable, BudgetExceeded.
        """
        config = config or Config()
        began = time.monotonic()
        content = mended(content)
        if not content:
            raise InvalidInput("is empty", "content")
        sha = content_hash(content)
        found: list[Found] = []
        if self.switches.on(Switch.EXTRACTION, sha):
            done, places = self._read(kept(self._database, content, sha, source, self._clock()), sha)
            together = config.deduplicate and self.switches.on(Switch.DEDUPLICATION, sha)
            found = self._found(done, places, replace(config, deduplicate=together))
        took = (time.monotonic() - began) * 1000
        with self._lock:
            self._took.append((time.monotonic(), took))
        return Extracted(uuid.uuid4().hex, found, round(took, 3), hit_rate(self._readings, self._entities))

    def entity(self, key: str) -> Detail:
        """One entity, as the graph has it now. Raises NotFound."""
        change = change_of(self._database)
        return self._entities.get((key, change), lambda: self._detail(key))

    def stats(self) -> Stats:
        """Totals of the graph, and what this process did within the last minute."""
        change = change_of(self._database)
        found = self._entities.get(("stats", change), lambda: totals(self._database))
        entities = sum(found.kinds.values())
        now = time.monotonic()
        with self._lock:
            took = list(self._took)
        recent = sum(now - at <= _MINUTE for at, _ in took)
        return Stats(
            total_entities=entities,
            entities_by_type=found.kinds,
            average_confidence=round(found.confidence or 0.0, 6),
            deduplication_rate=round(1 - entities / found.aliases, 6) if found.aliases else 0.0,
            extraction_latency_ms=round(sum(ms for _, ms in took) / len(took), 3) if took else 0.0,
            throughput_rps=round(recent / _MINUTE, 4),
            cache_hit_rate=hit_rate(self._readings, self._entities),
        )

    def _read(self, document: str, sha: str) -> tuple[Semantics, Mapping[str, Place]]:
        options = self.switches.calibrated(self._options, sha)

        def read() -> tuple[Semantics, Mapping[str, Place], int]:
            page: Page = page_of(artifact(self._database, document))
            done = semantics(page, options, lookup(self._index))
            writer = Writer(self._index, self._database, self._clock, self._follower)
            written = writer.write(done, options, gated(done, options, self._forming))
            return done, written.places, written.change

        done, places, _ = self._readings.get((document, repr(options)), read)
        return done, self._now(places)

    def _now(self, places: Mapping[str, Place]) -> dict[str, Place]:
        """Where names lead now: entities may have been merged or split since the text was read."""
        aliases = {place.alias for place in places.values()}

        def question(index: Any) -> dict[str, str]:
            return {key: index.by_key[key].entity for key in aliases if key in index.by_key}

        held = self._index.peek(question)
        return {name: replace(place, entity=held.get(place.alias, place.entity)) for name, place in places.items()}

    def _found(self, done: Semantics, places: Mapping[str, Place], config: Config) -> list[Found]:
        told = [one for one in done.entities if one.confidence >= config.threshold]
        groups: dict[str, list[Entity]] = {}
        for one in told:
            key = places[one.surface].entity if config.deduplicate else one.surface
            groups.setdefault(key, []).append(one)
        return [self._one(done, group, places, config) for group in groups.values()]

    def _one(self, done: Semantics, group: Sequence[Entity], places: Mapping[str, Place], config: Config) -> Found:
        best = max(group, key=lambda one: one.confidence)
        place = places[best.surface]
        known = extracted_entity(self._database, place.entity)
        metadata: dict[str, Any] = {
            "name": known.props.get("name") or best.surface,
            "surface": best.surface,
            "also": [one.surface for one in group if one is not best],
            "w": best.w.value,
            "mentions": sum(one.n for one in group),
            "part": best.spot.part,
            "start": best.spot.start,
            "end": best.spot.end,
            "document": done.page.id,
            "confidence_factors": dict(best.factors),
            "resolution_score": place.score,
        }
        if best.role:
            metadata["role"] = best.role
        if config.audit:
            metadata["audit_trail"] = self._trail(place.entity)
        kind = str(known.props.get("kind") or "unspecified")
        return Found(place.entity, kind, best.confidence, str(known.props["key"]), metadata)

    def _detail(self, key: str) -> Detail:
        known = extracted_entity(self._database, key)
        props = known.props
        options = self.switches.calibrated(self._options, str(props["key"]))
        value, told = of_entity(known, options)
        related = (
            self._related(key, value, options) if self.switches.on(Switch.RELATIONSHIPS, str(props["key"])) else []
        )
        shown = {name: props[name] for name in ("name", "aliases", "roles", "ws", "mentions") if props.get(name)}
        location = props.get("location")
        if location is not None:
            shown["coordinates"] = {"lat": location[1], "lon": location[0]}
        return Detail(
            entity_id=str(props["key"]),
            type=str(props.get("kind") or "unspecified"),
            confidence_score=value,
            canonical_key=str(props["key"]),
            metadata={**shown, "pages": known.pages, "confidence_factors": told},
            audit_trail=self._trail(str(props["key"])),
            hierarchy_path=_texts(props.get("path")),
            created_at=_native(props.get("created_at")),
            updated_at=_native(props.get("updated_at")),
            related=related,
        )

    def _related(self, key: str, own: float, options: SemanticOptions) -> list[RelatedTo]:
        found: list[RelatedTo] = []
        for one in related_to(self._database, key):
            other, _ = of_entity(one.known, options)
            both = round((own + other) / 2, 6)
            if both > RELATED_FROM:
                found.append(RelatedTo(str(one.known.props["key"]), _sort(one), both))
        return found

    def _trail(self, key: str) -> list[dict[str, Any]]:
        return [
            {
                "at": row.at.isoformat(),
                "by": row.by,
                "cause": row.cause,
                "sort": row.sort,
                "field": row.field,
                "old": row.old,
                "new": row.new,
                "change": row.change,
            }
            for row in entity_history(self._database, key, limit=TRAIL).rows
        ]


def _sort(one: Related) -> str:
    """Causal where most of what joins them tells a cause, spatial where one is a place, else temporal."""
    if one.causal * 2 > one.n:
        return "causal"
    return "spatial" if one.place else "temporal"


def _texts(value: Any) -> list[str]:
    found: list[Any] = value or []
    return [str(one) for one in found]


def _native(at: Any) -> datetime | None:
    return None if at is None else at.to_native()
