"""What can go wrong with the servers we start; each error is one line that says what happened and what to do."""

from collections.abc import Mapping
from pathlib import Path

from graph.errors import PentadError


class EmbeddedError(PentadError):
    """Base of all errors of the servers that Pentad starts itself."""


class DataFolderRefused(EmbeddedError):
    """The data folder cannot be used: not ours, not writable, or busy with another start or stop."""


class AlreadyRunning(EmbeddedError):
    """Servers run on this data already; `pids` maps each one's name to its process."""

    def __init__(self, data_dir: Path, pids: Mapping[str, int]) -> None:
        running = ", ".join(f"{name} pid {pid}" for name, pid in pids.items())
        super().__init__(
            f"already running on {data_dir} ({running}): see `pentad status`, stop them with `pentad down`"
        )
        self.data_dir = data_dir
        self.pids = dict(pids)


class NotRunning(EmbeddedError):
    """Servers that should be there are not."""


class JavaMissing(EmbeddedError):
    """No Java runtime of version 21 or later."""


class JarsUnavailable(EmbeddedError):
    """Jars are neither cached nor fetchable, or what was fetched is not what the lock names."""


class RedisBinaryMissing(EmbeddedError):
    """No Redis-protocol server of Redis 7.2 or later."""


class PortTaken(EmbeddedError):
    """A chosen port is held by another program."""

    def __init__(self, purpose: str, port: int) -> None:
        super().__init__(f"port {port} ({purpose}) is taken by another program: stop that one or choose another port")
        self.purpose = purpose
        self.port = port


class ServerFailed(EmbeddedError):
    """A server ended or stayed silent while it was awaited; `log` tells why."""

    def __init__(self, name: str, reason: str, log: Path) -> None:
        super().__init__(f"{name} {reason}; its log: {log}")
        self.name = name
        self.log = log
