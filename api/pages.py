"""How pages are read, put together from settings and open clients."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from api.fetching import guard_of, safe_client
from api.settings import Settings
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.job import Asked
from ingest.fetching import FetchError
from ingest.fetching.connecting import Proxy
from ingest.job_kinds import Kind
from ingest.pages.gates import GateOptions
from ingest.pages.options import PageOptions, Rung

if TYPE_CHECKING:
    from ingest.pages.reading import Ladder

SEMANTIC = "semantic"


def pages_of(settings: Settings, clients: Clients, known: Collection[Kind] = ()) -> list[Kind]:
    """The kinds of jobs that read pages. A page that was extracted goes on to `semantic` where that is known."""
    # What finds the main text takes a while to import: only workers do that.
    from api.jobs import woken_by
    from ingest.pages.page_jobs import page_kinds

    names = {kind.name for kind in known}

    def then(key: str) -> Asked | None:
        return Asked(SEMANTIC, f"{SEMANTIC}:{key}", {"document": key}) if SEMANTIC in names else None

    return page_kinds(lambda: ladder_of(settings, clients), clients.clock, then, woken_by(settings))


def ladder_of(settings: Settings, clients: Clients | None) -> "Ladder":
    """The means that can be used on this machine. Raises InvalidInput for settings that make no sense."""
    # curl and what it stands on take a while to import: only who reads pages waits for them.
    from ingest.pages.browsers import BrowserMeans, missing
    from ingest.pages.pace import Pace
    from ingest.pages.plain_means import ImpersonatedMeans, LightMeans
    from ingest.pages.reading import Ladder
    from ingest.pages.robots import Robots

    options, client, guard = page_options(settings), safe_client(settings), guard_of(settings)
    impersonated = ImpersonatedMeans(guard, client.options)
    browsers = BrowserMeans(
        impersonated, browsers=options.browsers, pages=options.browser_pages, chromium=options.chromium
    )
    means = {Rung.LIGHT: LightMeans(client, options.agent), Rung.IMPERSONATED: impersonated, Rung.BROWSER: browsers}
    absent = missing(options.chromium)
    why: Mapping[Rung, str] = {Rung.BROWSER: absent} if absent else {}
    usable = {rung: one for rung, one in means.items() if rung in options.rungs and rung not in why}
    pace = Pace(clients.redis if clients else None)
    return Ladder(usable, Robots(client, options.agent), pace, options, why)


def page_options(settings: Settings) -> PageOptions:
    """How pages are read. Raises InvalidInput."""
    rungs: list[Rung] = []
    for name in settings.page_rungs.split():
        with suppress(ValueError):
            rungs.append(Rung(name))
    if len(rungs) != len(settings.page_rungs.split()) or not rungs or len(set(rungs)) != len(rungs):
        raise InvalidInput(f"is some of {' '.join(Rung)}, each once", "setting page_rungs")
    return PageOptions(
        rungs=tuple(rungs),
        agent=settings.page_agent,
        attempts=settings.job_attempts,
        timeout=settings.fetch_timeout,
        interval=settings.page_interval,
        robots=settings.page_robots,
        domain_score=settings.page_domain_score,
        proxies=_proxies(settings.page_proxies),
        browsers=settings.page_browsers,
        browser_pages=settings.page_browser_pages,
        chromium=settings.page_chromium,
        gates=gate_options(settings),
    )


def gate_options(settings: Settings) -> GateOptions:
    """The numbers of the gates."""
    return GateOptions(
        url=settings.gate_url,
        quality=settings.gate_quality,
        words=settings.gate_words,
        languages=tuple(settings.gate_languages.split()),
        entity=settings.gate_entity,
        claim=settings.gate_claim,
        claims=settings.gate_claims,
        entities=settings.gate_entities,
        enrichment=settings.gate_enrichment,
    )


def _proxies(written: str) -> tuple[str, ...]:
    found = tuple(one.strip() for one in written.split(",") if one.strip())
    for one in found:
        try:
            Proxy.of(one)
        except FetchError as error:
            raise InvalidInput(str(error), "setting page_proxies") from error
    return found
