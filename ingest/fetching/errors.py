"""Why something could not be fetched."""

from enum import StrEnum

from graph.errors import PentadError


class Fault(StrEnum):
    """What kind of failure it was: the caller decides by it whether to try again."""

    URL = "url"
    """The address is not one that is fetched: scheme, port, credentials, odd forms."""
    REFUSED = "refused"
    """It leads to an address that is not on the public internet."""
    NAME = "name"
    """The host's name leads nowhere."""
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    """Too many, in a loop, or to nowhere."""
    PROTOCOL = "protocol"
    """The other side does not speak HTTP as it should, or packs its answer in a way that is not understood."""
    PROXY = "proxy"


class FetchError(PentadError):
    """Nothing was fetched. The message names the host at most: an address may hold secrets."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault

    @property
    def permanent(self) -> bool:
        """Whether another try would meet the same."""
        return self.fault in (Fault.URL, Fault.REFUSED, Fault.TOO_LARGE, Fault.REDIRECTS)
