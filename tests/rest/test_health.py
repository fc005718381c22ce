"""`/health`, `/ready`, `/metrics`."""

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.web.services import SERVICES
from tests.factories.orgs import Tenant


class TestHealth:
    @pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
    async def test_needs_no_credential(self, client: aiohttp.ClientSession, path: str) -> None:
        assert (await client.get(path)).status == 200


class TestReady:
    async def test_says_what_it_reaches(self, client: aiohttp.ClientSession) -> None:
        assert await (await client.get("/ready")).json() == {
            "status": "ok",
            "database": "ok",
            "redis": "ok",
        }

    async def test_is_not_lost_with_redis(
        self, client: aiohttp.ClientSession, server: TestServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away() -> None:
            raise ConnectionError

        assert server.app is not None
        monkeypatch.setattr(server.app[SERVICES].redis, "ping", away)
        answer = await client.get("/ready")
        assert (answer.status, (await answer.json())["redis"]) == (200, "unreachable")


class TestMetrics:
    async def test_count_requests_by_route_and_status_never_by_id(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await client.get("/v1/jobs/job_nobody", headers=acme.headers)
        answer = await client.get("/metrics")
        text = await answer.text()
        assert answer.headers["Content-Type"].startswith("text/plain")
        line = 'launchkit_http_requests_total{method="GET",route="/v1/jobs/{id}",status="404"}'
        assert line in text
        assert "job_nobody" not in text
        assert "launchkit_http_request_seconds_bucket" in text
