"""How pages are read."""

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.pages.agent import AGENT
from ingest.pages.gates import GateOptions


class Rung(StrEnum):
    """By which means a page is fetched, the lightest first."""

    LIGHT = "light"
    """Plain HTTP, as a telephone."""
    IMPERSONATED = "impersonated"
    """HTTP and TLS as Chrome speaks them."""
    BROWSER = "browser"
    """Chromium itself, which runs the scripts of the page."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Times in seconds. `network_pause` comes before the second attempt at what could not be reached, four times that
    before the third. `interval` lies between two requests to one host; `browser_pages` are what one browser shows
    before it is replaced; `chromium` is its path, looked for on PATH where it is empty."""

    rungs: tuple[Rung, ...] = (Rung.LIGHT, Rung.IMPERSONATED, Rung.BROWSER)
    agent: str = AGENT
    attempts: int = 3
    timeout: float = 10.0
    browser_timeout: float = 20.0
    network_pause: float = 4.0
    interval: float = 1.0
    robots: bool = True
    domain_score: float = 0.9
    proxies: tuple[str, ...] = ()
    browsers: int = 3
    browser_pages: int = 50
    chromium: str = ""
    gates: GateOptions = field(default_factory=GateOptions)
