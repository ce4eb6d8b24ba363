"""How pages are read for claims and events are formed of them, put together from settings and open clients."""

from typing import TYPE_CHECKING

from api.llm import llm_of
from api.settings import Settings
from graph.errors import InvalidInput
from ingest.forming.reports import FormingOptions
from ingest.job_kinds import Kind
from ingest.semantics.options import SemanticOptions, Weights
from ingest.semantics.switches import Switch, Switches
from ingest.wikidata.gate import EnrichOptions

if TYPE_CHECKING:
    from api.wiring import Clients
    from ingest.forming.service import Forming
    from ingest.semantics.extracting import Extraction
    from ingest.semantics.job import Stages
    from ingest.semantics.reading import Model

NO_EXTRA = "to read pages with a language model: pip install 'pentad[llm]', or set llm_pages to 0"


def stage_kinds(settings: Settings, clients: "Clients") -> list[Kind]:
    """The kinds of jobs that read claims and form events."""
    return stages_of(settings, clients).kinds()


def stages_of(settings: Settings, clients: "Clients") -> "Stages":
    """Who reads pages for their claims. Raises InvalidInput for settings that make no sense."""
    # Grammar and dictionaries are loaded with it: only who reads pages waits for that.
    from ingest.semantics.job import Stages

    return Stages(
        clients.pipeline,
        clients.clock,
        clients.projections,
        options=semantic_options(settings),
        forming=forming_options(settings),
        switches=switches(settings),
        model=model_of(settings, clients),
        enrich=enrich_options(settings),
    )


def model_of(settings: Settings, clients: "Clients") -> "Model | None":
    """What reads pages, too: the language model, else CoreNLP; None where neither is set. Raises InvalidInput where it
    cannot be used."""
    llm = llm_of(settings, clients.redis, clients.clock) if settings.llm_pages else None
    if llm is None:
        return _corenlp(settings.corenlp_url) if settings.corenlp_url else None
    try:
        from ingest.llm.five_w import FiveW
    except ImportError as error:
        raise InvalidInput(NO_EXTRA, "setting llm") from error
    return FiveW(llm)


def _corenlp(url: str) -> "Model":
    from ingest.fetching import FetchError
    from ingest.semantics.corenlp import CoreNlp

    try:
        return CoreNlp(url)
    except FetchError as error:
        raise InvalidInput(str(error), "setting corenlp_url") from error


def forming_of(settings: Settings, clients: "Clients") -> "Forming":
    """Who forms events of pages."""
    from ingest.forming.service import Forming

    return Forming(clients.database, clients.pipeline, clients.clock, forming_options(settings))


def extraction_of(settings: Settings, clients: "Clients") -> "Extraction":
    """The extraction API."""
    from ingest.semantics.extracting import Extraction

    return Extraction(
        clients.pipeline,
        clients.database,
        clients.clock,
        clients.projections,
        options=semantic_options(settings),
        forming=forming_options(settings),
        switches=switches(settings),
    )


def semantic_options(settings: Settings) -> SemanticOptions:
    """How pages are read for claims. Raises InvalidInput where the weights do not sum to 1."""
    weights = Weights(
        base=settings.confidence_base,
        source=settings.confidence_source,
        contextual=settings.confidence_contextual,
        temporal=settings.confidence_temporal,
        geographic=settings.confidence_geographic,
    )
    total = weights.base + weights.source + weights.contextual + weights.temporal + weights.geographic
    if abs(total - 1.0) > 1e-6:
        raise InvalidInput(f"the five weights sum to {total:g}, not 1", "setting confidence_base …")
    return SemanticOptions(
        weights=weights,
        entity_confidence=settings.gate_entity,
        claim_confidence=settings.gate_claim,
        unknown_source=settings.confidence_unknown_source,
    )


def forming_options(settings: Settings) -> FormingOptions:
    """The numbers of event forming."""
    return FormingOptions(
        least=settings.forming_least,
        claims=settings.gate_claims,
        named=settings.gate_entities,
        near=settings.forming_near,
        window=settings.forming_window,
        same=settings.forming_same,
        candidate=min(settings.forming_candidate, settings.forming_same),
        confidence=settings.forming_confidence,
    )


def enrich_options(settings: Settings) -> EnrichOptions:
    """Which events' entities are looked up elsewhere."""
    return EnrichOptions(settings.gate_enrichment, settings.enrichment)


def switches(settings: Settings) -> Switches:
    """The shares of the switches."""
    return Switches(
        {
            Switch.EXTRACTION: settings.entity_extraction_v1,
            Switch.CALIBRATION: settings.confidence_calibration,
            Switch.DEDUPLICATION: settings.deduplication_v1,
            Switch.RELATIONSHIPS: settings.relationship_analysis_5w,
            Switch.MODEL: settings.llm_pages if settings.llm and settings.llm_pages else 1.0,
        }
    )
