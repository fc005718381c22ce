"""GitHub, as far as signing in with it goes."""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer

CLIENT_ID = "github-client"
CLIENT_SECRET = "github-secret-77aa"


@dataclass
class FakeGithub:
    url: str = ""
    user: dict[str, Any] = field(default_factory=lambda: {"id": 583231, "login": "ada", "name": "Ada L."})
    emails: Any = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def approve(self, authorization_url: str) -> str:
        parts = urlsplit(authorization_url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.url}/login/oauth/authorize"
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.codes["gh-code"] = query
        return f"{urlsplit(query['redirect_uri']).path}?{urlencode({'code': 'gh-code', 'state': query['state']})}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/login/oauth/access_token":
            return await self._token(request)
        if request.headers.get("Authorization") != "Bearer gho_1":
            raise web.HTTPUnauthorized
        match request.path:
            case "/api/user":
                return web.json_response(self.user)
            case "/api/user/emails":
                return web.json_response(self.emails)
        raise web.HTTPNotFound

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        query = self.codes.pop(str(form.get("code")), None)
        verifier = str(form.get("code_verifier")).encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if (
            query is None
            or query["code_challenge"] != challenge
            or form.get("client_secret") != CLIENT_SECRET
            or request.headers.get("Accept") != "application/json"
        ):
            # With status 200, as GitHub does.
            return web.json_response({"error": "bad_verification_code"})
        return web.json_response({"access_token": "gho_1", "token_type": "bearer", "scope": "user:email"})


@asynccontextmanager
async def github() -> AsyncIterator[FakeGithub]:
    fake = FakeGithub()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.serve)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
