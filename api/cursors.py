"""Opaque places in a list, signed: a cursor goes on where a page ended, on the same list with the same filters only."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from graph.errors import InvalidInput

_SIGNATURE = 16
"""Bytes of the HMAC-SHA256 that are kept."""


class Cursors:
    """Makes and reads cursors with one secret; another secret makes all earlier ones invalid."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise InvalidInput("has fewer than 16 bytes", "cursor_secret")
        self._secret = secret

    def make(self, door: str, filters: Mapping[str, Any], place: Sequence[str | int]) -> str:
        """A cursor for the row at `place` in a list: URL-safe text."""
        body = orjson.dumps(list(place))
        return base64.urlsafe_b64encode(self._sign(door, filters, body) + body).decode().rstrip("=")

    def read(self, door: str, filters: Mapping[str, Any], cursor: str) -> list[Any]:
        """The place a cursor stands for. Raises InvalidInput for one that this list did not give."""
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidInput("was not given by this list", "cursor") from error
        signature, body = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if not hmac.compare_digest(signature, self._sign(door, filters, body)):
            raise InvalidInput("was not given by this list with these filters", "cursor")
        return orjson.loads(body)

    def _sign(self, door: str, filters: Mapping[str, Any], body: bytes) -> bytes:
        asked = orjson.dumps([door, dict(filters)], default=str, option=orjson.OPT_SORT_KEYS)
        return hmac.digest(self._secret, hashlib.sha256(asked).digest() + body, "sha256")[:_SIGNATURE]
