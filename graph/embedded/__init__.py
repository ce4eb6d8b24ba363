"""The servers we start: Neo4j and a Redis-protocol server as children of one data folder, and a place for the API
and a worker beside it.

`start` brings them up (`with start(options, owned=True) as servers:` ends them again), `ensure` does not mind when
they run, `connect` only finds them, `status` tells, `stop` ends them. Importing this starts and reads nothing.
"""

from graph.embedded.checks import Check, check_all
from graph.embedded.errors import (
    AlreadyRunning,
    DataFolderRefused,
    EmbeddedError,
    JarsUnavailable,
    JavaMissing,
    NotRunning,
    PortTaken,
    RedisBinaryMissing,
    ServerFailed,
)
from graph.embedded.options import EmbeddedOptions, Progress, default_cache_dir, default_data_dir, quiet
from graph.embedded.state import touch_alive
from graph.embedded.status import ServersStatus, ServerStatus, status
from graph.embedded.supervisor import Servers, connect, ensure, start, start_api, start_worker, stop

__all__ = [
    "AlreadyRunning",
    "Check",
    "DataFolderRefused",
    "EmbeddedError",
    "EmbeddedOptions",
    "JarsUnavailable",
    "JavaMissing",
    "NotRunning",
    "PortTaken",
    "Progress",
    "RedisBinaryMissing",
    "ServerFailed",
    "ServerStatus",
    "Servers",
    "ServersStatus",
    "check_all",
    "connect",
    "default_cache_dir",
    "default_data_dir",
    "ensure",
    "quiet",
    "start",
    "start_api",
    "start_worker",
    "status",
    "stop",
    "touch_alive",
]
