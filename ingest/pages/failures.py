"""Why a page was not read, and what another attempt would change.

A bot wall, a thin page that scripts fill, and a consent page are tried by the next means, a time-out with a longer
limit, a network failure after a pause. What is behind a paywall or not there stays so: no other attempt is made.
"""

from enum import StrEnum

from graph.errors import Conflict
from ingest.fetching import Fault, FetchError
from ingest.job_context import TriedAgain


class Failure(StrEnum):
    """What kind of failure it was; the `error_type` of an artifact."""

    BOT_DETECTED = "bot_detected"
    PAYWALL = "paywall"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    NETWORK = "network"
    RATE_LIMITED = "rate_limited"
    THIN = "thin"
    CONSENT = "consent"
    UNSUPPORTED = "unsupported_type"
    TOO_LARGE = "too_large"
    ROBOTS = "robots"
    REFUSED = "refused"
    """The address leads where nothing is fetched from."""
    GATE = "gate"
    """A gate said before fetching that it is not worth while."""
    LOST = "worker_lost"
    UNKNOWN = "unknown"


NEXT_RUNG = (Failure.BOT_DETECTED, Failure.THIN, Failure.CONSENT)
AGAIN = (*NEXT_RUNG, Failure.TIMEOUT, Failure.NETWORK, Failure.RATE_LIMITED)
"""What another attempt may mend."""
_OF_FAULT = {
    Fault.URL: Failure.REFUSED,
    Fault.REFUSED: Failure.REFUSED,
    Fault.TIMEOUT: Failure.TIMEOUT,
    Fault.TOO_LARGE: Failure.TOO_LARGE,
    Fault.REDIRECTS: Failure.UNKNOWN,
    Fault.PROTOCOL: Failure.UNKNOWN,
}


class Unread(Exception):
    """One attempt failed. `pause` is what the site asked for, in seconds."""

    def __init__(self, failure: Failure, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.failure = failure
        self.reason = reason
        self.pause = pause


class NotRead(Conflict):
    """The page was not read, and another attempt would change nothing."""


class ReadAgain(TriedAgain):
    """The page was not read by these means; the next attempt uses others."""


class NoNetwork(TriedAgain):
    """The page could not be reached; the next attempt comes after a pause."""


def of_fetch(error: FetchError) -> Unread:
    """What a failed fetch means for a page."""
    return Unread(_OF_FAULT.get(error.fault, Failure.NETWORK), str(error))
