"""`/v1/bill`."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from tests.factories import usage_rows
from tests.factories.orgs import Tenant, tenant
from tests.factories.usage_rows import Used
from tests.rest.problems import fields, problem

SEPTEMBER = datetime(2026, 9, 1, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


async def ask(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> dict[str, Any]:
    async with client.get("/v1/bill", params=query, headers=acme.headers) as answer:
        assert answer.status == 200, await answer.text()
        body: dict[str, Any] = await answer.json()
        return body


class TestBill:
    async def test_is_of_the_tokens_of_the_month_and_no_other(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        await usage_rows.write(
            *(
                Used(owner.org_id, owner.live.id, at, tokens=tokens)
                for owner, at, tokens in (
                    (acme, SEPTEMBER, (4_000_000, 1_000_000)),
                    (acme, SEPTEMBER.replace(day=30, hour=23, minute=59), (400_000, 101_000)),
                    (acme, OCTOBER, (7, 0)),
                    (rival, SEPTEMBER, (9_000_000, 0)),
                )
            )
        )

        assert await ask(client, acme, month="2026-09") == {
            "start": "2026-09-01T00:00:00+00:00",
            "end": "2026-10-01T00:00:00+00:00",
            "plan": "PRO",
            "plan_version": 1,
            "currency": "USD",
            "tokens": 5_501_000,
            "included_tokens": 5_000_000,
            "base_minor": 4_900,
            "overage_tokens": 501_000,
            "overage_minor": 1_002,
            "total_minor": 5_902,
        }
        assert (await ask(client, acme, month="2026-10"))["tokens"] == 7

    async def test_is_of_this_month_where_none_is_named(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        found = await ask(client, acme)
        assert datetime.fromisoformat(found["start"]) <= utcnow() < datetime.fromisoformat(found["end"])
        assert (found["tokens"], found["total_minor"]) == (0, 4_900)

    @pytest.mark.parametrize(
        ("month", "code"),
        [
            *(
                (month, "invalid_month")
                for month in ("", "2026", "2026-13", "2026-1", "0000-01", "２０２６-01")
            ),
            ("2999-01", "too_early"),
        ],
    )
    async def test_names_a_month_that_is_none(
        self, client: aiohttp.ClientSession, acme: Tenant, month: str, code: str
    ) -> None:
        async with client.get("/v1/bill", params={"month": month}, headers=acme.headers) as answer:
            assert fields(await problem(answer, 422, "invalid_input")) == {("month", code)}
