"""The job that reads a page for its claims, and those that form events of what pages claim.

`semantic` is asked for with a page that was extracted; with what it writes it asks for `event`, where the gate lets it.
Each may be done again: the same page is written once, the same events are left alone.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from graph import jobs
from graph.artifact import Artifact, ArtifactState, GateDecision
from graph.artifacts import decided
from graph.database import Database, Transaction
from graph.errors import InvalidInput, NotFound
from graph.job import Asked, Queue
from graph.reading.artifacts import artifact
from graph.reading.claims import told_of
from ingest.forming.outcome import Outcome
from ingest.forming.reports import FormingOptions
from ingest.forming.service import Forming
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.pages.gates import Gate, GateOptions, State, decision
from ingest.pipeline import Pipeline
from ingest.semantics.options import SemanticOptions
from ingest.semantics.page import Page
from ingest.semantics.reading import Model, Semantics, asked, semantics
from ingest.semantics.switches import Switch, Switches
from ingest.semantics.writing import Follower, Writer, fingerprint_of, lookup
from ingest.wikidata.gate import EnrichOptions, gate_events

SEMANTIC, EVENT, REGROUP = "semantic", "event", "event-regroup"


def semantic_asked(document: str) -> Asked:
    """The job that reads an extracted page for its claims."""
    return Asked(SEMANTIC, f"{SEMANTIC}:{document}", {"document": document})


def event_asked(document: str) -> Asked:
    """The job that brings the events of a page to what it claims."""
    return Asked(EVENT, f"{EVENT}:{document}", {"document": document})


class Stages:
    """The handlers, on the pipeline of one process, whose index of names they share."""

    def __init__(
        self,
        pipeline: Pipeline,
        clock: Callable[[], datetime],
        follower: Follower | None,
        *,
        options: SemanticOptions | None = None,
        forming: FormingOptions | None = None,
        switches: Switches | None = None,
        model: Model | None = None,
        enrich: EnrichOptions | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._clock = clock
        self._follower = follower
        self._options = options or SemanticOptions()
        self._forming = forming or FormingOptions()
        self._switches = switches or Switches()
        self._model = model
        self._enrich = enrich or EnrichOptions()

    def kinds(self) -> list[Kind]:
        """All kinds of this module."""
        return [
            Kind(SEMANTIC, self.semantic),
            Kind(EVENT, self.event),
            Kind(REGROUP, self.regroup, Queue.UPKEEP),
        ]

    def semantic(self, context: Context) -> dict[str, Any]:
        """Reads one page for its names and claims."""
        return self.read(
            context.database, _document(context), lambda tx: jobs.hold(tx, context.claim), context.heartbeat
        )

    def read(
        self,
        database: Database,
        document: str,
        hold: Callable[[Transaction], object] = lambda _: None,
        progress: Callable[[int, int], None] = lambda _, __: None,
    ) -> dict[str, Any]:
        """Reads a page; answers what it came to. Raises NotFound."""
        page = artifact(database, document)
        if page.state is not ArtifactState.EXTRACTED:
            return {"skipped": f"the page is {page.state}"}
        if not self._switches.on(Switch.EXTRACTION, page.content_hash or page.id):
            self._refused(database, page.id, hold)
            return {"skipped": f"{Switch.EXTRACTION} is off for it"}
        options = self._switches.calibrated(self._options, page.content_hash or page.id)
        told = told_of(database, page.id)
        read = page_of(page)
        model = self._model if self._switches.on(Switch.MODEL, page.content_hash or page.id) else None
        if told is not None and told["semantic_hash"] == fingerprint_of(read, options, model.name if model else ""):
            return {"unchanged": True, "claims": told["claims"], "entities": told["entities"]}
        progress(0, 2)
        modelled, failure = asked(model, read, options.sentences)
        done = semantics(read, options, lookup(self._pipeline), modelled)
        done.failure = failure
        progress(1, 2)
        decisions = gated(done, options, self._forming)

        def within(tx: Transaction) -> None:
            hold(tx)
            # Claims are grouped also where they are too few for an event of their own: they may belong to another's.
            if done.claims:
                jobs.ask_in(tx, event_asked(page.id), rest=0)

        kept = Writer(self._pipeline, database, self._clock, self._follower).write(done, options, decisions, within)
        unsure = done.unsure.total()
        told = {"claims": kept.claims, "entities": kept.entities, "unsure": unsure, "unfounded": done.unfounded}
        if modelled is not None:
            told |= {"model": modelled.model, "pruned": modelled.pruned}
        return told | ({"model_failed": failure} if failure else {})

    def event(self, context: Context) -> dict[str, Any]:
        """Brings the events of one page to what it claims."""
        document = _document(context)
        forming = Forming(context.database, self._pipeline, self._clock, self._forming)
        return self._gated(context, forming.form(document), document)

    def regroup(self, context: Context) -> dict[str, Any]:
        """Groups all pages of the window anew; the payload may tell another number of `days`."""
        days = context.payload.get("days", self._forming.window)
        if isinstance(days, bool) or not isinstance(days, int | float) or days < 0:
            raise InvalidInput("is no number of days", "days")
        forming = Forming(context.database, self._pipeline, self._clock, self._forming)
        return self._gated(context, forming.regroup(self._clock() - timedelta(days=days), context.heartbeat))

    def _gated(self, context: Context, done: Outcome, document: str = "") -> dict[str, Any]:
        """What became of events, which of them go on to enrichment, and that they wait for it."""
        events = [*done.formed, *done.updated, *done.supported]
        due = gate_events(context.database, events, self._clock(), self._enrich, document=document)
        return done.told() | ({"enrichment": due} if due else {})

    def _refused(self, database: Database, document: str, hold: Callable[[Transaction], object]) -> None:
        said = GateDecision(gate=Gate.SEMANTIC, go=False, confidence=1.0, reason=f"{Switch.EXTRACTION} is off for it")

        def work(tx: Transaction, _: int) -> None:
            hold(tx)
            decided(tx, document, said)

        database.write(work)


def page_of(found: Artifact) -> Page:
    """A page as it is read for claims. One without a date of its own is taken as of the day it was sent."""
    at = found.published_at or found.requested_at or found.extracted_at
    day: date | None = at.date() if at else None
    reliability = found.source_reliability if found.source_name else None
    return Page(
        found.id,
        found.title or "",
        found.description or "",
        found.text,
        day,
        found.language or "",
        reliability,
    )


def gated(done: Semantics, options: SemanticOptions, forming: FormingOptions) -> list[GateDecision]:
    """What the gates say of what was read: whether anything is kept of it, and whether it is enough for an event."""
    limits = GateOptions(
        entity=options.entity_confidence,
        claim=options.claim_confidence,
        claims=forming.claims,
        entities=forming.named,
    )
    entities = tuple(one.confidence for one in done.entities)
    claims = tuple(one.confidence for one in done.claims)
    return [decision(State(gate, entities=entities, claims=claims), limits) for gate in (Gate.SEMANTIC, Gate.EVENT)]


def _document(context: Context) -> str:
    document = context.payload.get("document")
    if not isinstance(document, str) or not document:
        raise NotFound("document", str(document))
    return document
