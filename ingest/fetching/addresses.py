"""Where an address leads, by its form alone: parsed once, strictly, and never guessed.

A host is a plain IPv4 address in four decimal numbers, an IPv6 address in brackets, or a name whose last label is no
number: what other parsers read as an address in some other form (`0x7f.1`, `2130706433`, `127.1`) is no name here.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

import idna

from ingest.fetching.errors import Fault, FetchError

PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\<>\"^`{|}]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SAFE = "!$&'()*+,;=:@/?%-._~[]"

_CLOSED_4 = [
    IPv4Network(one)
    for one in """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
    203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32""".split()
]
"""IANA's special-purpose registry, multicast, reserved; the last one serves a cloud's machines their metadata."""
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = [
    IPv6Network(one) for one in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20".split()
]
"""Of the global unicast addresses those that are none: Teredo and other protocols, documentation, 6to4. All that
carries an IPv4 address inside (mapped, NAT64) lies outside the global ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """One address, taken apart. `host` is in ASCII, `address` is set where the host is a number, `path` holds the
    query too."""

    scheme: str
    host: str
    port: int
    path: str
    address: str | None = None

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address put together again, without its fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom secrets for this address may be shown to."""
        return self.scheme, self.host, self.port


def place_of(url: str, length: int = 4_096) -> Place:
    """The parts of an http or https address. Raises FetchError (`url`) for whatever is odd about it."""
    url = url.strip(" \t\r\n")
    if len(url) > length:
        raise _odd(f"has more than {length:,} characters")
    if _ODD.search(url):
        raise _odd("holds blanks, control characters or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _odd("cannot be read") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise _odd("is neither http nor https")
    if "@" in parts.netloc:
        raise _odd("holds a user name or password")
    host, address = _host(parts.netloc)
    path = _path(parts.path or "/", parts.query)
    return Place(scheme, host, PORTS[scheme] if port is None else port, path, address)


def closed(address: str) -> bool:
    """Whether an address in numbers is anything but one on the public internet."""
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return any(found in network for network in _CLOSED_4)
    if found.scope_id is not None or found not in _OPEN_6:
        return True
    return any(found in network for network in _CLOSED_6)


def _host(netloc: str) -> tuple[str, str | None]:
    if netloc.startswith("["):
        inside, bracket, rest = netloc[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")) or "%" in inside:
            raise _odd("has a host that cannot be read")
        try:
            written = str(IPv6Address(inside))
        except ValueError as error:
            raise _odd("has a host that is no IPv6 address") from error
        return written, written
    return _name(netloc.partition(":")[0])


def _name(host: str) -> tuple[str, str | None]:
    if "%" in host or not host:
        raise _odd("has no host that can be read")
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise _odd("has a host whose name cannot be written in ASCII") from error
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _odd("has a host that is no name")
    if not _NUMBER.fullmatch(labels[-1]):
        return name, None
    try:
        written = str(IPv4Address(name))
    except ValueError as error:
        raise _odd("has a host in an odd form of number") from error
    return written, written


def _path(path: str, query: str) -> str:
    target = f"{path}?{query}" if query else path
    try:
        return quote(target, safe=_SAFE)
    except UnicodeEncodeError as error:
        raise _odd("holds a lone surrogate") from error


def _odd(reason: str) -> FetchError:
    return FetchError(Fault.URL, f"the address {reason}")
