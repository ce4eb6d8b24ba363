"""Deliveries: what a watch tells is sent to its address as Standard Webhooks has it, signed, until it is taken.

The id of a message is that of the firing and never changes, so whoever receives it twice can tell. Addresses are
reached through the guarded client alone.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from standardwebhooks import Webhook

from graph.database import Database, Row
from graph.errors import Conflict, InvalidInput, PentadError
from graph.job import Queue
from graph.queries import statement
from graph.watches import DELIVERY
from ingest.fetching import FetchError, SafeClient
from ingest.job_context import Context
from ingest.job_kinds import Kind

TIMEOUT = 15.0
GONE = 410


class NotTaken(PentadError):
    """Whoever is there did not take the message; tried again."""


def deliveries(client: SafeClient, clock: Callable[[], datetime]) -> Kind:
    """The jobs that deliver, one a message."""

    def deliver(context: Context) -> dict[str, Any]:
        firing: str = context.payload["firing"]
        found = _firing(context.database, firing)
        if found is None or found["url"] is None:
            return {"skipped": "the watch is gone, or delivers no more"}
        context.tell(message=firing)
        status = _send(client, firing, found, clock())
        context.tell(status=status)
        if status == GONE:
            raise Conflict("the receiver says that it is gone for good")
        if not 200 <= status < 300:
            raise NotTaken(f"the receiver answered {status}")
        return {"status": status}

    return Kind(DELIVERY, deliver, Queue.URGENT, brief=True)


def _firing(database: Database, firing: str) -> Row | None:
    return database.one(statement("read/firing"), {"id": firing})


def _send(client: SafeClient, firing: str, found: Row, now: datetime) -> int:
    told = {"timestamp": now.isoformat(), **orjson.loads(found["told"])}
    body = orjson.dumps(told).decode()
    headers = {
        "content-type": "application/json",
        "webhook-id": firing,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(found["secret"]).sign(firing, now, body),
    }
    try:
        return client.post(found["url"], body.encode(), headers, timeout=TIMEOUT).status
    except FetchError as error:
        if error.permanent:
            raise InvalidInput(str(error), "url") from error
        raise NotTaken(str(error)) from error
