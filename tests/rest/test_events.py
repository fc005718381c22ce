"""`POST /v1/events/ingest`."""

import typing

import aiohttp
import msgspec

from app.core.clock import utcnow
from app.infra import db
from app.ingestion.types import Event
from app.rest.v1.events import EventBody
from tests.factories.orgs import Tenant
from tests.factories.usage import event
from tests.rest.problems import problem

PATH = "/v1/events/ingest"


class TestIngest:
    async def test_takes_the_documented_example(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        events = [
            {
                "event_id": "evt_123",
                "customer_id": "law-firm-a",
                "user_id": "u1",
                "event_type": "TOKEN_USAGE",
                "feature_id": "legal-research",
                "provider": "OPENAI",
                "model": "gpt-4-turbo",
                "input_tokens": 1000,
                "output_tokens": 500,
                "timestamp": utcnow().isoformat(),
            },
            {
                "event_id": "evt_img_1",
                "customer_id": "law-firm-a",
                "event_type": "IMAGE_GENERATION",
                "feature_id": "logo",
                "provider": "OPENAI",
                "model": "dall-e-3",
                "image_count": 1,
                "image_size": "1024x1024",
                "quality": "hd",
            },
            {
                "event_id": "evt_c_1",
                "customer_id": "law-firm-a",
                "event_type": "CUSTOM",
                "feature_id": "pdf",
                "unit_type": "pages",
                "quantity": 5,
            },
        ]
        for status in ("accepted", "duplicate"):
            async with client.post(PATH, json={"events": events}, headers=acme.headers) as answer:
                assert answer.status == 200
                assert ("Idempotent-Replay" in answer.headers) is (status == "duplicate")
                assert await answer.json() == {
                    "results": [
                        {"event_id": each["event_id"], "status": status, "errors": []} for each in events
                    ],
                    **dict.fromkeys(("accepted", "duplicate", "conflict", "invalid"), 0),
                    status: 3,
                }

    async def test_takes_one_event(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        async with client.post(PATH, json=event("e"), headers=acme.headers) as answer:
            assert [result["status"] for result in (await answer.json())["results"]] == ["accepted"]

    async def test_tells_what_is_wrong_with_an_item(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        wrong = {"event_id": "e", "event_type": "CUSTOM", "quantity": "lots"}
        async with client.post(PATH, json={"events": [wrong, event("f")]}, headers=acme.headers) as answer:
            told = await answer.json()
        assert (answer.status, told["accepted"], told["invalid"]) == (200, 1, 1)
        assert [(error["field"], error["code"]) for error in told["results"][0]["errors"]] == [
            ("quantity", "invalid")
        ]

    async def test_refuses_what_is_no_batch(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        for body, status, code in (
            (b"{", 400, "malformed_body"),
            (b"[]", 422, "invalid_input"),
            (b'{"events": 5}', 422, "invalid_input"),
            (msgspec.json.encode({"events": [event(str(n)) for n in range(1_001)]}), 422, "invalid_input"),
        ):
            async with client.post(PATH, data=body, headers=acme.headers) as answer:
                await problem(answer, status, code)
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0

    async def test_wants_a_credential(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        async with client.post(PATH, json=event("e")) as answer:
            assert answer.status == 401
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0


class TestEventBody:
    def test_documents_every_field_that_is_read(self) -> None:
        assert list(typing.get_type_hints(EventBody)) == [
            field.name for field in msgspec.structs.fields(Event)
        ]
