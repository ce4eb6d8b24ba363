"""Ports on the loopback address: chosen, remembered, or any free one."""

import socket

from graph.embedded.errors import PortTaken

HOST = "127.0.0.1"
"""The only address our servers listen on."""


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose old connections are still winding down counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return False
        return True


def choose_port(purpose: str, wanted: int, remembered: int | None = None, avoid: frozenset[int] = frozenset()) -> int:
    """The wanted port; for 0 the remembered one if it is free, else any free port outside `avoid`.

    Raises PortTaken when a wanted port is not free.
    """
    if wanted:
        if not is_free(wanted):
            raise PortTaken(purpose, wanted)
        return wanted
    if remembered and remembered not in avoid and is_free(remembered):
        return remembered
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        if port not in avoid:
            return port
