"""API keys: made once, shown once, kept as a hash. `pk_<id>_<secret>`, the secret of 256 random bits."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.queries import statement
from graph.reading.instants import of_graph
from graph.text import clean_name

FORM = re.compile(r"pk_(?P<id>[0-9a-f]{12})_(?P<secret>[A-Za-z0-9_-]{43})")


class Scope(StrEnum):
    """What a key may do; each includes those before it. `public` is for doors that need no key."""

    PUBLIC = "public"
    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    ADMIN = "admin"


RANK = {scope: rank for rank, scope in enumerate(Scope)}
GRANTED = tuple(scope for scope in Scope if scope is not Scope.PUBLIC)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the store knows it."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


def create_key(
    database: Database,
    name: str,
    scopes: Collection[str],
    now: datetime,
    expires_at: datetime | None = None,
    *,
    reader: str | None = None,
) -> str:
    """Makes a key and answers it whole: the only time that its secret is to be seen. With `reader` it opens the doors
    of that reader alone. Raises InvalidInput."""
    unknown = sorted(set(scopes) - {str(scope) for scope in GRANTED})
    if unknown or not scopes:
        raise InvalidInput(f"a key has one or more of the scopes {', '.join(GRANTED)}", "scopes")
    if expires_at is not None and expires_at <= now:
        raise InvalidInput("lies in the past", "expires_at")
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    params = {
        "id": key_id,
        "hash": digest(secret),
        "name": clean_name(name),
        "scopes": sorted(set(scopes)),
        "created_at": now,
        "expires_at": expires_at,
        "reader": None if reader is None else clean_name(reader),
    }
    database.write(lambda tx, _: tx.rows(statement("write/api_key_create"), params))
    return f"pk_{key_id}_{secret}"


def list_keys(database: Database) -> list[ApiKey]:
    """All keys, newest first, revoked and expired ones too."""
    return [
        ApiKey(
            id=row["id"],
            name=row["name"],
            scopes=list(row["scopes"]),
            created_at=of_graph(row["created_at"]),
            expires_at=of_graph(row["expires_at"]),
            revoked_at=of_graph(row["revoked_at"]),
        )
        for row in database.read(statement("read/api_keys"))
    ]


def revoke_key(database: Database, key_id: str, now: datetime) -> None:
    """Ends a key by its public id; running processes follow within 5 seconds. Raises NotFound."""
    params = {"id": key_id, "revoked_at": now}
    if not database.write(lambda tx, _: tx.rows(statement("write/api_key_revoke"), params)):
        raise NotFound("API key", key_id)


def digest(secret: str) -> str:
    """What is kept of a secret: its sha256 (256 random bits need no slow hash). 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
