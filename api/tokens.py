"""Tokens of an issuer elsewhere (OAuth 2 JWT, RFC 9068) instead of API keys: checked by the issuer's public keys.

Only signatures by a key pair are taken, never `none` or a shared secret; issuer, audience, expiry and subject must be
there. Keys are fetched through the one way out, kept for ten minutes, and looked up anew for an unknown key id at most
every half minute. Needs the extra `jwt`.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Lock
from typing import Any

from api.keys import RANK, Scope
from graph.errors import AccessDenied, InvalidInput, Unavailable
from ingest.fetching import FetchError, FetchOptions, SafeClient

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST = 8_192
KEPT, AGAIN = 600.0, 30.0
"""Seconds that fetched keys are believed, and between two fetches for unknown ones."""
LEEWAY = 30
"""Seconds that the clocks of issuer and service may differ."""
SUBJECT = 128


@dataclass(frozen=True, slots=True)
class TokenOptions:
    """Whose tokens are taken. `scopes` leads from a word of the token's `scope` (or `scp`) claim to a scope here;
    `reader_claim` names the claim whose value is the reader that a token is bound to, if any."""

    issuer: str
    audience: str
    jwks_url: str
    scopes: Mapping[str, Scope] = field(default_factory=lambda: {f"pentad:{scope}": scope for scope in Scope})
    reader_claim: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a token speaks for, with the highest scope it has."""

    subject: str
    scope: Scope
    reader: str | None = None


class Tokens:
    """Reads tokens. Thread-safe; asks the issuer at the first token."""

    def __init__(self, options: TokenOptions, client: SafeClient | None = None) -> None:
        if find_spec("jwt") is None or find_spec("cryptography") is None:
            raise Unavailable("tokens are read where the extra `jwt` is installed: pip install 'pentad[jwt]'")
        self._options = options
        self._client = client or SafeClient.of_service(options.jwks_url, FetchOptions(timeout=2.0, redirects=0))
        self._keys: dict[str, Any] = {}
        self._fetched = float("-inf")
        self._lock = Lock()

    def read(self, token: str) -> Holder:
        """Raises AccessDenied for a token that is not valid here, Unavailable while the issuer's keys cannot be had."""
        import jwt

        if len(token) > LONGEST:
            raise AccessDenied("The token is not valid.")
        try:
            key = self._key(str(jwt.get_unverified_header(token).get("kid", "")))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                issuer=self._options.issuer,
                audience=self._options.audience,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise AccessDenied("The token is not valid.") from error
        return self._holder(claims)

    def _holder(self, claims: Mapping[str, Any]) -> Holder:
        said: Any = claims.get("scope", claims.get("scp", ""))
        words: list[str] = said.split() if isinstance(said, str) else [str(one) for one in said or ()]
        held = [self._options.scopes[word] for word in words if word in self._options.scopes]
        scope = max(held, key=lambda one: RANK[one], default=Scope.PUBLIC)
        reader = claims.get(self._options.reader_claim) if self._options.reader_claim else None
        if self._options.reader_claim and not isinstance(reader, str | None):
            raise AccessDenied("The token is not valid.")
        return Holder(str(claims["sub"])[:SUBJECT], scope, reader)

    def _key(self, kid: str) -> Any:
        with self._lock:
            age = time.monotonic() - self._fetched
            if age > KEPT or (kid not in self._keys and age > AGAIN):
                self._fetch()
            if kid not in self._keys:
                raise AccessDenied("The token is not valid.")
            return self._keys[kid]

    def _fetch(self) -> None:
        import jwt

        try:
            answer = self._client.get(self._options.jwks_url, {"accept": "application/json"})
            if answer.status != 200:
                raise Unavailable("the issuer of tokens does not tell its keys")
            found = jwt.PyJWKSet.from_dict(json.loads(answer.body))
        except (FetchError, ValueError, jwt.PyJWTError) as error:
            raise Unavailable("the keys of the issuer of tokens cannot be had") from error
        self._keys = {str(one.key_id or ""): one.key for one in found.keys if one.algorithm_name in ALGORITHMS}
        self._fetched = time.monotonic()


def scopes_of(written: str) -> dict[str, Scope]:
    """From `{"word": "scope"}` as JSON. Raises InvalidInput."""
    try:
        told = json.loads(written)
        return {str(word): Scope(scope) for word, scope in told.items()}
    except (ValueError, AttributeError) as error:
        scopes = ", ".join(scope for scope in Scope if scope is not Scope.PUBLIC)
        raise InvalidInput(
            f'is a JSON object such as {{"news.read": "read"}}, of {scopes}', "setting jwt_scopes"
        ) from error
