"""Looks at feeds whose time has come, and asks for the pages that they list.

A look goes through the one fetcher, with the ETag and date of the last one, so an unchanged feed costs an empty answer.
A page that is known is not asked for again. A look that fails is told with the feed; the next one comes later, twice as
late each time, a day at most; `Retry-After` and `Cache-Control` are not overruled by a shorter period.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from graph import artifacts
from graph.artifacts import Wanted
from graph.errors import InvalidInput
from graph.feed import Feed
from graph.feeds import due, polled
from graph.job import Job, Queue
from ingest.feeds.syndication import Item, Listing, listing
from ingest.fetching import Fetched, FetchError, SafeClient
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.pages.agent import AGENT
from ingest.pages.page_jobs import EXTRACTION
from ingest.pages.requests import Asked, wanted

FEEDS = "feeds"
AT_ONCE = 50
"""Feeds of one round."""
LATEST = timedelta(days=1)
_MAX_AGE = re.compile(r"max-age=(\d{1,8})")
_TYPES = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8"


def feed_kinds(
    client: SafeClient, clock: Callable[[], datetime], woken: Callable[[Job], None] = lambda _: None
) -> list[Kind]:
    """The kind of job that looks at feeds. `woken` is told of each page that is asked for."""

    def poll(context: Context) -> dict[str, int]:
        looked = asked = 0
        for feed in due(context.database, clock(), AT_ONCE):
            context.heartbeat(looked)
            told, pages = look(client, feed, clock())
            requested = artifacts.request(context.database, pages, EXTRACTION, clock())
            created = [one for one in requested if one.created and one.job is not None]
            # Kept last: a look that dies before is done again, and finds its pages known.
            polled(context.database, told.model_copy(update={"listed": told.listed + len(created)}))
            for one in created:
                if one.job is not None:
                    woken(one.job)
            looked, asked = looked + 1, asked + len(created)
        return {"looked": looked, "asked": asked}

    return [Kind(FEEDS, poll, Queue.UPKEEP)]


def look(client: SafeClient, feed: Feed, now: datetime) -> tuple[Feed, list[Wanted]]:
    """What came of one look, and the pages that the feed lists."""
    headers = {"Accept": _TYPES, "User-Agent": AGENT}
    headers |= {"If-None-Match": feed.etag} if feed.etag else {}
    headers |= {"If-Modified-Since": feed.modified} if feed.modified else {}
    try:
        found = client.get(feed.url, headers)
        if found.status == 304:
            return _well(feed, found.headers, now, outcome="unchanged"), []
        if found.status != 200:
            return _failed(feed, found.headers, now, f"answered {found.status}"), []
        return _listed(feed, found, listing(found.body, found.url), now)
    except (FetchError, InvalidInput) as error:
        return _failed(feed, {}, now, str(error)), []


def _listed(feed: Feed, found: Fetched, told: Listing, now: datetime) -> tuple[Feed, list[Wanted]]:
    pages = [page for item in told.items if (page := _page(item)) is not None]
    kept = {"etag": found.headers.get("etag"), "modified": found.headers.get("last-modified")}
    outcome = f"{len(pages)} pages listed"
    return _well(feed, found.headers, now, outcome=outcome, title=told.title or feed.title, **kept), pages


def _page(item: Item) -> Wanted | None:
    try:
        return wanted(Asked(url=item.url, title=item.title, published=item.published))
    except (InvalidInput, FetchError):
        return None


def _well(feed: Feed, headers: Mapping[str, str], now: datetime, **told: str | None) -> Feed:
    wait = timedelta(seconds=max(feed.every, _asked(headers)))
    kept = {"polled_at": now, "next_at": now + min(wait, LATEST), "failures": 0}
    return feed.model_copy(update={**kept, **told})


def _failed(feed: Feed, headers: Mapping[str, str], now: datetime, why: str) -> Feed:
    failures = feed.failures + 1
    wait = timedelta(seconds=max(feed.every * 2 ** min(failures, 16), _asked(headers)))
    kept = {"polled_at": now, "next_at": now + min(wait, LATEST), "failures": failures, "outcome": why}
    return feed.model_copy(update=kept)


def _asked(headers: Mapping[str, str]) -> int:
    """Seconds that the server asks to wait."""
    later = headers.get("retry-after", "")
    age = _MAX_AGE.search(headers.get("cache-control", ""))
    return max(int(later) if later.isdigit() else 0, int(age[1]) if age else 0)
