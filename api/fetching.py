"""The way out, as the settings bound it: for pages and for deliveries."""

from api.settings import Settings
from ingest.fetching import Allowed, FetchOptions, Guard, SafeClient


def guard_of(settings: Settings) -> Guard:
    """Who says what may be reached. Raises InvalidInput for what `fetch_allow` has that is not `host:port`."""
    return Guard(Allowed.of(settings.fetch_allow.split(",")))


def safe_client(settings: Settings) -> SafeClient:
    """The one way out. Raises InvalidInput as `guard_of`."""
    options = FetchOptions(
        timeout=settings.fetch_timeout,
        wire_limit=settings.fetch_wire_limit,
        unpacked_limit=settings.fetch_unpacked_limit,
        redirects=settings.fetch_redirects,
    )
    return SafeClient(guard_of(settings), options)
