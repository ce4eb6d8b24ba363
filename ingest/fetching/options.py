"""Bounds of one fetch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How much one fetch may take; times in seconds, sizes in bytes. `timeout` is for everything together: names,
    connections, redirects, the body."""

    timeout: float = 10.0
    connect_timeout: float = 5.0
    wire_limit: int = 5_000_000
    unpacked_limit: int = 20_000_000
    redirects: int = 5
    url_length: int = 4_096
