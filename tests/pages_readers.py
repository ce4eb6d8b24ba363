"""Pages read by real jobs in one graph, from the site on loopback, with short times."""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from graph import artifacts, jobs
from graph.artifact import Artifact
from graph.artifacts import Requested
from graph.database import Database
from graph.job import Job
from graph.reading.artifacts import artifact
from ingest.fetching import Allowed, FetchOptions, Guard, SafeClient
from ingest.job_context import WorkerOptions
from ingest.job_kinds import registry
from ingest.pages.browsers import BrowserMeans
from ingest.pages.options import PageOptions, Rung
from ingest.pages.pace import Pace
from ingest.pages.page_jobs import EXTRACTION, Next, no_next, page_kinds
from ingest.pages.plain_means import ImpersonatedMeans, LightMeans
from ingest.pages.reading import Ladder
from ingest.pages.requests import Asked, wanted
from ingest.pages.robots import Robots
from ingest.worker import Worker
from tests.browser import chromium
from tests.pages_site import Site

QUICK = PageOptions(timeout=1.0, browser_timeout=20.0, network_pause=0.05, interval=0.0)


class Readers:
    """A worker whose ladder reaches the site and nothing else."""

    def __init__(self, graph: Database, site: Site, options: PageOptions = QUICK, then: Next = no_next) -> None:
        self.graph = graph
        guard, bounds = Guard(Allowed.of([site.place])), FetchOptions()
        client, impersonated = SafeClient(guard, bounds), ImpersonatedMeans(guard, bounds)
        options = replace(options, chromium=chromium())
        self.browsers = BrowserMeans(impersonated, browsers=2, pages=2, chromium=options.chromium)
        means = {Rung.LIGHT: LightMeans(client), Rung.IMPERSONATED: impersonated, Rung.BROWSER: self.browsers}
        self.ladder = Ladder(means, Robots(client, options.agent), Pace(), options)
        kinds = registry(page_kinds(lambda: self.ladder, lambda: datetime.now(UTC), then))
        self.worker = Worker(graph, kinds, WorkerOptions(backoff=0.05))

    def ask(self, *asked: Asked | str, again: bool = False) -> list[Requested]:
        """Wishes, addresses as they are."""
        wishes = [wanted(Asked(url=one) if isinstance(one, str) else one) for one in asked]
        return artifacts.request(self.graph, wishes, EXTRACTION, datetime.now(UTC), again=again)

    def done(self, wish: Requested) -> Job:
        """The job of a wish once it is over."""
        assert wish.job is not None
        while not (job := jobs.get_job(self.graph, wish.job.id)).over:
            self.worker.run(job.id)
            time.sleep(0.01)
        return job

    def read(self, *asked: Asked | str, threads: int = 1) -> list[Artifact]:
        """The artifacts of these wishes, read to their end."""
        found = self.ask(*asked)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self.done, [one for one in found if one.job]))
        return [artifact(self.graph, one.id) for one in found]


def matrix(outcomes: Sequence[tuple[str, str]]) -> str:
    """What was expected against what came, as a table."""
    counts: Counter[Any] = Counter(outcomes)
    columns = sorted({one for pair in outcomes for one in pair})
    lines = [" " * 17 + " ".join(f"{name[:9]:>9}" for name in columns)]
    lines += [
        f"{row:<17}" + " ".join(f"{counts[row, column] or '.':>9}" for column in columns)
        for row in columns
        if any(counts[row, column] for column in columns)
    ]
    return "\n".join(lines)
