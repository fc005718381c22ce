"""Stripe, as far as charging off session goes: payment methods, PaymentIntents, idempotency keys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from app.core.clock import utcnow
from app.infra.stripe_payments import OWNER, REFERENCE

Json = dict[str, Any]
SECRET_KEY = "sk_test_51fake"


@dataclass
class FakeStripe:
    """`mood` is what happens to the next new charges; what one came to is answered again to the same key."""

    url: str = ""
    mood: str = "succeeded"
    methods: dict[str, Json] = field(default_factory=dict)
    intents: dict[str, Json] = field(default_factory=dict)
    answers: dict[str, tuple[int, Json]] = field(default_factory=dict)
    charges_asked: int = 0
    # While it is set, a charge is made and its answer does not come.
    silence: asyncio.Event | None = None

    def method(self, org: str, name: str = "pm_card", *, customer: str = "cus_stripe") -> str:
        holder = {"id": customer, "object": "customer", "metadata": {OWNER: org}}
        self.methods[name] = {"id": name, "object": "payment_method", "customer": holder}
        return name

    @property
    def paid_minor(self) -> int:
        return sum(one["amount"] for one in self.intents.values() if one["status"] == "succeeded")

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {SECRET_KEY}":
            return _error(401, "invalid_request_error", "api_key_invalid")
        if self.mood == "away":
            return _error(503, "api_error", None)
        parts = request.path.strip("/").split("/")
        match (request.method, *parts):
            case ("GET", "v1", "payment_methods", name):
                found = self.methods.get(name)
                return web.json_response(found) if found else _missing()
            case ("POST", "v1", "payment_intents"):
                return await self._charge(request)
            case ("GET", "v1", "payment_intents"):
                return self._list(request)
            case ("GET", "v1", "payment_intents", name):
                intent = self.intents.get(name)
                return web.json_response(intent) if intent else _missing()
        return _missing()

    async def _charge(self, request: web.Request) -> web.StreamResponse:
        self.charges_asked += 1
        form = {name: str(value) for name, value in (await request.post()).items()}
        assert (form["confirm"], form["off_session"]) == ("true", "true")
        key = request.headers["Idempotency-Key"]
        if key not in self.answers:
            self.answers[key] = self._decide(form)
        if self.silence is not None:
            await self.silence.wait()
        status, body = self.answers[key]
        return web.json_response(body, status=status)

    def _decide(self, form: dict[str, str]) -> tuple[int, Json]:
        name = f"pi_{len(self.intents) + 1}"
        intent: Json = {
            "id": name,
            "object": "payment_intent",
            "amount": int(form["amount"]),
            "currency": form["currency"],
            "customer": form["customer"],
            "created": int(utcnow().timestamp()),
            "metadata": {REFERENCE: form[f"metadata[{REFERENCE}]"]},
            "status": self.mood if self.mood != "declined" else "requires_payment_method",
        }
        self.intents[name] = intent
        if self.mood != "declined":
            return 200, intent
        refusal = {"code": "card_declined", "decline_code": "insufficient_funds", "payment_intent": intent}
        return 402, {"error": {"type": "card_error", "message": "Declined.", **refusal}}

    def _list(self, request: web.Request) -> web.Response:
        found = [
            one
            for one in reversed(self.intents.values())
            if one["customer"] == request.query["customer"]
            and one["created"] >= int(request.query["created[gte]"])
        ]
        return web.json_response(
            {"object": "list", "data": found, "has_more": False, "url": "/v1/payment_intents"}
        )


def _missing() -> web.Response:
    return _error(404, "invalid_request_error", "resource_missing")


def _error(status: int, kind: str, code: str | None) -> web.Response:
    body = {"error": {"type": kind, "code": code, "message": "As the test wants it."}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def stripe() -> AsyncIterator[FakeStripe]:
    fake = FakeStripe()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.serve)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
