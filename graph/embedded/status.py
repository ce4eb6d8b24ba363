"""What runs on a data folder, told without changing anything."""

from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict

from graph.embedded.options import EmbeddedOptions
from graph.embedded.ports import HOST
from graph.embedded.process import find
from graph.embedded.state import DataFolder, FolderState, ServerName

Condition = Literal["running", "stopped", "crashed", "external"]


class ServerStatus(BaseModel):
    """One server. `crashed`: it was started and ended without being asked; `external`: the user's own, not looked at.

    `addresses` maps purposes (`bolt`, `browser`, `redis`, `api`) to addresses without passwords.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: Condition
    addresses: dict[str, str]
    pid: int | None = None
    version: str | None = None
    started_at: datetime | None = None
    log: Path | None = None


class ServersStatus(BaseModel):
    """All servers of one data folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path
    logs_dir: Path
    neo4j: ServerStatus
    redis: ServerStatus
    api: ServerStatus
    worker: ServerStatus

    @property
    def by_name(self) -> dict[ServerName, ServerStatus]:
        """The servers in the order in which they start."""
        return {"redis": self.redis, "neo4j": self.neo4j, "api": self.api, "worker": self.worker}


def status(options: EmbeddedOptions) -> ServersStatus:
    """What is written down, checked against the processes that live. Raises DataFolderRefused."""
    folder = DataFolder(options.data_dir)
    state = folder.read_state()
    return ServersStatus(
        data_dir=folder.root,
        logs_dir=folder.logs,
        neo4j=_external("bolt", options.neo4j_uri) or _own(folder, state, "neo4j"),
        redis=_external("redis", options.redis_url) or _own(folder, state, "redis"),
        api=_own(folder, state, "api"),
        worker=_own(folder, state, "worker"),
    )


def without_password(address: str) -> str:
    """The address with its user and password left out, safe to print."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def addresses_of(ports: dict[str, int]) -> dict[str, str]:
    """Addresses by purpose for a server's ports."""
    shown = {
        "bolt": ("bolt", "bolt://{}:{}"),
        "http": ("browser", "http://{}:{}/browser/"),
        "redis": ("redis", "redis://{}:{}/0"),
        "api": ("api", "http://{}:{}"),
    }
    return {shown[purpose][0]: shown[purpose][1].format(HOST, port) for purpose, port in ports.items()}


def _external(purpose: str, address: str | None) -> ServerStatus | None:
    if address is None:
        return None
    return ServerStatus(state="external", addresses={purpose: without_password(address)})


def _own(folder: DataFolder, state: FolderState, name: ServerName) -> ServerStatus:
    record = state.servers.get(name)
    if record is None:
        return ServerStatus(state="stopped", addresses={}, log=folder.log(name))
    lives = find(record.process) is not None
    return ServerStatus(
        state="running" if lives else "crashed",
        addresses=addresses_of(record.ports),
        pid=record.process.pid if lives else None,
        version=record.version,
        started_at=record.started_at,
        log=folder.log(name),
    )
