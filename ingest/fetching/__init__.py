"""The one way out: what Pentad fetches from, or delivers to, an address that somebody gave it.

An address is parsed once, resolved once, and every answer must lie on the public internet; the connection goes to the
very address that was checked, and each redirect begins anew. Bytes, unpacked bytes, hops and the time of all of it
together are bounded. Pages, deliveries and browsers go through it; nothing else opens a connection to a given address.
"""

from ingest.fetching.client import Fetched, SafeClient, fresh_headers
from ingest.fetching.errors import Fault, FetchError
from ingest.fetching.guard import Allowed, Guard, Resolver, Target
from ingest.fetching.options import FetchOptions

__all__ = [
    "Allowed",
    "Fault",
    "FetchError",
    "FetchOptions",
    "Fetched",
    "Guard",
    "Resolver",
    "SafeClient",
    "Target",
    "fresh_headers",
]
