"""The whole service as it is put together for users, with texts read and events formed, on the stores of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx2

from api.keys import create_key
from api.settings import load
from api.wiring import open_clients, services
from graph.database import Database
from graph.embedded import Servers
from tests.story.test_api import event, running


class Door(NamedTuple):
    """Where it is, a key that opens all of it, and a client that shows that key."""

    url: str
    key: str
    client: httpx2.Client


@contextmanager
def whole(servers: Servers, database: Database, folder: Path) -> Iterator[Door]:
    """The service with five events; no limit on how often one may ask."""
    settings = load(
        data_dir=folder,
        neo4j_uri=servers.neo4j_uri,
        neo4j_user=servers.neo4j_user,
        neo4j_password=servers.neo4j_password,
        redis_url=servers.redis_url,
        rate_reads=0,
        rate_writes=0,
    )
    with open_clients(settings) as clients:
        clients.pipeline.ingest(enumerate([event(number) for number in range(1, 6)], 1))
        key = create_key(database, "whole", ["admin"], datetime.now(UTC))
        wired = services(settings, clients)
        with running(replace(wired, options=replace(wired.options, read_deadline=20.0))) as api:
            api.headers["x-api-key"] = key
            yield Door(str(api.base_url).rstrip("/"), key, api)
