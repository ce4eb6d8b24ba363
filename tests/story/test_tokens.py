"""Tokens of an issuer on loopback: what they open, and that nothing that is not quite right opens anything."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from redis import Redis

from api.app import ApiOptions
from api.keys import Scope
from api.rates import RateOptions
from api.tokens import TokenOptions, Tokens, scopes_of
from graph import audit
from graph.database import Database
from graph.errors import InvalidInput
from graph.trending import Boards
from tests.loopback import Call, Reply, answering
from tests.story.test_api import event, served

OURS = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
NEXT = ec.generate_private_key(ec.SECP256R1())
OTHERS = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
ISSUER, AUDIENCE = "https://sign-in.example", "pentad"


@dataclass
class Issuer:
    """Publishes its keys; signs what it is told."""

    port: int = 0
    asked: int = 0
    keys: dict[str, Any] = field(default_factory=lambda: {"one": OURS})

    def answer(self, _: Call) -> Reply:
        self.asked += 1
        return Reply({"keys": [_public(kid, key) for kid, key in self.keys.items()]})

    def signed(
        self, scope: str = "pentad:read", *, key: Any = OURS, kid: str = "one", alg: str = "RS256", **more: Any
    ) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "anna", "iat": now, "exp": now + 300, "scope": scope, **more}
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key, algorithm=alg, headers={"kid": kid})


def _public(kid: str, key: Any) -> dict[str, Any]:
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    alg = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
    return {**algorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": alg, "use": "sig"}


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    one = Issuer()
    with answering(one.answer) as port:
        one.port = port
        yield one


@pytest.fixture
def api(graph: Database, redis_client: Redis, issuer: Issuer) -> Iterator[httpx2.Client]:
    options = TokenOptions(ISSUER, AUDIENCE, f"http://127.0.0.1:{issuer.port}/jwks.json", reader_claim="reader")
    rates = ApiOptions(read_deadline=20, key_cache=0.2, rates=RateOptions(1_000, 1_000))
    with served(graph, Boards(redis_client), rates, tokens=Tokens(options)) as client:
        yield client


def asked(api: httpx2.Client, token: str, method: str = "GET", path: str = "/api/entities", **more: Any) -> int:
    return api.request(method, path, headers={"authorization": f"Bearer {token}"}, **more).status_code


def test_a_token_opens_what_its_scope_says(api: httpx2.Client, issuer: Issuer, graph: Database) -> None:
    assert api.get("/api/entities").status_code == 401
    assert asked(api, issuer.signed()) == 200
    assert asked(api, issuer.signed(), "POST", "/api/events", json=event(1)) == 403
    assert asked(api, issuer.signed("openid pentad:read pentad:write"), "POST", "/api/events", json=event(1)) == 201
    assert asked(api, issuer.signed("openid")) == 403
    assert asked(api, issuer.signed(None, scp=["pentad:admin"]), path="/api/audit") == 200  # type: ignore[arg-type]
    assert [row["who"] for row in audit.records(graph)] == ["user anna"]
    assert issuer.asked == 1


def test_a_token_of_a_reader_opens_their_doors_alone(api: httpx2.Client, issuer: Issuer) -> None:
    token = issuer.signed("pentad:write", reader="anna")
    assert asked(api, token, path="/api/readers/anna/interests") in (200, 404)
    assert asked(api, token, path="/api/readers/bob/interests") == 404
    assert asked(api, token) == 403


def test_what_is_not_quite_right_opens_nothing(api: httpx2.Client, issuer: Issuer) -> None:
    good, now = issuer.signed("pentad:admin"), int(time.time())
    head, body, signature = good.split(".")
    public = jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key())
    unsigned = jwt.encode(jwt.decode(good, options={"verify_signature": False}), None, algorithm="none")  # type: ignore[arg-type]
    wrong = {
        "another's signature": issuer.signed("pentad:admin", key=OTHERS),
        "an unknown key": issuer.signed("pentad:admin", key=OTHERS, kid="two"),
        "expired": issuer.signed("pentad:admin", exp=now - 60),
        "no expiry": issuer.signed("pentad:admin", exp=None),
        "not yet": issuer.signed("pentad:admin", nbf=now + 600),
        "another issuer": issuer.signed("pentad:admin", iss="https://evil.example"),
        "another audience": issuer.signed("pentad:admin", aud="somebody"),
        "no audience": issuer.signed("pentad:admin", aud=None),
        "no subject": issuer.signed("pentad:admin", sub=None),
        "no signature": unsigned,
        "a public key as a secret": jwt.encode({"sub": "a"}, "x" * 64, algorithm="HS256", headers={"kid": "one"}),
        "cut": f"{head}.{body}.",
        "changed": f"{head}.{body[:-2]}AA.{signature}",
        "long": f"{head}.{body}.{'A' * 10_000}",
        "nothing": "..",
        "no base64": "a.b.c",
        "its own key": jwt.encode(
            {"sub": "a"}, OTHERS, algorithm="RS256", headers={"kid": "one", "jwk": {"k": public}}
        ),
        "a reader that is none": issuer.signed("pentad:admin", reader=["anna"]),
    }
    assert {name: status for name, token in wrong.items() if (status := asked(api, token)) != 401} == {}


def test_a_new_key_of_the_issuer_is_found(issuer: Issuer) -> None:
    tokens = Tokens(TokenOptions(ISSUER, AUDIENCE, f"http://127.0.0.1:{issuer.port}/jwks.json"))
    assert tokens.read(issuer.signed()).scope is Scope.READ
    issuer.keys["two"] = NEXT
    # Half a minute later.
    tokens._fetched -= 31  # pyright: ignore[reportPrivateUsage]
    assert tokens.read(issuer.signed("pentad:review", key=NEXT, kid="two", alg="ES256")).scope is Scope.REVIEW


def test_an_issuer_that_is_away_is_503_and_keys_go_on(graph: Database, redis_client: Redis) -> None:
    tokens = Tokens(TokenOptions(ISSUER, AUDIENCE, "http://127.0.0.1:1/jwks.json"))
    with served(graph, Boards(redis_client), tokens=tokens) as api:
        assert asked(api, Issuer().signed()) == 503
        assert api.get("/livez").status_code == 200


def test_words_of_scopes_are_the_operators_choice() -> None:
    assert scopes_of('{"news.read": "read", "boss": "admin"}') == {"news.read": Scope.READ, "boss": Scope.ADMIN}
    for wrong in ("[]", "{", '{"a": "king"}'):
        with pytest.raises(InvalidInput):
            scopes_of(wrong)
