"""The data folder and what is written down in it: one folder per graph, one change at a time, 0700.

`state.json` remembers which processes serve this folder. It is believed only as far as the marks of its processes
hold (see process.py), so a crash at any moment leaves a folder that the next start can repair.
"""

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.embedded.errors import DataFolderRefused
from graph.embedded.process import ProcessMark

ServerName = Literal["neo4j", "redis", "api", "worker"]
AliveName = Literal["worker", "beat"]

_LOCK = ".lock"
_LOCK_HOLDER = ".lock-holder"
_STATE = "state.json"
_ALSO_OURS = frozenset({_LOCK, _LOCK_HOLDER, "logs", "run", "cursor.secret"})
"""What a process on stores of the user's own leaves in a folder that no server was started on."""


class ServerRecord(BaseModel):
    """One started server: its process, its ports by purpose (`bolt`, `http`, `redis`, `api`), its version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    process: ProcessMark
    ports: dict[str, int]
    version: str
    started_at: datetime


class FolderState(BaseModel):
    """What runs on a data folder, and the ports of the last start, which the next one takes again if it can."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    servers: dict[ServerName, ServerRecord] = Field(default_factory=dict[ServerName, ServerRecord])
    last_ports: dict[str, int] = Field(default_factory=dict[str, int])
    owner: ProcessMark | None = None
    """The process whose servers these are, when they are to end with it; None when they go on without their starter."""

    def with_server(self, name: ServerName, record: ServerRecord) -> "FolderState":
        """The state once this server was started."""
        return self.model_copy(
            update={
                "servers": {**self.servers, name: record},
                "last_ports": {**self.last_ports, **record.ports},
            }
        )

    def without(self, *names: ServerName) -> "FolderState":
        """The state once these servers were stopped; their ports stay remembered."""
        left = {name: record for name, record in self.servers.items() if name not in names}
        return self.model_copy(update={"servers": left, "owner": self.owner if left else None})


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The places in one data folder."""

    root: Path

    @property
    def neo4j(self) -> Path:
        """Neo4j's home: conf, data, run and the rest."""
        return self.root / "neo4j"

    @property
    def redis(self) -> Path:
        """The Redis-protocol server's conf and append-only files."""
        return self.root / "redis"

    @property
    def logs(self) -> Path:
        """The logs of all servers."""
        return self.root / "logs"

    def log(self, name: ServerName) -> Path:
        """What the server prints."""
        return self.logs / f"{name}.log"

    def alive(self, name: AliveName) -> Path:
        """A file that the process writes its pid to every few seconds, as long as it does its work."""
        return self.root / "run" / f"{name}.alive"

    def create(self) -> None:
        """Make the folder, 0700. Raises DataFolderRefused for a folder that holds other things or is not writable."""
        try:
            if self.root.exists() and not (self.is_ours() or self._is_empty()):
                raise DataFolderRefused(f"{self.root} holds other files: choose an empty or new folder for Pentad")
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise DataFolderRefused(f"the data folder {self.root} cannot be used: {error.strerror}") from error
        if not (self.root / _STATE).exists():
            self.write_state(FolderState())

    def is_ours(self) -> bool:
        """Whether Pentad has kept servers here before."""
        return (self.root / _STATE).exists()

    def read_state(self) -> FolderState:
        """What is written down; empty when nothing is. Raises DataFolderRefused when it cannot be understood."""
        file = self.root / _STATE
        try:
            return FolderState.model_validate_json(file.read_bytes())
        except FileNotFoundError:
            return FolderState()
        except OSError as error:
            raise DataFolderRefused(f"{file} cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise DataFolderRefused(
                f"{file} is not a state that this version understands: end its servers, then remove that file"
            ) from error

    def write_state(self, state: FolderState) -> None:
        """Write the state whole or not at all."""
        write_private(self.root / _STATE, state.model_dump_json(indent=1) + "\n")

    def secret(self, name: ServerName) -> str:
        """The server's password: made on first use (256 bits), kept in a file that only its owner may read."""
        file = self._secret_file(name)
        if not file.exists():
            write_private(file, secrets.token_hex(32))
        return file.read_text(encoding="ascii").strip()

    def forget_secret(self, name: ServerName) -> None:
        """Drop a password that no server has taken yet."""
        self._secret_file(name).unlink(missing_ok=True)

    @contextmanager
    def exclusive(self) -> Generator[None]:
        """Hold the folder while its servers are started or stopped. Raises DataFolderRefused when another does."""
        holder = self.root / _LOCK_HOLDER
        lock = FileLock(self.root / _LOCK)
        try:
            lock.acquire(timeout=0.2)
        except Timeout as error:
            pid = holder.read_text(encoding="ascii") if holder.exists() else "unknown"
            raise DataFolderRefused(
                f"another pentad (pid {pid}) is starting or stopping servers on {self.root}: wait for it to finish"
            ) from error
        try:
            write_private(holder, str(os.getpid()))
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def _secret_file(self, name: ServerName) -> Path:
        return self.root / f"{name}.password"

    def _is_empty(self) -> bool:
        return not {entry.name for entry in self.root.iterdir()} - _ALSO_OURS


def touch_alive(data_dir: Path, name: AliveName) -> None:
    """Tell that this process does its work. A full or read-only disk is no reason to end it."""
    file = DataFolder(data_dir).alive(name)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(file, f"{os.getpid()}\n")


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read (0600), by rename: readers see the old text or the new, whole."""
    staged = file.with_name(f".{file.name}.{os.getpid()}.new")
    staged.unlink(missing_ok=True)
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    staged.replace(file)
