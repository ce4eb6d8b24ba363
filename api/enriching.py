"""Who looks entities up in Wikidata, put together from settings and open clients."""

from typing import TYPE_CHECKING

from api.fetching import safe_client
from api.settings import Settings
from graph.database import Database
from ingest.job_kinds import Kind

if TYPE_CHECKING:
    from api.wiring import Clients
    from ingest.wikidata.enriching import Enriching


def enriching_of(settings: Settings, clients: "Clients", database: Database) -> "Enriching":
    """Who looks entities up, writing through this door; a fresh budget of requests each."""
    # What asks Wikidata is imported with it: only who does that waits for it.
    from ingest.wikidata.api import Wikidata, WikidataOptions
    from ingest.wikidata.enriching import Enriching

    options = WikidataOptions(
        url=settings.wikidata_url,
        agent=settings.wikidata_agent,
        budget=settings.wikidata_budget,
        interval=settings.wikidata_interval,
    )
    wikidata = Wikidata(safe_client(settings), options, clients.redis)
    return Enriching(database, wikidata, clients.judging, clients.clock)


def enrichment(settings: Settings, clients: "Clients") -> Kind:
    """The kind of job that looks up what waits, or what somebody asked for."""
    from ingest.wikidata.job import enrichment_kind

    return enrichment_kind(lambda database: enriching_of(settings, clients, database), clients.clock)
