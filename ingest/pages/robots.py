"""What sites ask robots to leave alone, and how fast they may be read. As RFC 9309 has it: no file allows everything,
a file that cannot be had now forbids everything for now.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from ingest.fetching import Fault, FetchError, SafeClient
from ingest.pages.addresses import host_of
from ingest.pages.failures import Failure, Unread

NAME = "Pentad"
KEPT, KEPT_SHORT = 3_600.0, 60.0
SITES = 2_000
SIZE = 500_000
SLOWEST = 10.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The file of one site; `rules` is None where it cannot be had."""

    rules: Protego | None
    until: float


class Robots:
    """Asks sites for their rules and remembers them for an hour. May be used by many threads."""

    def __init__(self, client: SafeClient, agent: str) -> None:
        self._client = client
        self._agent = agent
        self._lock = Lock()
        self._known: OrderedDict[str, Rules] = OrderedDict()

    def check(self, url: str, timeout: float) -> float:
        """Seconds that the site wants between two requests, 0 where it says nothing. Raises Unread."""
        found = self._rules(url, timeout)
        if found is None:
            raise Unread(Failure.NETWORK, f"{host_of(url)} does not say what robots may read")
        if not found.can_fetch(url, NAME):
            raise Unread(Failure.ROBOTS, f"the robots.txt of {host_of(url)} asks not to read this")
        return min(SLOWEST, found.crawl_delay(NAME) or 0.0)

    def _rules(self, url: str, timeout: float) -> Protego | None:
        place = self._client.guard.place(url)
        site = f"{place.scheme}://{place.authority}"
        with self._lock:
            known = self._known.get(site)
            if known is not None and known.until > time.monotonic():
                self._known.move_to_end(site)
                return known.rules
        rules = self._fetched(f"{site}/robots.txt", timeout)
        kept = KEPT if rules is not None else KEPT_SHORT
        with self._lock:
            self._known[site] = Rules(rules, time.monotonic() + kept)
            while len(self._known) > SITES:
                self._known.popitem(last=False)
        return rules

    def _fetched(self, url: str, timeout: float) -> Protego | None:
        try:
            found = self._client.get(url, {"User-Agent": self._agent}, timeout=timeout)
        except FetchError as error:
            if error.fault in (Fault.URL, Fault.REFUSED):
                raise Unread(Failure.REFUSED, str(error)) from error
            # A file too long, or redirected forever, is none.
            return Protego.parse("") if error.permanent else None
        if found.status >= 500 or found.status == 429:
            return None
        return Protego.parse(found.body[:SIZE].decode("utf-8", "replace") if found.status < 300 else "")
