"""Whether an address may be reached, and at which number: everything that connects asks here first."""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Event, Thread

from graph.errors import InvalidInput
from ingest.fetching.addresses import PORTS, Place, closed, place_of
from ingest.fetching.errors import Fault, FetchError

Resolver = Callable[[str, int], Sequence[str]]
"""A host's name and a port -> all its addresses in numbers. Raises OSError."""

_OWN = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "corp", "onion", "invalid")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that may be reached wherever they lie: for tests and intranets. Each is exactly `host:port`."""

    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, written: Iterable[str]) -> "Allowed":
        """From `host:port` each. Raises InvalidInput for one without a port or with anything else."""
        return cls(frozenset(_allowed(one.strip()) for one in written if one.strip()))


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was checked: connect to one of `numbers`, in this order, and to nothing else."""

    place: Place
    numbers: tuple[str, ...]


class Guard:
    """Checks addresses. It remembers nothing: a name is resolved for each fetch, and only once for it."""

    def __init__(self, allowed: Allowed | None = None, resolve: Resolver | None = None) -> None:
        self._allowed = (allowed or Allowed()).places
        self._resolve = resolve or system_resolver

    @staticmethod
    def place(url: str) -> Place:
        """The address taken apart, unchecked. Raises FetchError (`url`)."""
        return place_of(url)

    def check(self, url: str, *, timeout: float = 5.0) -> Target:
        """Where the address leads. Raises FetchError: `url`, `refused`, `name`, `timeout`."""
        place = place_of(url)
        if (place.host, place.port) in self._allowed:
            return Target(place, self._numbers(place, timeout))
        if place.port not in PORTS.values():
            raise FetchError(Fault.URL, f"the port {place.port} is not fetched from, only 80 and 443")
        if any(place.host == name or place.host.endswith(f".{name}") for name in _OWN):
            raise FetchError(Fault.REFUSED, f"{place.host} names a machine of a private network")
        numbers = self._numbers(place, timeout)
        if any(closed(number) for number in numbers):
            raise FetchError(Fault.REFUSED, f"{place.host} does not lie on the public internet")
        return Target(place, numbers)

    def _numbers(self, place: Place, timeout: float) -> tuple[str, ...]:
        if place.address is not None:
            return (place.address,)
        found = _within(timeout, self._resolve, place)
        if not found:
            raise FetchError(Fault.NAME, f"{place.host} has no address")
        # A scope (fe80::1%eth0) is told by ip_address and refused: nothing global has one.
        return tuple(dict.fromkeys(str(ip_address(number)) for number in found))


def system_resolver(host: str, port: int) -> list[str]:
    """As the system resolves names, IPv4 first: more of the world answers there."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)]


def _within(timeout: float, resolve: Resolver, place: Place) -> Sequence[str]:
    """The system's resolver knows no time limit, so it runs in a thread that may be left behind."""
    found: list[Sequence[str] | OSError | UnicodeError] = []
    over = Event()

    def look() -> None:
        try:
            found.append(resolve(place.host, place.port))
        except (OSError, UnicodeError) as error:
            found.append(error)
        finally:
            over.set()

    Thread(target=look, name="resolve", daemon=True).start()
    if not over.wait(max(0.0, timeout)):
        raise FetchError(Fault.TIMEOUT, f"{place.host} was not resolved in time")
    answer = found[0] if found else OSError()
    if isinstance(answer, OSError | UnicodeError):
        raise FetchError(Fault.NAME, f"{place.host} cannot be resolved") from answer
    return answer


def _allowed(written: str) -> tuple[str, int]:
    try:
        place = place_of(f"http://{written}")
    except FetchError as error:
        raise InvalidInput(f"{written!r} is not host:port", "fetch_allow") from error
    if not written.rstrip("0123456789").endswith(":") or place.path != "/":
        raise InvalidInput(f"{written!r} is not host:port", "fetch_allow")
    return place.host, place.port
