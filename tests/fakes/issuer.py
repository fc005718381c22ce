"""An OpenID Connect issuer that can be made to lie, over real HTTP."""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from app.core.clock import utcnow

CLIENT_ID = "launchkit-tests"
CLIENT_SECRET = "issuer-secret-5f1c"


class _Anything(JWSRegistry):
    """Signs whatever it is told to."""

    def check_header(self, header: dict[str, Any]) -> None:
        return

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


_REGISTRY = _Anything()
# Made once: a key of 2,048 bits takes a while.
RSA_KEY = RSAKey.generate_key(2048, parameters={"kid": "rsa-1"})
OTHER_RSA_KEY = RSAKey.generate_key(2048, parameters={"kid": "rsa-2"})
EC_KEY = ECKey.generate_key("P-256", parameters={"kid": "ec-1"})
OKP_KEY = OKPKey.generate_key("Ed25519", parameters={"kid": "okp-1"})


def part(data: bytes | Mapping[str, Any]) -> str:
    """A part of a compact token."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(claims: Mapping[str, Any], **header: Any) -> str:
    return f"{part({'alg': 'none', **header})}.{part(claims)}."


def signed_with_public_key(claims: Mapping[str, Any], key: RSAKey, **header: Any) -> str:
    """HS256, under the text of the key that everybody can read."""
    text = f"{part({'alg': 'HS256', 'kid': key.kid, **header})}.{part(claims)}"
    return f"{text}.{part(hmac.digest(key.as_pem(private=False), text.encode(), hashlib.sha256))}"


@dataclass
class Grant:
    query: Mapping[str, str]
    claims: Mapping[str, Any]


@dataclass
class FakeIssuer:
    url: str = ""
    keys: list[Key] = field(default_factory=lambda: [RSA_KEY])
    signing: Key = field(default_factory=lambda: RSA_KEY)
    alg: str = "RS256"
    header: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    id_token: str | None = None
    """Given instead of the one that the claims make."""
    userinfo: dict[str, Any] | None = None
    jwks_status: int = 200
    jwks_body: bytes | None = None
    jwks_seconds: float = 0
    jwks_headers: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    grants: dict[str, Grant] = field(default_factory=dict)

    def claims(self, **more: Any) -> dict[str, Any]:
        """Those of a good token; a claim that is None is left out."""
        now = int(utcnow().timestamp())
        made = {"iss": self.url, "sub": "ada", "iat": now, "exp": now + 300, **more}
        return {name: value for name, value in made.items() if value is not None}

    def token(self, **more: Any) -> str:
        return self.sign(self.claims(**more))

    def sign(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.alg, "kid": self.signing.kid, **self.header}
        return jwt.encode(header, claims, self.signing, registry=_REGISTRY)

    def approve(self, authorization_url: str, **claims: Any) -> str:
        """What somebody says yes to: the path and query that the browser comes back with."""
        parts = urlsplit(authorization_url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        code = secrets.token_urlsafe()
        self.grants[code] = Grant(query, claims)
        path = urlsplit(query["redirect_uri"]).path
        return f"{path}?{urlencode({'code': code, 'state': query['state']})}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(request.path)
        match request.path:
            case "/.well-known/openid-configuration":
                return web.json_response(self._metadata())
            case "/jwks":
                return await self._jwks()
            case "/token":
                return await self._token(request)
            case "/userinfo" if self.userinfo is not None:
                return web.json_response(self.userinfo)
        raise web.HTTPNotFound

    def _metadata(self) -> dict[str, Any]:
        made = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo" if self.userinfo is not None else None,
            **self.metadata,
        }
        return {name: value for name, value in made.items() if value is not None}

    async def _jwks(self) -> web.Response:
        await asyncio.sleep(self.jwks_seconds)
        document = {"keys": [key.as_dict(private=False) for key in self.keys]}
        body = json.dumps(document).encode() if self.jwks_body is None else self.jwks_body
        return web.Response(body=body, status=self.jwks_status, headers=self.jwks_headers)

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        grant = self.grants.pop(str(form.get("code")), None)
        verifier = str(form.get("code_verifier", "")).encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if (
            grant is None
            or grant.query["code_challenge"] != challenge
            or grant.query["redirect_uri"] != form.get("redirect_uri")
            or request.headers.get("Authorization") != f"Basic {basic}"
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        claims = {"aud": CLIENT_ID, "nonce": grant.query["nonce"], **grant.claims}
        id_token = self.id_token or self.token(**claims)
        return web.json_response({"access_token": "at-1", "token_type": "Bearer", "id_token": id_token})


@asynccontextmanager
async def issuing() -> AsyncIterator[FakeIssuer]:
    issuer = FakeIssuer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", issuer.serve)
    async with TestServer(app) as server:
        issuer.url = str(server.make_url("")).rstrip("/")
        yield issuer
