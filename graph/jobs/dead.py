"""What others hear of a job that nobody will try again: the feed of changes names the page whose reading ended so."""

from collections.abc import Iterable
from datetime import datetime

import orjson

from graph.database import Row, Transaction
from graph.outbox import tell_pages

TOLD = {"semantic": "semantic_failed"}
"""Kind of job -> what became of its page. Of a page that could not be fetched its own state tells."""


def tell(tx: Transaction, change: int, at: datetime, jobs: Iterable[Row]) -> None:
    """Leaves it in the outbox, where there is something to tell. `jobs` have `kind` and `payload` (JSON)."""
    pages: dict[str, list[str]] = {}
    for job in jobs:
        document = orjson.loads(job["payload"]).get("document") if job["kind"] in TOLD else None
        if document:
            pages.setdefault(TOLD[job["kind"]], []).append(document)
    if pages:
        tell_pages(tx, change, at, pages)
